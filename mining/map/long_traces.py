"""pm4py's inductive miner for long traces: the same trees, in time that grows with a trace's length, not its square.

pm4py builds each part of a split trace one activity at a time, and hashes the whole trace to count it, once for every
activity. Here parts are lists until they are whole and a trace is counted once. Which cut is made, and in which order
anything is tried, is pm4py's own; so is the result.

It is imported where it is used: pm4py takes a second.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any

from pm4py.algo.discovery.inductive.cuts.concurrency import ConcurrencyCutUVCL
from pm4py.algo.discovery.inductive.cuts.loop import LoopCutUVCL
from pm4py.algo.discovery.inductive.cuts.sequence import StrictSequenceCutUVCL
from pm4py.algo.discovery.inductive.cuts.xor import ExclusiveChoiceCutUVCL
from pm4py.algo.discovery.inductive.dtypes.im_ds import IMDataStructureUVCL
from pm4py.algo.discovery.inductive.fall_through.activity_concurrent import ActivityConcurrentUVCL
from pm4py.algo.discovery.inductive.fall_through.activity_once_per_trace import ActivityOncePerTraceUVCL
from pm4py.algo.discovery.inductive.fall_through.flower import FlowerModelUVCL
from pm4py.algo.discovery.inductive.variants.im import IMUVCL
from pm4py.algo.discovery.inductive.variants.imf import IMFUVCL
from pm4py.objects.dfg.obj import DFG
from pm4py.objects.process_tree.obj import Operator
from pm4py.objects.process_tree.obj import ProcessTree as Pm4pyTree

Numbers = tuple[int, ...]  # a trace, each activity as a number
Log = Counter[Numbers]


def graph(log: Log) -> Any:
    """pm4py's directly-follows graph of `log`, in the order in which pm4py fills it: cuts go through it in order."""
    found = DFG()
    starts: Counter[int] = Counter()
    ends: Counter[int] = Counter()
    for trace, cases in log.items():
        for path, count in Counter(pairwise(trace)).items():
            found.graph[path] += count * cases
        if trace:
            starts[trace[0]] += cases
            ends[trace[-1]] += cases
    for side, counted in ((found.start_activities, starts), (found.end_activities, ends)):
        for activity in sorted(counted):
            side[activity] = counted[activity]
    return found


def structure(log: Log) -> Any:
    """What pm4py's miner works on."""
    return IMDataStructureUVCL(log, graph(log))


class _Choice(ExclusiveChoiceCutUVCL):  # type: ignore[misc]
    @classmethod
    def project(cls, obj: Any, groups: Sequence[Collection[int]], parameters: Any = None) -> list[Any]:
        """The log of each group; a trace goes to the group that most of its activities are of."""
        logs: list[Log] = [Counter() for _ in groups]
        for trace, cases in obj.data_structure.items():
            parts = [tuple(a for a in trace if a in group) for group in groups]
            most = max(range(len(groups)), key=lambda number: (len(parts[number]), number))
            logs[most][parts[most]] += cases
        return [structure(log) for log in logs]


class _Sequence(StrictSequenceCutUVCL):  # type: ignore[misc]
    @classmethod
    def project(cls, obj: Any, groups: Sequence[Collection[int]], parameters: Any = None) -> list[Any]:
        """The log of each group; a trace is cut where the fewest activities are lost."""
        logs: list[Log] = [Counter() for _ in groups]
        for trace, cases in obj.data_structure.items():
            at, before = 0, set[int]()
            for log, group in zip(logs, groups, strict=True):
                until = cls._find_split_point(trace, group, at, before)
                log[tuple(a for a in trace[at:until] if a in group)] += cases
                at = until
                before |= set(group)
        return [structure(log) for log in logs]


class _Concurrency(ConcurrencyCutUVCL):  # type: ignore[misc]
    @classmethod
    def project(cls, obj: Any, groups: Sequence[Collection[int]], parameters: Any = None) -> list[Any]:
        """The log of each group."""
        return [structure(_only(obj.data_structure, group)) for group in groups]


class _Loop(LoopCutUVCL):  # type: ignore[misc]
    @classmethod
    def project(cls, obj: Any, groups: Sequence[Collection[int]], parameters: Any = None) -> list[Any]:
        """The log of what is done and of what is done before it is done again (pm4py finds two groups, never more)."""
        do, again = (frozenset(group) for group in groups)
        done: Log = Counter()
        redone: Log = Counter()
        for trace, cases in obj.data_structure.items():
            last = None
            for last, part in groupby(trace, lambda a: 0 if a in do else 1 if a in again else 2):
                if last < 2:
                    (done, redone)[last][tuple(part)] += cases
            if last != 0:
                done[()] += cases  # it ends, as every trace must, with what is done
        return [structure(done), structure(redone)]


_CUTS = (_Choice, _Sequence, _Concurrency, _Loop)


class _Once(ActivityOncePerTraceUVCL):  # type: ignore[misc]
    @classmethod
    def apply(cls, obj: Any, pool: Any = None, manager: Any = None, parameters: Any = None) -> Any:
        """One activity beside all others, where it stands once in every trace."""
        return _beside(obj, cls._get_candidate(obj, pool, manager, parameters))


class _Concurrent(ActivityConcurrentUVCL):  # type: ignore[misc]
    @classmethod
    def _process_candidate(
        cls, c: int, log: Log, queue: Any = None, ev: Any = None, parameters: Any = None
    ) -> Any:  # fmt: skip
        rest: Log = Counter()
        for trace, cases in log.items():
            rest[tuple(a for a in trace if a != c)] = cases  # as pm4py has it: what becomes the same is not added up
        left = structure(rest)
        return next((True for cut in _CUTS if cut.holds(left, parameters) is not None), None)

    @classmethod
    def apply(cls, obj: Any, pool: Any = None, manager: Any = None, parameters: Any = None) -> Any:
        """One activity beside all others, where without it there is a cut."""
        return _beside(obj, cls._get_candidate(obj, pool, manager, parameters))


def _beside(obj: Any, candidate: int | None) -> Any:
    if candidate is None:
        return None
    one, others = (
        Counter[Numbers](), Counter[Numbers](),
    )  # fmt: skip
    for trace, cases in obj.data_structure.items():
        one[tuple(a for a in trace if a == candidate)] += cases
        others[tuple(a for a in trace if a != candidate)] += cases
    return Pm4pyTree(operator=Operator.PARALLEL), [structure(one), structure(others)]


def _again(obj: Any, *, strict: bool) -> Any:
    """A loop around everything, each trace cut before every start activity; `strict`: only after an end activity."""
    log: Log = obj.data_structure
    starts = {trace[0] for trace in log if trace}
    ends = {trace[-1] for trace in log if trace} if strict else None
    parts: Log = Counter()
    for trace, cases in log.items():
        for part in _parts(trace, starts, ends):
            parts[part] += cases
    if sum(parts.values()) <= sum(log.values()):
        return None
    return Pm4pyTree(operator=Operator.LOOP), [structure(parts), structure(Counter())]


def _parts(trace: Numbers, starts: set[int], ends: set[int] | None) -> Iterator[Numbers]:
    at = 0
    for place in range(1, len(trace)):
        if trace[place] in starts and (ends is None or trace[place - 1] in ends):
            yield trace[at:place]
            at = place
    yield trace[at:]


def _only(log: Log, activities: Collection[int]) -> Log:
    kept: Log = Counter()
    for trace, cases in log.items():
        kept[tuple(a for a in trace if a in activities)] += cases
    return kept


def _cut(obj: Any, parameters: Any) -> Any:
    return next((found for cut in _CUTS if (found := cut.apply(obj, parameters)) is not None), None)


def _fall_through(obj: Any, parameters: Any) -> Any:
    """pm4py's fall-throughs in pm4py's order, for a log without empty traces."""
    return (
        _Once.apply(obj, parameters=parameters)
        or _Concurrent.apply(obj, parameters=parameters)
        or _again(obj, strict=True)
        or _again(obj, strict=False)
        or FlowerModelUVCL.apply(obj, parameters=parameters)
    )


def _without_empty(log: Log) -> Log:
    return Counter({trace: cases for trace, cases in log.items() if trace})


class Miner(IMUVCL):  # type: ignore[misc]
    """The inductive miner without noise."""

    def apply(self, obj: Any, parameters: Any = None) -> Any:
        """The tree of `obj`."""
        if () not in obj.data_structure:
            return super().apply(obj, parameters)
        rest = _without_empty(obj.data_structure)
        if not rest:
            return Pm4pyTree()
        return self._recurse(Pm4pyTree(operator=Operator.XOR), [structure(Counter()), structure(rest)], parameters)

    def find_cut(self, obj: Any, parameters: Any = None) -> Any:
        """The first cut that holds."""
        return _cut(obj, parameters)

    def fall_through(self, obj: Any, parameters: Any = None) -> Any:
        """What is done where no cut holds."""
        return _fall_through(obj, parameters)


class NoiseMiner(IMFUVCL):  # type: ignore[misc]
    """The inductive miner that leaves out what is infrequent."""

    def apply(self, obj: Any, parameters: Any = None, second_iteration: bool = False) -> Any:
        """The tree of `obj`."""
        log: Log = obj.data_structure
        if () in log:
            rest = _without_empty(log)
            if not rest:
                return super().apply(obj, parameters, second_iteration)
            if log[()] > parameters["noise_threshold"] * sum(log.values()):
                return self._recurse(
                    Pm4pyTree(operator=Operator.XOR), [structure(Counter()), structure(rest)], parameters
                )
            obj = structure(rest)
        return super().apply(obj, parameters, second_iteration)

    def find_cut(self, obj: Any, parameters: Any = None) -> Any:
        """The first cut that holds."""
        return _cut(obj, parameters)

    def fall_through(self, obj: Any, parameters: Any = None) -> Any:
        """What is done where no cut holds."""
        return _fall_through(obj, parameters)
