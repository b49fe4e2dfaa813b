"""Shared work: who does the same activities, what only one performer does, and how much each performer does.

Two performers are alike by the cosine of their counts by activity (Song, van der Aalst, "Towards comprehensive support
for organizational mining", 2008, joint activities): 1 where they do the same activities in the same proportions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from core.trust import Result
from mining.organisation.facts import OrganisationFacts, known, rows, why_not_performers
from mining.organisation.values import Alike, Dependence, Load, SharedWork

if TYPE_CHECKING:
    import duckdb

MOST_COMPARED = 200
"""Performers that are compared with each other: the busiest."""
MOST_PAIRS = 1_000


def shared_work(connection: duckdb.DuckDBPyConnection, facts: OrganisationFacts | None = None) -> SharedWork:
    """Workload of every performer, the most alike pairs among the busiest, and each activity's dependence on one."""
    facts = facts or known(connection)
    reason = facts.trust.why_not(Result.SHARED_WORK)
    if reason:
        return SharedWork((), (), (), 0, reason)
    loads = tuple(_load(row) for row in rows(connection, "workload"))
    if not loads:
        return SharedWork((), (), (), 0, why_not_performers(facts))
    counts = rows(connection, "profiles")
    busiest = [load.name for load in loads[:MOST_COMPARED]]
    together = {(one, other): cases for one, other, cases in rows(connection, "together", {"most": MOST_COMPARED})}
    alike = (Alike(a, b, similarity, together.get((a, b), 0)) for a, b, similarity in similarities(busiest, counts))
    ranked = sorted(alike, key=lambda pair: (-pair.similarity, -(pair.cases or 0), pair.one, pair.other))
    return SharedWork(loads, tuple(ranked[:MOST_PAIRS]), _dependences(counts), len(busiest))


def similarities(
    performers: Sequence[str], counts: Iterable[tuple[str, str, str, int, int]]
) -> list[tuple[str, str, float]]:
    """The cosine of every two `performers` that share an activity; `counts` are rows of the query `profiles`."""
    import numpy as np

    names = sorted(performers)
    row = {name: number for number, name in enumerate(names)}
    known_counts = [(performer, activity, count) for performer, _, activity, count, _ in counts if performer in row]
    column = {activity: n for n, activity in enumerate(sorted({activity for _, activity, _ in known_counts}))}
    matrix = np.zeros((len(names), len(column)))
    for performer, activity, count in known_counts:
        matrix[row[performer], column[activity]] = count
    unit = matrix / np.linalg.norm(matrix, axis=1, keepdims=True)
    cosine = np.clip(unit @ unit.T, 0.0, 1.0)
    pairs = np.argwhere(np.triu(cosine, k=1) > 0)
    return [(names[i], names[j], float(cosine[i, j])) for i, j in pairs]


def _load(row: Sequence[Any]) -> Load:
    *counts, kinds = row
    return replace(Load(*counts), kinds=tuple(sorted(kinds.items(), key=lambda told: (-told[1], told[0]))))


def _dependences(counts: Sequence[Any]) -> tuple[Dependence, ...]:
    by_activity: defaultdict[str, list[tuple[int, int, str, str]]] = defaultdict(list)
    for performer, kind, activity, count, cases in counts:
        by_activity[activity].append((count, cases, performer, kind))
    found = [_dependence(activity, doers) for activity, doers in by_activity.items()]
    return tuple(sorted(found, key=lambda d: (not d.at_risk, -d.top_share, -d.instances, d.activity)))


def _dependence(activity: str, doers: Sequence[tuple[int, int, str, str]]) -> Dependence:
    count, cases, performer, kind = min(doers, key=lambda doer: (-doer[0], doer[2]))
    instances = sum(doer[0] for doer in doers)
    return Dependence(activity, instances, len(doers), performer, kind, count / instances, cases)
