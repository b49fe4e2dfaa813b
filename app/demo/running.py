"""Step 6, second half: the worker does what agents do, simulated staff does the rest, until every run is over."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module

from app.demo.governing import Governed
from app.demo.scenario import Scenario
from app.demo.staff import Dealt, work_through
from app.demo.story import Story
from core.errors import TandemError
from core.workspace import Workspace
from governance import Request, Ruling, audit_records, gate
from orchestrator.machine.values import RunStatus, Workflow
from orchestrator.running.inbox import EntryKind
from orchestrator.running.records import Run
from orchestrator.running.runs import list_runs
from orchestrator.worker.working import work

ALL = 1_000_000  # rows: as many as there are
_STALLED_AFTER = 90.0  # seconds in which nothing happens in any run
_TOLD_EVERY = 10.0  # seconds
_PAUSE = 0.05  # seconds, while only agents are at work


@dataclass
class _Worker:
    """A worker in a thread of this process, so that it ends with it."""

    stop: threading.Event = field(default_factory=threading.Event)
    failure: Exception | None = None

    def check(self) -> None:
        """Raise what ended the worker, unless one of another process is at work here: then that one does the tasks."""
        if self.failure is not None and not isinstance(self.failure, TandemError):
            raise self.failure


@dataclass
class _Watch:
    """Sees whether the runs move, and when it is time to say so."""

    wanted: int
    story: Story
    _seen: object = None
    _moved: float = field(default_factory=time.monotonic)
    _told: float = field(default_factory=time.monotonic)

    def look(self, running: Mapping[str, int], worker: _Worker, dealt: Dealt) -> None:
        """Raise TandemError when nothing has moved for long."""
        worker.check()
        now = time.monotonic()
        if self._seen != running:
            self._seen, self._moved = dict(running), now
        if now - self._moved > _STALLED_AFTER:
            why = " ".join(filter(None, (dealt.refused, str(worker.failure or ""))))
            raise TandemError(f"{len(running)} runs do not go on: nothing happened in {_STALLED_AFTER:.0f} s. {why}")
        if now - self._told > _TOLD_EVERY:
            self._told = now
            self.story.progress(f"{self.wanted - len(running)} of {self.wanted} runs are over")


def finish(ws: Workspace, workflow: Workflow, runs: Collection[Run], governed: Governed, story: Story) -> None:
    """Work until none of `runs` is running any more. Raises TandemError when nothing moves for long."""
    wanted = {run.id for run in runs}
    running = _running(ws, workflow, wanted)
    if not running:
        story.say("all of them are over already")
        return
    done: Counter[EntryKind] = Counter()
    watch = _Watch(len(wanted), story)
    with _worker(ws) as worker:
        while running:
            dealt = _one_round(ws, governed, running)
            done.update(dealt.done)
            watch.look(running, worker, dealt)
            if not dealt.done:
                time.sleep(_PAUSE)
            running = _running(ws, workflow, wanted)
    story.say(f"simulated staff: {done[EntryKind.TASK]} tasks done, {done[EntryKind.APPROVAL]} approvals answered")


def _one_round(ws: Workspace, governed: Governed, running: Collection[str]) -> Dealt:
    """What the staff dealt with: what anybody of a role sees or, where that is nothing, what single people hold."""
    dealt = work_through(ws, governed.staff, running)
    return dealt if dealt.done else work_through(ws, governed.staff, running, everyone=True)


def _running(ws: Workspace, workflow: Workflow, wanted: Collection[str]) -> dict[str, int]:
    """Those of the wanted runs that are running, with the number of their events."""
    found = list_runs(ws, workflow=workflow.name, status=RunStatus.RUNNING, limit=ALL)
    return {run.id: run.events for run in found if run.id in wanted}


@contextmanager
def _worker(ws: Workspace) -> Iterator[_Worker]:
    import_module("dbos")  # here, not by two threads at once: what it imports cannot bear that half done
    worker = _Worker()

    def run() -> None:
        try:
            work(ws, stop=worker.stop)
        except Exception as failure:  # noqa: BLE001  handed to the thread that can raise it, see `check`
            worker.failure = failure

    thread = threading.Thread(target=run, name="demo-worker", daemon=True)
    thread.start()
    try:
        yield worker
    finally:
        worker.stop.set()
        thread.join()


def try_forbidden(
    ws: Workspace, workflow: Workflow, run: Run, scenario: Scenario, governed: Governed, story: Story
) -> None:
    """An agent tries what it may never do, through the gate like everything else; what is decided is recorded."""
    action = scenario.forbidden_action
    agent = next((a for a in governed.agents if a.name == scenario.forbidden_agent), None)
    if action is None or agent is None:
        return
    request = Request(
        principal=agent.id,
        action=action.name,
        resource_type=action.resource_type,
        resource_id=run.id,
        attributes={"amount": 4_000, "fields": [], "workflow": workflow.name},
        context={"run": run.id, "attempt": 1},
    )
    result = gate(ws, request, lambda: None, key=f"{run.id}/demo-forbidden")
    story.say(
        f"`{agent.name}` tried `{action.name}`, {_PAST[result.decision.effect]}: {result.decision.reasons[0]} "
        f"(audit record {result.record.number})"
    )


_PAST = {Ruling.ALLOW: "allowed", Ruling.NEEDS_APPROVAL: "sent for approval", Ruling.DENY: "denied"}


def say_denied(ws: Workspace, runs: Collection[Run], governed: Governed, story: Story) -> None:
    """How many attempts of the agents were denied or sent for approval in these runs."""
    wanted, agents = {run.id for run in runs}, {agent.id for agent in governed.agents}
    counts = {}
    for effect in (Ruling.DENY, Ruling.NEEDS_APPROVAL):
        records = audit_records(ws, effect=effect, limit=ALL)
        counts[effect] = sum(r.resource_id in wanted and r.principal in agents for r in records)
    story.say(f"attempts of agents: {counts[Ruling.DENY]} denied, {counts[Ruling.NEEDS_APPROVAL]} sent for approval")
