"""How the maps of two sides differ: the union of activities, paths, starts and ends with both sides' figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from core.queries import load as load_query
from mining.compare.values import MapDifference, SeenOnSide, Thing
from mining.estimates import Estimate, difference, false_discovery, independence, wilson

if TYPE_CHECKING:
    import duckdb

Key = tuple[Thing, str, str]
Seens = Mapping[Key, SeenOnSide]


def read_map(connection: duckdb.DuckDBPyConnection, cases: int) -> Seens:
    """What the log that `connection` has open shows of each activity, path, start and end."""
    found: dict[Key, SeenOnSide] = {}
    for name, count, having, waiting in connection.execute(_sql("activities")).fetchall():
        found[Thing.ACTIVITY, name, name] = SeenOnSide(count, having, having / cases, waiting)
    for source, target, count, having, waiting in connection.execute(_sql("paths")).fetchall():
        found[Thing.PATH, source, target] = SeenOnSide(count, having, having / cases, waiting)
    sides = {"start": Thing.START, "end": Thing.END}
    for side, name, having in connection.execute(load_query("mining.sql", "boundaries").sql).fetchall():
        found[sides[side], name, name] = SeenOnSide(having, having, having / cases, None)
    return found


def read_traces(connection: duckdb.DuckDBPyConnection) -> frozenset[tuple[str, ...]]:
    """The distinct traces of the log that `connection` has open."""
    return frozenset(tuple(trace) for trace, _ in connection.execute(_sql("variants")).fetchall())


def differences(a: Seens, b: Seens, cases_a: int, cases_b: int) -> tuple[MapDifference, ...]:
    """Everything that either side has, the largest difference in the share of cases first.

    The test of each share is a chi-square, or Fisher's where counts are small, corrected over all that is compared.
    """
    keys = list(dict.fromkeys([*a, *b]))
    having_a = [a[key].cases if key in a else 0 for key in keys]
    having_b = [b[key].cases if key in b else 0 for key in keys]
    p = independence(having_a, [cases_a - n for n in having_a], having_b, [cases_b - n for n in having_b])
    q = false_discovery(p)
    found = [
        MapDifference(
            *key, a.get(key), b.get(key), _share(having_a[i], cases_a, having_b[i], cases_b), float(q[i]),
            _waiting(a.get(key), b.get(key)),
        )
        for i, key in enumerate(keys)
    ]  # fmt: skip
    return _largest_first(found)


def _largest_first(found: Sequence[MapDifference]) -> tuple[MapDifference, ...]:
    return tuple(sorted(found, key=lambda d: (-abs(d.share.value), d.source, d.target)))


def _share(having_a: int, cases_a: int, having_b: int, cases_b: int) -> Estimate:
    apart = difference(wilson(having_a, cases_a), wilson(having_b, cases_b))
    assert apart is not None
    return apart


def _waiting(a: SeenOnSide | None, b: SeenOnSide | None) -> float | None:
    if a is None or b is None or a.waiting is None or b.waiting is None:
        return None
    return b.waiting - a.waiting


def _sql(name: str) -> str:
    return load_query("mining.compare.sql", name).sql
