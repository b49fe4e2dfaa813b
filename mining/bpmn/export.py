"""BPMN 2.0 XML (OMG formal/2011-01-03) of a process tree: the process and its diagram, for any BPMN tool."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from core.labels import xml_text
from core.tree import ProcessTree
from mining.bpmn.diagram import Block, Element, ElementKind, Flow, draw

_NAMESPACES = {
    "xmlns:bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "xmlns:bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "xmlns:dc": "http://www.omg.org/spec/DD/20100524/DC",
    "xmlns:di": "http://www.omg.org/spec/DD/20100524/DI",
}
_MARGIN = 50.0


def to_bpmn(tree: ProcessTree, name: str) -> str:
    """`tree` as a BPMN 2.0 XML document with a diagram; the process is called `name`.

    The same tree gives the same document. The task of node "0.2.1" has the id `task_0_2_1`. Characters that XML
    cannot hold are replaced: blanks by spaces, others by U+FFFD.
    """
    block = draw(tree).moved(_MARGIN, _MARGIN)
    root = ET.Element("bpmn:definitions", {**_NAMESPACES, "id": "definitions", "targetNamespace": "urn:tandem"})
    process = ET.SubElement(root, "bpmn:process", {"id": "process", "name": xml_text(name), "isExecutable": "false"})
    flows = list(_named(block.flows))
    for element in block.elements:
        _flow_node(process, element, flows)
    for id_, flow in flows:
        ET.SubElement(process, "bpmn:sequenceFlow", {"id": id_, "sourceRef": flow.source, "targetRef": flow.target})
    _diagram(root, block, flows)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _named(flows: Iterable[Flow]) -> Iterable[tuple[str, Flow]]:
    for number, flow in enumerate(flows, 1):
        yield f"flow_{number}", flow


def _flow_node(process: ET.Element, element: Element, flows: list[tuple[str, Flow]]) -> None:
    incoming = [id_ for id_, flow in flows if flow.target == element.id]
    outgoing = [id_ for id_, flow in flows if flow.source == element.id]
    attributes = {"id": element.id}
    if element.name:
        attributes["name"] = xml_text(element.name)
    if element.kind in {ElementKind.EXCLUSIVE, ElementKind.PARALLEL}:
        attributes["gatewayDirection"] = "Diverging" if len(outgoing) > 1 else "Converging"
    node = ET.SubElement(process, f"bpmn:{element.kind.value}", attributes)
    for tag, ids in (("incoming", incoming), ("outgoing", outgoing)):
        for id_ in ids:
            ET.SubElement(node, f"bpmn:{tag}").text = id_


def _diagram(root: ET.Element, block: Block, flows: list[tuple[str, Flow]]) -> None:
    diagram = ET.SubElement(root, "bpmndi:BPMNDiagram", {"id": "diagram"})
    plane = ET.SubElement(diagram, "bpmndi:BPMNPlane", {"id": "plane", "bpmnElement": "process"})
    for element in block.elements:
        shape = ET.SubElement(plane, "bpmndi:BPMNShape", {"id": f"{element.id}_shape", "bpmnElement": element.id})
        bounds = {"x": element.x, "y": element.y, "width": element.width, "height": element.height}
        ET.SubElement(shape, "dc:Bounds", {key: f"{value:.1f}" for key, value in bounds.items()})
    for id_, flow in flows:
        edge = ET.SubElement(plane, "bpmndi:BPMNEdge", {"id": f"{id_}_edge", "bpmnElement": id_})
        for x, y in flow.points:
            ET.SubElement(edge, "di:waypoint", {"x": f"{x:.1f}", "y": f"{y:.1f}"})
