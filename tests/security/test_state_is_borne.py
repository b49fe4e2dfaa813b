"""One UPDATE in the database must not grant an approval, widen a policy, empty the guards or make a manager."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from app.main import run as command
from app.soundness import soundness
from core.actor.values import local
from core.audit.verify import verify_audit
from core.errors import IntegrityError, NotAllowed
from core.locks import on_postgresql
from core.workspace import Workspace, open_workspace
from governance import (
    Ruling,
    activate_policies,
    add_person,
    answer_approval,
    authorise,
    check,
    get_approval,
    policies,
    reactivate_policies,
    request_approval,
    set_active,
    withdraw_role,
)
from governance.tables import attempt
from orchestrator.machine.values import RunStatus
from orchestrator.promotion.tables import workflow_version
from orchestrator.promotion.workflows import WorkflowStatus, get_proposal, mark_signed
from orchestrator.running.runs import get_run, start_run
from orchestrator.running.submit import drafters
from orchestrator.worker import effects
from orchestrator.worker.working import work
from tests.governance.helpers import ACTIONS, POLICIES, department, draft
from tests.orchestrator import running
from tests.orchestrator.order_system import OrderSystem
from tests.orchestrator.test_effects import ended, quick, set_up, system

__all__ = ["quick", "system"]  # fixtures


def edited(ws: Workspace, statement: str, **values: object) -> Workspace:
    """The workspace as another process finds it after somebody edited the database by hand."""
    with ws.database.begin() as connection:
        connection.execute(sa.text(statement), values)
    return open_workspace(ws.settings, ws.clock)


def waiting(ws: Workspace, agent: str) -> str:
    """The id of an approval that is asked for."""
    request = draft(agent, 9000)
    decision = authorise(ws, request, key="k").decision
    return request_approval(ws, request, decision, role="manager", by=local(agent)).id


def test_an_approval_granted_by_hand_is_not_believed_and_named(any_ws: Workspace) -> None:
    agent = department(any_ws)["agent"].id
    approval = waiting(any_ws, agent)
    ws = edited(any_ws, "UPDATE governance_approval SET status = 'granted', answered_by = 'person-x'")
    with pytest.raises(IntegrityError, match=f"approval `{approval}`.*changed without a record"):
        authorise(ws, draft(agent, 9000), key="k", approval=approval)
    found = verify_audit(ws)
    assert not found.ok
    assert any(approval in said for said in found.state)
    ws.close()


def test_a_policy_widened_by_hand_is_not_believed_and_named(any_ws: Workspace) -> None:
    agent = department(any_ws)["agent"].id
    ws = edited(any_ws, "UPDATE governance_policy_set SET text = replace(text, '5000', '5000000')")
    with pytest.raises(IntegrityError, match="policy set `1`"):
        authorise(ws, draft(agent, 9000), key="k")
    assert any("policy set `1`" in said for said in verify_audit(ws).state)
    ws.close()


def test_guards_come_from_code_and_an_emptied_row_is_named(any_ws: Workspace) -> None:
    agent = department(any_ws, level=1)["agent"].id
    ws = edited(any_ws, "UPDATE governance_policy_set SET guards = ''")
    assert "tandem.level_1_suggests" in policies(ws, 1).guards
    with pytest.raises(IntegrityError, match="policy set `1`"):
        check(ws, draft(agent))
    assert not verify_audit(ws).ok
    ws.close()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE governance_principal SET autonomy_level = 4 WHERE kind = 'agent'", "principal `agent-drafter`"),
        (
            "UPDATE governance_role SET actions = '[\"purchase_order.approve\"]' WHERE name = 'drafter'",
            "role `drafter`",
        ),
        (
            "INSERT INTO governance_assignment (principal, role, created_at, created_by) "
            "SELECT id, 'manager', created_at, created_by FROM governance_principal WHERE kind = 'agent'",
            "role of a principal `agent-drafter|manager`",
        ),
        ("UPDATE governance_activation SET version = 0", "activation of a policy set `1`"),
    ],
)
def test_rows_that_decide_are_believed_only_as_the_chain_bears_them(
    any_ws: Workspace, statement: str, said: str
) -> None:
    agent = department(any_ws)["agent"].id
    assert verify_audit(any_ws).ok
    columns = "text, guards, actions, digest, note, created_at, created_by"
    if "activation" in statement:
        with any_ws.database.begin() as connection:
            connection.execute(
                sa.text(f"INSERT INTO governance_policy_set SELECT 0, {columns} FROM governance_policy_set")
            )
    ws = edited(any_ws, statement)
    with pytest.raises(IntegrityError, match="is not believed"):
        authorise(ws, draft(agent), key="k")
    assert any(said in one for one in verify_audit(ws).state), verify_audit(ws).state
    ws.close()


def test_a_manager_made_by_hand_answers_nothing(any_ws: Workspace) -> None:
    added = department(any_ws)
    eve = add_person(any_ws, "Eve", by=local("Ada"))
    approval = waiting(any_ws, added["agent"].id)
    ws = edited(
        any_ws,
        "INSERT INTO governance_assignment (principal, role, created_at, created_by) "
        "SELECT id, 'manager', created_at, created_by FROM governance_principal WHERE id = :eve",
        eve=eve.id,
    )
    with pytest.raises(IntegrityError, match="no audit record says how it came there"):
        answer_approval(ws, approval, grant=True, by=local("Eve"))
    ws.close()


def test_a_row_that_was_taken_away_is_named_and_a_withdrawn_role_is_not(any_ws: Workspace) -> None:
    department(any_ws)
    withdraw_role(any_ws, "Mia", "manager", by=local("Ada"))
    assert verify_audit(any_ws).ok
    ws = edited(any_ws, "DELETE FROM governance_assignment WHERE role = 'manager'")
    (said,) = verify_audit(ws).state
    assert "is gone, and no record says that it was removed" in said
    ws.close()


def test_the_command_names_the_row(ws: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    department(ws)
    edited(ws, "UPDATE governance_principal SET autonomy_level = 4 WHERE kind = 'agent'").close()
    assert command(["audit", "verify"]) == 1
    said = " ".join(capsys.readouterr().out.split())
    assert "principal `agent-drafter`" in said
    assert "was changed without a record" in said


def test_everything_is_checked_again_when_an_approval_is_used(any_ws: Workspace) -> None:
    agent = department(any_ws)["agent"].id
    approval = waiting(any_ws, agent)
    answer_approval(any_ws, approval, grant=True, by=local("Mia"))
    withdraw_role(any_ws, "Mia", "manager", by=local("Ada"))
    decision = authorise(any_ws, draft(agent, 9000), key="k", approval=approval).decision
    assert decision.effect is Ruling.DENY
    assert "may not any more" in decision.reasons[-1]


def test_an_approval_always_ends(any_ws: Workspace) -> None:
    agent = department(any_ws)["agent"].id
    approval = get_approval(any_ws, waiting(any_ws, agent))
    assert approval.expires_at is not None
    assert (approval.expires_at - approval.created_at).days == 7


def test_who_was_named_as_involved_does_not_answer(any_ws: Workspace) -> None:
    added = department(any_ws)
    request = replace(draft(added["agent"].id, 9000), resource_id="PO-7")
    decision = authorise(any_ws, request, key="k7").decision
    asked = request_approval(
        any_ws, request, decision, role="manager", by=local(added["agent"].id), barred=[added["Mia"].id]
    )
    with pytest.raises(NotAllowed, match="started, drafted, own"):
        answer_approval(any_ws, asked.id, grant=True, by=local("Mia"))
    assert answer_approval(any_ws, asked.id, grant=True, by=local("Grace")).status == "granted"


def test_an_approval_does_not_come_back_with_an_older_policy_set(any_ws: Workspace) -> None:
    agent = department(any_ws)["agent"].id
    approval = waiting(any_ws, agent)
    answer_approval(any_ws, approval, grant=True, by=local("Mia"))
    activate_policies(any_ws, f"{POLICIES}\n// stricter\n", actions=ACTIONS, note="second", by=local("Ada"))
    reactivate_policies(any_ws, 1, note="back", by=local("Ada"))
    decision = authorise(any_ws, draft(agent, 9000), key="k", approval=approval).decision
    assert decision.effect is Ruling.NEEDS_APPROVAL
    assert "before the policies were activated" in decision.reasons[-1]


def test_who_was_stopped_after_granting_no_longer_counts(any_ws: Workspace) -> None:
    agent = department(any_ws)["agent"].id
    approval = waiting(any_ws, agent)
    answer_approval(any_ws, approval, grant=True, by=local("Mia"))
    set_active(any_ws, "Mia", active=False, reason="left", by=local("Ada"))
    assert authorise(any_ws, draft(agent, 9000), key="k", approval=approval).decision.effect is Ruling.DENY


@pytest.mark.parametrize("key", ["k", "other"])
def test_an_attempt_that_was_made_allowed_by_hand_is_not_believed(any_ws: Workspace, key: str) -> None:
    department(any_ws)
    request = draft("person-nobody", 9000)
    assert authorise(any_ws, request, key="k").decision.effect is Ruling.DENY
    with any_ws.database.begin() as connection:
        decision = connection.execute(sa.select(attempt.c.decision)).scalar_one()
        allowed = {**decision, "effect": "allow"}
        connection.execute(sa.update(attempt).values(key=key, decision=allowed, outcome="done", outcome_record="x"))
    with pytest.raises(IntegrityError, match=f"attempt `{key}` was changed without a record"):
        authorise(any_ws, request, key=key)


def test_a_version_set_back_by_hand_brings_nobody_back(any_ws: Workspace) -> None:
    agent = department(any_ws)["agent"].id
    assert authorise(any_ws, draft(agent), key="k1").decision.effect is Ruling.ALLOW  # and is remembered
    other = open_workspace(any_ws.settings, any_ws.clock)
    set_active(other, agent, active=False, reason="stop", by=local("Ada"))
    other.close()
    with any_ws.database.begin() as connection:
        connection.execute(sa.text("UPDATE governance_version SET version = version - 1"))
    assert authorise(any_ws, draft(agent), key="k2").decision.effect is Ruling.DENY


def test_a_workflow_that_was_changed_by_hand_neither_starts_nor_shows_and_is_named(any_ws: Workspace) -> None:
    running.department(any_ws)
    running.promoted(any_ws, running.unattended())
    assert soundness(any_ws).ok
    ws = edited(
        any_ws, "UPDATE workflow_version SET definition = replace(CAST(definition AS TEXT), 'manager', 'clerk')"
        + ("::json" if on_postgresql(any_ws.database.engine) else ""),
    )  # fmt: skip
    with pytest.raises(IntegrityError, match=r"version of a workflow `unattended\|1`"):
        start_run(ws, "unattended", by=local("Ada"))
    found = soundness(ws)
    assert not found.ok
    assert any("version of a workflow `unattended|1`" in said for said in found.verification.state)
    ws.close()


def test_a_proposal_that_was_changed_by_hand_is_not_signed(any_ws: Workspace) -> None:
    running.department(any_ws)
    running.promoted(any_ws, running.unattended(), WorkflowStatus.PROPOSED)
    signed = get_proposal(any_ws, "unattended", 1)
    with any_ws.database.begin() as connection:
        connection.execute(sa.update(workflow_version).values(map_name="other"))
    with pytest.raises(IntegrityError), any_ws.database.begin() as connection:
        mark_signed(connection, signed)
    with pytest.raises(IntegrityError):
        get_proposal(any_ws, "unattended", 1)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE workflow_version SET status = 'proposed' WHERE version = 2",
        "UPDATE workflow_version SET name = 'other' WHERE version = 2",
        "UPDATE workflow_version SET version = 0 WHERE version = 2",
        "DELETE FROM workflow_version WHERE version = 2",
    ],
)
def test_an_older_version_does_not_run_because_the_newest_was_put_away_by_hand(ws: Workspace, change: str) -> None:
    running.department(ws)
    for version in (1, 2):
        running.promoted(ws, replace(running.unattended(), version=version))
    again = edited(ws, change)
    with pytest.raises(IntegrityError):
        start_run(again, "unattended", by=local("Ada"))
    assert not soundness(again).ok
    again.close()


def test_who_drafted_is_who_was_allowed_to_whatever_a_row_says(ws: Workspace) -> None:
    running.department(ws)
    workflow = running.promoted(ws, running.procurement())
    run = start_run(ws, "procurement", context={"wanted": 100}, by=local("Ada"))
    work(ws, until_idle=True, agents=running.AGENTS)
    with ws.database.begin() as connection:
        connection.execute(sa.text("UPDATE work_item SET performer = 'person-cleo' WHERE node = '0.0'"))
        found = drafters(connection, run.id, workflow.tasks, workflow.tasks["0.2"])
    assert set(found) == {"person-cleo", "agent-drafter"}


@pytest.mark.parametrize("change", ["status = 'due'", "generation = 2", "begun = 0, status = 'withdrawn'"])
def test_an_effect_that_was_changed_by_hand_makes_no_second_order(
    ws: Workspace, system: OrderSystem, quick: None, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    set_up(ws, system)
    system.moods = ["lost"]
    run = start_run(ws, "ordering", context={}, by=local("Ada"))
    real = effects._settle

    def after_an_update(*arguments: Any) -> None:
        real(*arguments)
        with ws.database.begin() as connection:
            connection.execute(sa.text(f"UPDATE run_effect SET {change}"))

    monkeypatch.setattr(effects, "_settle", after_an_update)
    ended(ws, run)
    assert (len(system.orders), len(system.asked)) == (1, 1)
    found = soundness(ws)
    assert not found.ok
    assert any(f"effect `{run.id}/0.0#1`" in said for said in found.verification.state)


def test_one_row_that_is_not_believed_stops_no_worker(ws: Workspace, caplog: pytest.LogCaptureFixture) -> None:
    running.department(ws)
    running.promoted(ws, running.unattended())
    held = start_run(ws, "unattended", context={"wanted": 9000}, by=local("Ada"))
    work(ws, until_idle=True, agents=running.AGENTS)
    again = edited(ws, "UPDATE governance_approval SET status = 'granted'")
    other = start_run(again, "unattended", context={"wanted": 100}, by=local("Ada"))
    work(again, until_idle=True, agents=running.AGENTS)
    assert get_run(again, other.id).status is RunStatus.COMPLETED
    assert get_run(again, held.id).status is RunStatus.RUNNING
    told = [r.getMessage() for r in caplog.records if "is left as it is" in r.getMessage()]
    assert len(told) == 1, "it is said once"
    assert "changed without a record" in told[0]
    again.close()
