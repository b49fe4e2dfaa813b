"""What a worker says at its start, and when it first meets an agent that cannot be asked; what a check says before."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from core.actor.values import local
from core.workspace import Workspace
from governance import add_agent, set_active
from orchestrator.machine.task import EffectSpec
from orchestrator.promotion.planning import Plan
from orchestrator.promotion.promote import gates, promote, sign
from orchestrator.promotion.workflows import get_proposal
from orchestrator.running.runs import get_run, start_run
from orchestrator.runtimes.looking import is_there
from orchestrator.worker.working import work
from tests.orchestrator.office import BINDINGS, governed, mapped
from tests.orchestrator.running import AGENTS, department, promoted, unattended

ADA = local("Ada")


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which Python looks; importing what is in it leaves a mark."""
    folder = tmp_path / "packages"
    mark = f"open({str(tmp_path / 'mark')!r}, 'w').close()\n"
    for name in ("boom/__init__.py", "boom/inner.py", "space/room/thing.py"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(mark)
    (folder / "halting.py").write_text("import a_library_that_is_not_there\n")
    monkeypatch.syspath_prepend(str(folder))
    return folder


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the worker warned of, in order."""
    return [r.getMessage() for r in caplog.records if (r.name, r.levelname) == ("tandem.worker", "WARNING")]


def connector(ws: Workspace, name: str, **headers: str) -> None:
    """Set up a connector with these headers."""
    folder = ws.settings.home / "connectors"
    folder.mkdir(exist_ok=True)
    action = {"perform": "POST /orders", "look_up": "GET /orders/{key}", "arguments": ["amount"]}
    setup = {"kind": "http", "base": "http://127.0.0.1:1", "headers": headers, "actions": {"create_order": action}}
    (folder / f"{name}.json").write_text(json.dumps(setup))


@pytest.mark.parametrize(
    ("module", "there"),
    [
        ("sys", True), ("json.decoder", True), ("tests.orchestrator.agents", True), ("boom", True),
        ("boom.inner", True), ("space.room.thing", True), ("halting", True), ("nowhere", False),
        ("nowhere.at.all", False), ("boom.outer", False), ("boom.inner.deeper", False), ("sys.path", False),
    ],
)  # fmt: skip
def test_a_module_is_found_or_not_without_running_anything(
    packages: Path, tmp_path: Path, module: str, there: bool
) -> None:
    assert is_there(module) is there
    assert not (tmp_path / "mark").exists()
    assert not {"boom", "space", "halting", "nowhere"} & set(sys.modules)


def test_the_worker_names_at_its_start_the_agents_that_it_cannot_ask_once_each(
    ws: Workspace, packages: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    department(ws)
    promoted(ws, unattended())
    for name, runtime in {"Gone": "python:nowhere.at:work", "There": "python:boom.inner:work", "Old": "gone"}.items():
        add_agent(ws, name, owner="Ada", sponsor="Ada", roles=["drafter"], runtime=runtime, autonomy_level=2, by=ADA)
    set_active(ws, "Old", active=False, reason="retired", by=ADA)
    runs = [start_run(ws, "unattended", by=ADA) for _ in range(2)]
    work(ws, until_idle=True, agents={"drafter": AGENTS["drafter"]})
    unknown, gone = sorted(warnings(caplog), key=lambda said: "nowhere" in said)
    assert "The agent `Checker` cannot be asked at `checker`, so its tasks fail and go to people." in unknown
    assert "There is no agent runtime `checker`." in unknown
    assert "The agent `Gone` cannot be asked at `python:nowhere.at:work`" in gone
    assert "There is no module `nowhere.at` where Python looks. Install its module where the worker runs" in gone
    assert all("no agent runtime" in str(get_run(ws, run.id).items[1].cause) for run in runs)
    assert not (tmp_path / "mark").exists()


def test_the_worker_warns_once_when_it_first_meets_an_agent_that_cannot_be_loaded(
    ws: Workspace, packages: Path, caplog: pytest.LogCaptureFixture
) -> None:
    department(ws)
    promoted(ws, unattended())
    for _ in range(2):
        start_run(ws, "unattended", by=ADA)
    work(ws, until_idle=True, agents={**AGENTS, "drafter": "python:halting:work"})
    (said,) = warnings(caplog)
    assert "The agent `Drafter` cannot be asked at `drafter`" in said
    assert "The agent `halting:work` cannot be loaded. ModuleNotFoundError: No module named 'a_library_that" in said
    assert "halting" not in sys.modules


def test_the_worker_names_at_its_start_the_connectors_that_lack_a_variable_once_each(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    department(ws)
    monkeypatch.setenv("TANDEM_TEST_SET", "")
    monkeypatch.delenv("TANDEM_TEST_TOKEN", raising=False)
    both = "${TANDEM_TEST_USER}:${TANDEM_TEST_TOKEN}"
    connector(ws, "crm", Authorization=both, Again="${TANDEM_TEST_TOKEN}")
    connector(ws, "erp", Authorization="${TANDEM_TEST_SET}", Plain="$TANDEM_TEST_TOKEN")
    connector(ws, "odd")
    (ws.settings.home / "connectors" / "odd.json").write_text("{}")
    work(ws, until_idle=True, agents=AGENTS)
    lacking, odd = warnings(caplog)
    assert "The connector `crm` needs `TANDEM_TEST_USER`, `TANDEM_TEST_TOKEN`, which the environment of" in lacking
    assert "Set it and start the worker again." in lacking
    assert odd.startswith("The connector `odd` cannot be used.")


def test_a_check_warns_of_a_variable_that_a_connector_needs_and_stops_nothing(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    governed(ws)
    mapped(ws)
    connector(ws, "erp", Authorization="Bearer ${TANDEM_TEST_TOKEN}")
    effect = EffectSpec("erp", "create_order", {"amount": "amount"})
    tasks = {**BINDINGS, "Draft": replace(BINDINGS["Draft"], effect=effect)}
    plan = Plan("orders", "orders", tasks, 3600.0)
    (bound,) = [gate for gate in gates(ws, plan) if gate.name == "tasks bound"]
    said = (
        "the effect of `Draft`: the connector `erp` needs `TANDEM_TEST_TOKEN`, which is not set here: set it where "
        "the worker runs.",
    )
    assert (bound.passed, bound.warnings) == (True, said)
    promote(ws, "orders", map_name="orders", tasks=tasks, sla_seconds=3600.0, by=local("Sam"))
    kept = {gate.name: gate.warnings for gate in get_proposal(ws, "orders").gates}
    assert kept == {name: said if name == "tasks bound" else () for name in kept}
    monkeypatch.setenv("TANDEM_TEST_TOKEN", "secret")
    signed = sign(ws, "orders", by=local("Olga"))
    assert [gate.warnings for gate in signed.gates] == [()] * len(signed.gates)
