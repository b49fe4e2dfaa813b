"""Who acts is known, or nothing is done: the record says how it was proved, and who nobody knows is refused."""

from __future__ import annotations

import getpass

import pytest
import sqlalchemy as sa

from app.main import run
from core.actor.values import local
from core.errors import Duplicate, NotAllowed
from core.settings import Settings
from core.workspace import Workspace, open_workspace
from governance import (
    add_person,
    add_role,
    assign_role,
    audit_records,
    ensure_acting,
    get_principal,
    principals,
    self_granted,
    set_active,
)
from tests.orchestrator.office import mapped

MALLORY = "Mallory Unknown"
STORED = {  # what each act would have stored
    "workflow_map": ("map", "save", "orders", "--name", "stolen"),
    "map_override": ("allocate", "orders", "--override", "Ship=agent", "--reason", "faster"),
    "allowed_deviation": ("map", "allow", "orders", "skipped: Ship", "--map", "orders", "--reason", "fine"),
    "kpi_baseline": ("kpi", "baseline", "orders"),
}


@pytest.mark.parametrize("table", STORED)
def test_who_nobody_knows_stores_nothing_and_is_recorded(ws: Workspace, table: str) -> None:
    mapped(ws)
    count = sa.text(f"SELECT count(*) FROM {table}")
    with ws.database.read() as connection:
        before = connection.execute(count).scalar()
    denied = len(audit_records(ws, effect="deny"))
    status = run([*STORED[table], "--as", MALLORY])
    with ws.database.read() as connection:
        assert connection.execute(count).scalar() == before
    assert status != 0
    found = audit_records(ws, effect="deny")
    assert len(found) == denied + 1
    assert (found[0].principal, found[0].payload is not None and found[0].payload["who"]) == ("unknown", MALLORY)
    assert "Mallory" not in repr((found[0].reasons, found[0].resource_id, found[0].action))


def test_whoever_says_a_name_on_this_machine_is_marked(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    mapped(ws)
    add_person(ws, "Bob", by=local("Ada"))
    monkeypatch.setenv("TANDEM_USER", "Bob")
    assert run(["kpi", "baseline", "orders"]) == 0
    (record,) = audit_records(ws, limit=1)
    assert (record.action, record.principal_name) == ("baseline.freeze", "Bob")
    assert (record.proof, record.machine_user) == ("local", getpass.getuser())


def test_the_audit_log_shows_that_nobody_proved_it(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ensure_acting(ws, local("Ada"))
    monkeypatch.setenv("COLUMNS", "250")
    assert run(["audit", "list"]) == 0
    said = capsys.readouterr().out
    assert "nobody: local mode" in said
    assert getpass.getuser() in said


def test_nobody_gives_a_role_to_themselves_where_another_administrator_could(any_ws: Workspace) -> None:
    ada = ensure_acting(any_ws, local("Ada"))
    add_role(any_ws, "manager", "Answers.", by=local("Ada"))
    add_person(any_ws, "Bea", roles=["administrator"], by=local("Ada"))
    with pytest.raises(NotAllowed, match="`Ada` may not give the role `manager` to themselves"):
        assign_role(any_ws, "Ada", "manager", by=local("Ada"))
    assert "manager" not in get_principal(any_ws, "Ada").roles
    (record,) = audit_records(any_ws, effect="deny")
    assert (record.principal, record.action) == (ada.id, "role.assign")
    assert "manager" in assign_role(any_ws, "Ada", "manager", by=local("Bea")).roles
    assert self_granted(any_ws) == ()


@pytest.mark.parametrize("other", ["none", "stopped", "simulated"])
def test_the_only_administrator_may_and_it_is_told(any_ws: Workspace, other: str) -> None:
    ensure_acting(any_ws, local("Ada"))
    add_role(any_ws, "manager", "Answers.", by=local("Ada"))
    if other != "none":
        add_person(any_ws, "Bea", roles=["administrator"], simulated=other == "simulated", by=local("Ada"))
    if other == "stopped":
        set_active(any_ws, "Bea", active=False, reason="left", by=local("Ada"))
    assert "manager" in assign_role(any_ws, "Ada", "manager", by=local("Ada")).roles
    record = next(r for r in audit_records(any_ws) if r.action == "role.assign")
    assert any(reason.startswith("AN ADMINISTRATOR GAVE THIS ROLE TO THEMSELVES") for reason in record.reasons)
    assert [(person.name, role) for person, role in self_granted(any_ws)] == [("Ada", "manager")]


@pytest.mark.parametrize("name", ["Аda", "Ad\u0430", "ADA", "Ａda"])
def test_a_name_that_looks_like_another_is_refused(settings: Settings, name: str) -> None:
    ws = open_workspace(settings)
    try:
        ensure_acting(ws, local("Ada"))
        assert run(["person", "add", name]) != 0
        assert [p.name for p in principals(ws)] == ["Ada"]
        add_role(ws, "manager", "Answers.", by=local("Ada"))
        with pytest.raises(Duplicate):
            add_role(ws, "Manager", "Answers too.", by=local("Ada"))
    finally:
        ws.close()
