"""`tandem workflow`, as it is typed."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sqlalchemy as sa

from app.main import run
from core.actor.values import local
from core.settings import Settings
from core.workspace import Workspace
from governance import Action, activate_policies, add_agent, add_person, add_role
from orchestrator.promotion.planning import suggest_bindings
from orchestrator.promotion.tables import workflow_version
from orchestrator.promotion.workflows import doubted_workflows
from tests.orchestrator.office import mapped

EVERYTHING = '@id("all") @reason("Everybody may do everything here.") permit (principal, action, resource);'


@pytest.fixture
def office(ws: Workspace) -> Workspace:
    """A workspace with the map `orders`, and the roles, people and agent that are suggested for it."""
    add_role(ws, "process owner", "Answers for the process.", by=local("Ada"))
    add_person(ws, "Olga", roles=["process owner"], by=local("Ada"))
    mapped(ws)
    actions = [b.action for b in suggest_bindings(ws, "orders", map_name="orders").values()]
    for role in ("orders_agent", "orders_staff"):
        add_role(ws, role, "Handles orders.", actions=actions, by=local("Ada"))
    add_person(ws, "Sam", roles=["orders_staff"], by=local("Ada"))
    add_agent(
        ws, "Robot", owner="Sam", sponsor="Olga", roles=["orders_agent"], runtime="r", autonomy_level=3, by=local("Ada")
    )
    activate_policies(ws, EVERYTHING, actions=[Action(a, "Case") for a in actions], note="first", by=local("Ada"))
    return ws


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    """The JSON value that the command printed."""
    assert run([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


PROMOTE = ("workflow", "promote", "orders", "--map", "orders", "--sla-hours", "8", "--as", "Sam")


def test_promote_sign_list_show(office: Workspace, settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert all(gate["passed"] for gate in printed(capsys, *PROMOTE, "--check"))
    assert printed(capsys, "workflow", "list") == []
    proposal = printed(capsys, *PROMOTE)
    assert (proposal["status"], proposal["workflow"]["version"]) == ("proposed", 1)
    assert printed(capsys, "workflow", "sign", "orders", "1", "--as", "Olga")["status"] == "promoted"
    assert [p["status"] for p in printed(capsys, "workflow", "list")] == ["promoted"]
    assert printed(capsys, "workflow", "show", "orders")["workflow"]["sla_seconds"] == 8 * 3600


def test_for_people(office: Workspace, settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["workflow", "list"]) == 0
    assert run(list(PROMOTE)) == 0
    assert run(["workflow", "list"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert "There is no workflow yet." in text
    assert "orders version 1: proposed" in text
    assert "->( 'Receive', 'Draft', X( tau, 'Check' ), 'Ship' )" in text
    assert "waits for someone other than `Sam`, with the role `process owner` or `administrator`, to sign" in text


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_check_that_does_not_pass_shows_every_gate_and_ends_with_status_2(
    office: Workspace, settings: Settings, capsys: pytest.CaptureFixture[str], form: tuple[str, ...]
) -> None:
    check = ["workflow", "promote", "orders", "--map", "orders", "--check", *form]
    assert run([*check, "--sla-hours", "0"]) == 2
    said = " ".join(capsys.readouterr().out.split())
    for gate in ("sound tree", "tasks allocated", "tasks bound", "decisions", "policy", "SLA", "baseline"):
        assert gate in said
    assert "the SLA of a run is 0 seconds" in said
    assert run([*check, "--sla-hours", "8"]) == 0


def test_what_does_not_pass_is_one_message_and_status_2(
    office: Workspace, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["workflow", "promote", "orders", "--map", "orders", "--sla-hours", "0", "--as", "Sam"]) == 2
    said = capsys.readouterr().err
    assert "`orders` cannot be proposed" in said
    assert "SLA: the SLA of a run is 0 seconds; it must be above 0." in said
    assert run(["workflow", "promote", "orders", "--map", "ordres", "--sla-hours", "8"]) == 2
    assert "There is no workflow map `ordres`. Known: `orders`." in capsys.readouterr().err
    assert run([*PROMOTE]) == 0
    assert run(["workflow", "sign", "orders", "--as", "Sam"]) == 1
    assert "someone else must sign it" in capsys.readouterr().err


def test_promote_and_sign_end_with_the_next_step(
    office: Workspace, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(list(PROMOTE)) == 0
    said = capsys.readouterr().out
    assert said.endswith("Next: `tandem workflow sign orders 1`, as somebody else than who proposed it.\n")
    assert run(["workflow", "sign", "orders", "--as", "Olga"]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("Next: `tandem run start orders`, ")


def test_a_version_that_is_not_believed_is_marked_in_the_list(
    office: Workspace, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(list(PROMOTE)) == 0
    assert printed_list(capsys) == [None]
    assert doubted_workflows(office) == {}
    with office.database.begin() as connection:
        connection.execute(sa.update(workflow_version).values(map_version=7))
    assert "was changed without a record" in printed_list(capsys)[0]
    assert run(["workflow", "list"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "orders 1 proposed no orders" in said
    assert "Not believed, so nothing of it is started: The" in said
    with office.database.begin() as connection:
        connection.execute(sa.update(workflow_version).values(version=2))
    assert set(doubted_workflows(office)) == {("orders", 1), ("orders", 2)}  # one was put away, one stands for nothing


def printed_list(capsys: pytest.CaptureFixture[str]) -> list[Any]:
    """Why each version in the list is not believed."""
    capsys.readouterr()
    return [version["not_believed"] for version in printed(capsys, "workflow", "list")]
