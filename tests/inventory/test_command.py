"""`tandem pilot`: each command shows what its verb returns."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from app.commands import pilot, pilot_overlaps
from core.errors import Duplicate
from core.workspace import Workspace
from tests.builders import staged_log
from tests.inventory.sheets import write

SHEET = """name,department,owner,activities,systems,monthly_cost,currency,colour
Reader,Finance,Ada,Check order,SAP,100,EUR,red
Scanner,Legal,Bob,check-order,,,,
Writer,Legal,Bob,Chek orders,,,,
"""


@pytest.fixture
def tandem(ws: Workspace) -> Any:
    """A function that runs a command in the workspace's home and gives back what it printed."""
    app = typer.Typer()
    pilot.register(app)
    pilot_overlaps.register(app)

    def run(*arguments: str) -> str:
        result = CliRunner(env={"COLUMNS": "200"}).invoke(app, ["pilot", *arguments])
        if result.exception is not None:
            raise result.exception
        return result.stdout

    return run


def test_import_and_list(tandem: Any, tmp_path: Path) -> None:
    file = str(write(tmp_path, SHEET))
    said = tandem("import", file)
    assert "3 pilots in pilots.csv: 3 added, 0 updated, 0 unchanged." in said
    assert "Columns not understood and not stored: colour." in said
    with pytest.raises(Duplicate):
        tandem("import", file)
    assert "100.00 EUR" in tandem("list")
    listed = json.loads(tandem("list", "--json"))
    assert [p["facts"]["name"] for p in listed] == ["Reader", "Scanner", "Writer"]
    assert json.loads(tandem("import", str(write(tmp_path, SHEET + "D,X,,,,,,\n")), "--json", "--as", "Ada"))[
        "added"
    ] == ["D"]


def test_findings(tandem: Any, ws: Workspace, tmp_path: Path) -> None:
    assert "There is no pilot yet" in tandem("list")
    tandem("import", str(write(tmp_path, SHEET)))
    assert "no event log yet" in tandem("gaps")
    assert json.loads(tandem("gaps", "--json"))["orphans"] == []
    staged_log(
        ws,
        [
            ("1", "Check order", "2026-01-01 08:00", "2026-01-01 09:00", "Ada", "human"),
            ("1", "Pay", "2026-01-01 10:00", "2026-01-01 12:00", "Ada", "human"),
        ],
    )
    said = tandem("gaps", "example")
    assert "2.0 hours of people's service time" in said
    assert "Chek orders" in said
    assert json.loads(tandem("gaps", "--json"))["gaps"][0]["work_seconds"] == 7200
    assert "Same mined task `Check order`" in " ".join(tandem("overlaps").split())
    assert json.loads(tandem("overlaps", "--json"))["pairs"][0]["tasks"] == ["Check order"]
    assert "It has no sponsor." in tandem("risks")
    assert {r["rule"] for r in json.loads(tandem("risks", "--json"))} == {"no_sponsor"}


def test_asking_answering_and_linking(tandem: Any, ws: Workspace, tmp_path: Path) -> None:
    assert "nothing to ask" in tandem("ask")
    assert "No pilots are shown" in tandem("clusters")
    tandem("import", str(write(tmp_path, SHEET)))
    staged_log(ws, [("1", "Check order", "2026-01-01 08:00", "2026-01-01 09:00", "Ada", "human")])
    (asked,) = json.loads(tandem("ask", "--json"))
    assert sorted(asked["names"]) == ["Reader", "Scanner", "Writer"]
    ids = [str(one) for one in asked["pilots"]]
    assert f"tandem pilot answer {' '.join(ids)} --same ID,ID" in tandem("ask")
    one, two = (str(asked["pilots"][asked["names"].index(name)]) for name in ("Reader", "Scanner"))
    said = tandem("answer", *ids, "--same", f"{one},{two}")
    assert "2 of 3 do the same work" in said
    assert json.loads(tandem("answer", *ids, "--json"))["ticked"] == []
    found = json.loads(tandem("overlaps", "--json"))
    assert found["precision"]["tick_lists"] == 2
    assert {(o["same"], o["different"]) for o in found["pairs"]} == {(0, 1)}  # the newest answer of one person
    tandem("answer", *ids, "--same", f"{one},{two}")
    (cluster,) = json.loads(tandem("clusters", "--json"))
    assert cluster["costs"] == [{"currency": "EUR", "amount": 100.0}]
    assert "100.00 EUR (known of 1)" in " ".join(tandem("clusters").split())
    third = next(n for n in ids if n not in (one, two))
    assert "stands for `Check order` in `example`" in tandem("link", third, "Chek orders", "Check order")
    assert "stands for nothing" in tandem("unlink", third, "Chek orders")
