"""The rubric asked of every pilot: everything that it needs is read once."""

from __future__ import annotations

from collections.abc import Sequence

from core.workspace import Workspace
from inventory.decisions.before_after import before_after
from inventory.decisions.bound import Bindings, bindings
from inventory.decisions.claims import claim_of
from inventory.decisions.criteria import KnownOfPilot, of_pilot, results
from inventory.decisions.rubric import rubric
from inventory.decisions.suggesting import PilotSuggestion, same_work, suggest_all
from inventory.decisions.values import CriterionResult, PilotAssessment
from inventory.hour_rate import HourRate, check_rate
from inventory.ledger.recalibrating import correction
from inventory.ledger.scoring import scored
from inventory.ledger.values import LedgerCorrection
from inventory.overlap.service import overlaps
from inventory.overlap.values import Overlaps
from inventory.risk.service import risks
from inventory.risk.values import Risk
from inventory.store import list_pilots
from inventory.values import Pilot, RiskTier


def assess(
    ws: Workspace, *, rate: HourRate | None = None, found: Overlaps | None = None,
    bound: Bindings | None = None,
) -> tuple[PilotAssessment, ...]:  # fmt: skip
    """What the rubric says of every pilot, by department and name. It decides nothing.

    `rate` is what an hour of people's work is worth; without one, measured hours are not turned into money. `found`
    and `bound` are the overlaps and bindings, where they were read already. Raises BadInput for a rate that is no rate.
    """
    check_rate(rate)
    pilots = list_pilots(ws)
    found = found or overlaps(ws)
    bound = bound or bindings(ws, pilots)
    corrected = correction(scored(ws, bound))
    told = tuple(risk for risk in risks(ws) if risk.muted is None)
    known = {p.id: _known(ws, p, bound, found, told, rate, corrected) for p in pilots}
    numbers = {pilot: results(rubric(), one) for pilot, one in known.items()}
    prohibited = frozenset(p.id for p in pilots if p.facts.risk_tier is RiskTier.PROHIBITED)
    suggested = suggest_all(rubric(), numbers, same_work(rubric().rules, found.pairs), prohibited)
    mates = {pilot: tuple(p for p in c.pilots if p != pilot) for c in found.clusters for pilot in c.pilots}
    return tuple(_told(p, known[p.id], numbers[p.id], suggested[p.id], mates.get(p.id, ())) for p in pilots)


def _known(
    ws: Workspace, pilot: Pilot, bound: Bindings, found: Overlaps, told: Sequence[Risk], rate: HourRate | None,
    corrected: LedgerCorrection,
) -> KnownOfPilot:  # fmt: skip
    work = tuple(before_after(ws, pilot, one, rate) for one in bound.tasks[pilot.id])
    claim = claim_of(pilot.facts, work, bound.logs, rate, corrected)
    broken = tuple(risk for risk in told if risk.pilot == pilot.id)
    return KnownOfPilot(
        pilot, claim, bound.linked[pilot.id], bound.logs, of_pilot(found.pairs, pilot.id), broken, ws.clock.now().date()
    )


def _told(
    pilot: Pilot, known: KnownOfPilot, numbers: tuple[CriterionResult, ...], suggested: PilotSuggestion,
    mates: tuple[int, ...],
) -> PilotAssessment:  # fmt: skip
    return PilotAssessment(
        pilot.id, pilot.facts.name, pilot.facts.department, pilot.revision, numbers, suggested.value,
        suggested.readiness, suggested.outcome, suggested.into, suggested.reason, suggested.could_be,
        tuple(r.title for r in numbers if r.number is None), suggested.steadiness, known.claim, mates,
        tuple(risk.finding for risk in known.risks),
    )  # fmt: skip
