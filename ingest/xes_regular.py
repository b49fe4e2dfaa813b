"""Reads XES that is written as XES nearly always is, all at once instead of tag by tag.

In such a text every attribute is `<type key="..." value="..."/>`, so that splitting at the quotation marks gives, in
turns, what stands between two attributes, a key, ` value=` and a value. There are only a handful of different things
between attributes (`/></event><event><date key=` ...), so each is understood once, and every step after that works on
whole columns. The handful is also what proves the text well-formed: each must close and open traces and events in an
allowed way, in the state that the one before left. Text that is not of this shape is not read here at all: nothing is
guessed, and `xes_worker` reads it through r4pm, five times slower.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.xes_worker import NOTHING, malformed, store

if TYPE_CHECKING:
    import numpy as np
    import polars as pl

    Numbers = np.ndarray[Any, np.dtype[np.int64]]

TYPES = ("string", "date", "int", "float", "boolean", "id")
IN_TRACE, IN_EVENT = 0, 1

_BETWEEN = re.compile(
    r"[ \t\r\n]*(?P<after>/>[ \t\r\n]*)?(?P<end_event></event>[ \t\r\n]*)?(?P<end_trace></trace>[ \t\r\n]*)?"
    r"(?P<trace><trace>[ \t\r\n]*)?(?P<event><event>[ \t\r\n]*)?<(?P<type>string|date|int|float|boolean|id) key="
)
_TAIL = re.compile(r"/>[ \t\r\n]*(?P<end_event></event>[ \t\r\n]*)?</trace>[ \t\r\n]*(?P<end_log></log>[ \t\r\n]*)?")
_NAMED = ("&lt;", "&gt;", "&quot;", "&apos;", "&amp;")
_SPECIAL = ["&", "<", "\ufffe", "\uffff", *map(chr, range(32))]  # in a value: an entity, or not allowed as it stands
_SIGNS = ("<", ">", '"', "'", "&")


@dataclass(frozen=True)
class Between:
    """What one kind of text between two attributes does."""

    end_event: bool
    end_trace: bool
    trace: bool  # a trace begins
    event: bool  # an event begins
    type: int  # of the attribute that follows, as a place in TYPES

    @property
    def leaves(self) -> int | None:
        """Where the attribute that follows stands; None for where the one before stood."""
        if self.event:
            return IN_EVENT
        return IN_TRACE if self.end_event or self.trace else None

    @property
    def needs(self) -> int | None:
        """Where the attribute before must have stood; None where either will do."""
        if self.end_event:
            return IN_EVENT
        return IN_TRACE if self.event or self.end_trace else None


def convert_regular(request: Mapping[str, Any]) -> dict[str, Any] | None:
    """The counts of a piece whose events are now in the table that `request` names; None where it is not so regular.

    The request and the answer are those of `xes_worker`.
    """
    with Path(request["file"]).open("rb") as handle:
        handle.seek(request["start"])
        text = handle.read(request["end"] - request["start"])
    if request["last"] and text.strip() == b"</log>":
        return dict(NOTHING)
    if request["first"]:
        head = text[: max(text.find(b"<trace"), 0)]
        if b"<event" in head or malformed(head + b"</log>"):
            return None
        text = text[len(head) :]
    found = read_regular(text, last=request["last"])
    if found is None:
        return None
    frame, traces, empty = found
    if not _all_named(frame):
        return None
    counts = {"events": frame.height, "traces": traces, "empty_traces": empty}
    return NOTHING | counts | store(frame, request["table"])


def _all_named(frame: pl.DataFrame) -> bool:
    """Whether every event is of a trace that has a name."""
    column = "case:tandem-string:concept:name"
    if column not in frame.columns:
        return not frame.height
    names = frame[column]
    return not names.null_count() and bool((names >= "!").all())  # below it are blanks alone, and signs no name has


def read_regular(text: bytes, *, last: bool) -> tuple[pl.DataFrame, int, int] | None:
    """Its events, how many traces it has and how many of them are empty; None where `text` is not of the usual shape.

    `text` is whole traces; the `last` one of a log ends with the log. Columns are called `case:` for the trace's and
    `tandem-<type>:<key>`; all are text.
    """
    import polars as pl

    parts = _split(text)
    if parts is None:
        return None
    count = (len(parts) - 1) // 4
    between, keys = parts.gather_every(4)[:count], parts.gather_every(4, 1)
    values = _unescaped(parts.gather_every(4, 3))
    tail = _TAIL.fullmatch(parts[-1])
    if values is None or tail is None or bool(tail["end_log"]) is not last:
        return None
    if not _all(parts.gather_every(4, 2), " value="):
        return None
    places = _places(between)
    if places is None or bool(tail["end_event"]) != (places.level[-1] == IN_EVENT):
        return None
    columns = _columns(places, keys, values)
    if columns is None:
        return None
    return pl.DataFrame(columns), places.traces, places.traces - places.filled


@dataclass(frozen=True)
class _Places:
    """Where each attribute stands."""

    level: Numbers  # IN_TRACE or IN_EVENT
    type: Numbers
    event: Numbers  # number of the event begun last, from 0; -1 before any
    trace: Numbers
    trace_of_event: Numbers

    @property
    def traces(self) -> int:
        """How many traces there are."""
        return int(self.trace[-1]) + 1

    @property
    def filled(self) -> int:
        """How many traces have an event."""
        ahead, behind = self.trace_of_event[:-1], self.trace_of_event[1:]
        return int((ahead != behind).sum()) + bool(len(self.trace_of_event))


def _split(text: bytes) -> pl.Series | None:
    """The parts of `text` between quotation marks: four for each attribute and one at the end."""
    import polars as pl

    try:
        parts = pl.Series([text.decode("utf-8")]).str.split('"').explode()
    except UnicodeDecodeError:
        return None
    return parts if len(parts) > 1 and len(parts) % 4 == 1 else None


def _all(series: pl.Series, text: str) -> bool:
    return bool((series == text).all())


def _unescaped(values: pl.Series) -> pl.Series | None:
    """`values` as XML means them; None where there is more to it than the five named signs."""
    if not values.str.contains_any(_SPECIAL).any():
        return values
    rest = values.str.replace_many(list(_NAMED), [""] * len(_NAMED))
    if rest.str.contains_any(_SPECIAL).any():
        return None
    return values.str.replace_many(list(_NAMED), list(_SIGNS))


def _places(between: pl.Series) -> _Places | None:
    """Where the attributes stand that `between` stands before; None unless traces and events nest as they must."""
    import numpy as np

    kinds, code = _coded(between)
    understood = [_understood(kind, first=number == 0) for number, kind in enumerate(kinds)]
    rules = [rule for rule in understood if rule is not None]
    if len(rules) < len(kinds) or not rules[0].trace or (code == 0).sum() > 1:  # what begins comes once
        return None
    change = np.array([-1 if rule.leaves is None else rule.leaves for rule in rules])[code]
    set_at = np.maximum.accumulate(np.where(change >= 0, np.arange(len(code)), 0))
    level = change[set_at]
    needs = np.array([-1 if rule.needs is None else rule.needs for rule in rules])[code][1:]
    begins = np.array([rule.event for rule in rules])[code]
    trace = np.cumsum(np.array([rule.trace for rule in rules])[code]) - 1
    if ((needs >= 0) & (needs != level[:-1])).any():
        return None
    types = np.array([rule.type for rule in rules])[code]
    return _Places(level, types, np.cumsum(begins) - 1, trace, trace[begins])


def _coded(texts: pl.Series) -> tuple[list[str], Numbers]:
    """The different ones of `texts`, in the order in which they come first, and for each text its place among them."""
    import polars as pl

    different = texts.unique(maintain_order=True)
    return different.to_list(), texts.cast(pl.Enum(different)).to_physical().cast(pl.Int64).to_numpy()


def _understood(kind: str, *, first: bool) -> Between | None:
    """What `kind` does, None if that is not allowed. Only the very first has no attribute before it."""
    found = _BETWEEN.fullmatch(kind)
    if found is None or bool(found["after"]) is first:
        return None
    if bool(found["end_trace"]) is not (bool(found["trace"]) and not first):
        return None
    end_event, end_trace, trace, event = (bool(found[name]) for name in ("end_event", "end_trace", "trace", "event"))
    return Between(end_event, end_trace, trace, event, TYPES.index(found["type"]))


def _columns(places: _Places, keys: pl.Series, values: pl.Series) -> dict[str, pl.Series] | None:
    """A column for each key, type and level, one value an event; None where a key comes twice in one event or trace."""
    import numpy as np

    names, key = _coded(keys)
    if any(sign in name for name in names for sign in _SPECIAL):
        return None
    column = (key * len(TYPES) + places.type) * 2 + places.level
    events = len(places.trace_of_event)
    columns: dict[str, pl.Series] = {}
    for number in np.flatnonzero(np.bincount(column)):  # sorting them takes twenty times as long
        at = np.flatnonzero(column == number)
        in_event = number % 2 == IN_EVENT
        owner = (places.event if in_event else places.trace)[at]
        if len(owner) > 1 and (np.diff(owner) == 0).any():
            return None
        source = np.full(events if in_event else places.traces, -1)
        source[owner] = at
        source = source if in_event else source[places.trace_of_event]
        label = f"tandem-{TYPES[number // 2 % len(TYPES)]}:{names[number // 2 // len(TYPES)]}"
        columns[label if in_event else f"case:{label}"] = _gathered(values, source)
    return columns


def _gathered(values: pl.Series, source: Numbers) -> pl.Series:
    """The values at the places that `source` names, null where it names none (-1)."""
    import polars as pl

    if (source >= 0).all():
        return values.gather(source)
    places = pl.Series(source)
    return values.gather(places.set(places < 0, None))
