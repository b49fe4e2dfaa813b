"""The worker: performs agent tasks from the durable queue, gives up what takes too long, does what was approved."""

from __future__ import annotations

import hashlib
import logging
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from core.errors import TandemError
from core.workspace import Workspace
from orchestrator.connectors.protocol import Connector
from orchestrator.connectors.registry import Connectors
from orchestrator.running import queue
from orchestrator.running.queue import TaskQueue
from orchestrator.running.step import Runner
from orchestrator.runtimes.agents import Agents
from orchestrator.runtimes.boundary import prepare
from orchestrator.runtimes.limits import Limits
from orchestrator.runtimes.protocol import Closed
from orchestrator.runtimes.values import Agent
from orchestrator.worker.effects import perform_effect
from orchestrator.worker.hands import Hands
from orchestrator.worker.outset import tell_of_agents, tell_of_connectors
from orchestrator.worker.perform import perform_on
from orchestrator.worker.settling import Writer
from orchestrator.worker.tending import (
    give_up_late,
    idle,
    requeue_lost,
    requeue_lost_effects,
    settle_answered,
    stop_unwanted,
)
from orchestrator.worker.waiting import bounded, passes

if TYPE_CHECKING:
    from dbos import DBOSConfig
    from sqlalchemy.engine import Engine

_LOG = logging.getLogger("tandem.worker")
_LOOK_SECONDS = 0.2  # how often it is looked whether anything is left to do
_TEND_SECONDS = 1.0  # how often time-outs and answered approvals are looked for
_PATIENCE_SECONDS = 5  # that tasks being performed get to end when the worker stops; what does not is done again
_ENDING_SECONDS = 5  # that it takes, at most, until their agents are ended
_HANDS_SECONDS = 5.0  # how often it is looked whether what was taken from the queue is being performed
_RECONCILE_SECONDS = 20.0  # how often open work without a queue entry is looked for


def work(
    ws: Workspace,
    *,
    until_idle: bool = False,
    agents: Mapping[str, Agent | str] | None = None,
    connectors: Mapping[str, Connector] | None = None,
    stop: threading.Event | None = None,
) -> None:
    """Perform agent tasks until `stop` is set or, with `until_idle`, until none is left that only an agent can do.

    Interrupted runs go on where they stood. `agents` are addresses by the name that principals have as runtime, such as
    `python:module:function`, in the place of those that are installed; `connectors` stand in the place of those that
    are set up in files. Raises TandemError where a worker of this
    installation runs already (there is one for each `TANDEM_HOME`), or where agents cannot run as the settings say.
    """
    stop = stop or threading.Event()
    limits = Limits.of(ws.settings)
    prepare(limits)
    hands = Hands(executor(ws), queue.claims(ws.settings))
    systems = Connectors(ws, connectors)
    with (
        _only_worker(ws),
        closing(Agents(agents, limits)) as asked,
        bounded(ws.database.engine),
    ):
        tell_of_connectors(systems)
        tell_of_agents(ws, asked)
        with _launched(ws, asked, systems, hands) as runner:
            _tend(runner, asked, hands, stop, until_idle=until_idle)


@contextmanager
def _only_worker(ws: Workspace) -> Iterator[None]:
    """The operating system frees the lock of a worker that was killed."""
    lock = FileLock(ws.settings.home / ".worker.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise TandemError(f"A worker runs already for `{ws.settings.home}`. Stop it first.") from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _launched(ws: Workspace, agents: Agents, connectors: Connectors, hands: Hands) -> Iterator[Runner]:
    """DBOS, performing what is queued; it takes up what a stopped worker had begun."""
    from dbos import DBOS, WorkflowSerializationFormat

    queue.prepare(ws.database, ws.settings)
    engine = queue.queue_engine(ws.database)
    runner = Runner(ws, TaskQueue(engine))
    writer = Writer(runner, ws.settings.worker_concurrency)

    def attempt(run: str, item: str, attempt: int, number: int) -> None:
        # Closed: the worker is stopping; the item is open, and the next worker queues it again
        with hands.holding(queue.entry(run, item, attempt, number)) as mine, suppress(Closed):
            if mine:
                perform_on(runner, agents, writer, run, item, attempt, number)

    def effect(run: str, item: str, number: int) -> None:
        with hands.holding(queue.effect_entry(run, item, number)) as mine:
            if mine:
                perform_effect(runner, connectors, run, item, number)

    _quieten()
    DBOS(config=_configuration(ws, engine))
    for name, work in ((queue.TASK, attempt), (queue.EFFECT, effect)):
        DBOS.workflow(name=name, serialization_type=WorkflowSerializationFormat.PORTABLE)(work)
    with bounded(engine):
        try:
            DBOS.launch()
            yield runner
        finally:
            writer.stop()
            seconds = _PATIENCE_SECONDS if runner.queue.busy() else 0
            ending = threading.Timer(seconds, agents.close)
            ending.start()
            limit = seconds + _ENDING_SECONDS if seconds else 0
            DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=limit)
            ending.cancel()
            ending.join()
            writer.close()
            engine.dispose()


def _quieten() -> None:
    """Only warnings of DBOS, on whatever standard error then is: its own handler would hold on to that of its start."""
    logger = logging.getLogger("dbos")
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    if logging.lastResort is not None and not logger.handlers:
        logger.addHandler(logging.lastResort)


def _configuration(ws: Workspace, engine: Engine) -> DBOSConfig:
    from dbos import DBOSPortableJSONSerializer

    return {
        "name": queue.APPLICATION,
        "system_database_url": ws.database.engine.url.render_as_string(hide_password=False),
        "system_database_engine": engine,
        "application_version": queue.VERSION,
        "executor_id": executor(ws),
        "serializer": DBOSPortableJSONSerializer(),
        "max_executor_threads": queue.claims(ws.settings),
        "use_listen_notify": False,
        "notification_listener_polling_interval_sec": 0.2,  # how long stopping waits for it
        "log_level": "WARNING",
        "enable_otlp": False,
    }


def executor(ws: Workspace) -> str:
    """The name under which this installation's worker is known, the same after every start.

    What it had begun when it was killed is taken up by the next worker of that name, and by no other.
    """
    if ws.database.is_sqlite:
        return queue.APPLICATION
    home = hashlib.sha256(str(ws.settings.home.resolve()).encode()).hexdigest()[:8]
    return f"{queue.APPLICATION}@{socket.gethostname()}/{home}"


def _tend(runner: Runner, agents: Agents, hands: Hands, stop: threading.Event, *, until_idle: bool) -> None:
    """Look after what no queue entry looks after, until told to stop or nothing is left to do."""
    tended = reconciled = float("-inf")
    looked = time.monotonic()
    told: frozenset[str] = frozenset()
    while not stop.is_set():
        now = time.monotonic()
        try:
            if now - tended >= _TEND_SECONDS:
                tended = now
                give_up_late(runner)
                stop_unwanted(runner, agents)
                settle_answered(runner)
            if now - looked >= _HANDS_SECONDS:
                looked = now
                if hands.let_go(runner.queue):
                    reconciled = float("-inf")
            if now - reconciled >= _RECONCILE_SECONDS:
                reconciled = now
                told = _tell_foreign(runner, told)
                requeue_lost(runner)
                requeue_lost_effects(runner)
                runner.queue.purge()
            if until_idle and idle(runner):
                runner.queue.purge()
                return
        except Exception as error:
            if not passes(error):
                raise
            _LOG.info("What could not be looked after now is looked after a little later: %s", error)
        stop.wait(_LOOK_SECONDS)


def _tell_foreign(runner: Runner, told: frozenset[str]) -> frozenset[str]:
    """Say of each queue entry that somebody else wrote, once, that it is refused; those of which it was said."""
    found = frozenset(queue.foreign_entries(runner.ws.database))
    for entry in sorted(found - told):
        _LOG.warning(
            "The queue entry `%s` was changed by somebody other than Tandem. What stands in it is never read, and its "
            "task is queued again; find out who can write to the database.",
            entry,
        )
    return found
