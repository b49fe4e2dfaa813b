"""What a process map shows, as plain values. Where things lie and how they are drawn is the component's business."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

START = "\u25b6 start"  # stands for the start of the cases in a path; the same in src/layout.js
END = "\u25a0 end"

HEAT_STEPS = 5


@dataclass(frozen=True)
class MapNode:
    """One activity."""

    name: str
    note: str  # the short line under its name: a count or a metric, with its unit
    title: str  # the full sentence for hover and screen readers
    mix: Mapping[str, float]  # share of its events by performer kind: human, agent, system, unknown
    heat: int | None = None  # 0 to 4 when coloured by a metric, else coloured by who works

    @property
    def kind(self) -> str:
        """The performer kind with the largest share."""
        return max(self.mix, key=lambda kind: self.mix[kind]) if self.mix else "unknown"


@dataclass(frozen=True)
class MapPath:
    """One path between two activities, or from START, or to END."""

    source: str
    target: str
    weight: float  # 0 to 1: how wide it is drawn
    title: str
    label: str = ""  # empty: not labelled
    heat: int | None = None


@dataclass(frozen=True)
class Findable:
    """An activity that the search box finds, drawn or not."""

    name: str
    note: str  # how often
    shown: bool  # whether it is drawn


@dataclass(frozen=True)
class ProcessMap:
    """Everything that is drawn. `nodes` stand in the order of the flow, which keeps the layout from jumping."""

    key: str  # what it is a map of; the viewport is kept while this stays
    name: str  # accessible name of the whole
    nodes: tuple[MapNode, ...]
    paths: tuple[MapPath, ...]
    find: tuple[Findable, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()  # words and the class of such a node: stands under a saved picture
    caption: str = ""  # stands under a saved picture
    file: str = "process-map"  # name of a saved picture, without its ending

    def to_data(self) -> dict[str, Any]:
        """It as the component's JavaScript reads it."""
        return {
            "key": self.key,
            "name": self.name,
            "nodes": [
                {
                    "name": n.name, "note": n.note, "title": n.title, "kind": n.kind, "heat": n.heat,
                    "mix": {k: n.mix.get(k, 0.0) for k in ("human", "agent", "system", "unknown")},
                }
                for n in self.nodes
            ],
            "edges": [
                {
                    "source": p.source, "target": p.target, "weight": round(p.weight, 4),
                    "title": p.title, "label": p.label, "heat": p.heat,
                }
                for p in self.paths
            ],
            "find": [{"name": f.name, "note": f.note, "shown": f.shown} for f in self.find],
            "legend": [{"words": words, "look": look} for words, look in self.legend],
            "caption": self.caption,
            "file": self.file,
        }  # fmt: skip


@dataclass(frozen=True)
class TreeView:
    """A process tree to be drawn from the top down."""

    key: str
    name: str  # accessible name of the whole
    tree: Mapping[str, Any]  # as JSON: `operator`, and `label` or `children`
    caption: str = ""
    file: str = "process-tree"

    def to_data(self) -> dict[str, Any]:
        """It as the component's JavaScript reads it."""
        return {
            "key": self.key, "name": self.name, "tree": self.tree, "caption": self.caption, "file": self.file,
        }  # fmt: skip


@dataclass(frozen=True)
class Picked:
    """What was clicked: an activity, or a path with its two ends, or nothing."""

    activity: str | None = None
    path: tuple[str, str] | None = None

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> Picked:
        """What the component's JavaScript handed over."""
        if "activity" in data:
            return Picked(activity=str(data["activity"]))
        if "source" in data:
            return Picked(path=(str(data["source"]), str(data["target"])))
        return Picked()

    def to_data(self) -> dict[str, str] | None:
        """It as the component's JavaScript compares it with nodes and edges."""
        if self.activity is not None:
            return {"activity": self.activity}
        if self.path is not None:
            return {"source": self.path[0], "target": self.path[1]}
        return None
