"""Effects that wait: of a paused run, and those of which nobody can say what came of them, for as long as it takes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from core.actor.values import local
from core.workspace import Workspace
from governance import audit_records, verify_audit
from orchestrator.machine.values import RunStatus
from orchestrator.running.inbox import complete, inbox
from orchestrator.running.runs import cancel_run, get_run, pause_run, resume_run, start_run
from orchestrator.running.tables import run_effect
from orchestrator.worker import effects, working
from tests.orchestrator.order_system import OrderSystem
from tests.orchestrator.test_effects import effect_of, ended, outcomes, quick, set_up, system

__all__ = ["quick", "system"]  # fixtures


def long_ago(ws: Workspace) -> None:
    """The last look-up was hours ago."""
    with ws.database.begin() as connection:
        connection.execute(sa.update(run_effect).values(looked_at=datetime.now(UTC) - timedelta(hours=2)))


def given_up(ws: Workspace, system: OrderSystem, monkeypatch: pytest.MonkeyPatch, mood: str) -> str:
    """The id of a run whose effect was asked for, and looked up in vain as often as it is tried."""
    monkeypatch.setattr(effects, "MOST_UNANSWERED", 2)
    monkeypatch.setattr("orchestrator.worker.tending.MOST_UNANSWERED", 2)
    set_up(ws, system)
    system.moods, system.blind = [mood], 1
    run = start_run(ws, "ordering", context={}, by=local("Ada"))
    ended(ws, run)
    assert (effect_of(ws).status, effect_of(ws).unanswered) == ("unknown", 2)
    assert outcomes(ws) == [("attempt", "unknown"), ("outcome", "unknown")]
    return run.id


def test_a_paused_run_does_nothing_in_a_system_until_it_is_resumed(
    any_ws: Workspace, system: OrderSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(any_ws, system)
    run = start_run(any_ws, "ordering", context={}, by=local("Ada"))
    real = effects.perform_effect

    def after_a_pause(*arguments: Any) -> None:
        pause_run(any_ws, run.id, reason="wait", by=local("Mia"))
        real(*arguments)

    monkeypatch.setattr(working, "perform_effect", after_a_pause)
    assert ended(any_ws, run).status is RunStatus.PAUSED
    assert (system.asked, effect_of(any_ws).status) == ([], "due")
    monkeypatch.setattr(working, "perform_effect", real)
    ended(any_ws, run)  # another worker leaves it alone too
    assert system.asked == []
    resume_run(any_ws, run.id, reason="go on", by=local("Mia"))
    assert ended(any_ws, run).status is RunStatus.COMPLETED
    assert (len(system.orders), len(system.asked)) == (1, 1)
    assert outcomes(any_ws) == [("attempt", "done"), ("outcome", "done")]


def test_what_was_lost_in_a_run_then_paused_is_looked_up_and_not_asked_for_again_until_it_goes_on(
    ws: Workspace, system: OrderSystem, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(ws, system)
    system.moods = ["nothing"]
    run = start_run(ws, "ordering", context={}, by=local("Ada"))
    real = effects._afresh

    def after_a_pause(*arguments: Any) -> Any:
        pause_run(ws, run.id, reason="wait", by=local("Mia"))
        return real(*arguments)

    monkeypatch.setattr(effects, "_afresh", after_a_pause)
    assert ended(ws, run).status is RunStatus.PAUSED
    assert (len(system.asked), len(system.looked_up), effect_of(ws).status) == (1, 1, "due")
    resume_run(ws, run.id, reason="go on", by=local("Mia"))
    assert ended(ws, run).status is RunStatus.COMPLETED
    assert (len(system.orders), len(system.asked)) == (1, 2)


def test_what_is_due_in_a_paused_run_that_is_cancelled_is_withdrawn_and_has_an_outcome(
    ws: Workspace, system: OrderSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(ws, system)
    run = start_run(ws, "ordering", context={}, by=local("Ada"))
    real = effects.perform_effect

    def after_a_pause(*arguments: Any) -> None:
        pause_run(ws, run.id, reason="wait", by=local("Mia"))
        real(*arguments)

    monkeypatch.setattr(working, "perform_effect", after_a_pause)
    ended(ws, run)
    monkeypatch.setattr(working, "perform_effect", real)
    cancel_run(ws, run.id, reason="no", by=local("Mia"))
    assert ended(ws, run).status is RunStatus.CANCELLED
    assert (system.asked, effect_of(ws).status) == ([], "withdrawn")
    assert outcomes(ws) == [("attempt", "failed"), ("outcome", "failed")]


def test_what_nobody_could_say_for_long_is_looked_up_again_even_if_the_run_was_cancelled(
    any_ws: Workspace, system: OrderSystem, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = given_up(any_ws, system, monkeypatch, "lost")
    cancel_run(any_ws, run, reason="no", by=local("Mia"))
    looked = len(system.looked_up)
    system.blind = 0
    ended(any_ws, get_run(any_ws, run))
    assert len(system.looked_up) == looked, "not before an hour is over"
    long_ago(any_ws)
    assert ended(any_ws, get_run(any_ws, run)).status is RunStatus.CANCELLED
    assert (effect_of(any_ws).status, len(system.asked)) == ("done", 1)
    assert [e.kind for e in get_run(any_ws, run).history][-1] == "found done"
    assert outcomes(any_ws) == [("attempt", "done"), ("outcome", "unknown"), ("outcome", "done")]
    assert verify_audit(any_ws).ok


def test_what_is_found_not_done_after_a_cancel_is_withdrawn(
    ws: Workspace, system: OrderSystem, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = given_up(ws, system, monkeypatch, "nothing")
    cancel_run(ws, run, reason="no", by=local("Mia"))
    system.blind = 0
    long_ago(ws)
    ended(ws, get_run(ws, run))
    assert (effect_of(ws).status, len(system.asked)) == ("withdrawn", 1)
    assert outcomes(ws)[-1] == ("outcome", "failed")


def test_a_person_who_takes_over_leaves_no_attempt_without_an_outcome(
    ws: Workspace, system: OrderSystem, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = given_up(ws, system, monkeypatch, "lost")
    system.blind = 0
    (entry,) = inbox(ws, "Max")
    complete(ws, entry.id, changes={"amount": 100, "supplier": "Acme"}, by=local("Max"))
    assert ended(ws, get_run(ws, run)).status is RunStatus.COMPLETED
    found = [r for r in audit_records(ws, limit=1000) if r.action == "purchase_order.draft"]
    attempts = {r.key: r.outcome for r in reversed(found)}
    assert sorted(str(outcome) for outcome in attempts.values()) == ["done", "unknown"]
    assert (len(system.orders), len(system.asked)) == (1, 1)
