"""The language of conditions: data, no code. A condition is read once, and then asked of the facts of a pilot.

    {all = [...]}, {any = [...]}, {not = {...}}          conditions within conditions
    {field = "owner", empty = true}                      known or not
    {field = "status", is = ["pilot", "production"]}     one of these
    {field = "human_review", not = true}                 none of these, or not known
    {field = "success_rate", below = 0.8}                also at_least
    {field = "monthly_benefit", below_field = "monthly_cost"}
    {field = "reviewed", older_than_days = 365}
    {field = ["name", "purpose"], contains_any = ["@health", "sick leave*"]}    words, or lists of words by name

But for `not` and `empty`, what is not known fits nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from inventory import labels
from inventory.columns import BY_NAME, ColumnKind
from inventory.plain_facts import TERMS
from inventory.risk.wording import WordPattern
from inventory.values import PilotFacts

DEEPEST = 8  # conditions within conditions
_K = ColumnKind
_NUMBERS = {_K.MONEY, _K.WHOLE, _K.SHARE, _K.LEVEL}
_TEXTS = {_K.TEXT, _K.LONG, _K.LIST, _K.REMARKS}
_NAMED = {_K.TEXT, _K.LONG, _K.TERM, _K.TRUTH, _K.WHOLE, _K.LEVEL, _K.CURRENCY}
ASKS: Mapping[str, set[ColumnKind]] = {  # what may be asked of fields of which kind
    "empty": set(_K), "is": _NAMED, "not": _NAMED, "at_least": _NUMBERS, "below": _NUMBERS, "below_field": _NUMBERS,
    "older_than_days": {_K.DATE}, "contains_any": _TEXTS,
}  # fmt: skip
WordLists = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class FieldTest:
    """One question about one field, or about any of several."""

    fields: tuple[str, ...]
    asks: str
    wanted: Any  # for `contains_any` a WordPattern, for `is` and `not` a tuple


@dataclass(frozen=True)
class Every:
    """All of them hold."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Some:
    """At least one of them holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Unless:
    """It does not hold."""

    part: Condition


Condition = Every | Some | Unless | FieldTest
Hit = tuple[str, tuple[str, ...]]  # a field that made it so, and the words found in it


def read_condition(said: Any, lists: WordLists, problems: list[str], depth: int = 0) -> Condition | None:
    """The condition that `said` is; None, and every reason added to `problems`, where it is none."""
    if not isinstance(said, dict) or depth > DEEPEST:
        problems.append(f"nests more than {DEEPEST} levels" if depth > DEEPEST else f"`{said}` is no condition")
        return None
    if "field" in said:
        return _field_test(said, lists, problems)
    if len(said) != 1 or (key := next(iter(said))) not in ("all", "any", "not"):
        problems.append(f"a condition has `field`, or one of `all`, `any`, `not`; this has {_listed(said)}")
        return None
    if key == "not":
        part = read_condition(said["not"], lists, problems, depth + 1)
        return None if part is None else Unless(part)
    if not isinstance(said[key], list) or not said[key]:
        problems.append(f"`{key}` needs a list of conditions")
        return None
    parts = tuple(read_condition(each, lists, problems, depth + 1) for each in said[key])
    known = tuple(part for part in parts if part is not None)
    return None if len(known) < len(parts) else Every(known) if key == "all" else Some(known)


def _field_test(said: Mapping[str, Any], lists: WordLists, problems: list[str]) -> FieldTest | None:
    fields = tuple(said["field"]) if isinstance(said["field"], list) else (said["field"],)
    asked = [key for key in said if key != "field"]
    before = len(problems)
    for field in fields:
        if field not in BY_NAME:
            problems.append(f"there is no field `{field}`; the columns of docs/pilots.md are fields")
    if not fields or len(asked) != 1 or asked[0] not in ASKS:
        problems.append(f"a test of a field has one of {_listed(ASKS)}; this has {_listed(asked) or 'none'}")
    if len(problems) > before:
        return None
    asks, wanted = asked[0], said[asked[0]]
    if len(fields) > 1 and asks != "contains_any":
        problems.append(f"`{asks}` is asked of one field, not of {_listed(fields)}")
    for field in fields:
        if BY_NAME[field].kind not in ASKS[asks]:
            problems.append(f"`{asks}` cannot be asked of `{field}`, which is a {BY_NAME[field].kind.value}")
    if len(problems) > before:
        return None
    value = _wanted(asks, fields[0], wanted, lists, problems)
    return None if len(problems) > before else FieldTest(fields, asks, value)


def _wanted(asks: str, field: str, wanted: Any, lists: WordLists, problems: list[str]) -> Any:
    """What the test compares with, in the form that it is compared in."""
    if asks == "empty" and isinstance(wanted, bool):
        return wanted
    if asks == "older_than_days" and _whole(wanted):
        return wanted
    if asks in ("at_least", "below") and _number(wanted):
        return wanted
    if asks == "below_field":
        if isinstance(wanted, str) and wanted in BY_NAME and BY_NAME[wanted].kind is BY_NAME[field].kind:
            return wanted
        problems.append(f"`below_field` of `{field}` needs a field of the same kind, not `{wanted}`")
        return None
    if asks == "contains_any":
        return _pattern(wanted, lists, problems)
    if asks in ("is", "not"):
        return tuple(_term(field, one, problems) for one in (wanted if isinstance(wanted, list) else [wanted]))
    problems.append(f"`{asks}` of `{field}` cannot be `{wanted}`")
    return None


def _pattern(wanted: Any, lists: WordLists, problems: list[str]) -> WordPattern | None:
    words: list[str] = []
    for one in wanted if isinstance(wanted, list) and wanted else [None]:
        if not isinstance(one, str) or not one.strip():
            problems.append("`contains_any` needs a list of words, or of names of word lists such as `@health`")
        elif not one.startswith("@"):
            words.append(one)
        elif one[1:] in lists:
            words.extend(lists[one[1:]])
        else:
            problems.append(f"there is no word list `{one}`; known: {_listed(lists)}")
    try:
        return WordPattern(tuple(words))
    except ValueError as error:
        problems.append(str(error))
        return None


def _term(field: str, value: Any, problems: list[str]) -> Any:
    kind = BY_NAME[field].kind
    if kind is ColumnKind.TERM:
        known = [term.value for term in TERMS[field]]
        if value in known:
            return TERMS[field](value)
        problems.append(f"`{field}` is never `{value}`; it is one of {_listed(known)}")
    elif (kind is ColumnKind.TRUTH and isinstance(value, bool)) or (kind in _NUMBERS and _whole(value)):
        return value
    elif kind in (ColumnKind.TEXT, ColumnKind.LONG, ColumnKind.CURRENCY) and isinstance(value, str):
        return labels.key(value)
    else:
        problems.append(f"`{field}` is never `{value}`: it is a {kind.value}")
    return None


def holds(condition: Condition, facts: PilotFacts, today: date) -> tuple[Hit, ...] | None:
    """The fields that make `condition` hold of `facts` on the day `today`, each once; None where it does not hold."""
    if isinstance(condition, FieldTest):
        hits = [(f, words) for f in condition.fields if (words := _answer(condition, f, facts, today)) is not None]
        beside = [(condition.wanted, ())] if hits and condition.asks == "below_field" else []
        return (*hits, *beside) or None
    if isinstance(condition, Unless):
        return None if holds(condition.part, facts, today) is not None else _looked_at(condition.part)
    found = [holds(part, facts, today) for part in condition.parts]
    true = [hits for hits in found if hits is not None]
    if len(true) < len(found) and (isinstance(condition, Every) or not true):
        return None
    return tuple({hit[0]: hit for hits in reversed(true) for hit in reversed(hits)}.values())[::-1]


def _looked_at(condition: Condition) -> tuple[Hit, ...]:
    """The fields that `condition` asks about: of what does not hold, all of them make it so."""
    if isinstance(condition, FieldTest):
        return tuple((field, ()) for field in condition.fields)
    parts = (condition.part,) if isinstance(condition, Unless) else condition.parts
    return tuple(dict.fromkeys(hit for part in parts for hit in _looked_at(part)))


def _answer(test: FieldTest, field: str, facts: PilotFacts, today: date) -> tuple[str, ...] | None:
    """The words that were found, or none, where the test holds of the field; None where it does not."""
    value = getattr(facts, field)
    unknown = value in (None, (), "")
    if test.asks == "empty":
        return () if unknown is test.wanted else None
    if test.asks == "not":
        return () if unknown or _compared(value) not in test.wanted else None
    if unknown:
        return None
    if test.asks == "contains_any":
        return test.wanted.found(value if isinstance(value, tuple) else (value,)) or None
    other = getattr(facts, test.wanted) if test.asks == "below_field" else test.wanted
    return () if other is not None and _HOLDS[test.asks](_compared(value), other, today) else None


_HOLDS: Mapping[str, Callable[[Any, Any, date], bool]] = {
    "is": lambda value, wanted, _: value in wanted,
    "at_least": lambda value, wanted, _: value >= wanted,
    "below": lambda value, wanted, _: value < wanted,
    "below_field": lambda value, wanted, _: value < wanted,
    "older_than_days": lambda value, wanted, today: (today - value).days > wanted,
}


def _compared(value: Any) -> Any:
    return labels.key(value) if isinstance(value, str) and not isinstance(value, Enum) else value


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _listed(names: Any) -> str:
    return ", ".join(f"`{name}`" for name in names)
