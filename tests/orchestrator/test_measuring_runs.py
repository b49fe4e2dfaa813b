"""What runs come to is measured as it was: the failed, the cancelled and the overdue count, each version by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.actor.values import local
from core.eventlog import LogVersion
from core.view import View
from core.workspace import Workspace
from kpi import Measurement, compare, freeze_baseline, measure
from kpi.verdict.reading import read_side
from kpi.verdict.throughput import ends
from mining.map.maps import save_map
from orchestrator.monitoring.baselines import baseline_of_runs, baselines_of_runs
from orchestrator.monitoring.export import export_runs
from orchestrator.promotion.workflows import WorkflowStatus
from orchestrator.running.runs import cancel_run, start_run
from orchestrator.runtimes.values import AgentFailed, AgentProposal, AgentTask
from orchestrator.worker.working import work
from tests.builders import staged_log
from tests.orchestrator.agents import draft
from tests.orchestrator.running import (
    AGENTS,
    department,
    procurement,
    promoted,
    unattended,
)

HOUR = 3600.0


def mapped(ws: Workspace) -> None:
    """The map that the workflows of these tests name, from a log of three cases."""
    rows = [(str(n), "Draft order", f"2026-01-0{n} 08:00", f"2026-01-0{n} 09:00") for n in (1, 2, 3)]
    staged_log(ws, rows, "orders", meta={"currency": "EUR"})
    save_map(ws, "orders", View("orders"), by=local("Ada"))


def failing(task: AgentTask) -> AgentProposal:
    """Drafts what is wanted, and cannot where the context says so."""
    if task.context.get("locked"):
        raise AgentFailed("locked", retry=False)
    return draft(task)


def measured(ws: Workspace, log: LogVersion) -> dict[str, Measurement]:
    return {m.key: m for m in measure(ws, View(log.log, log.version))}


def exported(ws: Workspace, workflow: str) -> LogVersion:
    log = export_runs(ws, workflow, by=local("Ada"))
    assert log is not None
    return log


def test_runs_that_fail_are_errors_and_miss_their_sla(ws: Workspace) -> None:
    department(ws)
    mapped(ws)
    flow = unattended(checks=1)
    tasks = {node: replace(task, escalation=()) for node, task in flow.tasks.items()}
    promoted(ws, replace(flow, tasks=tasks))
    for n in range(10):
        start_run(ws, "unattended", context={"locked": n < 8}, by=local("Ada"))
    work(ws, until_idle=True, agents={**AGENTS, "drafter": failing})
    found = measured(ws, exported(ws, "unattended"))
    # 8 runs of one failed draft; 2 of draft, check and send: 8 of 14 attempts, 8 of 14 tasks, 8 of 10 cases
    assert found["error_rate"].value == pytest.approx(8 / 14)
    assert [b.value for b in found["error_rate"].beside] == [pytest.approx(8 / 14), pytest.approx(8 / 10)]
    assert found["sla_adherence"].value == pytest.approx(2 / 10)
    assert found["sla_adherence"].n == 10
    assert found["cycle_time"].left_out.words == "8 of 10 cases are left out: 8 failed"


def test_a_run_that_is_cancelled_or_still_open_past_due_has_missed_its_sla(ws: Workspace) -> None:
    department(ws)
    mapped(ws)
    promoted(ws, procurement())
    runs = [start_run(ws, "procurement", by=local("Ada")).id for _ in range(4)]
    work(ws, until_idle=True, agents=AGENTS)  # all wait for a clerk
    cancel_run(ws, runs[0], reason="not needed", by=local("Mia"))
    before = measured(ws, exported(ws, "procurement"))["sla_adherence"]
    assert (before.value, before.n) == (0, 1)
    ws.clock.advance(timedelta(days=2))  # type: ignore[attr-defined]
    cancel_run(ws, runs[1], reason="not needed", by=local("Mia"))
    log = exported(ws, "procurement")
    after = measured(ws, log)["sla_adherence"]
    assert (after.value, after.n) == (0, 4)
    with ws.logs.open(View(log.log)) as opened:  # the stored fact is the same as the measured one
        assert opened.connection.execute("SELECT count(*) FILTER (NOT met) FROM case_").fetchall() == [(4,)]
        assert opened.known_until == ws.clock.now()


def test_runs_on_which_nobody_worked_are_said(ws: Workspace) -> None:
    department(ws)
    mapped(ws)
    promoted(ws, procurement())
    start_run(ws, "procurement", by=local("Ada"))
    work(ws, until_idle=True, agents=AGENTS)
    ids = [start_run(ws, "procurement", by=local("Ada")).id for _ in range(3)]
    cancel_run(ws, ids[0], reason="not needed", by=local("Mia"))
    ws.clock.advance(timedelta(days=2))  # type: ignore[attr-defined]
    said = "3 runs on which nobody has worked cannot be in this log and count in no KPI: 1 cancelled, 2 overdue."
    assert said in measured(ws, exported(ws, "procurement"))["sla_adherence"].doubts


def test_throughput_that_verdicts_rest_on_counts_complete_cases_alone(ws: Workspace) -> None:
    rows = [(f"c{n}", "x", f"2026-01-{1 + n:02d} 08:00", f"2026-01-{1 + n:02d} 09:00") for n in range(12)]
    with ws.logs.draft("example") as made:
        made.connection.execute(
            "CREATE TABLE staged (case_id VARCHAR, activity VARCHAR, started TIMESTAMP, ended TIMESTAMP,"
            " performer VARCHAR, performer_kind VARCHAR, simulated BOOLEAN,"
            " system VARCHAR, cost DOUBLE, failed BOOLEAN,"
            " started_offset SMALLINT, ended_offset SMALLINT, source_row BIGINT)"
        )
        made.connection.execute("CREATE TABLE staged_case (case_id VARCHAR, due TIMESTAMP, state VARCHAR)")
        for number, (case, activity, started, ended) in enumerate(rows):
            made.connection.execute(
                "INSERT INTO staged (case_id, activity, started, ended, source_row) VALUES (?, ?, ?, ?, ?)",
                [case, activity, started, ended, number],
            )
            state = "failed" if number % 2 else "complete"
            made.connection.execute("INSERT INTO staged_case VALUES (?, NULL, ?)", [case, state])
        made.publish(source="test", digest="d", created_by="test", event_rows=12, meta={})
    population = read_side(ws, View("example"), sla_seconds=None, as_of=None).population
    assert (population.complete.sum(), population.done.sum()) == (12, 6)
    assert ends(population, 0).count.sum() <= 6


def two_versions(ws: Workspace) -> LogVersion:
    """Runs of two versions of one workflow, each with a baseline of its own, and a third version that nobody signed."""
    department(ws)
    mapped(ws)
    for version, sla in ((1, HOUR), (2, 2 * HOUR), (3, 3 * HOUR)):
        frozen = freeze_baseline(ws, View("orders"), sla_seconds=sla, by=local("Ada"))
        flow = replace(unattended(checks=1), version=version, baseline=str(frozen.id))
        promoted(ws, flow, WorkflowStatus.PROPOSED if version == 3 else WorkflowStatus.PROMOTED)
        if version < 3:
            for _ in range(version):
                start_run(ws, "unattended", by=local("Ada"))
            work(ws, until_idle=True, agents=AGENTS)
    return exported(ws, "unattended")


def test_runs_are_compared_with_the_baseline_of_the_signed_version_that_ran_them(ws: Workspace) -> None:
    log = two_versions(ws)
    assert log.cases == 3
    second, first = baselines_of_runs(ws, log)
    assert (second.version, second.runs, second.baseline) == (2, 2, 2)
    assert (first.version, first.runs, first.baseline) == (1, 1, 1)
    assert baseline_of_runs(ws, log) == second
    assert {c.key: c.now.n for c in compare(ws, second.baseline, second.view)}["cycle_time"] == 2
    assert {c.key: c.now.n for c in compare(ws, first.baseline, first.view)}["cycle_time"] == 1


def test_a_log_that_was_not_made_from_runs_has_no_baseline_of_runs(ws: Workspace) -> None:
    mapped(ws)
    assert baselines_of_runs(ws, ws.logs.get("orders")) == ()


def test_runs_of_one_version_need_no_filter(ws: Workspace) -> None:
    department(ws)
    mapped(ws)
    frozen = freeze_baseline(ws, View("orders"), by=local("Ada"))
    promoted(ws, replace(unattended(), baseline=str(frozen.id)))
    start_run(ws, "unattended", by=local("Ada"))
    work(ws, until_idle=True, agents=AGENTS)
    found = baseline_of_runs(ws, exported(ws, "unattended"))
    assert found is not None
    assert found.view.selection.is_whole
