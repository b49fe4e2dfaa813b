"""What an attacker made of second acts: two orders of one, another than the approved one, one without a result."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from core.actor.values import local
from core.workspace import Workspace
from governance import Ruling, activate_policies, audit_records, verify_audit
from governance.digest import digest
from orchestrator.machine.values import ItemStatus, RunStatus
from orchestrator.running.inbox import complete, inbox
from orchestrator.running.requesting import Asking, Proposed, request_for
from orchestrator.running.runs import get_run, retry_run, start_run
from orchestrator.running.tables import run_effect
from orchestrator.runtimes.values import AgentProposal
from orchestrator.worker import effects, working
from orchestrator.worker.working import work
from tests.orchestrator.order_system import OrderSystem
from tests.orchestrator.running import (
    ACTIONS,
    AGENTS,
    POLICIES,
)
from tests.orchestrator.test_effects import effect_of, ended, ordering, outcomes, quick, set_up, system
from tests.patience import patience, wait_until

__all__ = ["quick", "system"]  # fixtures


@pytest.mark.parametrize("mood", ["conflict", "empty", "broken"])
def test_what_says_nothing_of_what_was_done_is_looked_up(
    ws: Workspace, system: OrderSystem, quick: None, mood: str
) -> None:
    set_up(ws, system)
    system.moods = [mood]
    run = ended(ws, start_run(ws, "ordering", context={}, by=local("Ada")))
    assert run.status is RunStatus.COMPLETED
    assert (len(system.orders), len(system.asked), len(system.looked_up)) == (1, 1, 1)
    assert run.state.context["order_number"] == "PO-1"
    assert effect_of(ws).cause is None


@pytest.mark.parametrize("mood", ["drip headers", "drip body"])
def test_an_answer_that_drips_holds_nobody_beyond_its_time(
    ws: Workspace, system: OrderSystem, quick: None, monkeypatch: pytest.MonkeyPatch, mood: str
) -> None:
    monkeypatch.setattr(effects, "_SECONDS", 1.0)
    set_up(ws, system)
    system.moods = [mood]
    run = start_run(ws, "ordering", context={}, by=local("Ada"))
    begun = time.monotonic()
    assert ended(ws, run).status is RunStatus.COMPLETED
    assert time.monotonic() - begun < patience(20)
    assert (len(system.orders), len(system.asked), len(system.looked_up)) == (1, 1, 1)
    told = [event.payload["cause"] for event in get_run(ws, run.id).history if event.kind == "outcome unknown"]
    assert told == ["The system's answer took too long."]


@pytest.mark.parametrize("levels", [100, 800])
def test_an_answer_that_is_nested_too_deep_is_unknown_and_ends(
    ws: Workspace, system: OrderSystem, quick: None, monkeypatch: pytest.MonkeyPatch, levels: int
) -> None:
    monkeypatch.setattr(effects, "MOST_UNANSWERED", 2)
    monkeypatch.setattr("orchestrator.worker.tending.MOST_UNANSWERED", 2)
    set_up(ws, system)
    system.levels = levels
    (item,) = ended(ws, start_run(ws, "ordering", context={}, by=local("Ada"))).items
    assert (item.status, item.role, effect_of(ws).status) == (ItemStatus.OPEN, "manager", "unknown")
    assert "nested" in str(item.cause)
    assert outcomes(ws) == [("attempt", "unknown"), ("outcome", "unknown")]
    assert len(system.orders) == 1


def test_a_number_that_json_cannot_tell_exactly_is_kept_and_recorded(any_ws: Workspace, system: OrderSystem) -> None:
    set_up(any_ws, system)
    system.moods = ["huge"]
    run = ended(any_ws, start_run(any_ws, "ordering", context={}, by=local("Ada")))
    assert (run.status, run.state.context["order_number"]) == (RunStatus.COMPLETED, 12345678901234567890)
    assert outcomes(any_ws) == [("attempt", "done"), ("outcome", "done")]
    assert verify_audit(any_ws).ok


def test_what_may_still_be_under_way_is_not_done_again(
    ws: Workspace, system: OrderSystem, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(effects, "_SECONDS", 0.3)
    monkeypatch.setattr(effects, "_SETTLES_SECONDS", patience(6.0))
    set_up(ws, system)
    system.moods = ["slow"]
    run = start_run(ws, "ordering", context={}, by=local("Ada"))

    def go_on_after_the_first_look() -> None:  # long after it was given up
        wait_until(lambda: system.looked_up != [], 60, "it is looked up")
        system.go_on.set()

    threading.Thread(target=go_on_after_the_first_look).start()
    assert ended(ws, run).status is RunStatus.COMPLETED
    assert (len(system.orders), len(system.asked)) == (1, 1)
    assert len(system.looked_up) >= 2


def test_what_was_begun_and_then_forbidden_is_looked_up_before_anything_follows(
    ws: Workspace, system: OrderSystem, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(effects, "_SECONDS", 0.3)
    set_up(ws, system)
    system.moods = ["slow"]
    run = start_run(ws, "ordering", context={}, by=local("Ada"))
    real = effects._afresh

    def after_a_change(*arguments: Any) -> Any:
        text = POLICIES.replace('principal in Role::"drafter"', 'principal in Role::"nobody"')
        activate_policies(ws, text, actions=ACTIONS, note="stop", by=local("Ada"))
        return real(*arguments)

    monkeypatch.setattr(effects, "_afresh", after_a_change)
    (item,) = ended(ws, run).items
    assert (effect_of(ws).status, item.status) == ("withdrawn", ItemStatus.OPEN)
    system.go_on.set()
    limit = time.monotonic() + patience(10)
    while not system.orders and time.monotonic() < limit:
        time.sleep(0.05)
    complete(ws, item.id, changes={"amount": 100, "supplier": "Acme"}, by=local("Max"))
    assert ended(ws, run).status is RunStatus.COMPLETED
    assert (len(system.orders), len(system.asked)) == (1, 1)


def test_an_action_that_is_gone_says_nothing_of_what_was_done(
    ws: Workspace, system: OrderSystem, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(effects, "MOST_UNANSWERED", 2)
    set_up(ws, system)
    system.moods, system.blind = ["lost"], 1000
    run = ended(ws, start_run(ws, "ordering", context={}, by=local("Ada")))
    system.blind = 0
    file = ws.settings.home / "connectors" / "orders.json"
    whole = file.read_text()
    file.write_text(whole.replace("create_order", "make_order"))
    wanted = {"amount": 100, "supplier": "Acme"}
    complete(ws, inbox(ws, "Max")[0].id, changes=wanted, by=local("Max"))
    run = ended(ws, run)
    assert (run.status, effect_of(ws).status) == (RunStatus.FAILED, "unknown")
    file.write_text(whole)
    retry_run(ws, run.id, reason="the file is back", by=local("Mia"))
    assert ended(ws, run).status is RunStatus.COMPLETED
    assert (len(system.orders), len(system.asked)) == (1, 1)


def test_a_missing_argument_is_denied(ws: Workspace, system: OrderSystem) -> None:
    set_up(ws, system)
    run = start_run(ws, "ordering", context={}, by=local("Ada"))
    work(ws, until_idle=True, agents={**AGENTS, "drafter": lambda task: AgentProposal(changes={"amount": 100})})
    assert (system.asked, get_run(ws, run.id).status) == ([], RunStatus.RUNNING)
    (denied,) = audit_records(ws, effect=Ruling.DENY)
    assert "needs `supplier` (argument `supplier`) for `orders.create_order`" in denied.reasons[0]


def test_what_is_approved_is_what_the_system_will_be_asked_for() -> None:
    flow = ordering()
    asking = Asking(flow, "r1", "0.0#1", 1, flow.tasks["0.0"], {"supplier": "Acme"}, None)
    proposed = Proposed("agent-drafter", {"amount": 6000})
    one, other = (
        request_for(replace(asking, context={"supplier": supplier}), proposed) for supplier in ("Acme", "Evil Ltd")
    )
    assert one.payload["effect"]["arguments"] == {"amount": 6000, "supplier": "Acme"}
    assert digest(one) != digest(other)


@pytest.mark.parametrize("columns", [("arguments", "proposed"), ("arguments",), ("action",), ("connector",)])
def test_a_changed_row_is_not_done(
    ws: Workspace,
    system: OrderSystem,
    monkeypatch: pytest.MonkeyPatch,
    columns: tuple[str, ...],
    caplog: pytest.LogCaptureFixture,
) -> None:
    set_up(ws, system)
    run = start_run(ws, "ordering", context={}, by=local("Ada"))
    real = effects.perform_effect

    def after_an_update(*arguments: Any) -> None:
        evil = {"amount": 1_000_000, "supplier": "Evil"}
        proposed = {**effect_of(ws).proposed, "arguments": evil}
        edited = {"arguments": evil, "proposed": proposed, "action": "delete_order", "connector": "another"}
        with ws.database.begin() as connection:
            connection.execute(sa.update(run_effect).values({name: edited[name] for name in columns}))
        real(*arguments)

    monkeypatch.setattr(working, "perform_effect", after_an_update)
    (item,) = ended(ws, run).items
    assert (system.asked, item.status) == ([], ItemStatus.PERFORMING)
    assert "is not believed" in caplog.text
    assert any(f"effect `{run.id}/0.0#1`" in said for said in verify_audit(ws).state)
