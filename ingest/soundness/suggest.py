"""The cleaning steps that would mend what a rule found. Pure functions."""

from __future__ import annotations

from datetime import UTC, datetime

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
from ingest.soundness.measure import Found, Measured

_1971 = datetime(1971, 1, 1, tzinfo=UTC)


def suggested(found: Found, measured: Measured, stored_at: datetime) -> tuple[Step, ...]:
    """The steps to choose from for one finding, the gentlest first; none where only the source can mend it."""
    plain: dict[str, tuple[Step, ...]] = {
        "negative_service": (DropEvents(EventCondition.ENDS_BEFORE_START),),
        "duplicate_exact": (DropDuplicates(),),
        "duplicate_moment": (DropDuplicates(exact=False),),
        "placeholder_dates": (DropEvents(EventCondition.BEFORE, moment=_1971),),
        "future_dates": (DropEvents(EventCondition.AFTER, moment=stored_at),),
        "incomplete_cases": (DropCases(CaseCondition.INCOMPLETE),),
        "single_event_cases": (DropCases(CaseCondition.SINGLE_EVENT),),
    }
    if found.code in plain:
        return plain[found.code]
    if found.code == "unusual_end":
        return (DropCases(CaseCondition.ENDS_WITH, activities=measured.broken[found.code]),)
    if found.code == "unusual_start":
        return (DropCases(CaseCondition.BEGINS_WITH, activities=measured.broken[found.code]),)
    if found.code == "constant_columns" and found.subject:
        return (RemoveColumn(found.subject),)
    if found.code == "labels_blank":
        return tuple(
            TidyLabels(kind) for kind in sorted({kind for kind, _, _, how in measured.alike if how == "blank"})
        )
    how = {"labels_spelled": "spelling", "labels_typed": "typing"}.get(found.code)
    return _merges(measured, how) if how else ()


def _merges(measured: Measured, how: str) -> tuple[Step, ...]:
    """One step a column; where a label to keep would itself be merged, its own comes in its place."""
    steps: list[Step] = []
    for kind in sorted({kind for kind, _, _, alike in measured.alike if alike == how}):
        kept = {name: keep for column, name, keep, alike in measured.alike if column == kind and alike == how}
        for name in kept:
            seen = {name}
            while kept[name] in kept and kept[name] not in seen:
                seen.add(kept[name])
                kept[name] = kept[kept[name]]
        steps.append(MergeLabels(tuple(sorted(kept.items())), kind))
    return tuple(steps)
