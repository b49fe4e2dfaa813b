"""From what was discovered to what the map draws: pure functions over values."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from app.components.process_map import END, START, Findable, MapNode, MapPath, ProcessMap
from app.components.process_map.values import HEAT_STEPS
from app.pages.process_map.metrics import Look, MapMetric
from app.theme import NOTHING, count, duration, plural, share
from mining.map.dfg import Boundary, Dfg, DfgActivity, DfgPath
from mining.map.figures import MapFigures, Times
from mining.map.variant import Variant

LABELLED = 30  # paths; more cannot be read
ORDERED = 500  # most frequent variants that decide the order of the flow
NO_FIGURES = MapFigures()
KINDS = {"human": "people", "agent": "agents", "system": "systems", "unknown": "unknown performers"}


@dataclass(frozen=True)
class ActivityFacts:
    """What is known of the activities besides the graph."""

    mix: Mapping[str, Mapping[str, float]]  # by activity, the share of its instances that each performer kind did
    order: Mapping[str, float]  # mean place in the flow, by activity
    figures: MapFigures = NO_FIGURES  # times, rework and cost; empty where the look does not need them
    currency: str | None = None
    simulated: frozenset[str] = frozenset()  # activities that simulated performers did, wholly or in part


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


def complete_order(order: Mapping[str, float], dfg: Dfg) -> dict[str, float]:
    """`order` with a place for the activities of `dfg` that it lacks: the mean of those directly before them."""
    found = dict(order)
    for activity in dfg.activities:
        if activity.name in order:
            continue
        before = [(order[p.source], p.count) for p in dfg.paths if p.target == activity.name and p.source in order]
        weight = sum(times for _, times in before)
        found[activity.name] = sum(place * times for place, times in before) / weight if weight else 1.0
    return found


def _mean_places(variants: Iterable[Variant]) -> dict[str, float]:
    """The mean relative place, 0 to 1, at which each activity first stands in its cases."""
    total: dict[str, float] = defaultdict(float)
    cases: dict[str, int] = defaultdict(int)
    for variant in variants:
        for activity in dict.fromkeys(variant.trace):
            total[activity] += variant.cases * variant.trace.index(activity) / len(variant.trace)
            cases[activity] += variant.cases
    return {activity: total[activity] / cases[activity] for activity in total}


def draw(shown: Dfg, facts: ActivityFacts, look: Look, *, key: str, whole: Dfg | None = None) -> ProcessMap:
    """The map of the graph `shown`, a part of `whole`, as `look` says."""
    activities = sorted(shown.activities, key=lambda a: (facts.order.get(a.name, 1.0), a.name))
    nodes = _nodes(activities, facts, look)
    name = (
        f"Process map with {plural(len(nodes), 'activity', 'activities')} and {plural(len(shown.paths), 'path')}. "
        "Arrow keys move along the paths, Enter chooses."
    )
    drawn = {a.name for a in shown.activities}
    find = tuple(Findable(a.name, plural(a.count, "time"), a.name in drawn) for a in (whole or shown).activities)
    return ProcessMap(key, name, nodes, (*_paths(shown.paths, facts, look), *_boundaries(shown)), find)


def _nodes(activities: Sequence[DfgActivity], facts: ActivityFacts, look: Look) -> tuple[MapNode, ...]:
    values = {
        a.name: look.value(look.colour, a.count, a.cases, facts.figures.activities.get(a.name)) for a in activities
    }
    heat = heat_steps([v for v in values.values() if v is not None])
    return tuple(
        MapNode(
            name=a.name,
            note=_node_note(a, facts, look),
            title=_node_title(a, values[a.name], facts, look),
            mix=facts.mix.get(a.name, {"unknown": 1.0}),
            heat=None if look.colour is MapMetric.WHO else heat(values[a.name]),
        )
        for a in activities
    )


def heat_steps(values: Sequence[float]) -> Heat:
    """The function that turns a metric's value into its colour step, 0 to 4."""
    return Heat(max(values, default=0.0))


@dataclass(frozen=True)
class Heat:
    """Colour steps of a metric whose largest value is `most`."""

    most: float

    def __call__(self, value: float | None) -> int:
        """The step of `value`; the square root keeps one giant from making all others look alike."""
        if value is None or self.most <= 0:
            return 0
        return min(HEAT_STEPS - 1, int(HEAT_STEPS * math.sqrt(max(0.0, value) / self.most)))

    def bounds(self) -> list[float]:
        """The largest value of each step."""
        return [self.most * ((step + 1) / HEAT_STEPS) ** 2 for step in range(HEAT_STEPS)]


def node_heat(shown: Dfg, facts: ActivityFacts, look: Look) -> Heat:
    """The colour steps of the activities of `shown`."""
    values = [look.value(look.colour, a.count, a.cases, facts.figures.activities.get(a.name)) for a in shown.activities]
    return heat_steps([v for v in values if v is not None])


def _node_note(activity: DfgActivity, facts: ActivityFacts, look: Look) -> str:
    """The short line under the name: the colour's metric, or how often where colour says who works."""
    metric = MapMetric.FREQUENCY if look.colour is MapMetric.WHO else look.colour
    value = look.value(metric, activity.count, activity.cases, facts.figures.activities.get(activity.name))
    if value is None:
        return NOTHING
    before = {MapMetric.WAITING: "waits ", MapMetric.SERVICE: "takes "}.get(metric, "")
    return f"{before}{look.reads(metric, value)}{' rework' if metric is MapMetric.REWORK else ''}"


def _node_title(activity: DfgActivity, value: float | None, facts: ActivityFacts, look: Look) -> str:
    mix = facts.mix.get(activity.name, {})
    who = ", ".join(f"{KINDS[k]} {share(mix[k])}" for k in KINDS if mix.get(k))
    more = (
        ""
        if look.colour in (MapMetric.WHO, MapMetric.FREQUENCY)
        else f"; {look.words(look.colour)}: "
        + (NOTHING + " not in the log" if value is None else look.reads(look.colour, value))
    )
    simulated = ", simulated" if activity.name in facts.simulated else ""
    return f"{activity.name}: {how_often(activity)}{f'; done by {who}' if who else ''}{more}{simulated}"


def _paths(paths: Sequence[DfgPath], facts: ActivityFacts, look: Look) -> list[MapPath]:
    found = facts.figures.paths

    def values(metric: MapMetric) -> list[float | None]:
        return [look.value(metric, p.count, p.cases, found.get((p.source, p.target))) for p in paths]

    widths, colours, labels = values(look.width), values(look.colour), values(look.labelled)
    widest = max((w for w in widths if w is not None), default=0.0) or 1.0
    heat = heat_steps([c for c in colours if c is not None])
    # Frequency as colour would say on paths what their width says already.
    plain = look.colour is MapMetric.WHO or look.colour is look.width
    return [
        MapPath(
            source=p.source,
            target=p.target,
            weight=(widths[rank] or 0.0) / widest,
            title=path_title(p, figures.waiting if (figures := found.get((p.source, p.target))) else None),
            label="" if rank >= LABELLED or (value := labels[rank]) is None else look.reads(look.labelled, value),
            heat=None if plain else heat(colours[rank]),
        )
        for rank, p in enumerate(paths)
    ]


def how_often(found: DfgActivity | DfgPath) -> str:
    """How often an activity or a path stands in the log, in words."""
    within = "" if found.cases is None else f" in {plural(found.cases, 'case')}"
    return f"{plural(found.count, 'time')}{within}"


def path_title(path: DfgPath, waiting: Times | None) -> str:
    """A path in one sentence."""
    words = f"{path.source} to {path.target}: {how_often(path)}"
    if waiting is None:
        return words
    return f"{words}; waiting time {duration(waiting.median)} median, {duration(waiting.p95)} at the 95th percentile"


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


@dataclass(frozen=True)
class LegendEntry:
    """One entry of the map's legend."""

    words: str
    look: str  # the class that the component gives such a node


def legend(shown: Dfg, facts: ActivityFacts, look: Look) -> tuple[LegendEntry, ...]:
    """What the colours of the map mean: kinds of performers, or five steps with their largest values."""
    if look.colour is MapMetric.WHO:
        present = {kind for a in shown.activities for kind, part in facts.mix.get(a.name, {}).items() if part}
        return tuple(LegendEntry(words, f"kind-{kind}") for kind, words in KINDS.items() if kind in present)
    heat = node_heat(shown, facts, look)
    if heat.most <= 0:
        return ()
    return tuple(
        LegendEntry(f"up to {look.reads(look.colour, bound)}", f"heat-{step}")
        for step, bound in enumerate(heat.bounds())
    )


def caption(shown: Dfg, whole: Dfg, look: Look) -> str:
    """What a map shows, in one sentence, to stand under a picture of it."""
    return (
        f"{count(len(shown.activities))} of {plural(len(whole.activities), 'activity', 'activities')} and "
        f"{count(len(shown.paths))} of {plural(len(whole.paths), 'path')}. Colour: {look.words(look.colour)}. "
        f"Width: {look.words(look.width)}."
    )
