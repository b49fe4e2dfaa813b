"""What agents are given, what is asked for in their name, and when they may say they worked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from core.actor.values import local
from core.errors import BadInput, NotAllowed
from core.workspace import Workspace
from governance import Principal, PrincipalKind
from orchestrator.running.occurred import check_occurred
from orchestrator.running.requesting import Asking, Proposed, bars, request_for
from orchestrator.running.runs import get_run, start_run
from orchestrator.runtimes.values import AgentProposal, AgentTask
from orchestrator.worker.working import work
from tests.orchestrator.agents import check
from tests.orchestrator.running import department, procurement, promoted, unattended

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
ROBOT = Principal("agent-robot", PrincipalKind.AGENT, "Robot", simulated=True)


def asking(**changes: Any) -> Asking:
    """The draft of an order in a run that wants 100."""
    workflow = procurement()
    task = replace(workflow.tasks["0.0"], **changes)
    return Asking(workflow, "r1", "0.0#1", 2, task, {"amount": 1, "wanted": 100}, None)


def test_what_an_agent_is_given_is_its_own_copy(ws: Workspace) -> None:
    department(ws)
    promoted(ws, unattended())
    given: list[AgentTask] = []

    def meddler(task: AgentTask) -> AgentProposal:
        given.append(task)
        task.context["wanted"]["amount"] = 1_000_000
        return AgentProposal(changes={"amount": 5})

    run = start_run(ws, "unattended", context={"wanted": {"amount": 5}}, by=local("Ada"))
    work(ws, until_idle=True, agents={"drafter": meddler, "checker": check})
    assert get_run(ws, run.id).state.context == {"wanted": {"amount": 5}, "amount": 5}
    (task,) = given
    assert (task.key, task.task.label, task.principal.name) == (f"{run.id}/0.0#1", "Draft order", "Drafter")


def test_the_request_says_who_changes_what_and_for_how_much() -> None:
    request = request_for(asking(), Proposed("agent-drafter", {"supplier": "Acme", "amount": 100.01}, {"ok": True}))
    assert (request.principal, request.action, request.resource_id) == ("agent-drafter", "purchase_order.draft", "r1")
    assert request.attributes == {
        "fields": ["amount", "supplier"], "answer_fields": ["ok"], "workflow": "procurement", "task": "Draft order",
        "amount": 101,
    }  # fmt: skip
    assert request.context == {"run": "r1", "item": "0.0#1", "attempt": 2}
    assert request.payload == {"changes": {"supplier": "Acme", "amount": 100.01}, "answer": {"ok": True}}


def test_an_amount_that_is_not_there_is_left_out_so_that_it_denies() -> None:
    assert "amount" not in request_for(asking(), Proposed("agent-drafter", {"amount": None})).attributes


@pytest.mark.parametrize("amount", ["100", True, [1], {"value": 1}])
def test_an_amount_that_is_no_number_is_shown_so_that_it_denies(amount: Any) -> None:
    """Left out, a policy that looks at the amount only where there is one would not stop it."""
    assert request_for(asking(), Proposed("agent-drafter", {"amount": amount})).attributes["amount"] == amount


def test_an_agent_with_approval_never_acts_alone() -> None:
    request = request_for(asking(outcome="agent with approval"), Proposed("agent-drafter"))
    assert request.context["autonomy_level"] == 2


def test_fields_that_the_task_does_not_name_are_found() -> None:
    (reason,) = bars(asking(), ROBOT, Proposed("p", {"amount": 1, "bank": 2, "account": 3}))
    assert reason.endswith("the proposal changes 2 fields that the task does not name.")
    assert bars(asking(), ROBOT, Proposed("p", {"amount": 1})) == ()
    assert bars(asking(), replace(ROBOT, active=False), Proposed("p")) == ("An inactive principal may do nothing.",)


def test_a_proposal_survives_being_stored() -> None:
    proposed = Proposed("p", {"a": 1}, {"b": [2]}, NOON, NOON + timedelta(hours=1), 1.5, 0.5, "why")
    assert Proposed.from_dict(proposed.to_dict()) == proposed
    assert Proposed.from_dict(Proposed("p").to_dict()) == Proposed("p")


def test_simulated_times_are_kept_in_utc_and_checked() -> None:
    paris = timezone(timedelta(hours=1))
    said = (NOON.astimezone(paris), (NOON + timedelta(hours=1)).astimezone(paris))
    times = check_occurred(said, ROBOT, NOON)
    assert times == (NOON, NOON + timedelta(hours=1))
    assert times[0].tzinfo is UTC
    assert check_occurred(None, ROBOT, NOON) is None
    with pytest.raises(NotAllowed, match="measured, never said"):
        check_occurred(said, replace(ROBOT, simulated=False), NOON)
    with pytest.raises(BadInput, match="no time zone"):
        check_occurred((NOON.replace(tzinfo=None), NOON), ROBOT, NOON)
    for wrong in ((NOON - timedelta(seconds=1), NOON), (NOON + timedelta(seconds=1), NOON)):
        with pytest.raises(BadInput, match="the task was ready at"):
            check_occurred(wrong, ROBOT, NOON)
