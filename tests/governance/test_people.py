"""Principals and roles, on both databases, every change on record."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest

from core.actor.values import local
from core.errors import BadInput, Duplicate, IllegalTransition, NotAllowed, NotFound
from core.workspace import Workspace
from governance import (
    PrincipalKind,
    add_agent,
    add_person,
    add_role,
    assign_role,
    audit_records,
    ensure_acting,
    get_principal,
    people_with_role,
    principals,
    roles,
    set_active,
    set_autonomy_level,
    withdraw_role,
)
from tests.governance.helpers import department


def test_the_first_person_is_whom_the_settings_name_and_an_administrator(any_ws: Workspace) -> None:
    first = ensure_acting(any_ws, local("Ada"))
    assert (first.name, first.roles, first.kind) == ("Ada", ("administrator",), PrincipalKind.PERSON)
    assert ensure_acting(any_ws, local("ada")) == first
    record = audit_records(any_ws)[-1]
    assert (record.action, record.principal, record.principal_name) == ("person.first", first.id, "Ada")
    assert "Ada" not in first.id


def test_nobody_else_becomes_the_first_administrator(ws: Workspace) -> None:
    with pytest.raises(NotFound, match="no principal `Mallory`"):
        add_person(ws, "Mallory", by=local("Mallory"))
    assert principals(ws) == ()


def test_once_there_is_a_person_the_settings_make_nobody_an_administrator(ws: Workspace) -> None:
    add_person(ws, "Grace", by=local("Ada"))
    other = Workspace(ws.settings.model_copy(update={"user": "Eve"}), ws.clock, ws.database, ws.logs)
    with pytest.raises(NotFound, match="no principal `Eve`"):
        add_person(other, "Mallory", by=local("Eve"))


def test_people_and_agents_are_listed_with_their_roles(any_ws: Workspace) -> None:
    added = department(any_ws)
    assert [p.name for p in principals(any_ws)] == ["Ada", "Drafter", "Grace", "Mia"]
    agent = get_principal(any_ws, "drafter")
    assert agent == added["agent"]
    assert (agent.id, agent.owner, agent.sponsor) == (
        "agent-drafter", get_principal(any_ws, "Ada").id, get_principal(any_ws, "Ada").id,
    )  # fmt: skip
    assert (agent.autonomy_level, agent.simulated, agent.runtime, agent.roles) == (
        3,
        True,
        "python:draft",
        ("drafter",),
    )
    assert [p.name for p in people_with_role(any_ws, "manager")] == ["Grace", "Mia"]
    assert [(r.name, r.actions) for r in roles(any_ws)][1] == ("drafter", ("purchase_order.draft",))


def test_an_agent_needs_people_who_answer_for_it(ws: Workspace) -> None:
    department(ws)
    with pytest.raises(NotFound, match="no person `Nobody`"):
        add_agent(ws, "B", owner="Nobody", sponsor="Ada", runtime="x", by=local("Ada"))
    with pytest.raises(NotFound, match="no person `Drafter`"):
        add_agent(ws, "B", owner="Ada", sponsor="Drafter", runtime="x", by=local("Ada"))
    set_active(ws, "Mia", active=False, reason="left", by=local("Ada"))
    with pytest.raises(BadInput, match="not active"):
        add_agent(ws, "B", owner="Mia", sponsor="Ada", runtime="x", by=local("Ada"))
    with pytest.raises(BadInput, match="`5` is no autonomy level"):
        add_agent(ws, "B", owner="Ada", sponsor="Ada", runtime="x", autonomy_level=5, by=local("Ada"))
    assert [p.name for p in people_with_role(ws, "manager")] == ["Grace"]


@pytest.mark.parametrize("name", ["Grace", "  grace ", "GRACE", "drafter"])
def test_no_name_is_used_twice(ws: Workspace, name: str) -> None:
    department(ws)
    with pytest.raises(Duplicate, match="already"):
        add_person(ws, name, by=local("Ada"))


def test_only_administrators_change_anything_and_the_refusal_is_on_record(any_ws: Workspace) -> None:
    added = department(any_ws)
    for who in ("Grace", "Drafter"):
        with pytest.raises(NotAllowed, match="may not change principals"):
            add_person(any_ws, "Mallory", by=local(who))
    denied = audit_records(any_ws, effect="deny")
    assert [(r.principal, r.action) for r in denied] == [
        (added["agent"].id, "person.add"), (added["Grace"].id, "person.add"),
    ]  # fmt: skip
    assert "Mallory" not in [p.name for p in principals(any_ws)]


def test_a_role_given_to_an_agent_does_not_make_it_an_administrator(ws: Workspace) -> None:
    department(ws)
    assign_role(ws, "Drafter", "administrator", by=local("Ada"))
    with pytest.raises(NotAllowed):
        set_autonomy_level(ws, "Drafter", 4, reason="I earned it", by=local("Drafter"))


def test_roles_are_given_and_withdrawn(ws: Workspace) -> None:
    department(ws)
    assert assign_role(ws, "Mia", "drafter", by=local("Ada")).roles == ("drafter", "manager")
    assert assign_role(ws, "Mia", "drafter", by=local("Ada")).roles == ("drafter", "manager")
    assert withdraw_role(ws, "Mia", "manager", by=local("Ada")).roles == ("drafter",)
    with pytest.raises(NotFound, match="no role `boss`"):
        assign_role(ws, "Mia", "boss", by=local("Ada"))
    with pytest.raises(Duplicate, match="role `manager`"):
        add_role(ws, "manager", "again", by=local("Ada"))
    assert [r.action for r in audit_records(ws, kind="change")][:2] == ["role.withdraw", "role.assign"]


def test_the_last_administrator_stays(ws: Workspace) -> None:
    department(ws)
    with pytest.raises(IllegalTransition, match="last administrator"):
        withdraw_role(ws, "Ada", "administrator", by=local("Ada"))
    with pytest.raises(IllegalTransition, match="last administrator"):
        set_active(ws, "Ada", active=False, reason="holiday", by=local("Ada"))
    assign_role(ws, "Grace", "administrator", by=local("Ada"))
    assert set_active(ws, "Ada", active=False, reason="holiday", by=local("Grace")).active is False
    with pytest.raises(NotAllowed):
        add_person(ws, "Mallory", by=local("Ada"))


def test_a_level_changes_with_a_reason(ws: Workspace) -> None:
    department(ws)
    assert set_autonomy_level(ws, "Drafter", 2, reason="three errors", by=local("Ada")).autonomy_level == 2
    with pytest.raises(BadInput, match="needs a reason"):
        set_autonomy_level(ws, "Drafter", 3, reason=" ", by=local("Ada"))
    with pytest.raises(NotFound, match="no agent `Mia`"):
        set_autonomy_level(ws, "Mia", 3, reason="x", by=local("Ada"))
    payload = audit_records(ws)[0].payload
    assert payload == {"autonomy_level": 2, "reason": "three errors"}


def test_two_who_act_first_at_once_are_one_person(any_ws: Workspace) -> None:
    """Such as the worker and the dashboards of a fresh installation."""
    together, found = Barrier(4), []

    def act() -> None:
        together.wait()
        found.append(ensure_acting(any_ws, local(any_ws.settings.user)).id)

    threads = [Thread(target=act) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(found), len(set(found)), len(principals(any_ws))) == (4, 1, 1)
