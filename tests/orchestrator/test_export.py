"""From runs back to an event log: every attempt somebody worked on, once, with the times that count."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.actor.values import local
from core.errors import BadInput, NotAllowed, NotFound
from core.eventlog import LogVersion
from core.view import View
from core.workspace import Workspace
from kpi import measure
from mining.map.maps import save_map
from orchestrator.monitoring.export import CURSOR, _bound, export_runs, runs_log
from orchestrator.running.approving import answer
from orchestrator.running.inbox import complete, inbox
from orchestrator.running.rows import lock
from orchestrator.running.runs import get_run, start_run
from orchestrator.running.step import remark
from orchestrator.runtimes.values import AgentFailed, AgentProposal, AgentTask
from orchestrator.worker.working import work
from tests.builders import staged_log
from tests.orchestrator.running import AGENTS, department, procurement, promoted, unattended
from tests.patience import patience

MONDAY = datetime(2026, 1, 5, 8, tzinfo=UTC)


def mapped(ws: Workspace) -> None:
    """The map that the workflows of these tests name, from a log whose costs are in euro."""
    staged_log(ws, [("1", "Draft order", "2026-01-01 08:00", "2026-01-01 09:00")], "orders", meta={"currency": "EUR"})
    save_map(ws, "orders", View("orders"), by=local("Ada"))


def rows(ws: Workspace, log: LogVersion, what: str, table: str = "event") -> list[tuple[Any, ...]]:
    """`what` of every activity instance, in order."""
    joined = (
        "event JOIN case_ USING (case_no) JOIN activity USING (activity_no) LEFT JOIN performer USING (performer_no) "
        "JOIN event_attribute USING (case_no, position)"
    )
    with ws.logs.read(log) as connection:
        source = joined if table == "event" else table
        return connection.execute(f"SELECT {what} FROM {source} ORDER BY ALL").fetchall()


def test_runs_become_cases(any_ws: Workspace) -> None:
    ws = any_ws
    department(ws)
    mapped(ws)
    promoted(ws, procurement())
    assert export_runs(ws, "procurement", by=local("Ada")) is None
    run = start_run(ws, "procurement", context={"wanted": 700, "vip": True, "lines": [1, 2]}, by=local("Ada"))
    assert export_runs(ws, "procurement", by=local("Ada")) is None
    work(ws, until_idle=True, agents=AGENTS)
    first = export_runs(ws, "procurement", by=local("Ada"))
    assert first is not None
    assert (first.log, first.version, first.cases, first.events) == ("procurement-runs", 1, 1, 3)
    assert rows(ws, first, "case_id, due, complete", "case_") == [
        (run.id, (run.started_at + timedelta(days=1)).replace(tzinfo=None), False)
    ]
    assert export_runs(ws, "procurement", by=local("Ada")) == first
    complete(ws, inbox(ws, "Cleo")[0].id, by=local("Cleo"), cost=20)
    work(ws, until_idle=True, agents=AGENTS)
    second = export_runs(ws, "procurement", by=local("Ada"))
    assert second is not None
    assert (second.version, second.cases, second.events) == (2, 1, 5)
    assert rows(ws, second, "activity.name, performer.name, event.kind, simulated, cost, failed") == [
        ("Approve order", "Cleo", "human", False, 20.0, False),
        ("Check budget", "Checker", "agent", False, 0.5, False),
        ("Check supplier", "Checker", "agent", False, 0.5, False),
        ("Draft order", "Drafter", "agent", False, 1.5, False),
        ("Send order", "Checker", "agent", False, 0.5, False),
    ]
    assert rows(ws, second, "complete", "case_") == [(True,)]
    assert rows(ws, second, "* EXCLUDE (case_no)", "case_attribute") == [(700, "Acme", True, 700, 1)]
    assert ws.logs.meta(second).stored["currency"] == "EUR"
    assert ws.logs.meta(second).stored["workflow"] == "procurement"


def test_an_unknown_workflow_is_said(ws: Workspace) -> None:
    with pytest.raises(NotFound):
        export_runs(ws, "nothing", by=local("Ada"))


def test_the_log_is_named_after_the_workflow() -> None:
    assert runs_log("Order to cash (EU)") == "order-to-cash-eu-runs"


def test_a_failed_attempt_is_a_failed_activity_instance(ws: Workspace) -> None:
    department(ws)
    mapped(ws)
    promoted(ws, unattended())

    def hesitant(task: AgentTask) -> AgentProposal:
        if task.attempt == 1:
            raise AgentFailed("locked", cost=0.25)
        return AgentProposal(changes={"amount": 1}, cost=1)

    start_run(ws, "unattended", by=local("Ada"))
    work(ws, until_idle=True, agents={**AGENTS, "drafter": hesitant})
    log = export_runs(ws, "unattended", by=local("Ada"))
    assert log is not None
    drafts = [r for r in rows(ws, log, '"@attempt", activity.name, failed, cost') if r[1] == "Draft order"]
    assert drafts == [(1, "Draft order", True, 0.25), (2, "Draft order", False, 1.0)]
    measured = {m.key: m.value for m in measure(ws, View(log.log))}
    assert measured["error_rate"] == pytest.approx(1 / 5)


def simulated_agents(hours: dict[str, float]) -> dict[str, Any]:
    """Agents that say how long each task took, from the moment it was ready."""

    def act(task: AgentTask) -> AgentProposal:
        changes = {"amount": 9000} if task.task.label == "Draft order" else {}
        ended = task.ready_at + timedelta(hours=hours[task.task.label])
        return AgentProposal(changes=changes, occurred=(task.ready_at + timedelta(minutes=30), ended), cost=2)

    return {"drafter": act, "checker": act}


def test_simulated_work_has_the_times_it_says(ws: Workspace) -> None:
    """Draft 8-10, approved 13; budget 13-14, supplier 13-18; the clerk may start at 18, takes until 20; send 20-21."""
    department(ws, simulated=True)
    mapped(ws)
    promoted(ws, procurement())
    started = datetime(2025, 12, 1, 8, tzinfo=UTC)
    run = start_run(ws, "procurement", by=local("Mia"), at=started)
    agents = simulated_agents({"Draft order": 2, "Check budget": 1, "Check supplier": 5, "Send order": 1})
    work(ws, until_idle=True, agents=agents)
    (entry,) = inbox(ws, "Max")
    answer(ws, entry.id, grant=True, reason="fine", by=local("Max"), at=started + timedelta(hours=5))
    work(ws, until_idle=True, agents=agents)
    item = f"{run.id}/0.2#1"
    ready = started + timedelta(hours=10)
    with pytest.raises(BadInput, match="the task was ready at"):
        complete(ws, item, by=local("Cleo"), occurred=(started, ready))
    complete(ws, item, by=local("Cleo"), occurred=(ready + timedelta(hours=1), ready + timedelta(hours=2)))
    work(ws, until_idle=True, agents=agents)
    ended = get_run(ws, run.id)
    assert (ended.simulated, ended.started_at, ended.ended_at) == (True, started, started + timedelta(hours=13))
    log = export_runs(ws, "procurement", by=local("Ada"))
    assert log is not None
    instances = rows(ws, log, "event.started, activity.name, event.ended, simulated")
    assert [(s.hour + s.minute / 60, name, e.hour) for s, name, e, _ in instances] == [
        (8.5, "Draft order", 10),
        (13.5, "Check budget", 14),
        (13.5, "Check supplier", 18),
        (19, "Approve order", 20),
        (20.5, "Send order", 21),
    ]
    assert all(simulated for *_, simulated in instances)
    assert {m.key: m.value for m in measure(ws, View(log.log))}["cycle_time"] == 12.5 * 3600


def test_real_people_cannot_say_when_they_worked(ws: Workspace) -> None:
    department(ws)
    promoted(ws, procurement())
    run = start_run(ws, "procurement", by=local("Ada"))
    work(ws, until_idle=True, agents=AGENTS)
    now = ws.clock.now()
    with pytest.raises(NotAllowed, match="measured, never said"):
        complete(ws, f"{run.id}/0.2#1", by=local("Cleo"), occurred=(now, now))


@pytest.mark.parametrize("any_ws", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_events_of_a_transaction_still_open_wait_for_the_next_version(any_ws: Workspace) -> None:
    """On PostgreSQL an event with a lower id can become visible after one with a higher id; it must not be lost."""
    ws = any_ws
    department(ws)
    mapped(ws)
    promoted(ws, unattended())
    first, second = (start_run(ws, "unattended", by=local("Ada")).id for _ in range(2))
    go, written = threading.Event(), threading.Event()

    def slow() -> None:
        with ws.database.begin() as connection:
            row = lock(connection, first)
            remark(connection, row, "claimed", item=None, attempt=None, performer=None, at=ws.clock.now())
            written.set()
            go.wait(timeout=patience(30))

    thread = threading.Thread(target=slow)
    thread.start()
    assert written.wait(timeout=patience(30))
    with ws.database.begin() as connection:
        row = lock(connection, second)
        remark(connection, row, "claimed", item=None, attempt=None, performer=None, at=ws.clock.now())
    with ws.database.read() as connection:
        _, before = _bound(connection, "unattended")
    go.set()
    thread.join()
    with ws.database.read() as connection:
        cursor, after = _bound(connection, "unattended")
    assert (before, after) == (2, 4)
    work(ws, until_idle=True, agents=AGENTS)
    log = export_runs(ws, "unattended", by=local("Ada"))
    assert log is not None
    assert (log.cases, log.events) == (2, 8)
    assert tuple(ws.logs.meta(log).stored[CURSOR]) > cursor


def test_numbers_beyond_all_columns_are_exported_as_text(ws: Workspace) -> None:
    department(ws)
    mapped(ws)
    promoted(ws, unattended())
    for number in (10**400, 7):
        start_run(ws, "unattended", context={"number": number}, by=local("Ada"))
    work(ws, until_idle=True, agents=AGENTS)
    log = export_runs(ws, "unattended", by=local("Ada"))
    assert log is not None
    assert log.cases == 2
    assert rows(ws, log, '"@number"', "case_attribute") == [("1" + "0" * 400,), ("7",)]


def test_work_is_exported_with_the_system_that_the_task_names(ws: Workspace) -> None:
    department(ws)
    mapped(ws)
    promoted(ws, procurement(Draft_order={"system": "SAP"}))
    start_run(ws, "procurement", by=local("Ada"))
    work(ws, until_idle=True, agents=AGENTS)
    log = export_runs(ws, "procurement", by=local("Ada"))
    assert log is not None
    with ws.logs.read(log) as connection:
        found = connection.execute(
            "SELECT a.name, s.name FROM event JOIN activity a USING (activity_no) JOIN system s USING (system_no) "
            "ORDER BY ALL"
        ).fetchall()
    assert found == [("Check budget", "Tandem"), ("Check supplier", "Tandem"), ("Draft order", "SAP")]
