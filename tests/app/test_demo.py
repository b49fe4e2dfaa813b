"""The demo end to end, with few runs: its figures are counted again from the runs themselves."""

from __future__ import annotations

import csv
import json
import os
import signal
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.demo.loop import DemoResult, run_demo
from app.demo.story import Story
from app.main import run as run_command
from core.actor.values import local
from core.errors import BadInput, TandemError
from core.settings import Settings
from core.workspace import Workspace, open_workspace
from data.samples import PROCUREMENT_LOG
from governance import PrincipalKind, Ruling, audit_records, principals, verify_audit
from mining.map.maps import list_maps
from orchestrator.promotion.workflows import list_workflows
from orchestrator.running.records import Run
from orchestrator.running.runs import get_run, list_runs

RUNS = 12


@dataclass(frozen=True)
class Done:
    """A demo that is over, with its workspace and runs."""

    ws: Workspace
    result: DemoResult
    runs: tuple[Run, ...]
    told: tuple[str, ...]


def demo(ws: Workspace, path: Path | None = None, runs: int = RUNS) -> Done:
    told: list[str] = []
    result = run_demo(ws, path, runs=runs, by=local(ws.settings.user), story=Story(told.append))
    found = tuple(get_run(ws, run.id) for run in list_runs(ws, workflow=result.workflow, limit=1_000))
    return Done(ws, result, found, tuple(told))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Done]:
    ws = open_workspace(Settings(home=tmp_path_factory.mktemp("sample"), user="Ada"))
    yield demo(ws)
    ws.close()


def worked(run: Run) -> list[str]:
    """The kinds of events of the run in which somebody worked."""
    return [r.kind for r in run.history if r.kind in {"task completed", "task failed"} and r.payload["work"]]


def test_every_run_that_was_started_is_completed(sample: Done) -> None:
    assert sample.result.statuses == {"completed": RUNS}
    assert len(sample.runs) == RUNS
    assert all(run.simulated for run in sample.runs)


def test_the_exported_log_has_an_instance_for_every_attempt_that_was_worked_on(sample: Done) -> None:
    version = sample.ws.logs.get(sample.result.runs_log, sample.result.runs_log_version)
    assert version.cases == RUNS
    assert version.events == sample.result.instances == sum(len(worked(run)) for run in sample.runs)
    with sample.ws.logs.read(version) as connection:
        assert connection.execute("SELECT count(*) FROM performer WHERE NOT simulated").fetchall() == [(0,)]


def counted(done: Done) -> dict[str, float]:
    """Cycle time, error rate and SLA adherence, counted over the events of the runs themselves."""
    spans = []
    for run in done.runs:
        works = [r.payload["work"] for r in run.history if r.payload.get("work")]
        assert all(w["started"] <= w["ended"] for w in works)
        moments = [(_moment(w["started"]), _moment(w["ended"])) for w in works]
        spans.append(max(end for _, end in moments) - min(start for start, _ in moments))
    kinds = Counter(kind for run in done.runs for kind in worked(run))
    met = sum(_end(run) <= run.due_at.timestamp() for run in done.runs)
    return {
        "cycle_time": statistics.median(spans),
        "error_rate": kinds["task failed"] / kinds.total(),
        "sla_adherence": met / RUNS,
    }


def measured(done: Done) -> dict[str, float | None]:
    """The same three KPIs as the demo measured them."""
    values = {c.key: c.now.value for c in done.result.comparisons}
    return {key: values[key] for key in ("cycle_time", "error_rate", "sla_adherence")}


def test_the_kpis_are_those_counted_from_the_runs(sample: Done) -> None:
    assert measured(sample) == pytest.approx(counted(sample), rel=5e-10)
    assert all(c.simulated for c in sample.result.comparisons)


def test_each_run_took_the_way_of_the_case_it_was_drawn_from(sample: Done) -> None:
    log = sample.ws.logs.get(sample.result.log, sample.result.log_version)
    query = """SELECT a.name FROM event JOIN case_ USING (case_no) JOIN activity a USING (activity_no)
               WHERE case_id = ? AND NOT failed AND a.name <> 'Return goods'"""
    with sample.ws.logs.read(log) as connection:
        for run in sample.runs:
            case = run.state.context["simulation"]["case"]
            seen = Counter(name for (name,) in connection.execute(query, [case]).fetchall())
            assert Counter(i.label for i in run.items if i.status == "completed") == seen


def test_an_order_above_the_limit_went_to_the_head_of_procurement(sample: Done) -> None:
    for run in sample.runs:
        labels = {item.label for item in run.items}
        assert ("Approve purchase order above limit" in labels) == (run.state.context["amount"] > 5_000)


def test_drafts_above_the_limit_needed_an_approval_and_others_did_not(sample: Done) -> None:
    agent = next(p for p in principals(sample.ws) if p.name == "Order drafting agent")
    needed = audit_records(sample.ws, principal=agent.id, effect=Ruling.NEEDS_APPROVAL, limit=1_000)
    allowed = audit_records(sample.ws, principal=agent.id, effect=Ruling.ALLOW, limit=1_000)
    amounts = {run.id: run.state.context["amount"] for run in sample.runs}
    assert all(amounts[r.resource_id] > 5_000 for r in needed)
    assert all(amounts[r.resource_id] <= 5_000 or r.payload for r in allowed)


def test_the_forbidden_attempts_are_denied_and_recorded(sample: Done) -> None:
    denied = audit_records(sample.ws, effect=Ruling.DENY, limit=1_000)
    assert Counter(r.action for r in denied) == {"purchase_order.approve": 1, "purchase_order.draft": 2}
    assert all(r.simulated and r.outcome is None for r in denied)
    approving = next(r for r in denied if r.action == "purchase_order.approve")
    assert "procurement.agents_never_approve" in approving.policies
    for record in denied:
        run = get_run(sample.ws, record.resource_id)
        drafted = next(item for item in run.items if item.label == "Draft purchase order")
        assert drafted.performer is not None
        if record.action == "purchase_order.draft":
            assert drafted.performer.startswith("person-")  # a person did it instead
            assert run.state.context["amount"] != 4_999
    assert verify_audit(sample.ws).ok


def test_everybody_in_the_runs_is_marked_simulated(sample: Done) -> None:
    known = {p.id: p for p in principals(sample.ws)}
    performers = {known[i.performer] for run in sample.runs for i in run.items if i.performer}
    assert {p.kind for p in performers} == {PrincipalKind.PERSON, PrincipalKind.AGENT}
    assert all(p.simulated for p in performers)


def test_the_baseline_was_frozen_by_one_person_and_signed_by_another(sample: Done) -> None:
    (proposal,) = list_workflows(sample.ws)
    assert proposal.proposed_by != proposal.signed_by
    assert all(gate.passed for gate in proposal.gates)


def test_the_steps_are_told_in_their_order(sample: Done) -> None:
    assert [step.number for step in sample.result.steps] == [1, 2, 3, 4, 5, 6, 7]
    assert all(step.lines for step in sample.result.steps)


def test_a_second_demo_changes_nothing_and_finds_the_same(sample: Done) -> None:
    def everything() -> tuple[object, ...]:
        ws = sample.ws
        records = audit_records(ws, limit=1)[0].number
        return (
            ws.logs.versions(),
            list_maps(ws),
            list_workflows(ws),
            list_runs(ws, limit=1_000),
            records,
            principals(ws),
        )

    before = everything()
    again = demo(sample.ws)
    assert everything() == before
    assert again.result.comparisons == sample.result.comparisons
    assert sum(step.seconds for step in again.result.steps) < 10


def completed(done: Done) -> Counter[tuple[str, str]]:
    """How often each task was completed for each drawn case."""
    return Counter(
        (run.state.context["simulation"]["case"], i.label)
        for run in done.runs
        for i in run.items
        if i.status == "completed"
    )


def test_a_demo_that_was_killed_goes_on_and_does_every_task_once(sample: Done, tmp_path: Path) -> None:
    environment = {**os.environ, "TANDEM_HOME": str(tmp_path), "TANDEM_USER": "Ada"}
    environment.pop("TANDEM_DATABASE_URL", None)
    command = [sys.executable, "-c", f"from app.main import main; main(['demo', '--no-serve', '--runs', '{RUNS}'])"]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, env=environment, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if "tried" in line:  # the runs are started, and the staff begins
                break
        time.sleep(1.5)
        process.send_signal(signal.SIGKILL)
    ws = open_workspace(Settings(home=tmp_path, user="Ada"))
    try:
        half = list_runs(ws, limit=1_000)
        assert len(half) == RUNS
        again = demo(ws)
        assert again.result.statuses == {"completed": RUNS}
        # The work is the same. Hours may differ: an approval that an interruption made void is asked for again.
        assert completed(again) == completed(sample)
        assert [c.baseline for c in again.result.comparisons] == [c.baseline for c in sample.result.comparisons]
        assert measured(again) == pytest.approx(counted(again), rel=5e-10)
        assert all(c.simulated for c in again.result.comparisons)
    finally:
        ws.close()


def test_the_purchasing_example_runs_the_whole_loop(ws: Workspace, shared_log: Callable[[str], Path]) -> None:
    """PurchasingExample, a sample log of the Simod project: 608 cases."""
    done = demo(ws, shared_log("purchasing_example/PurchasingExample.csv.gz"), runs=8)
    assert done.result.cases == 608
    assert done.result.statuses == {"completed": 8}
    assert done.result.instances == sum(len(worked(run)) for run in done.runs)
    denied = audit_records(ws, effect=Ruling.DENY, limit=1_000)
    assert len(denied) == 3
    assert not any("pilots imported" in line for line in done.told)


def test_two_demos_in_one_home_leave_each_other_alone(ws: Workspace, tmp_path: Path) -> None:
    log = tmp_path / "Permits 2025.csv"
    write_log(log)
    first = demo(ws, log, runs=3)
    assert first.result.workflow == "permits_2025"
    assert first.result.statuses == {"completed": 3}
    second = demo(ws, runs=2)
    assert second.result.statuses == {"completed": 2}
    again = demo(ws, log, runs=4)
    assert again.result.statuses == {"completed": 4}
    assert again.result.workflow_version == first.result.workflow_version


def test_any_log_runs_the_loop_on_both_databases(any_ws: Workspace, tmp_path: Path) -> None:
    log = tmp_path / "permits.csv"
    write_log(log)
    done = demo(any_ws, log, runs=3)
    assert done.result.statuses == {"completed": 3}
    assert done.result.instances == sum(len(worked(run)) for run in done.runs)
    assert demo(any_ws, log, runs=3).result.comparisons == done.result.comparisons


def write_log(path: Path) -> None:
    """40 cases of three steps, an hour apart, done by two people."""
    with path.open("w", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["case", "activity", "start", "end", "performer"])
        for case in range(40):
            for step, activity in enumerate(("Receive permit", "Examine permit", "File permit")):
                day = f"2025-03-{case % 20 + 1:02d}T{9 + 2 * step:02d}"
                writer.writerow([f"c{case}", activity, f"{day}:00:00Z", f"{day}:45:00Z", ("Bo", "Cy")[step % 2]])


def test_the_command_prints_one_json_object(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "permits.csv"
    write_log(log)
    assert run_command(["demo", "--log", str(log), "--runs", "2", "--no-serve", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["statuses"] == {"completed": 2}
    assert printed["simulated"] is True
    assert {c["key"] for c in printed["comparisons"]} >= {"cycle_time", "throughput", "sla_adherence"}


def test_the_command_marks_every_figure_of_the_runs(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "permits.csv"
    write_log(log)
    assert run_command(["demo", "--log", str(log), "--runs", "2", "--no-serve"]) == 0
    out = capsys.readouterr().out
    assert "SIMULATED runs" in out
    assert "Assumed, not measured" in out
    assert "Cost per task is not compared. The baseline is withheld" in out


def test_a_log_that_cannot_be_read_is_refused(settings: Settings, tmp_path: Path) -> None:
    assert run_command(["demo", "--log", str(tmp_path / "nowhere.csv"), "--no-serve"]) == 2
    nonsense = tmp_path / "nonsense.csv"
    nonsense.write_text("a,b\n1,2\n")
    assert run_command(["demo", "--log", str(nonsense), "--no-serve"]) == 2


def test_there_is_one_demo_at_a_time(ws: Workspace) -> None:
    from filelock import FileLock

    with FileLock(ws.settings.home / ".demo.lock"), pytest.raises(TandemError, match="at work already"):
        demo(ws)


def test_a_demo_needs_a_run(ws: Workspace) -> None:
    with pytest.raises(BadInput, match="too few"):
        demo(ws, runs=0)


def test_the_sample_is_recognised_under_another_name(ws: Workspace, tmp_path: Path) -> None:
    from app.demo.importing import import_all

    copy = tmp_path / "copy.csv.gz"
    copy.write_bytes(PROCUREMENT_LOG.read_bytes())
    imported = import_all(ws, copy, by=local("Ada"), story=Story(lambda _: None))
    assert imported.sample
    assert imported.version.log == "procurement"


def _moment(text: str) -> float:
    from datetime import datetime

    return datetime.fromisoformat(text).timestamp()


def _end(run: Run) -> float:
    return max(_moment(r.payload["work"]["ended"]) for r in run.history if r.payload.get("work"))
