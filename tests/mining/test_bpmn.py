"""BPMN: read back by pm4py it is sound and allows exactly the tree's traces; its drawing is tidy."""

from __future__ import annotations

from itertools import combinations, pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, example, given, settings

from core.tree import Operator, ProcessTree
from mining.bpmn import to_bpmn
from mining.bpmn.diagram import Element, draw
from tests.mining.trees import SILENT, language, shapes

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"


def task(label: str) -> ProcessTree:
    return ProcessTree(Operator.TASK, label)


def node(operator: Operator, *children: ProcessTree) -> ProcessTree:
    return ProcessTree(operator, None, children)


CLAIM = node(
    Operator.SEQUENCE,
    task("register"),
    node(
        Operator.LOOP,
        node(Operator.PARALLEL, task("check"), node(Operator.CHOICE, task("examine"), task("survey"), SILENT)),
        task("ask again"),
    ),
    node(Operator.CHOICE, task("pay"), task("reject")),
)


def net_of(document: str, path: Path) -> Any:
    """The Petri net that pm4py reads from `document`, as (net, initial marking, final marking)."""
    import pm4py

    file = path / "model.bpmn"
    file.write_text(document, encoding="utf-8")
    return pm4py.convert_to_petri_net(pm4py.read_bpmn(str(file)))


def traces_of(net: Any, longest: int) -> frozenset[tuple[str, ...]]:
    """Every trace of at most `longest` labels from the initial to the final marking."""
    from pm4py.objects.petri_net.semantics import enabled_transitions, execute

    graph, initial, final = net
    found: set[tuple[str, ...]] = set()
    seen: set[tuple[Any, tuple[str, ...]]] = {(initial, ())}
    open_: list[tuple[Any, tuple[str, ...]]] = [(initial, ())]
    while open_:
        marking, trace = open_.pop()
        if marking == final:
            found.add(trace)
        for transition in enabled_transitions(graph, marking):
            longer = trace if transition.label is None else (*trace, transition.label)
            state = (execute(transition, graph, marking), longer)
            if len(longer) <= longest and state not in seen:
                seen.add(state)
                open_.append(state)
    return frozenset(found)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=shapes())
@example(tree=CLAIM)
def test_the_net_read_back_is_sound(tmp_path: Path, tree: ProcessTree) -> None:
    """From every reachable marking the end can be reached, alone when it is, and every transition can fire."""
    from pm4py.objects.petri_net.semantics import enabled_transitions, execute

    graph, initial, final = net_of(to_bpmn(tree, "any"), tmp_path)
    after: dict[Any, set[Any]] = {}
    fired: set[Any] = set()
    open_ = [initial]
    while open_:
        marking = open_.pop()
        if marking in after:
            continue
        enabled = enabled_transitions(graph, marking)
        fired |= enabled
        after[marking] = {execute(transition, graph, marking) for transition in enabled}
        open_.extend(after[marking])
    ending = {final}
    while more := {m for m, following in after.items() if following & ending} - ending:
        ending |= more
    assert set(after) == ending
    assert [marking for marking in after if final <= marking] == [final]
    assert fired == set(graph.transitions)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=shapes())
def test_the_traces_read_back_are_those_of_the_tree(tmp_path: Path, tree: ProcessTree) -> None:
    assert traces_of(net_of(to_bpmn(tree, "any"), tmp_path), 5) == {t for t in language(tree, 5) if len(t) <= 5}


@given(tree=shapes())
def test_nothing_is_drawn_over_anything_else(tree: ProcessTree) -> None:
    block = draw(tree)

    def apart(one: Element, other: Element) -> bool:
        return (
            one.x + one.width <= other.x or other.x + other.width <= one.x
            or one.y + one.height <= other.y or other.y + other.height <= one.y
        )  # fmt: skip

    assert all(apart(one, other) for one, other in combinations(block.elements, 2))
    assert all(e.x >= 0 and e.y >= 0 and e.x + e.width <= block.width for e in block.elements)


@given(tree=shapes())
def test_every_line_joins_its_elements(tree: ProcessTree) -> None:
    block = draw(tree)
    at = {element.id: element for element in block.elements}
    for flow in block.flows:
        for id_, (x, y) in ((flow.source, flow.points[0]), (flow.target, flow.points[-1])):
            element = at[id_]
            assert element.x <= x <= element.x + element.width
            assert element.y <= y <= element.y + element.height
        for (x1, y1), (x2, y2) in pairwise(flow.points):
            assert x1 == x2 or y1 == y2, "lines run level or upright"


def test_every_element_is_in_the_diagram_once() -> None:
    root = ET.fromstring(to_bpmn(CLAIM, "claim"))
    process = root.find(f"{BPMN}process")
    assert process is not None
    ids = [child.attrib["id"] for child in process]
    drawn = [e.attrib["bpmnElement"] for tag in ("BPMNShape", "BPMNEdge") for e in root.iter(f"{DI}{tag}")]
    assert len(ids) == len(set(ids))
    assert sorted(ids) == sorted(drawn)
    every = [e.attrib["id"] for e in root.iter() if "id" in e.attrib]
    assert len(every) == len(set(every))


def test_flows_are_named_at_both_ends() -> None:
    root = ET.fromstring(to_bpmn(CLAIM, "claim"))
    flows = {f.attrib["id"]: f.attrib for f in root.iter(f"{BPMN}sequenceFlow")}
    for tag, end in (("incoming", "targetRef"), ("outgoing", "sourceRef")):
        named = {(e.text, parent.attrib["id"]) for parent in root.iter() for e in parent.findall(f"{BPMN}{tag}")}
        assert named == {(id_, flow[end]) for id_, flow in flows.items()}


def test_ids_are_those_of_the_tree_and_stable() -> None:
    document = to_bpmn(CLAIM, "claim")
    assert 'id="task_0_1_0_0" name="check"' in document
    assert document == to_bpmn(CLAIM, "claim")


@pytest.mark.parametrize("label", ["<b> & \"q\" 's'", "äöü 文字 🙂", "line\nbreak"])
def test_labels_survive(label: str) -> None:
    root = ET.fromstring(to_bpmn(task(label), label))
    found = root.find(f".//{BPMN}task")
    assert found is not None
    assert found.attrib["name"] == label


def test_characters_that_xml_cannot_hold_are_replaced() -> None:
    assert "bell�" in to_bpmn(task("bell\x07"), "x")
