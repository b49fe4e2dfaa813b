"""Addresses of agents, the processes that serve them, and what is taken for an answer."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from core.actor.values import local
from core.errors import BadInput, NotFound
from core.settings import Settings
from core.workspace import Workspace
from orchestrator.machine.task import Doer, TaskSpec
from orchestrator.machine.values import ItemStatus, RunStatus
from orchestrator.running.runs import get_run, start_run
from orchestrator.runtimes.agents import Agents, registered
from orchestrator.runtimes.checking import checked
from orchestrator.runtimes.child import Code
from orchestrator.runtimes.limits import DEPTH, NAMES, TEXT, Limits
from orchestrator.runtimes.protocol import Answer, Closed
from orchestrator.runtimes.python import code_of
from orchestrator.runtimes.values import AgentPrincipal, AgentTask
from orchestrator.runtimes.wire import task_from_dict, task_to_dict
from orchestrator.worker import working
from orchestrator.worker.working import work
from tests.orchestrator.running import AGENTS, department, promoted, unattended
from tests.patience import patience, wait_until

HERE = "python:tests.orchestrator.agents"
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
TASK = AgentTask(
    key="r1/0.0#1/1", run="r1", item="0.0#1", attempt=1, workflow="w", version=2,
    task=TaskSpec("0.0", "Draft", Doer.AGENT, "drafter", "order.draft", "Order", "agent", fields=("amount",)),
    context={"wanted": 7, "nested": {"a": [1, None, "ü"]}}, answers={"Check": {"ok": True}},
    principal=AgentPrincipal("agent-a", "A", ("drafter",), 3), ready_at=NOON, cause="again",
)  # fmt: skip


def soon() -> float:
    """A deadline that nothing honest misses."""
    return time.monotonic() + patience(10)


@pytest.fixture
def agents() -> Iterator[Agents]:
    """Agents under small limits, closed afterwards."""
    made = Agents(limits=Limits(children=2))
    yield made
    made.close()


def pid(agents: Agents, **changes: Any) -> int:
    """The process that answers."""
    answer = agents.ask(f"{HERE}:process", replace(TASK, **changes), soon())
    assert answer.proposal is not None, answer
    return int(answer.proposal.answer["pid"])


def test_a_task_survives_its_way_to_the_agent() -> None:
    assert task_from_dict(json.loads(json.dumps(task_to_dict(TASK)))) == TASK


def test_an_address_is_a_scheme_and_what_it_leads_to() -> None:
    known = {"drafts": "shop.agents:draft"}
    assert code_of("drafts", known) == Code("shop.agents", "draft")
    assert code_of("shop.agents:Drafter.ask", known) == Code("shop.agents", "Drafter.ask")
    with pytest.raises(NotFound, match=r"There is no agent runtime `paints`\. Known: `drafts`"):
        code_of("paints", known)
    for wrong in ("shop agents:draft", "shop:", "a:b:c", "../x:y", ":x"):
        with pytest.raises(BadInput, match="names no function"):
            code_of(wrong, known)


def test_the_simulated_agent_of_earlier_releases_is_still_found() -> None:
    assert code_of("simulated", {}) == Code("app.demo.agents", "simulated")
    assert code_of("simulated", {"simulated": "mine:own"}) == Code("mine", "own")


def test_an_agent_stored_by_an_earlier_release_is_still_asked(agents: Agents) -> None:
    answer = agents.ask("simulated", TASK, soon())
    assert answer.proposal is not None
    assert (answer.proposal.note, set(answer.proposal.changes)) == ("simulated", {"amount"})


def test_an_agent_is_reached_when_it_is_registered(settings: Settings) -> None:
    assert registered(f" {HERE}:draft ", settings) == f"{HERE}:draft"
    assert registered("simulated", settings) == "python:simulated"
    for address, words in {
        "http://localhost": "begins with no known scheme. Known: `python:`",
        "tests.orchestrator.agents:draft": "write `python:tests.orchestrator.agents:draft`",
        "python:": "no known scheme",
        "painter": "There is no agent runtime `painter`",
        f"{HERE}:nothing": "cannot be loaded. AttributeError",
        f"{HERE}:NUMBER": "cannot be called",
        "python:no.such.module:f": "cannot be loaded. ModuleNotFoundError: No module named 'no'",
        "python:tests.orchestrator.exits:f": "ended with status 4",
    }.items():
        with pytest.raises(BadInput, match=words):
            registered(address, settings)


def test_registering_runs_no_code_of_the_agent_here(settings: Settings) -> None:
    """Its module stops whatever process imports it."""
    with pytest.raises(BadInput):
        registered("python:tests.orchestrator.exits:f", settings)


def test_a_process_serves_one_agent_and_one_principal_again_and_again(agents: Agents) -> None:
    first = pid(agents)
    assert first != os.getpid()
    assert pid(agents) == first
    other = pid(agents, principal=replace(TASK.principal, id="agent-b"))
    assert other != first
    assert pid(agents) == first


def test_the_process_unused_for_longest_makes_room(agents: Agents) -> None:
    first, second, third = (pid(agents, principal=replace(TASK.principal, id=f"agent-{n}")) for n in range(3))
    assert not Path(f"/proc/{first}").exists()  # reaped
    assert Path(f"/proc/{second}").exists()
    assert pid(agents, principal=replace(TASK.principal, id="agent-2")) == third


def test_a_process_that_died_meanwhile_is_replaced_unseen(agents: Agents) -> None:
    first = pid(agents)
    os.kill(first, 9)
    over = os.WEXITED | os.WNOHANG | os.WNOWAIT  # its state alone says `Z` while some of its threads still end
    wait_until(lambda: os.waitid(os.P_PID, first, over) is not None, 5, "it has died")
    assert pid(agents) != first
    assert not Path(f"/proc/{first}").exists()


def test_what_a_process_sees_is_bare(agents: Agents) -> None:
    answer = agents.ask(f"{HERE}:surroundings", TASK, soon())
    assert answer.proposal is not None
    said = answer.proposal.answer
    assert set(said["environment"]) <= {"PATH", "LANG", "HOME", "TMPDIR", "LC_CTYPE"}
    assert said["home"] == said["folder"]
    assert said["files"] == []
    assert said["session"] is True
    assert said["core"] == 0
    assert not said["heavy"]
    assert "email" not in said["principal"]
    agents.close()
    assert not Path(said["folder"]).exists()


def test_an_agent_that_is_late_is_ended_at_the_deadline(agents: Agents) -> None:
    first = pid(agents)
    begun = time.monotonic()
    assert agents.ask(f"{HERE}:process", replace(TASK, context={"seconds": 600}), begun + 0.5) == Answer(late=True)
    assert time.monotonic() - begun < patience(1)
    assert not Path(f"/proc/{first}").exists()


def test_a_question_can_be_cancelled_and_a_worker_closed_while_it_is_asked() -> None:
    agents = Agents()
    said: list[Answer | Closed] = []

    def ask() -> None:
        try:
            said.append(agents.ask(f"{HERE}:process", replace(TASK, context={"seconds": 600}), soon()))
        except Closed as closed:
            said.append(closed)

    thread = threading.Thread(target=ask)
    thread.start()
    wait_until(lambda: agents.cancel(TASK.key), 5, "the question is asked")
    thread.join()
    thread = threading.Thread(target=ask)
    thread.start()
    wait_until(lambda: len(agents._runtimes["python"]._pool._busy) == 1, 5, "it is asked again")  # type: ignore[attr-defined]
    agents.close()
    thread.join()
    assert not agents.cancel(TASK.key)
    cancelled, closed = said
    assert isinstance(cancelled, Answer)
    assert cancelled.failure is not None
    assert cancelled.failure.message == "The agent's process was ended by SIGKILL."
    assert isinstance(closed, Closed)


def test_what_is_asked_when_the_worker_stops_is_left_to_the_next_one(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(working, "_PATIENCE_SECONDS", 0.5)
    department(ws)
    promoted(ws, unattended())
    run = start_run(ws, "unattended", context={"seconds": 600}, by=local("Ada"))
    stop = threading.Event()
    agents = {"drafter": f"{HERE}:process", "checker": f"{HERE}:check"}
    worker = threading.Thread(target=work, args=(ws,), kwargs={"agents": agents, "stop": stop})
    worker.start()
    wait_until(lambda: get_run(ws, run.id).items[0].begun == 1, 20, "the attempt is begun")
    time.sleep(1)
    stop.set()
    worker.join(patience(10))
    assert not worker.is_alive()
    (item,) = get_run(ws, run.id).items
    assert (item.status, item.attempt, item.cause) == (ItemStatus.OPEN, 1, None)
    work(ws, until_idle=True, agents=AGENTS)
    found = get_run(ws, run.id)
    assert found.status is RunStatus.COMPLETED
    assert [r.kind for r in found.history if r.item == "0.0#1"] == ["task completed"]
    assert [r.getMessage() for r in caplog.records if r.levelname == "ERROR"] == []


def test_an_interpreter_that_cannot_be_started_is_told() -> None:
    agents = Agents(limits=Limits(python="/nowhere/python"))
    answer = agents.ask(f"{HERE}:process", TASK, soon())
    assert answer.failure is not None
    assert "`/nowhere/python` says" in answer.failure.message


def body(**said: Any) -> bytes:
    """A proposal as an agent's process may write it."""
    return json.dumps({"id": 1, "proposal": said}).encode()


def nested(levels: int) -> Any:
    """A list in a list in a list."""
    deep: Any = 1
    for _ in range(levels):
        deep = [deep]
    return deep


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (b"no", "is no JSON"),
        (b"[" * 100_000, "is no JSON, or is nested too deeply"),
        (b"[1]", "is no JSON object"),
        (b'{"id": 2, "proposal": {}}', "another question"),
        (b'{"id": true, "proposal": {}}', "another question"),
        (b'{"proposal": {}}', "another question"),
        (b'{"id": 1}', "neither a proposal nor a failure"),
        (b'{"id": 1, "proposal": {}, "failure": {}}', "neither a proposal nor a failure"),
        (b'{"id": 1, "proposal": [1]}', "neither a proposal nor a failure"),
        (b'{"id": 1, "failure": {}}', "cause of the failure is no text"),
        (body(approved=True), "has parts that none has"),
        (body(changes=[1]), "The changes are no object"),
        (body(answer="yes"), "The answer are no object"),
        (body(cost="much"), "The cost is no finite number from 0"),
        (body(cost=-1), "The cost is no finite number"),
        (body(cost=2**60), "The cost is too large"),
        (body(confidence=True), "The confidence is no finite number from 0 to 1"),
        (body(confidence=1.01), "The confidence is no finite number from 0 to 1"),
        (body(note=1), "The note is no text"),
        (body(note="x" * (TEXT + 1)), f"The note is longer than {TEXT:,} characters"),
        (body(occurred=["now", "then"]), "not a start and an end"),
        (body(occurred=["2026-01-05T12:00:00Z"]), "not a start and an end"),
        (body(occurred="2026"), "not a start and an end"),
        (body(answer={"a": nested(DEPTH + 1)}), f"nested in more than {DEPTH} levels"),
        (body(answer={f"n{n}": n for n in range(NAMES + 20)}), f"more than {NAMES:,} fields"),
        (body(answer={"a": [0] * 30_000}), "20,000 values"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused_by_its_part(said: bytes, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        checked(said, 1)


def test_an_answer_within_bounds_is_taken() -> None:
    said = body(
        changes={"a": nested(DEPTH - 2)}, answer={}, cost=2, confidence=0.5, note="why\0",
        occurred=[NOON.isoformat(), (NOON + timedelta(hours=1)).isoformat()],
    )  # fmt: skip
    proposal = checked(said, 1).proposal
    assert proposal is not None
    assert (proposal.cost, proposal.confidence, proposal.note) == (2, 0.5, "why?")
    assert proposal.occurred == (NOON, NOON + timedelta(hours=1))


def test_a_failure_stays_one_though_what_it_says_beside_is_wrong() -> None:
    said = {"id": 1, "failure": {"cause": "x" * 5000, "retry": False, "cost": "much"}}
    failure = checked(json.dumps(said).encode(), 1).failure
    assert failure is not None
    assert (failure.retry, failure.cost) == (False, None)
    assert failure.message == "x" * TEXT + "...; The cost is no finite number from 0."
