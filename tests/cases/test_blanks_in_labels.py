"""Labels with odd blanks: the log follows its own BPMN export, and filters find what looks alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import NotFound
from core.labels import label_key
from core.selection.filters import ActivityFilter
from core.selection.selection import Selection
from core.view import View
from core.workspace import Workspace
from mining.bpmn import to_bpmn
from mining.conformance import check_conformance, model_of_bpmn
from mining.map.inductive import discover_tree
from mining.map.variant import variants
from tests.builders import staged_log
from tests.cases.reading import imported, shared_case
from tests.mining.bpmn_files import bpmn

NAMES = ["Check\N{NO-BREAK SPACE} invoice", "Pay  it", "Send\nletter", "Tab\there", "Close ", "Odd\x0bone\x01"]


def test_shared_log_follows_its_own_export(ws: Workspace) -> None:
    model = shared_case("blanks_in_labels/own.bpmn")
    imported(ws, shared_case("blanks_in_labels/a.csv"))
    found = check_conformance(ws, View("x"), model=model_of_bpmn(model.read_bytes(), model.name))
    assert found.fitness is not None
    assert (found.fitness.log, found.only_in_log, found.only_in_model, found.deviations) == (1, (), (), ())


def log_of(ws: Workspace, names: list[str]) -> None:
    """The log `x` of three cases with activities of these names."""
    rows = [(f"k{c}", name, None, f"2026-01-01 08:0{n}", None, None) for c in range(3) for n, name in enumerate(names)]
    staged_log(ws, rows, "x")


def test_a_small_log_follows_its_own_export(ws: Workspace) -> None:
    log_of(ws, NAMES)
    with ws.logs.read(ws.logs.get("x")) as connection:
        document = to_bpmn(discover_tree(variants(connection)), "own")
    retyped = bpmn({"s": "startEvent", **{f"t{n}": f"task {label_key(name)}" for n, name in enumerate(NAMES)},
                    "e": "endEvent"}, ["s>t0", *(f"t{n}>t{n + 1}" for n in range(5)), "t5>e"])  # fmt: skip
    for text in (document, retyped):
        found = check_conformance(ws, View("x"), model=model_of_bpmn(text, "own.bpmn"))
        assert found.fitness is not None
        assert (found.fitness.log, found.only_in_log, found.only_in_model) == (1, (), ())
        assert found.labels == frozenset(NAMES)  # as the log spells them, so that every link leads to its events


def test_filters_take_what_looks_alike_for_one(ws: Workspace) -> None:
    log_of(ws, ["Check\N{NO-BREAK SPACE} invoice", "Pay it", "Pay  it"])
    stored = ws.logs.get("x")
    for name in ("Check invoice", "Check\N{NO-BREAK SPACE} invoice", " Check  invoice", "Pay it", "Pay  it"):
        (left,) = ws.logs.remaining(stored, Selection((ActivityFilter(activities=(name,)),)))
        assert left.cases == 3
    with pytest.raises(NotFound):  # it may be either
        ws.logs.remaining(stored, Selection((ActivityFilter(activities=("Pay it ",)),)))


def test_case_and_letters_still_tell_labels_apart(ws: Workspace, tmp_path: Path) -> None:
    log_of(ws, ["check", "Pay"])
    text = bpmn({"s": "startEvent", "a": "task Check", "b": "task Pay", "e": "endEvent"}, ["s>a", "a>b", "b>e"])
    found = check_conformance(ws, View("x"), model=model_of_bpmn(text, "own.bpmn"))
    assert (found.only_in_model, found.only_in_log) == (("Check",), ("check",))
