"""The cleaning steps that would mend what a rule found, but for those that would ruin the log. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from core.figures import per_cent
from ingest.cleaning.apply import StepChange
from ingest.cleaning.steps import (
    CaseCondition,
    DropCases,
    DropDuplicates,
    DropEvents,
    EventCondition,
    MergeLabels,
    RemoveColumn,
    Step,
    TidyLabels,
)
from ingest.soundness.measure import Found, SoundnessCounts
from ingest.soundness.values import Offer

SMALL = 0.05  # of all cases, or of all activity instances: what takes more away does not mend a log, it makes another
DOUBLED = 0.5  # of what equals another in everything, to the second: the log still says all that it said, up to here

_1971 = datetime(1971, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Suggested:
    """The steps to choose from for one finding, the gentlest first, or why what comes to mind is not offered."""

    offers: tuple[Offer, ...] = ()
    withheld: str = ""


def suggested(found: Found, measured: SoundnessCounts, stored_at: datetime) -> Suggested:
    """The steps that would mend `found`, each with what it changes; none where only the source can mend it."""
    step = _dropping(found, measured, stored_at)
    if step is not None and found.gone is not None:
        if reason := _ruin(found.code, found.gone, measured):
            return Suggested(withheld=reason)
        return Suggested((Offer(step, found.gone, _taken(found.gone, measured)),))
    if found.code == "constant_columns" and found.subject:
        filled = next(facts.filled for facts in measured.columns if facts.name == found.subject)
        return Suggested((Offer(RemoveColumn(found.subject), StepChange(values=filled), 0.0),))
    how = {"labels_blank": "blank", "labels_spelled": "spelling", "labels_typed": "typing"}.get(found.code)
    return _relabelling(measured, how) if how else Suggested()


def _dropping(found: Found, measured: SoundnessCounts, stored_at: datetime) -> Step | None:
    """The step that drops what was found."""
    broken = measured.broken.get(found.code, ())
    steps: dict[str, Step] = {
        "negative_service": DropEvents(EventCondition.ENDS_BEFORE_START),
        "duplicate_exact": DropDuplicates(),
        "duplicate_moment": DropDuplicates(exact=False),
        "placeholder_dates": DropEvents(EventCondition.BEFORE, moment=_1971),
        "future_dates": DropEvents(EventCondition.AFTER, moment=stored_at),
        "incomplete_cases": DropCases(CaseCondition.INCOMPLETE),
        "single_event_cases": DropCases(CaseCondition.SINGLE_EVENT),
        "unusual_end": DropCases(CaseCondition.ENDS_WITH, activities=broken),
        "unusual_start": DropCases(CaseCondition.BEGINS_WITH, activities=broken),
    }
    return steps.get(found.code)


def _ruin(code: str, gone: StepChange, measured: SoundnessCounts) -> str:
    """Why dropping `gone` would ruin the log; empty where it would not."""
    if code.startswith("duplicate_") and any(one.code == "duplicate_coarse" for one in measured.found):
        return "No step is offered, since it would also drop what is equal to the minute or the day only."
    share = max(gone.instances / measured.instances, gone.cases / measured.cases)
    if share <= SMALL or (code == "duplicate_exact" and share < DOUBLED):
        return ""
    what = "cases" if gone.cases / measured.cases == share else "activity instances"
    return f"No step is offered, since dropping them would take away {per_cent(share)} of all {what}."


def _taken(gone: StepChange, measured: SoundnessCounts) -> float:
    """The share that an offer names: of all cases where it takes any away, else of all activity instances."""
    return gone.cases / measured.cases if gone.cases else gone.instances / measured.instances


def _relabelling(measured: SoundnessCounts, how: str) -> Suggested:
    """One step a column for labels that are alike in this way."""
    kinds: dict[str, dict[str, tuple[str, int]]] = {}
    for kind, name, keep, alike, events in measured.alike:
        if alike == how:
            kinds.setdefault(kind, {})[name] = (keep, events)
    offers = []
    for kind in sorted(kinds):
        changed = sum(events for _, events in kinds[kind].values())
        mapping = {name: keep for name, (keep, _) in kinds[kind].items()}
        step = TidyLabels(kind) if how == "blank" else MergeLabels(tuple(sorted(_followed(mapping))), kind)
        offers.append(Offer(step, StepChange(values=changed), 0.0))
    return Suggested(tuple(offers))


def _followed(mapping: dict[str, str]) -> Iterator[tuple[str, str]]:
    """`mapping` where a label to keep that would itself be changed is followed to what it becomes."""
    for name, kept in mapping.items():
        seen = {name}
        while kept in mapping and kept not in seen:
            seen.add(kept)
            kept = mapping[kept]
        yield name, kept
