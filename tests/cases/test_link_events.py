"""BPMN link events: a jump from the event that throws to the one of the same name that catches."""

from __future__ import annotations

import re

import pytest

from core.errors import BadInput
from mining.conformance import model_of_bpmn
from mining.conformance.align import align
from tests.mining.bpmn_files import bpmn

NODES = {
    "s": "startEvent", "g": "exclusiveGateway", "a": "task order", "b": "task cancel",
    "t1": "intermediateThrowEvent Go on", "t2": "intermediateThrowEvent Go on", "c": "intermediateCatchEvent Go on",
    "d": "task close", "e": "endEvent",
}  # fmt: skip
FLOWS = ["s>g", "g>a", "g>b", "a>t1", "b>t2", "c>d", "d>e"]


def linked(document: str, link: str = "") -> str:
    """`document` with a link in every intermediate event."""
    name = f' name="{link}"' if link else ""
    return re.sub(
        r"<bpmn:(intermediate\w+)([^>]*)/>", rf"<bpmn:\1\2><bpmn:linkEventDefinition{name}/></bpmn:\1>", document
    )


@pytest.mark.parametrize("link", ["", "Go  on"], ids=["named by the event", "named by the link"])
def test_a_link_is_a_jump(link: str) -> None:
    model = model_of_bpmn(linked(bpmn(NODES, FLOWS), link), "x.bpmn")
    tried = [("order", "close"), ("cancel", "close"), ("order",), ("close",)]
    found = align(model.net, [(trace, 1) for trace in tried])
    assert [found[trace].cost for trace in tried] == [0, 0, 1, 1]


@pytest.mark.parametrize(
    ("nodes", "flows", "says"),
    [
        ({**NODES, "c": "task x"}, [*FLOWS, "a>c"], "the link `Go on` has 2 throwing and 0 catching events"),
        ({**NODES, "c2": "intermediateCatchEvent Go on"}, FLOWS, "2 throwing and 2 catching events"),
        ({**NODES, "c": "intermediateCatchEvent Other"}, FLOWS, "the link `Go on` has 2 throwing and 0 catching"),
        (NODES, [*FLOWS, "t1>d"], "the link `Go on`"),
    ],
)
def test_a_link_that_leads_nowhere_is_refused_by_name(nodes: dict[str, str], flows: list[str], says: str) -> None:
    with pytest.raises(BadInput, match=says):
        model_of_bpmn(linked(bpmn(nodes, flows)), "x.bpmn")
