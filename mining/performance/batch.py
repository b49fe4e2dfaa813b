"""Batch work: one performer takes several waiting cases of one activity together or in direct succession.

After Martin, Swennen, Depaire, Jans, Caris and Vanhoof, Retrieving batch organisation of work insights from event logs,
Decision Support Systems 2017: same activity, same performer, and simultaneous, concurrent or sequential by how their
times lie. All cases of a batch must have arrived before its first one is begun, so a queue that is worked off while it
grows is no batch. The cost of accumulating is counted as in Lashkevich et al., CAiSE 2023: from each
arrival to the last.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median
from typing import TYPE_CHECKING

from mining.performance.timing import ask, names_of
from mining.performance.values import ActivityBatches, Batching, BatchKind, Carries, TimesBy

if TYPE_CHECKING:
    import duckdb

WINDOW = 300.0  # seconds that may lie between two cases of a batch

Candidate = tuple[int, int, int, int, int, int]  # activity, performer, case; in microseconds: ready, begun, ended


@dataclass(frozen=True)
class Batch:
    """Activity instances of several cases, worked on together."""

    performer: int
    members: tuple[Candidate, ...]  # in the order in which they were begun

    @property
    def start(self) -> int:
        """When the first one was begun, in microseconds."""
        return self.members[0][4]

    @property
    def accumulation(self) -> float:
        """Seconds that its cases waited, together, for the last of them to arrive."""
        last = max(member[3] for member in self.members)
        return sum(last - member[3] for member in self.members) / 1e6

    @property
    def kind(self) -> BatchKind:
        """How its cases lie to each other in time."""
        if len({(begun, ended) for *_, begun, ended in self.members}) == 1:
            return BatchKind.SIMULTANEOUS
        overlap = any(after[4] < before[5] for before, after in pairwise(self.members))
        return BatchKind.CONCURRENT if overlap else BatchKind.SEQUENTIAL


def batching(connection: duckdb.DuckDBPyConnection, carries: Carries, *, window: float = WINDOW) -> Batching:
    """Batch work of every activity that has any; withheld where the log names no performers."""
    if carries.performer_share == 0:
        return Batching((), window, carries, "The log does not say who did the work, and a batch is one performer's.")
    candidates = ask(connection, "batch_candidates", window_us=round(window * 1e6))
    found: defaultdict[int, list[Batch]] = defaultdict(list)
    for batch in batches_in(candidates, round(window * 1e6)):
        found[batch.members[0][0]].append(batch)
    names, instances = names_of(connection, TimesBy.ACTIVITY), dict(ask(connection, "batch_instances"))
    rows = [_of_activity(names[number], instances[number], batches) for number, batches in found.items()]
    return Batching(tuple(sorted(rows, key=lambda r: (-r.accumulation, -r.batched, r.activity))), window, carries)


def batches_in(candidates: Iterable[Candidate], window: int) -> Iterator[Batch]:
    """The batches among `candidates`, which stand by activity, performer and begin; `window` in microseconds."""
    members: list[Candidate] = []
    cases: set[int] = set()
    latest = 0
    for candidate in candidates:
        activity, performer, case, ready, begun, ended = candidate
        goes_on = (
            bool(members)
            and (activity, performer) == members[0][:2]
            and begun <= latest + window
            and ready <= members[0][4]
            and case not in cases
        )
        if not goes_on:
            if len(members) > 1:
                yield Batch(members[0][1], tuple(members))
            members, cases, latest = [], set(), ended
        members.append(candidate)
        cases.add(case)
        latest = max(latest, ended)
    if len(members) > 1:
        yield Batch(members[0][1], tuple(members))


def _of_activity(activity: str, instances: int, batches: list[Batch]) -> ActivityBatches:
    kinds, sizes = Counter(b.kind for b in batches), Counter(len(b.members) for b in batches)
    return ActivityBatches(
        activity=activity,
        instances=instances,
        batched=sum(len(b.members) for b in batches),
        batches=len(batches),
        kinds=tuple((kind, kinds[kind]) for kind in BatchKind if kinds[kind]),
        sizes=tuple(sorted(sizes.items())),
        size_mean=fmean(len(b.members) for b in batches),
        every_seconds=_every(batches),
        accumulation=sum(b.accumulation for b in batches),
    )


def _every(batches: list[Batch]) -> float | None:
    """Median time between the starts of two successive batches of one performer."""
    starts: defaultdict[int, list[int]] = defaultdict(list)
    for batch in batches:
        starts[batch.performer].append(batch.start)
    gaps = [(after - before) / 1e6 for moments in starts.values() for before, after in pairwise(sorted(moments))]
    return median(gaps) if gaps else None
