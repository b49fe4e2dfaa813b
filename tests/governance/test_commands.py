"""The commands of governance, run as a user runs them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.main import run
from core.actor.values import local
from core.settings import Settings
from core.workspace import Workspace, open_workspace
from governance import PrincipalKind, add_person, authorise, gate, principals, request_approval
from tests.governance.helpers import ACTIONS, POLICIES, department, draft

Out = pytest.CaptureFixture[str]
DRAFT = "python:tests.orchestrator.agents:draft"


def tandem(capsys: Out, *arguments: str, status: int = 0) -> str:
    """What a command printed, on either stream; its exit status is checked."""
    assert run(list(arguments)) == status
    printed = capsys.readouterr()
    return printed.out if status == 0 else printed.out + printed.err


def tandem_json(capsys: Out, *arguments: str) -> Any:
    """The one JSON value that a command printed."""
    return json.loads(tandem(capsys, *arguments, "--json"))


def test_a_department_is_set_up_and_governed_from_the_command_line(
    settings: Settings, capsys: Out, tmp_path: Path
) -> None:
    tandem(capsys, "role", "add", "drafter", "Drafts.", "--action", "purchase_order.draft")
    tandem(capsys, "role", "add", "manager", "Answers.")
    assert tandem_json(capsys, "person", "add", "Grace", "--role", "manager")["roles"] == ["manager"]
    agent = tandem_json(
        capsys, "agent", "add", "Drafter", "--owner", "Grace", "--sponsor", "Ada", "--runtime", DRAFT, "--level", "3",
        "--simulated",
    )  # fmt: skip
    assert (agent["id"], agent["simulated"]) == ("agent-drafter", True)
    tandem(capsys, "role", "assign", "Drafter", "drafter")
    for action in ACTIONS:
        facts = [part for fact in action.facts for part in ("--fact", fact)]
        tandem(capsys, "policy", "declare", action.name, action.resource_type, *facts)
    assert len(tandem_json(capsys, "policy", "actions")) == 3
    file = tmp_path / "policies.cedar"
    file.write_text(POLICIES.replace("resource.amount > 5000", "resource.amuont > 5000"), "utf-8")
    assert "attribute `amuont`" in tandem(capsys, "policy", "check", str(file), status=2)
    assert "nothing was stored" in tandem(capsys, "policy", "activate", str(file), status=2)
    file.write_text(POLICIES, "utf-8")
    checked = tandem_json(capsys, "policy", "check", str(file))
    assert (checked["ok"], checked["policies"], checked["problems"]) == (True, 5, [])
    assert tandem_json(capsys, "policy", "activate", str(file), "--note", "first")["version"] == 1
    assert tandem_json(capsys, "policy", "list")[0]["in_force"]
    assert [p["id"] for p in tandem_json(capsys, "policy", "show")["policies"]][-1] == "agents_never_approve"
    said = tandem_json(
        capsys, "policy", "explain", "Drafter", "purchase_order.draft", "PurchaseOrder",
        "--facts", '{"amount": 9000, "fields": []}',
    )  # fmt: skip
    assert (said["effect"], said["approvers"]) == ("needs approval", ["manager"])
    assert tandem_json(capsys, "agent", "level", "Drafter", "2", "--reason", "errors")["autonomy_level"] == 2
    assert tandem_json(capsys, "agent", "show", "Drafter")["actions"] == ["purchase_order.draft"]
    assert not tandem_json(capsys, "person", "stop", "Drafter", "--reason", "pause")["active"]
    assert tandem_json(capsys, "person", "start", "Drafter", "--reason", "go on")["active"]
    assert tandem_json(capsys, "role", "withdraw", "Drafter", "drafter")["roles"] == []
    assert tandem_json(capsys, "policy", "reactivate", "1")["version"] == 1
    assert tandem_json(capsys, "audit", "verify")["ok"]


def test_an_agent_that_cannot_be_reached_is_not_registered(ws: Workspace, capsys: Out) -> None:
    add = ("agent", "add", "Painter", "--owner", "Ada", "--sponsor", "Ada", "--runtime")
    assert "begins with no known scheme" in tandem(capsys, *add, "http://example.org/paint", status=2)
    assert "There is no agent runtime `paint`" in tandem(capsys, *add, "paint", status=2)
    assert "cannot be loaded" in tandem(capsys, *add, "python:tests.orchestrator.agents:paint", status=2)
    assert principals(ws, kind=PrincipalKind.AGENT) == ()


def test_an_agents_forbidden_action_is_denied_recorded_and_listed(ws: Workspace, capsys: Out) -> None:
    agent = department(ws)["agent"].id
    gate(ws, replace(draft(agent), action="purchase_order.approve"), lambda: pytest.fail("performed"), key="k")
    listed = tandem_json(capsys, "audit", "list", "--principal", "Drafter", "--effect", "deny")
    assert [(r["action"], r["effect"], r["outcome"], r["principal_name"]) for r in listed] == [
        ("purchase_order.approve", "deny", None, "Drafter")
    ]
    assert "An agent never approves a purchase order." in listed[0]["reasons"]
    assert "Drafter" in tandem(capsys, "audit", "list")


def test_a_changed_byte_makes_verify_fail_and_name_the_record(ws: Workspace, capsys: Out, tmp_path: Path) -> None:
    department(ws)
    export = str(tmp_path / "audit.jsonl")
    assert "Exported" in tandem(capsys, "audit", "export", export, "--without-payloads")
    assert "are sound" in tandem(capsys, "audit", "verify", "--against", export)
    assert "are sound" in tandem(capsys, "audit", "verify", export)
    with ws.database.begin() as connection:
        connection.execute(sa.text("DROP TRIGGER audit_record_fixed"))
        connection.execute(sa.text("UPDATE audit_record SET action = 'person.Add' WHERE number = 4"))
    assert "Record 4 was changed" in tandem(capsys, "audit", "verify", status=1)
    broken = json.loads(tandem(capsys, "audit", "verify", "--json", status=1))
    assert (broken["ok"], broken["broken"]) == (False, 4)


def test_approvals_are_listed_granted_and_refused(ws: Workspace, capsys: Out) -> None:
    agent = department(ws)["agent"].id
    for number, amount in enumerate((9000, 9001)):
        decision = authorise(ws, draft(agent, amount), key=str(number)).decision
        request_approval(
            ws, draft(agent, amount), decision, role="manager", by=local(agent), expires_in=timedelta(days=36_500)
        )
    first, second = tandem_json(capsys, "approval", "list", "--status", "pending")
    assert "may not answer" in tandem(capsys, "approval", "grant", first["id"], status=1)
    assert tandem_json(capsys, "approval", "grant", first["id"], "--as", "Grace")["status"] == "granted"
    refused = tandem_json(capsys, "approval", "refuse", second["id"], "--reason", "no", "--as", "Mia")
    assert refused["status"] == "refused"
    assert "granted" in tandem(capsys, "approval", "list")


def test_lists_are_for_people_too(ws: Workspace, capsys: Out) -> None:
    department(ws)
    for words, shown in [
        (("person", "list"), "Grace"), (("role", "list"), "drafter"), (("agent", "list"), "agent-drafter"),
        (("agent", "show", "Drafter"), "attempted nothing"), (("policy", "show"), "four_eyes"),
        (("policy", "list"), "in force"), (("policy", "actions"), "ticket.close"),
        (("policy", "explain", "Grace", "ticket.close", "Ticket"), "No policy permits this."),
    ]:  # fmt: skip
        assert shown in tandem(capsys, *words)
    assert "record 3 is erased" in tandem(capsys, "audit", "erase", "3", "--reason", "asked to")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("policy", "check", "nowhere.cedar"), "`nowhere.cedar` cannot be read"),
        (("policy", "explain", "Ada", "a.b", "T", "--facts", "{"), "is not JSON"),
        (("policy", "explain", "Ada", "a.b", "T", "--facts", "3"), "no JSON object"),
        (("person", "add", "Bob", "--as", "Nobody"), "no principal `Nobody`"),
        (("agent", "show", "Nobody"), "Known: `Ada`, `Zoe`"),
        (("audit", "list", "--effect", "maybe"), "Known: `allow`"),
        (("audit", "verify", "nowhere.jsonl"), "cannot be read"),
        (("role", "add", " ", "x"), "cannot name a role"),
    ],
)
def test_bad_input_ends_with_status_2_and_one_clear_message(
    settings: Settings, capsys: Out, arguments: tuple[str, ...], words: str
) -> None:
    ws = open_workspace(settings)
    add_person(ws, "Zoe", by=local("Ada"))
    ws.close()
    said = tandem(capsys, *arguments, status=2)
    assert words in said
    assert "Traceback" not in said
