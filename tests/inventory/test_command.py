"""`tandem pilot`: each command shows what its verb returns."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from app.commands import pilot, pilot_import, pilot_overlaps, pilot_records, pilot_risks
from core.actor.values import local
from core.errors import BadInput, Duplicate
from core.view import View
from core.workspace import Workspace
from mining.allocation import AllocationOutcome, allocate, override
from mining.map.maps import save_map
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
    for module in (pilot, pilot_import, pilot_records, pilot_overlaps, pilot_risks):
        module.register(app)

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
    assert "the log covers less than a day, so it is ranked by count" in said
    assert "Allocate first: `example` has no allocation. tandem map save example --name NAME" in said
    assert "Chek orders" in said
    assert {g["work_seconds"] for g in json.loads(tandem("gaps", "--json"))["unallocated"]} == {7200, 3600}
    assert "Same mined task `Check order`" in " ".join(tandem("overlaps").split())
    assert json.loads(tandem("overlaps", "--json"))["pairs"][0]["tasks"] == ["Check order"]
    assert "It has no sponsor: `sponsor` is not known." in " ".join(tandem("risks").split())
    assert {r["rule"] for r in json.loads(tandem("risks", "--json"))} == {"no_sponsor"}


def test_gaps_with_a_rate(tandem: Any, ws: Workspace, tmp_path: Path) -> None:
    rows = [
        (str(n), "Check", f"2026-01-{n:02} 08:{n:02}", f"2026-01-{n:02} 09:{n:02}", "Ada", "human")
        for n in range(1, 32)
    ]
    staged_log(ws, rows)
    tandem("import", str(write(tmp_path, SHEET)))
    save_map(ws, "Checks", View("example"), by=local("Ada"))
    said = tandem("gaps")
    assert "Allocate first: `example` has no allocation. tandem allocate Checks" in said
    allocate(ws, "Checks", by=local("Ada"))
    override(ws, "Checks", None, "Check", AllocationOutcome.AGENT, "it is simple", by=local("Ada"))
    said = " ".join(tandem("gaps", "--rate", "€ 30").split())
    assert "All gaps together, where it is known: 31.0 hours a month, 930 EUR." in said
    assert "930 (" in said
    (gap,) = json.loads(tandem("gaps", "--rate", "€ 30", "--json"))["gaps"]
    assert (gap["allotment"]["outcome"], gap["worth"]["money_evidence"]) == ("agent", "assumed")
    with pytest.raises(BadInput, match="names no currency"):
        tandem("gaps", "--rate", "30")


def test_risks_are_filtered_muted_and_unmuted(tandem: Any, tmp_path: Path) -> None:
    tandem("import", str(write(tmp_path, SHEET + "Open,Legal,,,,,,\n")))
    assert [r["rule"] for r in json.loads(tandem("risks", "--severity", "medium", "--json"))] == ["no_owner"]
    assert "No pilot breaks a rule of severity high or more." in tandem("risks", "--severity", "HIGH")
    said = tandem("mute", "Open", "no_owner", "--reason", "Hired in March.", "--until", "2030-03-31")
    assert said == "`no_owner` of Open is muted until 2030-03-31 by Ada: Hired in March.\n"
    assert "until 2030-03-31 by Ada: Hired in March." in " ".join(tandem("risks").split())
    found = json.loads(tandem("risks", "--json"))
    assert [r["muted"]["reason"] for r in found if r["muted"]] == ["Hired in March."]
    assert "It counts again. It has no owner" in tandem("unmute", "Open", "no_owner")
    assert [r for r in json.loads(tandem("risks", "--json")) if r["muted"]] == []
    with pytest.raises(BadInput, match="is not muted"):
        tandem("unmute", "Open", "no_owner")


def test_a_pilot_by_hand(tandem: Any, tmp_path: Path) -> None:
    said = tandem("add", "Reader", "--department", "Finance", "--set", "owner=Ada", "--set", "monthly_cost=€ 1.250,50")
    assert said == "Added Reader in Finance as #1.\n"
    assert json.loads(tandem("add", "Bot", "--department", "Sales", "--json"))["id"] == 2
    said = tandem("edit", "Reader", "--set", "owner=Bob", "--base", "1", "--reason", "moved")
    assert said == "Reader (#1), revision 2: owner: Ada to Bob.\n"
    with pytest.raises(BadInput, match="is at revision 2"):
        tandem("edit", "Reader", "--set", "owner=Eve", "--base", "1")
    done = json.loads(tandem("edit", "#1", "Bot", "--set", "status=paused", "--json"))
    assert [(d["pilot"], d["revision"], d["changes"][0]["after"]) for d in done] == [(1, 3, "paused"), (2, 2, "paused")]
    shown = tandem("show", "Reader")
    assert "owner: Ada to Bob (moved)" in shown
    assert "1,250.50" in shown
    found = json.loads(tandem("show", "#1", "--json"))
    assert [(r["number"], r["way"]) for r in found["history"]] == [(3, "bulk edit"), (2, "edit"), (1, "add")]
    assert [p["id"] for p in json.loads(tandem("list", "--without", "owner", "--json"))] == [2]
    assert "No pilot fits these filters." in tandem("list", "--status", "idea")


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "--status", "asleep"), ("edit", "Reader", "--set", "owner"), ("export", "--form", "xml"),
        ("edit", "A", "B", "--base", "1", "--set", "owner=x"), ("import", "x.csv", "--word", "yes=no"),
        ("import", "x.csv", "--period", "week"), ("import", "x.csv", "--column", "owner"),
    ],
)  # fmt: skip
def test_options_that_there_are_not(tandem: Any, arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as stop:
        tandem(*arguments)
    assert stop.value.code == 2


def test_export_template_and_dry_run(tandem: Any, tmp_path: Path) -> None:
    tandem("import", str(write(tmp_path, SHEET)))
    for name in ("out.csv", "out.json"):
        file = str(tmp_path / name)
        assert tandem("export", file) == f"Wrote 3 pilots to {file}.\n"
        with pytest.raises(BadInput, match="Replace it with `--replace`"):
            tandem("export", file)
        assert "0 would be added, 0 changed, 3 are unchanged." in tandem("import", file, "--dry-run")
        assert len(json.loads(tandem("import", file, "--dry-run", "--json"))["unchanged"]) == 3
    assert len(json.loads(tandem("export", "--json"))["pilots"]) == 3
    assert tandem("export").startswith("reference,name,department,owner")
    assert "name of the pilot (required)" in tandem("template")
    assert {c["name"] for c in json.loads(tandem("template", "--json"))} > {"risk_tier", "exit_plan"}
    file = str(write(tmp_path, "Pilot;Bereich;Chef;Kosten\nReader;Finance;Eve;1.234\n", "new.csv"))
    with pytest.raises(SystemExit) as stop:
        tandem("import", file, "--dry-run")
    assert stop.value.code == 2
    options = ("--column", "owner=Chef", "--decimal", "comma", "--currency", "eur")
    assert "owner: Ada to Eve" in tandem("import", file, "--dry-run", *options)
    assert "1 updated" in tandem("import", file, *options, "--keep", "ours")
    assert "owner=Chef" in tandem("layouts")
    assert json.loads(tandem("layouts", "--json"))[0]["reading"]["decimal"] == "comma"
    assert tandem("forget-layout", "ours") == "Forgot the layout ours.\n"
    assert "There is no layout yet" in tandem("layouts")


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
