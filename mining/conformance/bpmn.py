"""A BPMN 2.0 file (OMG formal/2011-01-03) as a Petri net, its tasks and its lanes.

What is read: tasks of every type and call activities, embedded subprocesses, start, end and intermediate events, links
from one event to another of the same name, exclusive, event-based and parallel gateways, loop and multi-instance
markers (once or more), lanes. Events and gateways leave no trace in a log and are silent. What would be guessed is
refused, each thing by name: inclusive and complex gateways, boundary events, event subprocesses, transactions, flows
with a condition out of a task, several processes.
The translation is that of R. M. Dijkman, M. Dumas, C. Ouyang, "Semantics and analysis of business process models in
BPMN" (2008).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from core.errors import BadInput
from core.labels import label_key
from mining.conformance.net import Builder, Net
from mining.conformance.soundness import check

_TASKS = {
    "task", "userTask", "manualTask", "serviceTask", "scriptTask", "businessRuleTask", "sendTask", "receiveTask",
    "callActivity",
}  # fmt: skip
_EVENTS = {"startEvent", "endEvent", "intermediateThrowEvent", "intermediateCatchEvent"}
_GATEWAYS = {"exclusiveGateway", "eventBasedGateway", "parallelGateway"}
_REFUSED = {
    "inclusiveGateway": "an inclusive gateway",
    "complexGateway": "a complex gateway",
    "boundaryEvent": "a boundary event",
    "transaction": "a transaction",
    "adHocSubProcess": "an ad-hoc subprocess",
    "subChoreography": "a choreography",
    "choreographyTask": "a choreography",
}
_LOOPS = {"standardLoopCharacteristics", "multiInstanceLoopCharacteristics"}
MOST_BYTES = 10_000_000


@dataclass(frozen=True)
class BpmnModel:
    """What a BPMN file says."""

    name: str
    net: Net
    lanes: tuple[tuple[str, str], ...]  # activity, lane


def read_bpmn(text: str | bytes, name: str) -> BpmnModel:
    """The process in `text`, the content of the file `name`.

    Raises BadInput for what is no BPMN, for what is not supported, and for a process that can get stuck.
    """
    process, title = _process(_parsed(text, name), name)
    builder = Builder()
    start, end = builder.place(), builder.place()
    _Reading(name, builder).scope(process, start, end)
    net = builder.net({start}, {end})
    if not net.labels():
        raise BadInput(f"`{name}` has no task with a name. There is nothing to check a log against.")
    check(net, name)
    return BpmnModel(title, net, _lanes(process))


def _parsed(text: str | bytes, name: str) -> ET.Element:
    data = text.encode() if isinstance(text, str) else text
    if len(data) > MOST_BYTES:
        raise BadInput(f"`{name}` has {len(data):,} bytes; a BPMN file of more than {MOST_BYTES:,} is not read.")
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise BadInput(f"`{name}` has a document type, which BPMN has no use for. Remove it and try again.")
    try:
        return ET.fromstring(data)
    except (ET.ParseError, ValueError, LookupError) as error:
        raise BadInput(f"`{name}` cannot be read as XML: {error}. Export it again as BPMN 2.0.") from None


def _process(root: ET.Element, name: str) -> tuple[ET.Element, str]:
    """The one process with flow nodes, and its name."""
    if _tag(root) != "definitions":
        raise BadInput(f"`{name}` is no BPMN 2.0: its root is `{_tag(root)}`, not `definitions`.")
    found = [p for p in root if _tag(p) == "process" and any(_tag(n) in _TASKS | _EVENTS | _GATEWAYS for n in p)]
    if not found:
        raise BadInput(f"`{name}` has no process with tasks. Draw one, or export it as BPMN 2.0 with its process.")
    if len(found) > 1:
        names = ", ".join(f"`{p.get('name') or p.get('id')}`" for p in found)
        raise BadInput(f"`{name}` has {len(found)} processes: {names}. Keep the one that the log is of in a file.")
    return found[0], label_key(found[0].get("name") or name)


@dataclass
class _Reading:
    """One file while its net is being built."""

    file: str
    builder: Builder

    def scope(self, parent: ET.Element, start: int, end: int) -> None:
        """Add the flow of a process or embedded subprocess between the places `start` and `end`."""
        nodes = {n.get("id", ""): n for n in parent if _tag(n) in _TASKS | _EVENTS | _GATEWAYS | {"subProcess"}}
        self._refuse(parent, nodes)
        into: dict[str, list[int]] = defaultdict(list)
        out: dict[str, list[int]] = defaultdict(list)
        for flow in (n for n in parent if _tag(n) == "sequenceFlow"):
            source, target = flow.get("sourceRef", ""), flow.get("targetRef", "")
            for id_ in (source, target):
                if id_ not in nodes:
                    raise BadInput(
                        f"`{self.file}`: the flow `{flow.get('id')}` leads from or to `{id_}`, which is not there."
                    )
            if _tag(nodes[source]) not in _GATEWAYS and any(_tag(c) == "conditionExpression" for c in flow):
                raise self._not_supported("a flow with a condition out of a task", flow, "Put an exclusive gateway.")
            place = self.builder.place()
            out[source].append(place)
            into[target].append(place)
        self._join_links(nodes, into, out)
        self._check_sources(nodes, into)
        if any(_tag(c) == "terminateEventDefinition" for n in nodes.values() for c in n):
            self._check_terminate(nodes, out)
        for id_, node in nodes.items():
            self._node(node, into[id_], out[id_], start, end)

    def _node(self, node: ET.Element, into: list[int], out: list[int], start: int, end: int) -> None:
        """Add one flow node. No flow into it: the scope starts with it; no flow out of it: the scope ends there."""
        into, out = into or [start], out or [end]
        kind = _tag(node)
        if kind == "parallelGateway":
            self.builder.add(None, into, out)
            return
        middle = self.builder.place()
        for place in into:
            self.builder.add(None, {place}, {middle})
        if kind in {"exclusiveGateway", "eventBasedGateway"}:
            for place in out:
                self.builder.add(None, {middle}, {place})
            return
        done = self.builder.place()
        if kind == "subProcess":
            self.scope(node, middle, done)
        else:
            self.builder.add(self._label(node) if kind in _TASKS else None, {middle}, {done})
        if any(_tag(c) in _LOOPS for c in node):
            self.builder.add(None, {done}, {middle})
        self.builder.add(None, {done}, out)

    def _label(self, node: ET.Element) -> str:
        name = label_key(node.get("name") or "")
        if not name:
            raise BadInput(
                f"`{self.file}`: the task `{node.get('id')}` has no name. Name it as the log names the activity."
            )
        return name

    def _refuse(self, parent: ET.Element, nodes: dict[str, ET.Element]) -> None:
        for node in parent:
            if _tag(node) in _REFUSED:
                raise self._not_supported(_REFUSED[_tag(node)], node, "Draw it with exclusive and parallel gateways.")
            if _tag(node) == "subProcess" and node.get("triggeredByEvent") == "true":
                raise self._not_supported("an event subprocess", node, "Leave it out, or draw it into the flow.")
        if not nodes:
            raise BadInput(f"`{self.file}`: the subprocess `{parent.get('id')}` is empty.")

    def _join_links(self, nodes: dict[str, ET.Element], into: dict[str, list[int]], out: dict[str, list[int]]) -> None:
        """Add a flow from each link event that throws to the one of the same name that catches."""
        throws, catches = (_links(nodes, kind) for kind in ("intermediateThrowEvent", "intermediateCatchEvent"))
        for name in {**throws, **catches}:
            sources, targets = throws.get(name, []), catches.get(name, [])
            if not sources or len(targets) != 1 or any(out[id_] for id_ in sources) or into[targets[0]]:
                raise BadInput(
                    f"`{self.file}`: the link `{name}` has {len(sources)} throwing and {len(targets)} catching events. "
                    "Give it one that catches, with no flow into it, and any number that throw, with no flow out of "
                    "them, all in the same process or subprocess."
                )
            place = self.builder.place()
            into[targets[0]].append(place)
            for id_ in sources:
                out[id_].append(place)

    def _check_sources(self, nodes: dict[str, ET.Element], into: dict[str, list[int]]) -> None:
        """Several start events are alternatives; anything else that no flow leads to is a slip of the drawing."""
        sources = [n for id_, n in nodes.items() if not into[id_]]
        loose = [n for n in sources if _tag(n) != "startEvent"]
        if loose and len(sources) > 1:
            name = loose[0].get("name") or loose[0].get("id")
            raise BadInput(f"`{self.file}`: no flow leads to `{name}`. Connect it, or leave it out.")

    def _check_terminate(self, nodes: dict[str, ET.Element], out: dict[str, list[int]]) -> None:
        """Where nothing is parallel, to terminate is to end."""
        for id_, node in nodes.items():
            if _tag(node) not in {"exclusiveGateway", "eventBasedGateway"} and len(out[id_]) > 1:
                raise self._not_supported(
                    "an end event that terminates parallel branches", node, "Join the branches before the end."
                )

    def _not_supported(self, what: str, node: ET.Element, way_out: str) -> BadInput:
        name = node.get("name") or node.get("id")
        return BadInput(f"`{self.file}` has {what} (`{name}`), which is not supported. {way_out}")


def _links(nodes: dict[str, ET.Element], kind: str) -> dict[str, list[str]]:
    """The link events of `kind` by the name of their link."""
    found: dict[str, list[str]] = {}
    for id_, node in nodes.items():
        for definition in (c for c in node if _tag(c) == "linkEventDefinition" and _tag(node) == kind):
            name = label_key(definition.get("name") or "") or label_key(node.get("name") or "") or id_
            found.setdefault(name, []).append(id_)
    return found


def _lanes(process: ET.Element) -> tuple[tuple[str, str], ...]:
    """Each task's innermost lane that has a name."""
    names = {n.get("id"): label_key(n.get("name") or "") for n in process.iter() if _tag(n) in _TASKS}
    found = {}
    for lane in (n for n in process.iter() if _tag(n) == "lane" and n.get("name")):
        for reference in (c for c in lane if _tag(c) == "flowNodeRef"):
            task = names.get((reference.text or "").strip())
            if task:
                found[task] = label_key(lane.get("name") or "")
    return tuple(sorted(found.items()))


def _tag(element: Any) -> str:
    """Its name without the namespace; empty for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
