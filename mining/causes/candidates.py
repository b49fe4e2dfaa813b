"""Candidate factors with their counts: those of the trace from the variants, all others from their sources."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from core.queries import load as load_query
from mining.causes.sources import FactorSource, Label
from mining.causes.values import FactorKind

if TYPE_CHECKING:
    import duckdb

TRACE_KINDS = (FactorKind.ACTIVITY, FactorKind.START, FactorKind.END, FactorKind.PATH, FactorKind.VARIANT)
_SHOWN_OF_A_TRACE = 6  # activities


@dataclass(frozen=True)
class Tally:
    """A variant with its counts among the cases that are looked at."""

    variant_no: int
    trace: tuple[str, ...]
    cases: int
    marked: int
    signature: int  # the same for the same set of cases, and for no other


@dataclass(frozen=True)
class CountedFactor:
    """A factor with its counts, before anything is computed."""

    kind: FactorKind
    name: str
    label: Label
    cases: int
    marked: int
    signature: int
    variants: tuple[int, ...] = ()  # those that have it, where the trace decides
    source: FactorSource | None = None  # else where its cases are found
    value: str = ""  # as the log has it; of a variant its digest
    path: tuple[str, str] | None = None


@dataclass(frozen=True)
class Support:
    """A factor is tested when `least` to `most` cases have it."""

    least: int
    most: int


def tallies(connection: duckdb.DuckDBPyConnection) -> tuple[Tally, ...]:
    """The variants of the cases in `marked_case`, by falling number of cases."""
    names = dict(connection.execute("SELECT activity_no, name FROM activity").fetchall())
    rows = connection.execute(load_query("mining.causes.sql", "variants").sql).fetchall()
    return tuple(Tally(no, tuple(names[a] for a in trace), *counts) for no, trace, *counts in rows)


def of_traces(found: Iterable[Tally], support: Support) -> list[CountedFactor]:
    """The activities, paths, starts, ends and variants with enough support."""
    sums: defaultdict[tuple[FactorKind, Any], list[int]] = defaultdict(lambda: [0, 0, 0])
    having: defaultdict[tuple[FactorKind, Any], list[int]] = defaultdict(list)
    for number, tally in enumerate(found, 1):
        for key in _features(tally, number):
            total = sums[key]
            total[0] += tally.cases
            total[1] += tally.marked
            total[2] ^= tally.signature
            having[key].append(tally.variant_no)
    return [
        CountedFactor(
            kind, "", _label(kind, thing), cases, marked, signature, tuple(having[kind, thing]),
            value=_digest(thing[1]) if kind is FactorKind.VARIANT else "",
            path=thing if kind is FactorKind.PATH else None,
        )
        for (kind, thing), (cases, marked, signature) in sums.items()
        if support.least <= cases <= support.most
    ]  # fmt: skip


def _features(tally: Tally, number: int) -> Iterator[tuple[FactorKind, Any]]:
    trace = tally.trace
    yield from ((FactorKind.ACTIVITY, activity) for activity in dict.fromkeys(trace))
    yield from ((FactorKind.PATH, path) for path in dict.fromkeys(pairwise(trace)))
    if trace:
        yield FactorKind.START, trace[0]
        yield FactorKind.END, trace[-1]
        yield FactorKind.VARIANT, (number, trace)


def _label(kind: FactorKind, thing: Any) -> Label:
    if kind is FactorKind.ACTIVITY:
        return Label(thing, f"that contain `{thing}`")
    if kind is FactorKind.PATH:
        return Label(f"{thing[0]} → {thing[1]}", f"in which `{thing[0]}` is directly followed by `{thing[1]}`")
    if kind is FactorKind.START:
        return Label(thing, f"that start with `{thing}`")
    if kind is FactorKind.END:
        return Label(thing, f"that end with `{thing}`")
    number, trace = thing
    more = f" and {len(trace) - _SHOWN_OF_A_TRACE} more" if len(trace) > _SHOWN_OF_A_TRACE else ""
    return Label(f"{number}: {' → '.join(trace[:_SHOWN_OF_A_TRACE])}{more}", f"of variant {number}")


def _digest(trace: tuple[str, ...]) -> str:
    """What filters of variants call `trace`."""
    return hashlib.md5("\x1f".join(trace).encode(), usedforsecurity=False).hexdigest()[:12]


def of_source(connection: duckdb.DuckDBPyConnection, source: FactorSource, support: Support) -> list[CountedFactor]:
    """The values of `source` with enough support."""
    sql = load_query("mining.causes.sql", "counted").sql.replace("{membership}", source.membership)
    rows = connection.execute(sql, {"least": support.least, "most": support.most}).fetchall()
    return [
        CountedFactor(
            source.kind, source.name, source.label(value), cases, marked, signature, source=source, value=text
        )
        for value, text, cases, marked, signature in rows
    ]
