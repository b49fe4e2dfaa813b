"""`tandem workflow prepare`: what it drafts can be used as it is, and it replaces nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.main import run
from core.workspace import Workspace
from governance import actions, check_policies, roles
from orchestrator.promotion.binding_file import read_bindings
from orchestrator.promotion.bindings import TaskBinding
from orchestrator.promotion.drafting import draft_bindings, with_note
from orchestrator.promotion.planning import suggest_bindings
from tests.orchestrator.office import mapped

PREPARE = ("workflow", "prepare", "orders", "--map", "orders", "--folder")


def test_the_drafts_can_be_used_as_they_are(ws: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mapped(ws)
    assert run([*PREPARE, str(tmp_path / "new" / "folder"), "--json"]) == 0
    done = json.loads(capsys.readouterr().out)
    assert done["roles"] == ["orders_agent", "orders_staff", "process owner"]
    suggested = suggest_bindings(ws, "orders", map_name="orders")
    tasks, decisions = read_bindings(Path(done["bindings"]), suggested)
    assert tasks == {label: with_note(binding) for label, binding in suggested.items()}
    assert decisions == {}
    assert check_policies(ws, Path(done["policies"]).read_text("utf-8")).problems == ()
    assert {a.name for a in actions(ws)} == {b.action for b in suggested.values()}


def test_nothing_is_replaced_and_nothing_added_twice(
    ws: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mapped(ws)
    assert run([*PREPARE, str(tmp_path)]) == 0
    (tmp_path / "orders.toml").write_text("mine")
    assert run([*PREPARE, str(tmp_path)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert (tmp_path / "orders.toml").read_text() == "mine"
    known = roles(ws)
    assert run([*PREPARE, str(tmp_path / "again")]) == 0
    assert "Roles added: none. Actions declared: 0." in capsys.readouterr().out
    assert roles(ws) == known


@pytest.mark.parametrize("name", ["../orders", "Orders", "a b", ""])
def test_a_name_that_is_none_writes_nothing(ws: Workspace, tmp_path: Path, name: str) -> None:
    mapped(ws)
    assert run(["workflow", "prepare", name, "--map", "orders", "--folder", str(tmp_path / "in")]) == 2
    assert not (tmp_path / "in").exists()
    assert list(tmp_path.glob("*.toml")) == []


@pytest.mark.parametrize("label", ['Say "yes"', "a\\b", "line\nbreak", "日本", "\x7f\x00", "[x] = 1 # no"])
def test_any_activity_survives_the_draft(tmp_path: Path, label: str) -> None:
    binding = TaskBinding("w_agent", "task.x", fields=("x_note",), system='"ERP"\\1', escalation=("a", "b"))
    file = tmp_path / "w.toml"
    file.write_text(draft_bindings("w", {label: binding}, {"0.1": f"X( '{label}', tau )"}), encoding="utf-8")
    tasks, _ = read_bindings(file, {label: TaskBinding("other", "other")})
    assert tasks[label] == TaskBinding(
        "w_agent", "task.x", fields=("x_note",), system='"ERP"\\1', timeout_seconds=3600.0, escalation=("a", "b")
    )
