"""What came of an expectation after 30 and 90 days, as registry, event logs and KPIs say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from core.eventlog import LogVersion
from core.selection.filters import Timeframe, TimeframeFilter
from core.selection.selection import Selection
from core.view import View
from core.workspace import Workspace
from inventory.decisions.before_after import LEAST_KNOWN, LEAST_MONTHS, months_before, months_of, work_in
from inventory.decisions.bound import Bindings, BoundTasks, bindings
from inventory.history import history
from inventory.ledger.expecting import entries
from inventory.ledger.metrics import LOG, LedgerMetric, metric_of, pilot_id, what_can_be_scored
from inventory.ledger.values import Expectation, LedgerEntry, LedgerScore, LedgerVerdict, ScoredEntry
from inventory.records import PilotRevision
from inventory.store import list_pilots
from inventory.values import BenefitEvidence, Pilot, Status
from kpi import measure

DAYS = (30, 90)
_V = LedgerVerdict
_MONTH = 365.25 / 12  # days


@dataclass(frozen=True)
class LedgerNumber:
    """What is known now of a figure; None with the reason why it is not, and whether that may change."""

    number: float | None
    reason: str
    yet: bool = True  # it may still become known


def scored(ws: Workspace, bound: Bindings | None = None) -> tuple[ScoredEntry, ...]:
    """Every expectation with its scores at 30 and 90 days, the oldest first. What is told is worked out now.

    The registry is read as it stood on that day; event logs in their newest version, up to that day. A log that ends
    before that day cannot say: the score is not yet there.
    """
    found = entries(ws)
    if not found:
        return ()
    pilots = list_pilots(ws)
    bound = bound or bindings(ws, pilots)
    by_id = {p.id: p for p in pilots}
    return tuple(
        ScoredEntry(entry, tuple(_score(ws, entry, days, by_id.get(pilot_id(entry.subject) or 0), bound)
                                 for days in DAYS))
        for entry in found
    )  # fmt: skip


def _score(ws: Workspace, entry: LedgerEntry, days: int, pilot: Pilot | None, bound: Bindings) -> LedgerScore:
    due = entry.at + timedelta(days=days)
    metric = metric_of(entry.subject, entry.expected.metric)
    if metric is None:
        fits = [name for name in what_can_be_scored() if entry.subject.startswith(name.partition(" ")[0])]
        can = f"What can be: {', '.join(name.partition(' ')[2] for name in fits)}." if fits else (
            "Only subjects `pilot:ID` and `log:NAME` can be."
        )  # fmt: skip
        return LedgerScore(days, _V.CANNOT, None, f"`{entry.expected.metric}` is no figure that can be scored. {can}")
    if ws.clock.now() < due:
        return LedgerScore(days, _V.NOT_YET, None, f"Due on {due:%Y-%m-%d}.")
    found = _number(ws, entry, metric, due, pilot, bound)
    if found.number is None:
        return LedgerScore(days, _V.NOT_YET if found.yet else _V.CANNOT, None, found.reason)
    verdict = judge(entry.expected, found.number, higher=metric.higher)
    return LedgerScore(days, verdict, found.number, found.reason)


def judge(expected: Expectation, measured: float, *, higher: bool) -> LedgerVerdict:
    """Whether `measured` is within what was expected, better than all of it, or worse.

    Where a limit was not given, the expected value is the limit on the worse side, and there is none on the better.
    """
    worse, better = (expected.low, expected.high) if higher else (expected.high, expected.low)
    limit = expected.value if worse is None else worse
    if measured < limit if higher else measured > limit:
        return _V.MISS
    if better is not None and (measured > better if higher else measured < better):
        return _V.BETTER
    return _V.HIT


def _number(
    ws: Workspace, entry: LedgerEntry, metric: LedgerMetric, due: datetime, pilot: Pilot | None, bound: Bindings
) -> LedgerNumber:
    if metric.of == LOG:
        return _kpi(ws, entry, metric, due)
    if pilot is None:
        return LedgerNumber(None, "The pilot is not in the registry any more.", False)
    if metric.column is not None:
        return registry_number(history(ws, pilot.id), metric, entry.at, due)
    return _of_work(ws, pilot, metric, entry.at, due, bound.tasks.get(pilot.id, ()))


def registry_number(
    revisions: Sequence[PilotRevision], metric: LedgerMetric, at: datetime, due: datetime
) -> LedgerNumber:
    """What the registry said on the day `due`; `revisions` are the newest first.

    A number that nobody touched or reviewed since it was expected says nothing new; of a cost it does.
    """
    assert metric.column is not None
    known = [r for r in revisions if r.at <= due]
    if not known:
        return LedgerNumber(None, f"The pilot was not in the registry on {due:%Y-%m-%d}.", False)
    facts, last = known[0].facts, known[0]
    where = f"Registry on {due:%Y-%m-%d}, revision {last.number}"
    is_cost = metric.column == "monthly_cost"
    if is_cost and (facts.status is Status.STOPPED or (facts.ended is not None and due.date() >= facts.ended)):
        return LedgerNumber(0.0, f"{where}: it is stopped.")
    number = getattr(facts, metric.column)
    if number is None:
        return LedgerNumber(None, f"{where}: `{metric.column}` is not known.")
    reviewed = facts.reviewed is not None and facts.reviewed > at.date()
    touched = any(r.at > at and any(c.column == metric.column for c in r.changes) for r in known)
    if not (is_cost or reviewed or touched):
        return LedgerNumber(None, f"{where}: nobody changed or reviewed `{metric.column}` since {at:%Y-%m-%d}.")
    if metric.column == "monthly_benefit" and facts.benefit_evidence is not BenefitEvidence.MEASURED:
        return LedgerNumber(None, f"{where}: the benefit is {facts.benefit_evidence or 'claimed'}, not measured.")
    return LedgerNumber(float(number), f"{where}: {float(number):,.4g}.")


def _of_work(
    ws: Workspace, pilot: Pilot, metric: LedgerMetric, at: datetime, due: datetime, bound: Sequence[BoundTasks]
) -> LedgerNumber:
    """Hours of people a month on the pilot's tasks from `at` to `due`, or how much less they are than before it."""
    if not bound:
        return LedgerNumber(None, "None of its activities is in an event log of real work: link one or import the log.")
    total, said = 0.0, []
    for one in bound:
        if not _reaches(one.version, due):
            return LedgerNumber(None, f"`{one.version.log}` ends on {one.version.ended:%Y-%m-%d}: import a newer one.")
        now = work_in(ws, one, at, due)
        if now.known < LEAST_KNOWN * now.instances:
            return LedgerNumber(None, f"`{one.version.log}` lacks service times of people's work since {at:%Y-%m-%d}.")
        months = (due - at).days / _MONTH
        hours = now.seconds / 3600 / months
        if metric.key == "hours_saved_a_month":
            if pilot.facts.started is None:
                return LedgerNumber(None, "It is not known when the pilot started.")
            before = [m for m in months_before(months_of(ws, one), pilot.facts.started) if m.cases]
            people, known = sum(m.instances for m in before), sum(m.known for m in before)
            if len(before) < LEAST_MONTHS or known < LEAST_KNOWN * people:
                return LedgerNumber(None, f"`{one.version.log}` cannot say what work took before it started.", False)
            was = sum(m.seconds for m in before) / sum(m.cases for m in before)
            hours = (was * now.cases - now.seconds) / 3600 / months
        total += hours
        said.append(f"`{one.version.log}` {hours:,.1f} h a month over {now.cases:,} cases")
    return LedgerNumber(total, f"{'; '.join(said)}, {at:%Y-%m-%d} to {due:%Y-%m-%d}.")


def _reaches(version: LogVersion, due: datetime) -> bool:
    """Whether the log tells what happened up to that day."""
    return version.ended >= due


def _kpi(ws: Workspace, entry: LedgerEntry, metric: LedgerMetric, due: datetime) -> LedgerNumber:
    """The KPI over the cases that ended from the day it was expected to the day it is due."""
    log = entry.subject.removeprefix(LOG)
    versions = ws.logs.versions(log)
    if not versions:
        return LedgerNumber(None, f"There is no event log `{log}`.", False)
    if not _reaches(versions[-1], due):
        return LedgerNumber(None, f"`{log}` ends on {versions[-1].ended:%Y-%m-%d}: import a newer version.")
    period = TimeframeFilter(start=entry.at.astimezone(UTC), end=due.astimezone(UTC), mode=Timeframe.ENDING)
    found = next(m for m in measure(ws, View(log, selection=Selection((period,)))) if m.key == metric.key)
    if found.value is None:
        return LedgerNumber(None, f"Withheld: {found.withheld}", False)
    where = f"`{log}` version {versions[-1].version}, cases that end from {entry.at:%Y-%m-%d} to {due:%Y-%m-%d}"
    return LedgerNumber(found.value, f"{where}: n = {found.n:,}, {found.evidence}.")
