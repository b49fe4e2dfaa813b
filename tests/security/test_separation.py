"""Separation of duty in runs: an owner of the agent, who started the run, and who drafted it approve nothing of it."""

from __future__ import annotations

import pytest

from core.actor.values import local
from core.errors import NotAllowed
from core.workspace import Workspace
from governance import ApprovalStatus, add_person, approvals, assign_role, audit_records
from orchestrator.machine.values import RunStatus
from orchestrator.running.approving import answer
from orchestrator.running.inbox import EntryKind, inbox
from orchestrator.running.runs import get_run, start_run
from orchestrator.worker.working import work
from tests.orchestrator.running import AGENTS, department, promoted, unattended


def waiting(ws: Workspace, starter: str) -> tuple[str, str]:
    """A run that `starter` started, and the approval that it waits for."""
    promoted(ws, unattended())
    run = start_run(ws, "unattended", context={"wanted": 9000}, by=local(starter))
    work(ws, until_idle=True, agents=AGENTS)
    (asked,) = approvals(ws, ApprovalStatus.PENDING)
    return run.id, asked.id


def test_whoever_started_the_run_does_not_approve_it(any_ws: Workspace) -> None:
    department(any_ws)
    run, asked = waiting(any_ws, "Mia")
    assert [entry for entry in inbox(any_ws, "Mia") if entry.kind is EntryKind.APPROVAL] == []
    with pytest.raises(NotAllowed, match="started"):
        answer(any_ws, asked, grant=True, reason="mine", by=local("Mia"))
    assert audit_records(any_ws, kind="approval", effect="deny")[0].principal_name == "Mia"
    assert [entry.kind for entry in inbox(any_ws, "Max")] == [EntryKind.APPROVAL]
    answer(any_ws, asked, grant=True, reason="fine", by=local("Max"))
    work(any_ws, until_idle=True, agents=AGENTS)
    assert get_run(any_ws, run).status is RunStatus.COMPLETED


def test_an_agents_owner_and_sponsor_do_not_approve_what_it_asks(any_ws: Workspace) -> None:
    department(any_ws)
    add_person(any_ws, "Bea", roles=["administrator"], by=local("Ada"))
    assign_role(any_ws, "Ada", "manager", by=local("Bea"))  # Ada owns and pays for the agents
    _, asked = waiting(any_ws, "Cleo")
    assert inbox(any_ws, "Ada") == ()
    with pytest.raises(NotAllowed, match="own or pay for"):
        answer(any_ws, asked, grant=True, reason="mine", by=local("Ada"))
