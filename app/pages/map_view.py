"""From what was discovered to what the map draws: pure functions over values."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from app.components.process_map import END, START, MapNode, MapPath, ProcessMap
from app.components.process_map.values import HEAT_STEPS
from app.theme import count, duration, plural, share
from mining import ActivityProfile, Boundary, Dfg, DfgPath, Variant

LABELLED = 30  # paths; more cannot be read
ORDERED = 500  # most frequent variants that decide the order of the flow
KINDS = {"human": "people", "agent": "agents", "system": "systems", "unknown": "unknown performers"}


class Colour(StrEnum):
    """What the colour of the map says."""

    WHO = "who works"
    WAITING = "waiting time"
    REWORK = "rework"
    FREQUENCY = "frequency"


@dataclass(frozen=True)
class Facts:
    """What is known of the activities besides the graph."""

    profiles: Mapping[str, ActivityProfile]  # by activity
    order: Mapping[str, float]  # mean place in the flow, by activity
    currency: str | None = None
    simulated: frozenset[str] = frozenset()  # activities that simulated performers did, wholly or in part


def performer_mix(profile: ActivityProfile | None) -> dict[str, float]:
    """The share of its instances that each performer kind did; what the log does not say is unknown."""
    if profile is None:
        return {"unknown": 1.0}
    known = profile.kind_known_share
    shares = {"human": profile.human_share, "agent": profile.agent_share, "system": profile.system_share}
    return {**{kind: (part or 0.0) * known for kind, part in shares.items()}, "unknown": 1 - known}


def flow_order(variants: Sequence[Variant]) -> dict[str, float]:
    """The place of each activity in the flow, 0 to 1: of the activities it shares cases with, the share it comes after.

    One activity comes after another when it first stands later in more of their cases (Copeland's rule). An activity
    that never shares a case takes its mean relative place.
    """
    ahead: dict[tuple[str, str], int] = defaultdict(int)
    for variant in variants[:ORDERED]:
        first = tuple(dict.fromkeys(variant.trace))
        for earlier, later in combinations(first, 2):
            ahead[earlier, later] += variant.cases
    after: dict[str, int] = defaultdict(int)
    met: dict[str, int] = defaultdict(int)
    for (earlier, later), cases in ahead.items():
        if cases > ahead.get((later, earlier), 0):
            after[later] += 1
            met[earlier] += 1
            met[later] += 1
    return {a: after[a] / met[a] if a in met else place for a, place in _mean_places(variants).items()}


def _mean_places(variants: Iterable[Variant]) -> dict[str, float]:
    """The mean relative place, 0 to 1, at which each activity first stands in its cases."""
    total: dict[str, float] = defaultdict(float)
    cases: dict[str, int] = defaultdict(int)
    for variant in variants:
        for activity in dict.fromkeys(variant.trace):
            total[activity] += variant.cases * variant.trace.index(activity) / len(variant.trace)
            cases[activity] += variant.cases
    return {activity: total[activity] / cases[activity] for activity in total}


def draw(shown: Dfg, facts: Facts, colour: Colour, *, key: str) -> ProcessMap:
    """The map of the graph `shown`, coloured by `colour`."""
    names = sorted((a.name for a in shown.activities), key=lambda n: (facts.order.get(n, 1.0), n))
    counts = {a.name: a for a in shown.activities}
    node_values = {n: _node_value(n, counts[n].count, facts, colour) for n in names}
    heat = heat_steps([v for v in node_values.values() if v is not None])
    nodes = tuple(
        MapNode(
            name=n,
            note=_node_note(counts[n].count, node_values[n], colour),
            title=_node_title(n, counts[n].count, counts[n].cases, facts),
            mix=performer_mix(facts.profiles.get(n)),
            heat=None if colour is Colour.WHO else heat(node_values[n]),
        )
        for n in names
    )
    name = (
        f"Process map with {plural(len(nodes), 'activity', 'activities')} and {plural(len(shown.paths), 'path')}. "
        "Arrow keys move along the paths, Enter chooses."
    )
    return ProcessMap(key, name, nodes, (*_paths(shown.paths, colour), *_boundaries(shown)))


def heat_steps(values: Sequence[float]) -> _Heat:
    """The function that turns a metric's value into its colour step, 0 to 4."""
    return _Heat(max(values, default=0.0))


@dataclass(frozen=True)
class _Heat:
    most: float

    def __call__(self, value: float | None) -> int:
        """The step of `value`; the square root keeps one giant from making all others look alike."""
        if value is None or self.most <= 0:
            return 0
        return min(HEAT_STEPS - 1, int(HEAT_STEPS * math.sqrt(max(0.0, value) / self.most)))


def _node_value(name: str, times: int, facts: Facts, colour: Colour) -> float | None:
    profile = facts.profiles.get(name)
    if colour is Colour.FREQUENCY:
        return float(times)
    if profile is None or colour is Colour.WHO:
        return None
    return profile.repeated_share if colour is Colour.REWORK else profile.waiting_median


def _node_note(times: int, value: float | None, colour: Colour) -> str:
    if colour is Colour.WAITING:
        return f"waits {duration(value)}" if value is not None else count(times)
    if colour is Colour.REWORK:
        return f"{share(value)} rework"
    return count(times)


def _node_title(name: str, times: int, cases: int, facts: Facts) -> str:
    mix = performer_mix(facts.profiles.get(name))
    who = ", ".join(f"{KINDS[k]} {share(mix[k])}" for k in KINDS if mix.get(k))
    simulated = ", simulated" if name in facts.simulated else ""
    return f"{name}: {plural(times, 'time')} in {plural(cases, 'case')}{f'; done by {who}' if who else ''}{simulated}"


def _paths(paths: Sequence[DfgPath], colour: Colour) -> list[MapPath]:
    most = max((p.count for p in paths), default=1)
    heat = heat_steps([p.median_seconds for p in paths])
    timed = colour is Colour.WAITING
    return [
        MapPath(
            source=p.source,
            target=p.target,
            weight=p.count / most,
            title=path_title(p),
            label="" if rank >= LABELLED else duration(p.median_seconds) if timed else count(p.count),
            heat=heat(p.median_seconds) if timed else None,
        )
        for rank, p in enumerate(paths)
    ]


def path_title(path: DfgPath) -> str:
    """A path in one sentence."""
    return (
        f"{path.source} to {path.target}: {plural(path.count, 'time')} in {plural(path.cases, 'case')}; "
        f"waiting time {duration(path.median_seconds)} median, {duration(path.p95_seconds)} at the 95th percentile"
    )


def _boundaries(shown: Dfg) -> list[MapPath]:
    starts, ends = _total(shown.starts), _total(shown.ends)
    return [
        *(
            MapPath(START, b.activity, b.cases / starts, f"{plural(b.cases, 'case')} start with {b.activity}")
            for b in shown.starts
        ),
        *(
            MapPath(b.activity, END, b.cases / ends, f"{plural(b.cases, 'case')} end with {b.activity}")
            for b in shown.ends
        ),
    ]


def _total(boundaries: Sequence[Boundary]) -> int:
    return sum(b.cases for b in boundaries) or 1


def coverage(variants: Sequence[Variant]) -> list[float]:
    """The share of all cases that the first n variants cover, for each n."""
    total = sum(v.cases for v in variants) or 1
    reached, shares = 0, []
    for variant in variants:
        reached += variant.cases
        shares.append(reached / total)
    return shares
