"""Small BPMN files, written as lists of nodes and flows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.tree import Operator, ProcessTree


def bpmn(nodes: Mapping[str, str], flows: Sequence[str], extra: str = "") -> str:
    """A BPMN file: `nodes` maps ids to `type` or `type Name`, a flow is `a>b`; `extra` is put into the process."""
    drawn = []
    for id_, what in nodes.items():
        kind, _, name = what.partition(" ")
        drawn.append(f'<bpmn:{kind} id="{id_}"' + (f' name="{name}"' if name else "") + "/>")
    for number, flow in enumerate(flows):
        source, target = flow.split(">")
        drawn.append(f'<bpmn:sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}"/>')
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d">'
        f'<bpmn:process id="p" name="Orders">{"".join(drawn)}{extra}</bpmn:process></bpmn:definitions>'
    )


SEQUENCE = bpmn(
    {"s": "startEvent", "a": "userTask order", "b": "serviceTask check", "c": "task pay", "e": "endEvent"},
    ["s>a", "a>b", "b>c", "c>e"],
)


def task(label: str) -> ProcessTree:
    """A leaf."""
    return ProcessTree(Operator.TASK, label)


def tree(operator: Operator, *children: ProcessTree | str) -> ProcessTree:
    """A node over tasks (by their labels) and trees."""
    return ProcessTree(operator, None, tuple(task(c) if isinstance(c, str) else c for c in children))
