"""Cleaning steps as values: what each does, in words, and how it is written as JSON. Nothing here touches data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from pydantic import TypeAdapter, ValidationError

from core.errors import BadInput, not_found


class CaseCondition(StrEnum):
    """Which cases a step drops."""

    INCOMPLETE = "incomplete"  # the source says so
    SINGLE_EVENT = "single event"  # one activity instance
    OUTSIDE_PERIOD = "outside period"  # not wholly from `since` up to but not including `until`
    BEGINS_WITH = "begins with"  # the first activity is one of `activities`
    ENDS_WITH = "ends with"  # the last activity is one of `activities`
    NAMED = "named"  # the cases in `cases`


class EventCondition(StrEnum):
    """Which activity instances a step drops."""

    ACTIVITY = "activity"  # of one of `activities`
    BEFORE = "before"  # that start or end before `moment`
    AFTER = "after"  # that start or end after `moment`
    ENDS_BEFORE_START = "ends before start"


class LetterCase(StrEnum):
    """What becomes of capitals."""

    KEEP = "keep"
    LOWER = "lower"
    UPPER = "upper"
    SENTENCE = "sentence"  # a capital first, the rest small


@dataclass(frozen=True)
class DropDuplicates:
    """Keep the first of activity instances that equal each other: in everything, or in case, activity and times."""

    kind: ClassVar[str] = "drop_duplicates"
    exact: bool = True

    @property
    def words(self) -> str:
        """What the step does."""
        return "drop activity instances that equal an earlier one in " + (
            "everything" if self.exact else "case, activity and times"
        )


@dataclass(frozen=True)
class DropCases:
    """Drop whole cases."""

    kind: ClassVar[str] = "drop_cases"
    where: CaseCondition
    since: datetime | None = None  # UTC
    until: datetime | None = None
    activities: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    hidden: bool = False  # `cases` are pseudonyms, found by the log's key

    @property
    def words(self) -> str:
        """What the step does."""
        if self.where is CaseCondition.OUTSIDE_PERIOD:
            since = f" from {self.since:%Y-%m-%d %H:%M}" if self.since else ""
            until = f" until {self.until:%Y-%m-%d %H:%M}" if self.until else ""
            return f"drop cases that are not wholly{since}{until} (UTC)"
        return {
            CaseCondition.INCOMPLETE: "drop cases that are not complete",
            CaseCondition.SINGLE_EVENT: "drop cases with one activity instance",
            CaseCondition.BEGINS_WITH: f"drop cases that begin with {_listed(self.activities)}",
            CaseCondition.ENDS_WITH: f"drop cases that end with {_listed(self.activities)}",
            CaseCondition.NAMED: f"drop the cases {_listed(self.cases)}",
        }[self.where]


@dataclass(frozen=True)
class DropEvents:
    """Drop single activity instances; a case that loses all of them goes with them."""

    kind: ClassVar[str] = "drop_events"
    where: EventCondition
    activities: tuple[str, ...] = ()
    moment: datetime | None = None  # UTC

    @property
    def words(self) -> str:
        """What the step does."""
        if self.where is EventCondition.ACTIVITY:
            return f"drop activity instances of {_listed(self.activities)}"
        if self.where is EventCondition.ENDS_BEFORE_START:
            return "drop activity instances that end before they start"
        return f"drop activity instances that start or end {self.where.value} {self.moment:%Y-%m-%d %H:%M} (UTC)"


@dataclass(frozen=True)
class MergeLabels:
    """Write other labels for some: many into one merges, one into a new one renames."""

    kind: ClassVar[str] = "merge_labels"
    mapping: tuple[tuple[str, str], ...]  # (label, label that takes its place)
    column: str = "activity"
    hidden: bool = False  # labels of persons are pseudonyms, found by the log's key

    @property
    def words(self) -> str:
        """What the step does."""
        shown = ", ".join(f"`{old}` becomes `{new}`" for old, new in self.mapping[:3])
        more = f" and {len(self.mapping) - 3} more" if len(self.mapping) > 3 else ""
        return f"merge labels of {self.column}: {shown}{more}"


@dataclass(frozen=True)
class TidyLabels:
    """Take blanks away before and after a text, leave one of several within, and settle its capitals."""

    kind: ClassVar[str] = "tidy_labels"
    column: str = "activity"
    letters: LetterCase = LetterCase.KEEP

    @property
    def words(self) -> str:
        """What the step does."""
        letters = "" if self.letters is LetterCase.KEEP else f", in {self.letters.value} case"
        return f"trim the labels of {self.column}{letters}"


@dataclass(frozen=True)
class MaskColumn:
    """Write `masked` for every value of a column: that there was one stays known."""

    kind: ClassVar[str] = "mask_column"
    column: str

    @property
    def words(self) -> str:
        """What the step does."""
        return f"mask the values of {self.column}"


@dataclass(frozen=True)
class RemoveColumn:
    """Remove a column with all its values."""

    kind: ClassVar[str] = "remove_column"
    column: str

    @property
    def words(self) -> str:
        """What the step does."""
        return f"remove {self.column}"


@dataclass(frozen=True)
class Pseudonymise:
    """Write a pseudonym for every value of a column, made with the log's key."""

    kind: ClassVar[str] = "pseudonymise"
    column: str = "performer"

    @property
    def words(self) -> str:
        """What the step does."""
        return f"pseudonymise {self.column}"


Step = DropDuplicates | DropCases | DropEvents | MergeLabels | TidyLabels | MaskColumn | RemoveColumn | Pseudonymise

STEPS: dict[str, type[Step]] = {
    step.kind: step
    for step in (
        DropDuplicates, DropCases, DropEvents, MergeLabels, TidyLabels, MaskColumn, RemoveColumn, Pseudonymise,
    )
}  # fmt: skip


def step_to_json(step: Step) -> dict[str, Any]:
    """`step` as JSON has it: `step` names its kind, fields at their defaults are left out."""
    told = TypeAdapter(type(step)).dump_python(step, mode="json", exclude_defaults=True)
    return {"step": step.kind, **told}


def step_from_json(given: Mapping[str, Any]) -> Step:
    """The step that a JSON object describes. Raises BadInput for what is no step, naming what would be."""
    kind = str(given.get("step", "")).replace("-", "_")
    if kind not in STEPS:
        raise not_found("cleaning step", kind, STEPS)
    values = {key: value for key, value in given.items() if key != "step"}
    known = [field.name for field in fields(STEPS[kind])]
    for key in values:
        if key not in known:
            raise BadInput(f"The cleaning step `{kind}` has no `{key}`. It has: {', '.join(known) or 'nothing'}.")
    try:
        step: Step = TypeAdapter(STEPS[kind]).validate_python(values)
    except ValidationError as error:
        problems = [f"`{'.'.join(map(str, e['loc'])) or kind}`: {e['msg']}" for e in error.errors()]
        raise BadInput(f"The cleaning step `{kind}` cannot be used as it is written.", problems=problems) from None
    return checked(step)


def steps_from_text(text: str) -> tuple[Step, ...]:
    """The steps that a text describes: a JSON object or list, or `kind:field=value,...`. Raises BadInput.

    In the short form a list is written with `|` between its items, and a mapping as `old>new|old>new`.
    """
    stripped = text.strip()
    if not stripped.startswith(("{", "[")):
        return (_from_short(stripped),)
    try:
        given = json.loads(stripped)
    except json.JSONDecodeError as error:
        raise BadInput(f"The cleaning steps are not JSON: line {error.lineno}, column {error.colno}.") from None
    listed = given if isinstance(given, list) else [given]
    if not all(isinstance(one, Mapping) for one in listed):
        raise BadInput('Every cleaning step is a JSON object such as `{"step": "drop_duplicates"}`.')
    return tuple(step_from_json(one) for one in listed)


def checked(step: Step) -> Step:
    """`step` itself if it says all that it must. Raises BadInput that says what is missing."""
    lacks = None
    if isinstance(step, DropEvents):
        needs_moment = step.where in (EventCondition.BEFORE, EventCondition.AFTER)
        lacks = "moment" if needs_moment and step.moment is None else lacks
        lacks = "activities" if step.where is EventCondition.ACTIVITY and not step.activities else lacks
    if isinstance(step, DropCases):
        by_activity = step.where in (CaseCondition.BEGINS_WITH, CaseCondition.ENDS_WITH)
        lacks = "activities" if by_activity and not step.activities else lacks
        lacks = "cases" if step.where is CaseCondition.NAMED and not step.cases else lacks
        open_period = step.where is CaseCondition.OUTSIDE_PERIOD and not (step.since or step.until)
        lacks = "since` or `until" if open_period else lacks
    if isinstance(step, MergeLabels) and not step.mapping:
        lacks = "mapping"
    if lacks:
        where = f" where `{step.where.value}`" if isinstance(step, DropCases | DropEvents) else ""
        raise BadInput(f"The cleaning step `{step.kind}`{where} needs `{lacks}`.")
    if isinstance(step, MergeLabels) and len(dict(step.mapping)) < len(step.mapping):
        raise BadInput("The cleaning step `merge_labels` gives one label two new ones.")
    return step


def _from_short(text: str) -> Step:
    kind, _, rest = text.partition(":")
    kind = kind.replace("-", "_")
    values: dict[str, Any] = {}
    for part in filter(None, rest.split(",")):
        key, mark, value = part.partition("=")
        if not mark:
            raise BadInput(f"`{part}` in the cleaning step `{text}` is not FIELD=VALUE. Or write the step as JSON.")
        key = key.strip()
        if key in ("activities", "cases"):
            values[key] = value.split("|")
        elif key == "mapping":
            values[key] = [tuple(pair.split(">", 1)) for pair in value.split("|")]
        else:
            values[key] = value
    return step_from_json({"step": kind, **values})


def _listed(names: Iterable[str]) -> str:
    listed = list(names)
    more = f" and {len(listed) - 3} more" if len(listed) > 3 else ""
    return ", ".join(f"`{name}`" for name in listed[:3]) + more
