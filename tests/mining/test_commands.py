"""`tandem map` and `tandem allocate`, run as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.main import run
from core.settings import Settings
from core.workspace import Workspace
from tests.builders import staged_log

ROWS = [
    (str(n), activity, f"2026-01-{1 + n % 28:02} {hour:02}:00", f"2026-01-{1 + n % 28:02} {hour:02}:10", who, "human")
    for n in range(40)
    for activity, hour, who in (("order [new]", 8, "Ada"), ("approve", 9 + n % 3, "Bo"))
]


@pytest.fixture
def orders(ws: Workspace, settings: Settings) -> Workspace:
    staged_log(ws, ROWS, "orders")
    return ws


def said(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    assert run(list(arguments)) == status
    captured = capsys.readouterr()
    return captured.out if status == 0 else captured.err


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    return json.loads(said(capsys, *arguments, "--json"))


def test_discover_as_json(orders: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, "map", "discover", "orders")
    assert found["log"] == "orders"
    assert found["version"] == 1
    assert found["variants"] == 1
    assert found["activities"] == [
        {"name": "approve", "count": 40, "cases": 40},
        {"name": "order [new]", "count": 40, "cases": 40},
    ]
    assert found["paths"] == [
        {"from": "order [new]", "to": "approve", "count": 40, "cases": 40,
         "median_seconds": 6600.0, "p95_seconds": 10200.0}
    ]  # fmt: skip
    assert found["tree"] == "->( 'order [new]', 'approve' )"
    assert found["left_out_of_tree"] == []


def test_discover_for_people(orders: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "map", "discover", "orders")
    assert "2 activities, 1 path, 1 variant" in text
    assert "order [new]" in text
    assert "1 h 50 min" in text
    assert "leaves out the 1 least frequent" in said(capsys, "map", "discover", "orders", "--activities", "0.5")


def test_save_list_show_and_bpmn(orders: Workspace, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "no workflow map yet" in said(capsys, "map", "list")
    assert "Saved map Orders version 1" in said(capsys, "map", "save", "orders", "--name", "Orders", "--noise", "0.2")
    said(capsys, "person", "add", "Bo")
    ids = {person["id"]: person["name"] for person in told(capsys, "person", "list")}
    assert told(capsys, "map", "save", "orders", "--name", "Orders", "--as", "Bo")["version"] == 2
    assert [(m["name"], m["version"], ids[m["created_by"]]) for m in told(capsys, "map", "list")] == [
        ("Orders", 1, "Ada"), ("Orders", 2, "Bo"),
    ]  # fmt: skip
    assert "Orders version 1, from orders version 1" in said(capsys, "map", "show", "Orders", "--version", "1")
    assert told(capsys, "map", "show", "Orders")["profiles"][0]["people"][0]["name"] == "Bo"
    file = tmp_path / "orders.bpmn"
    assert "Wrote" in said(capsys, "map", "bpmn", "Orders", "--output", str(file))
    assert "order [new]" in file.read_text("utf-8")
    file.write_text("mine")
    assert "say `--replace`" in said(capsys, "map", "bpmn", "Orders", "--output", str(file), status=2)
    assert file.read_text("utf-8") == "mine"
    assert "Wrote" in said(capsys, "map", "bpmn", "Orders", "--output", str(file), "--replace")


def test_allocate_and_override(orders: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    run(["map", "save", "orders", "--name", "Orders"])
    capsys.readouterr()
    assert {a["activity"]: a["outcome"] for a in told(capsys, "allocate", "Orders")} == {
        "approve": "human with agent's help", "order [new]": "agent with approval",
    }  # fmt: skip
    asked = said(capsys, "allocate", "Orders")
    assert "reversible? Can a mistake in it be undone before it does harm? yes: agent; no: agent with approval" in asked
    told_so = told(capsys, "allocate", "Orders", "--answer", "order [new]=reversible=yes", "--reason", "It is a draft.")
    answered = next(a for a in told_so if a["activity"] == "order [new]")
    assert (answered["outcome"], answered["answers"][0]["reason"]) == ("agent", "It is a draft.")
    changed = told(capsys, "allocate", "Orders", "--override", "approve=human only", "--reason", "The law.")
    approve = changed[0]
    assert (approve["outcome"], approve["computed"]) == ("human only", "human with agent's help")
    assert approve["override"]["reason"] == "The law."
    text = said(capsys, "allocate", "Orders")
    assert "human only (overridden)" in text
    assert "Ada: The law." in text
    assert "approve: Ada: The law. Computed: human with agent's help." in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["map", "discover", "nothing"], "no event log `nothing`"),
        (["map", "discover", "orders", "--noise", "2"], "`2.0`"),
        (["map", "show", "Other"], "no workflow map `Other`"),
        (["map", "bpmn", "Orders", "--output", "."], "is there already"),
        (["map", "bpmn", "Orders", "--output", ".", "--replace"], "cannot be written"),
        (["allocate", "Orders", "--override", "approve=human only"], "needs a reason"),
        (["allocate", "Orders", "--override", "approve", "--reason", "x"], "ACTIVITY=OUTCOME"),
        (["allocate", "Orders", "--answer", "approve=yes"], "ACTIVITY=QUESTION=ANSWER"),
        (["allocate", "Orders", "--answer", "approve=cheap=yes"], "Known: `judgement`"),
        (["allocate", "Orders", "--answer", "approve=physical=perhaps"], "Known: `no`, `yes`"),
        (["allocate", "Orders", "Other"], "One map is allocated at a time"),
        (["allocate", "--backtest", "orders", "--kind", "112"], "is not NAME=KIND"),
        (["allocate", "--backtest", "orders", "--kind", "112=robot"], "human, agent, system"),
        (["allocate", "--backtest", "orders"], "None of these logs says"),
        (["allocate", "--backtest", "nothing"], "no event log `nothing`"),
        (["allocate", "--backtest", "orders", "--override", "approve=agent"], "stores nothing"),
        (["allocate", "Orders", "--override", "approve=robot", "--reason", "x"], "Known: `agent`"),
        (
            ["allocate", "Orders", "--override", "approve=agent", "--override", "pay=agent", "--reason", "x"],
            "no activity in map `Orders` `pay`",
        ),
    ],
)
def test_bad_input_is_one_message_and_status_2(
    orders: Workspace, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    run(["map", "save", "orders", "--name", "Orders"])
    capsys.readouterr()
    assert message in " ".join(said(capsys, *arguments, status=2).split())
    assert all(a["override"] is None for a in told(capsys, "allocate", "Orders"))
