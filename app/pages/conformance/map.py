"""The model as far as the work goes through it, coloured by where the work departs from it. Pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from app.components.process_map import END, START, MapNode, MapPath, ProcessMap
from app.components.process_map.values import HEAT_STEPS
from app.theme import count, plural
from mining.conformance import Conformance, Deviation
from mining.map.abstraction import opening_view, view
from mining.map.dfg import Boundary, Dfg, DfgActivity, DfgPath

LABELLED = 20
ALWAYS = 6  # activities that most cases depart at are drawn however rare they are


def model_graph(found: Conformance) -> Dfg:
    """The activities and paths of the model that the aligned cases go through, each case by its alignment.

    It has no times: the model's steps that a case skips have none.
    """
    activities: Counter[str] = Counter()
    cases: Counter[str] = Counter()
    paths: Counter[tuple[str, str]] = Counter()
    starts: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    for one in found.alignments:
        trace = one.alignment.of_model()
        for activity in trace:
            activities[activity] += one.cases
        for activity in set(trace):
            cases[activity] += one.cases
        for pair in pairwise(trace):
            paths[pair] += one.cases
        if trace:
            starts[trace[0]] += one.cases
            ends[trace[-1]] += one.cases
    return Dfg(
        tuple(DfgActivity(name, n, cases[name]) for name, n in _ordered(activities)),
        tuple(DfgPath(a, b, n, n, 0.0, 0.0) for (a, b), n in _ordered(paths)),
        tuple(Boundary(name, n) for name, n in _ordered(starts)),
        tuple(Boundary(name, n) for name, n in _ordered(ends)),
    )


def departing(found: Conformance) -> dict[str, tuple[int, Deviation]]:
    """For each activity, the cases of its most frequent deviation, and that deviation."""
    worst: dict[str, tuple[int, Deviation]] = {}
    for deviation in found.deviations:
        for activity in {deviation.activity, deviation.other if deviation.kind == "wrong order" else None} - {None}:
            assert activity is not None
            if deviation.cases > worst.get(activity, (0, deviation))[0]:
                worst[activity] = (deviation.cases, deviation)
    return worst


def draw(found: Conformance, graph: Dfg, order: Mapping[str, float]) -> ProcessMap:
    """The model's map: the paths that matter most, every activity coloured by how many cases depart from it."""
    worst = departing(found)
    opening = opening_view(graph)
    often = sorted((a.name for a in graph.activities if a.name in worst), key=lambda name: -worst[name][0])
    shown = view(graph, opening.activities, opening.paths, also=often[:ALWAYS])
    most = max((cases for cases, _ in worst.values()), default=0)
    names = sorted((a.name for a in shown.activities), key=lambda name: (order.get(name, 1.0), name))
    nodes = tuple(_node(name, worst.get(name), most, found.aligned_cases) for name in names)
    name = f"The model with {plural(len(nodes), 'activity', 'activities')}, coloured by cases that depart from it."
    return ProcessMap(f"{found.log} {found.model}", name, nodes, _paths(shown))


def _node(name: str, worst: tuple[int, Deviation] | None, most: int, cases: int) -> MapNode:
    if worst is None:
        return MapNode(name, "as in the model", f"{name}: no case departs here", {}, heat=0)
    deviating, deviation = worst
    step = min(HEAT_STEPS - 1, 1 + int((HEAT_STEPS - 1) * (deviating / most) ** 0.5)) if most else 0
    note = f"{deviation.kind} {count(deviating)}"
    return MapNode(name, note, f"{plain(deviation.sentence)} {plural(deviating, 'case')} of {count(cases)}", {}, step)


def _paths(shown: Dfg) -> tuple[MapPath, ...]:
    most = max((p.count for p in shown.paths), default=1)
    starts, ends = (sum(b.cases for b in side) or 1 for side in (shown.starts, shown.ends))
    return (
        *(
            MapPath(
                p.source, p.target, p.count / most, f"{p.source} to {p.target}: {plural(p.count, 'time')}",
                count(p.count) if rank < LABELLED else "",
            )
            for rank, p in enumerate(shown.paths)
        ),
        *(MapPath(START, b.activity, b.cases / starts, f"{plural(b.cases, 'case')} start here") for b in shown.starts),
        *(MapPath(b.activity, END, b.cases / ends, f"{plural(b.cases, 'case')} end here") for b in shown.ends),
    )  # fmt: skip


def plain(sentence: str) -> str:
    """A sentence for places that know no code."""
    return sentence.replace("`", "")


def _ordered(counted: Counter[Any]) -> list[tuple[Any, int]]:
    return sorted(counted.items(), key=lambda item: (-item[1], str(item[0])))
