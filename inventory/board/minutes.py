"""Minutes of decisions for a board: what was decided and why, what was known, and how the whole stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.workspace import Workspace
from inventory.board.portfolio import PilotPortfolio, portfolio
from inventory.decisions.assessing import assess
from inventory.decisions.listing import DueFollowUp as _Due
from inventory.decisions.listing import decisions, due_follow_ups, get_decision, standing
from inventory.decisions.values import DecisionState, PilotAssessment, PilotDecision
from inventory.demand import demand_from_logs
from inventory.gap.service import gaps
from inventory.gap.values import Gap, GapReport
from inventory.ledger.recalibrating import correction
from inventory.ledger.scoring import scored
from inventory.ledger.values import LedgerCorrection, ScoredEntry
from inventory.overlap.service import overlaps
from inventory.overlap.values import Overlaps, PilotCluster
from inventory.risk.service import risks
from inventory.risk.values import Risk

TOP = 10  # of overlaps, gaps and risks


@dataclass(frozen=True)
class BoardMinutes:
    """Everything that a board report tells."""

    at: datetime
    decisions: tuple[PilotDecision, ...]  # the oldest first
    due: tuple[_Due, ...]  # of all decisions
    expired: tuple[PilotDecision, ...]  # that have to be made again
    portfolio: PilotPortfolio
    clusters: tuple[PilotCluster, ...]  # the first TOP
    clusters_all: int
    gaps: tuple[Gap, ...]  # the first TOP
    gaps_all: int
    risks: tuple[Risk, ...]  # the first TOP
    risks_all: int
    ledger: tuple[ScoredEntry, ...]  # of the decisions that are told
    correction: LedgerCorrection
    simulated: tuple[str, ...]  # event logs that were left out


def minutes(
    ws: Workspace, numbers: Sequence[int] = (), *, assessed: Sequence[PilotAssessment] | None = None,
    found: Overlaps | None = None, missing: GapReport | None = None,
) -> BoardMinutes:  # fmt: skip
    """The minutes of these decisions; where none is named, of all that stand or have expired. Raises NotFound.

    `assessed`, `found` and `missing` are assessments, overlaps and gaps, where they were asked already.
    """
    made = decisions(ws)
    told = tuple(get_decision(ws, number) for number in dict.fromkeys(numbers)) or tuple(
        {one.id: one for one in standing(made).values()}.values()
    )
    found = found or overlaps(ws)
    missing = missing or gaps(ws, demand_from_logs(ws))
    broken = tuple(risk for risk in risks(ws) if risk.muted is None)
    scores = scored(ws)
    ids = {one.id for one in told}
    return BoardMinutes(
        ws.clock.now(), tuple(sorted(told, key=lambda d: d.id)), due_follow_ups(made, ws.clock.now().date()),
        tuple(d for d in made if d.state is DecisionState.EXPIRED),
        portfolio(ws, assessed=assess(ws, found=found) if assessed is None else assessed, decided=made),
        found.clusters[:TOP], len(found.clusters), missing.gaps[:TOP], len(missing.gaps), broken[:TOP], len(broken),
        tuple(s for s in scores if s.entry.decision in ids), correction(scores), missing.simulated,
    )  # fmt: skip
