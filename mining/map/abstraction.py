"""The two sliders of the map: which share of activities and of paths is shown, always as a connected graph."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from core.errors import BadInput
from mining.map.dfg import Dfg

OPENING_ACTIVITIES = 15
OPENING_PATHS = 25

_START, _END = "start", "end"
_Node = tuple[str, str]  # ("activity", its name), or one of the two ends
_Edges = Mapping[tuple[_Node, _Node], int]  # cases or count of each


@dataclass(frozen=True)
class Shares:
    """Where the two sliders stand, each from 0 to 1."""

    activities: float
    paths: float


def view(dfg: Dfg, activities_share: float, paths_share: float, also: Collection[str] = ()) -> Dfg:
    """The part of `dfg` with the most frequent `activities_share` of activities and `paths_share` of their paths.

    At least one activity is shown. Whatever is shown can be reached from a start and reaches an end: where the
    share alone would cut an activity off, the route to it (and on from it) whose rarest path is the most frequent
    is shown too. The activities in `also` are shown whatever their frequency. Starts and ends count as paths.
    Numbers are those of the whole log. Raises BadInput.
    """
    for name, share in (("activities", activities_share), ("paths", paths_share)):
        if not 0 <= share <= 1:
            raise BadInput(f"The share of {name} is `{share}`; it must be from 0 to 1.")
    edges = _edges(dfg)
    wanted = max(1, math.ceil(activities_share * len(dfg.activities)))
    chosen = [("activity", a.name) for n, a in enumerate(dfg.activities) if n < wanted or a.name in also]
    routes = _routes(edges, chosen)
    nodes = {node for edge in routes for node in edge} | set(chosen)
    among = [edge for edge in edges if edge[0] in nodes and edge[1] in nodes]
    among.sort(key=lambda edge: (-edges[edge], edge))
    return _part(dfg, nodes, routes | set(among[: math.ceil(paths_share * len(among))]))


def opening_view(dfg: Dfg) -> Shares:
    """Where the sliders stand when a map is opened: about 15 activities and 25 paths, or all where there are fewer."""
    if not dfg.activities:
        return Shares(1.0, 1.0)
    activities = min(1.0, OPENING_ACTIVITIES / len(dfg.activities))
    everything = view(dfg, activities, 1.0)
    edges = len(everything.paths) + len(everything.starts) + len(everything.ends)
    return Shares(round(activities, 4), round(min(1.0, OPENING_PATHS / max(1, edges)), 4))


def _edges(dfg: Dfg) -> dict[tuple[_Node, _Node], int]:
    edges: dict[tuple[_Node, _Node], int] = {}
    for path in dfg.paths:
        edges[("activity", path.source), ("activity", path.target)] = path.count
    for start in dfg.starts:
        edges[(_START, ""), ("activity", start.activity)] = start.cases
    for end in dfg.ends:
        edges[("activity", end.activity), (_END, "")] = end.cases
    return edges


def _routes(edges: _Edges, wanted: Iterable[_Node]) -> set[tuple[_Node, _Node]]:
    """The edges of the widest route from the start to each wanted node and from it to the end."""
    before = _widest(edges, (_START, ""))
    after = _widest({(target, source): count for (source, target), count in edges.items()}, (_END, ""))
    routes: set[tuple[_Node, _Node]] = set()
    for node in wanted:
        at = node
        while at in before:
            routes.add((before[at], at))
            at = before[at]
        at = node
        while at in after:
            routes.add((at, after[at]))
            at = after[at]
    return routes


def _widest(edges: _Edges, origin: _Node) -> dict[_Node, _Node]:
    """For each node that `origin` reaches, the node before it on the route whose smallest count is the largest."""
    following: defaultdict[_Node, list[tuple[_Node, int]]] = defaultdict(list)
    for (source, target), count in edges.items():
        following[source].append((target, count))
    before: dict[_Node, _Node] = {}
    done: set[_Node] = set()
    queue: list[tuple[int, int, _Node, _Node]] = [(-max(edges.values(), default=0), 0, origin, origin)]
    while queue:
        width, steps, node, source = heapq.heappop(queue)
        if node in done:
            continue
        done.add(node)
        if node != origin:
            before[node] = source
        for target, count in following[node]:
            if target not in done:
                heapq.heappush(queue, (max(width, -count), steps + 1, target, node))
    return before


def _part(dfg: Dfg, nodes: set[_Node], edges: set[tuple[_Node, _Node]]) -> Dfg:
    return Dfg(
        tuple(a for a in dfg.activities if ("activity", a.name) in nodes),
        tuple(p for p in dfg.paths if (("activity", p.source), ("activity", p.target)) in edges),
        tuple(s for s in dfg.starts if ((_START, ""), ("activity", s.activity)) in edges),
        tuple(e for e in dfg.ends if (("activity", e.activity), (_END, "")) in edges),
    )
