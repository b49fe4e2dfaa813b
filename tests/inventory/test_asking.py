"""What a sheet leaves open is asked as a value; what a person chooses for headings is said as the import takes it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.workspace import Workspace
from inventory import (
    COLUMNS,
    ImportPlan,
    MappedColumn,
    SheetAsk,
    SheetQuestion,
    SheetReading,
    plan_import,
    said_columns,
    without_options,
)
from inventory.sheets.mapping import map_columns
from inventory.sheets.values import Grid, SheetCell, SheetLine
from tests.inventory.sheets import known, planned, write

OPEN = """name,dept,cost,start,human review,systems
A,X,1.234,01/02/2026,partly,"SAP, Mail"
B,,5,,no,
"""


def test_every_open_question_of_a_sheet(ws: Workspace, tmp_path: Path) -> None:
    plan = planned(ws, tmp_path, OPEN)
    assert set(plan.questions) == {
        SheetQuestion(SheetAsk.DECIMAL),
        SheetQuestion(SheetAsk.DATE_ORDER),
        SheetQuestion(SheetAsk.WORD, "human_review", "partly"),
        SheetQuestion(SheetAsk.DEFAULT, "department"),
        SheetQuestion(SheetAsk.LISTS),
        SheetQuestion(SheetAsk.CURRENCY),
        SheetQuestion(SheetAsk.PERIOD),
    }
    answers: dict[str, Any] = {
        "decimal": "comma", "date_order": "dmy", "words": {"human_review": {"partly": "no"}}, "currency": "EUR",
        "defaults": {"department": "Y"},
    }  # fmt: skip
    first, second = known(answered := planned(ws, tmp_path, OPEN, **answers))
    assert (first["monthly_cost"], first["started"], second["department"]) == (1234.0, "2026-02-01", "Y")
    granted = {SheetQuestion(SheetAsk.LISTS), SheetQuestion(SheetAsk.PERIOD)}
    assert set(answered.questions) == granted
    assert planned(ws, tmp_path, "name,dept\nA,X\n").questions == ()


def test_a_column_that_is_lacking_may_be_the_same_for_all(ws: Workspace, tmp_path: Path) -> None:
    assert planned(ws, tmp_path, "name\nA\n").questions == (SheetQuestion(SheetAsk.DEFAULT, "department"),)


def test_sentences_of_options_are_left_out_and_the_others_stay(ws: Workspace, tmp_path: Path) -> None:
    plan = planned(ws, tmp_path, OPEN.replace("5,,no", "x,,no"))
    told = [without_options(text) for text in (*(p.text for p in plan.problems), *plan.notes)]
    assert not [text for text in told if "--" in text]
    assert "Row 2, column `monthly_cost`: `1.234` can be read" in " ".join(told)
    assert any("Write it as `1250.50`." in text for text in told)  # says no option
    lacking = planned(ws, tmp_path, "name\nA\n").problems[0].text
    assert without_options(lacking).startswith("There is no column `department`. Also understood: ")
    assert without_options("Kept as it is. `--no` comma.") == "Kept as it is."


def test_a_heading_is_told_with_its_first_values(ws: Workspace, tmp_path: Path) -> None:
    text = "name,dept,purpose\n" + "\n".join(f"P{n},X,{'long ' * 20 if n == 1 else ''}" for n in range(5))
    name, department, purpose = planned(ws, tmp_path, text).mapping
    assert (name.examples, department.examples) == (("P0", "P1", "P2"), ("X",))
    assert [len(each) for each in purpose.examples] == [60]


def found(ws: Workspace, folder: Path, text: str) -> ImportPlan:
    return plan_import(ws, write(folder, text))


def test_choices_are_said_by_heading_or_by_place(ws: Workspace, tmp_path: Path) -> None:
    plan = found(ws, tmp_path, "name,dept,owner,boss,,\nA,X,Ada,Bob,#1,x\n")
    assert said_columns(plan.mapping, {}) == {}
    assert said_columns(plan.mapping, {1: "name", 3: "owner"}) == {}  # as it was found
    assert said_columns(plan.mapping, {3: None}) == {"owner": ""}
    assert said_columns(plan.mapping, {4: "owner", 3: None}) == {"owner": "boss"}
    assert said_columns(plan.mapping, {3: "sponsor", 4: "owner"}) == {"sponsor": "owner", "owner": "boss"}
    assert said_columns(plan.mapping, {5: "reference"}) == {"reference": "#5"}


def mapped(headings: Sequence[str], reading: SheetReading) -> tuple[MappedColumn, ...]:
    lines = (SheetLine(1, tuple(map(SheetCell, headings))), SheetLine(2, tuple(SheetCell("x") for _ in headings)))
    return map_columns(Grid("s", "", "", lines, headed=True), reading).columns


NAMES = [column.name for column in COLUMNS[:8]]


@given(
    st.lists(st.sampled_from([*NAMES, "Boss", "Colour", ""]), min_size=2, max_size=7, unique=True),
    st.lists(st.sampled_from(NAMES), min_size=7, max_size=7, unique=True),
    st.lists(st.booleans(), min_size=7, max_size=7),
)
def test_what_was_chosen_is_what_is_read(headings: list[str], columns: list[str], stored: list[bool]) -> None:
    chosen = {n: (columns[n - 1] if stored[n - 1] else None) for n in range(1, len(headings) + 1)}
    alone = mapped(headings, SheetReading())
    said = said_columns(alone, chosen)
    assert {one.place: one.column for one in mapped(headings, SheetReading(columns=said))} == chosen


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_what_was_chosen_holds_when_the_headings_change_places(order: tuple[int, ...]) -> None:
    headings = ["name", "dept", "Boss"]
    said = said_columns(mapped(headings, SheetReading()), {3: "owner"})
    moved = mapped([headings[n] for n in order], SheetReading(columns=said))
    assert {one.heading: one.column for one in moved} == {"name": "name", "dept": "department", "Boss": "owner"}
