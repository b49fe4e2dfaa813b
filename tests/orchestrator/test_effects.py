"""Second acts: what an allowed task does in a system of record is done once, whatever crashes and whatever is lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.serve import environment
from core.actor.values import local
from core.workspace import Workspace, open_workspace
from governance import RecordKind, activate_policies, audit_records, verify_audit
from orchestrator.machine.task import EffectSpec
from orchestrator.machine.values import ItemStatus, RunStatus, Workflow
from orchestrator.running.effects import EffectRow, effects_of
from orchestrator.running.inbox import complete, inbox
from orchestrator.running.records import Run
from orchestrator.running.runs import cancel_run, get_run, start_run
from orchestrator.running.tables import run_effect
from orchestrator.worker import effects, working
from orchestrator.worker.working import work
from tests.orchestrator.order_system import OrderSystem, order_system
from tests.orchestrator.running import (
    ACTIONS,
    AGENTS,
    POLICIES,
    department,
    promoted,
    sequence,
    spec,
    task,
    workflow_of,
)
from tests.patience import patience

ORDER = EffectSpec("orders", "create_order", {"amount": "amount", "supplier": "supplier"}, {"order_number": "number"})


@pytest.fixture
def system() -> Iterator[OrderSystem]:
    with order_system() as running:
        yield running


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits are short, so that a test does not wait for what people would."""
    monkeypatch.setattr(effects, "_FIRST_WAIT", 0.05)
    monkeypatch.setattr(effects, "_LONGEST_WAIT", 0.2)
    monkeypatch.setattr(effects, "_SETTLES_SECONDS", 0.0)
    monkeypatch.setattr(working, "_RECONCILE_SECONDS", 1.0)


def ordering(**changes: Any) -> Workflow:
    """An agent drafts an order, which is made in the system; another one sends it."""
    drafting: dict[str, Any] = {
        "role": "drafter", "agent": "agent-drafter", "fields": ("amount", "supplier"), "amount_field": "amount",
        "effect": ORDER, "system": "orders", **changes,
    }  # fmt: skip
    tasks = [
        spec("0.0", "Draft order", "purchase_order.draft", **drafting),
        spec("0.1", "Send order", "purchase_order.send"),
    ]
    return workflow_of("ordering", sequence(task("Draft order"), task("Send order")), tasks)


def set_up(ws: Workspace, system: OrderSystem, **changes: Any) -> None:
    """The department, the workflow, and the connector's file."""
    department(ws)
    promoted(ws, ordering(**changes))
    folder = ws.settings.home / "connectors"
    folder.mkdir(exist_ok=True)
    (folder / "orders.json").write_text(json.dumps(system.setup()))


def effect_of(ws: Workspace) -> Any:
    with ws.database.read() as connection:
        return connection.execute(sa.select(run_effect)).one()


def outcomes(ws: Workspace) -> list[tuple[str, str | None]]:
    """What the audit log tells of the draft: the attempts and the outcomes, oldest first."""
    found = [r for r in audit_records(ws, limit=1000) if r.action == "purchase_order.draft"]
    return [(r.kind.value, r.outcome.value if r.outcome else None) for r in reversed(found)]


def ended(ws: Workspace, run: Run) -> Run:
    work(ws, until_idle=True, agents=AGENTS)
    return get_run(ws, run.id)


def test_what_is_allowed_is_done_once_and_the_answer_goes_on(any_ws: Workspace, system: OrderSystem) -> None:
    set_up(any_ws, system)
    run = ended(any_ws, start_run(any_ws, "ordering", context={"wanted": 120}, by=local("Ada")))
    assert run.status is RunStatus.COMPLETED
    assert system.orders == [{"key": f"{run.id}/0.0#1", "amount": 120, "supplier": "Acme"}]
    assert run.state.context["order_number"] == "PO-1"
    (effect,) = effects_of(any_ws, run.id)
    assert (effect.status.value, effect.key, effect.result) == ("done", f"{run.id}/0.0#1", {"number": "PO-1"})
    kinds = [event.kind for event in run.history]
    assert kinds[:3] == ["started", "task allowed", "task completed"]
    assert outcomes(any_ws) == [("attempt", "done"), ("outcome", "done")]
    assert verify_audit(any_ws).ok


def test_ten_lost_answers_make_ten_orders(any_ws: Workspace, system: OrderSystem, quick: None) -> None:
    set_up(any_ws, system)
    system.moods = ["lost"] * 10
    runs = [start_run(any_ws, "ordering", context={"wanted": n}, by=local("Ada")) for n in range(1, 11)]
    work(any_ws, until_idle=True, agents=AGENTS)
    assert all(get_run(any_ws, run.id).status is RunStatus.COMPLETED for run in runs)
    assert sorted(order["key"] for order in system.orders) == sorted(f"{run.id}/0.0#1" for run in runs)
    assert sorted(system.looked_up) == sorted(system.asked), "each was looked up, none was asked again"


def test_what_was_lost_before_it_was_done_is_done_after_a_look(
    any_ws: Workspace, system: OrderSystem, quick: None
) -> None:
    set_up(any_ws, system)
    system.moods, system.blind = ["nothing"], 3
    run = ended(any_ws, start_run(any_ws, "ordering", context={}, by=local("Ada")))
    assert run.status is RunStatus.COMPLETED
    assert (len(system.orders), len(system.asked), len(system.looked_up)) == (1, 2, 4)
    assert [event.kind for event in run.history].count("outcome unknown") == 4


def test_nobody_can_say_for_long_and_a_person_is_asked_who_finds_what_was_done(
    ws: Workspace, system: OrderSystem, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(effects, "MOST_UNANSWERED", 3)
    set_up(ws, system)
    system.moods, system.blind = ["lost"], 2
    run = ended(ws, start_run(ws, "ordering", context={}, by=local("Ada")))
    (item,) = run.items
    assert (item.status, item.role) == (ItemStatus.OPEN, "manager")
    assert "nobody can say what came of it in `orders`" in (item.cause or "")
    (entry,) = inbox(ws, "Max")
    complete(ws, entry.id, changes={"amount": 100, "supplier": "Acme"}, by=local("Max"))
    again = ended(ws, run)
    assert again.status is RunStatus.COMPLETED
    assert len(system.orders) == 1, "it was found, not made again"


def test_what_was_not_done_is_done_with_the_values_that_are_allowed_now(
    ws: Workspace, system: OrderSystem, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(effects, "MOST_UNANSWERED", 2)
    set_up(ws, system)
    system.moods, system.blind = ["nothing"], 1
    run = ended(ws, start_run(ws, "ordering", context={}, by=local("Ada")))
    (entry,) = inbox(ws, "Max")
    complete(ws, entry.id, changes={"amount": 90, "supplier": "Acme"}, by=local("Max"))
    assert ended(ws, run).status is RunStatus.COMPLETED
    assert [order["amount"] for order in system.orders] == [90]


def test_what_is_cancelled_while_nobody_knows_is_not_asked_for_again(
    ws: Workspace, system: OrderSystem, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(effects, "MOST_UNANSWERED", 50)
    set_up(ws, system)
    system.moods, system.blind = ["nothing"], 3
    run = start_run(ws, "ordering", context={}, by=local("Ada"))
    real = effects._unknown

    def cancelling(*arguments: Any) -> None:
        real(*arguments)
        if system.blind == 0:
            monkeypatch.setattr(effects, "_begin", begin_after_cancel)

    begin = effects._begin

    def begin_after_cancel(*arguments: Any) -> Any:
        monkeypatch.setattr(effects, "_begin", begin)
        cancel_run(ws, run.id, reason="no", by=local("Mia"))
        return begin(*arguments)

    monkeypatch.setattr(effects, "_unknown", cancelling)
    assert ended(ws, run).status is RunStatus.CANCELLED
    assert (system.orders, len(system.asked)) == ([], 1)
    assert effect_of(ws).status == "withdrawn"


def test_what_the_system_refuses_goes_to_a_person_and_has_a_fresh_key_after(
    any_ws: Workspace, system: OrderSystem
) -> None:
    set_up(any_ws, system)
    system.moods = ["refuse"]
    run = ended(any_ws, start_run(any_ws, "ordering", context={}, by=local("Ada")))
    (item,) = run.items
    assert (item.status, item.role) == (ItemStatus.OPEN, "manager")
    assert outcomes(any_ws) == [("attempt", "failed"), ("outcome", "failed")]
    complete(any_ws, item.id, changes={"amount": 90, "supplier": "Acme"}, by=local("Max"))
    assert ended(any_ws, run).status is RunStatus.COMPLETED
    assert system.asked == [f"{run.id}/0.0#1", f"{run.id}/0.0#1~2"]
    assert [order["amount"] for order in system.orders] == [90]


def test_it_is_decided_once_more_before_the_system_is_asked(
    any_ws: Workspace, system: OrderSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(any_ws, system)
    run = start_run(any_ws, "ordering", context={}, by=local("Ada"))
    real = effects.perform_effect

    def after_a_change(*arguments: Any) -> None:
        text = POLICIES.replace('principal in Role::"drafter"', 'principal in Role::"nobody"')
        activate_policies(any_ws, text, actions=ACTIONS, note="stop", by=local("Ada"))
        real(*arguments)

    monkeypatch.setattr(working, "perform_effect", after_a_change)
    (item,) = ended(any_ws, run).items
    assert system.asked == []
    assert item.cause is not None
    assert item.cause.startswith("no longer allowed")
    assert effect_of(any_ws).status == "withdrawn"


def test_what_is_cancelled_before_it_began_is_not_done(
    any_ws: Workspace, system: OrderSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(any_ws, system)
    run = start_run(any_ws, "ordering", context={}, by=local("Ada"))
    real = effects.perform_effect

    def after_a_cancel(*arguments: Any) -> None:
        cancel_run(any_ws, run.id, reason="no", by=local("Mia"))
        real(*arguments)

    monkeypatch.setattr(working, "perform_effect", after_a_cancel)
    assert ended(any_ws, run).status is RunStatus.CANCELLED
    assert system.asked == []
    assert outcomes(any_ws) == [("attempt", "failed"), ("outcome", "failed")]


def spawn(ws: Workspace) -> subprocess.Popen[str]:
    """A worker in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.orchestrator.killed_worker"], env=environment(ws), stderr=subprocess.PIPE,
        text=True, cwd=Path(__file__).parents[2], start_new_session=True,
    )  # fmt: skip


@pytest.mark.parametrize(("mood", "posts"), [("block before", 2), ("block", 1)])
def test_a_worker_killed_while_the_system_is_asked_makes_no_second_order(
    any_ws: Workspace, system: OrderSystem, tmp_path: Path, mood: str, posts: int
) -> None:
    """Before the system did it, and after: the next worker looks first."""
    set_up(any_ws, system)
    system.moods = [mood]
    run = start_run(any_ws, "ordering", context={"calls": str(tmp_path / "calls")}, by=local("Ada"))
    worker = spawn(any_ws)
    try:
        assert system.blocked.wait(patience(60))
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.communicate()
    attempts = [r for r in audit_records(any_ws, kind=RecordKind.ATTEMPT) if r.action == "purchase_order.draft"]
    assert len(attempts) == 1, "the attempt is on record before anything is asked"
    assert effect_of(any_ws).status == "begun"
    system.go_on.set()
    last = spawn(any_ws)
    assert last.communicate(timeout=patience(120))[1] == ""
    assert get_run(any_ws, run.id).status is RunStatus.COMPLETED
    assert (len(system.orders), len(system.asked)) == (1, posts)
    assert outcomes(any_ws) == [("attempt", "done"), ("outcome", "done")]
    assert verify_audit(any_ws).ok


def test_a_worker_that_stops_after_the_answer_makes_no_second_order(
    any_ws: Workspace, system: OrderSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(any_ws, system)
    run = start_run(any_ws, "ordering", context={}, by=local("Ada"))
    stopped: list[str] = []

    def stop(_runner: object, begun: EffectRow, _came: object) -> None:
        stopped.append(begun.id)

    with monkeypatch.context() as patched:
        patched.setattr(effects, "_settle", stop)
        work(any_ws, agents=AGENTS, stop=_when(lambda: bool(stopped)))
    assert (len(system.orders), effect_of(any_ws).status) == (1, "begun")
    monkeypatch.setattr(working, "_RECONCILE_SECONDS", 0.5)
    limit = time.monotonic() + patience(120)
    watching = open_workspace(any_ws.settings, any_ws.clock)  # connections of its own: a worker closes those of its
    work(any_ws, agents=AGENTS, stop=_when(lambda: _is_over(watching, run) or time.monotonic() > limit))
    watching.close()
    assert get_run(any_ws, run.id).status is RunStatus.COMPLETED
    assert (len(system.orders), len(system.asked), len(system.looked_up)) == (1, 1, 1)


def _is_over(ws: Workspace, run: Run) -> bool:
    return get_run(ws, run.id).status is RunStatus.COMPLETED


def _when(true: Callable[[], bool]) -> threading.Event:
    """An event that is set as soon as something is true."""
    stop = threading.Event()

    def watch() -> None:
        while not true():
            time.sleep(0.02)
        stop.set()

    threading.Thread(target=watch, daemon=True).start()
    return stop
