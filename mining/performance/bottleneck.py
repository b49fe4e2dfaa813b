"""Bottlenecks: where cases wait longer than the faster quarter of the very same waits shows to be possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mining.performance.timing import ask, names_of, path_of
from mining.performance.values import Bottleneck, Bottlenecks, Carries, TimesBy

if TYPE_CHECKING:
    import duckdb


def bottlenecks(connection: duckdb.DuckDBPyConnection, by: TimesBy, carries: Carries) -> Bottlenecks:
    """Paths (or activities) by falling delay: the sum, over all waits, of what each has above the reference.

    The reference is the 25th percentile of the waits on the same path: what a quarter of them keep within, so reached
    in practice, while a minimum would be an accident and a mean contains the delay itself. A wait below it counts as 0
    and never makes up for another. Ranked by the total and not by the mean: a frequent short delay can matter more
    than a rare long one. By transition as in Lashkevich et al., Why am I waiting?, CAiSE 2023; the quartile is ours.
    """
    by = TimesBy.ACTIVITY if by is TimesBy.ACTIVITY else TimesBy.PATH
    rows = ask(connection, "bottlenecks", by=by.value)
    waiting, delay = sum(row[4] for row in rows), sum(row[5] for row in rows)
    names = names_of(connection, by)
    found = []
    for key, count, reference, median, total, late, cases in rows:
        path = path_of(key, names) if by is TimesBy.PATH else None
        found.append(
            Bottleneck(
                name=" → ".join(path) if path else names[key],
                path=path,
                count=count,
                reference=reference,
                median=median,
                waiting=total,
                delay=late,
                delay_share=late / delay if delay else None,
                waiting_share=total / waiting if waiting else None,
                cases=cases,
            )
        )
    return Bottlenecks(by, tuple(found), carries)
