"""The variants of an event log version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from core.queries import load

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Variant:
    """A distinct trace."""

    trace: tuple[str, ...]  # the activities of the case in order
    cases: int  # cases that share it


def variants(connection: duckdb.DuckDBPyConnection) -> tuple[Variant, ...]:
    """The variants of the event log version that `connection` has open, by falling number of cases."""
    names = dict(connection.execute("SELECT activity_no, name FROM activity").fetchall())
    row: dict[str, Any] = connection.execute(load("mining.sql", "variants").sql).fetchnumpy()
    lengths, cases, numbers = (row[column][0].tolist() for column in ("lengths", "cases", "steps"))
    steps = iter([names[number] for number in numbers])
    return tuple(Variant(tuple(islice(steps, length)), count) for length, count in zip(lengths, cases, strict=True))


def project(found: Sequence[Variant], activities: Collection[str]) -> tuple[Variant, ...]:
    """`found` with only `activities` left in each trace; cases that keep none of them are left out."""
    kept = frozenset(activities)
    cases: Counter[tuple[str, ...]] = Counter()
    for variant in found:
        cases[tuple(activity for activity in variant.trace if activity in kept)] += variant.cases
    del cases[()]
    return tuple(Variant(trace, count) for trace, count in cases.most_common())
