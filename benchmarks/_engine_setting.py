"""What the engine's benchmark runs in processes of its own: a worker of Tandem, or DBOS alone, with no-op tasks."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import sqlalchemy as sa

from core.actor.values import local
from core.database import Database
from core.settings import Settings
from core.workspace import Workspace, open_workspace
from orchestrator.machine.values import Workflow
from orchestrator.running import queue
from orchestrator.running.runs import start_runs
from orchestrator.running.tables import run_event
from orchestrator.worker.working import work
from tests.orchestrator.running import department, promoted, sequence, spec, task, workflow_of

AGENT = "python:benchmarks._nothing:idle"
_AT_ONCE = 100
TIMES = "times"


def six(tasks: int) -> Workflow:
    """A workflow of `tasks` agent tasks one after the other."""
    labels = [f"Check {n}" for n in range(tasks)]
    specs = [spec(f"0.{n}", label, "purchase_order.check") for n, label in enumerate(labels)]
    return workflow_of("six", sequence(*(task(label) for label in labels)), specs)


def settings(home: Path, url: str) -> Settings:
    """Settings for this home and database; all others as users have them."""
    return Settings(home=home, database_url=url, user="Ada")


def prepare(variant: str, home: Path, url: str, runs: int, tasks: int) -> None:
    """Put everything that is to be done into the database."""
    if variant == "bare":
        return _prepare_bare(home, url, runs * tasks)
    ws = open_workspace(settings(home / "0", url))
    try:
        department(ws)
        promoted(ws, six(tasks))
        for first in range(0, runs, _AT_ONCE):
            start_runs(ws, "six", [(f"k{first + n}", {}, None) for n in range(_AT_ONCE)], by=local("Ada"))
    finally:
        ws.close()
    return None


def _prepare_bare(home: Path, url: str, tasks: int) -> None:
    from dbos import EnqueueOptions, WorkflowSerializationFormat

    home.mkdir(exist_ok=True)
    database = Database(url)
    queue.prepare(database, settings(home, url))
    engine = queue.queue_engine(database)
    client = queue.TaskQueue(engine)._client
    with engine.begin() as connection:
        for n in range(tasks):
            client.enqueue_in_transaction(
                connection,
                EnqueueOptions(
                    workflow_name="nothing", queue_name=queue.NAME, workflow_id=f"w{n}", app_version=queue.VERSION,
                    serialization_type=WorkflowSerializationFormat.PORTABLE,
                ),
                n,
            )  # fmt: skip
    engine.dispose()
    database.close()


def bare(home: Path, url: str, _tasks: int) -> None:
    """Perform no-op workflows with DBOS alone, as many at once as the product's queue lets it claim."""
    from dbos import DBOS, DBOSPortableJSONSerializer, WorkflowSerializationFormat

    home.mkdir(exist_ok=True)
    found, database, done = settings(home, url), Database(url), []
    engine = queue.queue_engine(database)

    def nothing(_number: int) -> None:
        done.append(time.time())

    DBOS(
        config={
            "name": queue.APPLICATION, "system_database_url": url, "system_database_engine": engine,
            "application_version": queue.VERSION, "executor_id": home.name, "log_level": "WARNING",
            "serializer": DBOSPortableJSONSerializer(), "use_listen_notify": False, "enable_otlp": False,
            "max_executor_threads": found.worker_concurrency * 4,
        }
    )  # fmt: skip
    DBOS.workflow(name="nothing", serialization_type=WorkflowSerializationFormat.PORTABLE)(nothing)
    _ready()
    DBOS.launch()
    left = sa.text(
        f"SELECT count(*) FROM {'' if database.is_sqlite else 'dbos.'}workflow_status WHERE status <> 'SUCCESS'"
    )
    while True:
        with database.read() as connection:
            if connection.execute(left).scalar_one() == 0:
                break
        time.sleep(0.2)
    (home.parent / f"{TIMES}{home.name}").write_text("\n".join(map(str, done)))
    DBOS.destroy(destroy_registry=True)


def ours(home: Path, url: str, tasks: int) -> None:
    """Perform the agent tasks with a worker of Tandem."""
    ws = open_workspace(settings(home, url))
    try:
        stop = threading.Event()
        threading.Thread(target=_stop_when_done, args=(ws, tasks, stop), daemon=True).start()
        _ready()
        work(ws, agents={"checker": AGENT, "drafter": AGENT}, stop=stop)
    finally:
        ws.close()


def _stop_when_done(ws: Workspace, tasks: int, stop: threading.Event) -> None:
    query = sa.select(sa.func.count()).where(run_event.c.kind == "task completed")
    while True:
        with ws.database.read() as connection:
            if connection.execute(query).scalar_one() >= tasks:
                break
        time.sleep(0.2)
    stop.set()


def _ready() -> None:
    print("ready", flush=True)
    sys.stdin.read()


def rate(variant: str, home: Path, url: str, tasks: int) -> float:
    """Tasks a second between the first and the last that ended. All of them must have."""
    if variant == "bare":
        times = [float(line) for file in home.glob(f"{TIMES}*") for line in file.read_text().split()]
        first, last, count = min(times), max(times), len(times)
    else:
        query = sa.select(sa.func.min(run_event.c.at), sa.func.max(run_event.c.at), sa.func.count())
        database = Database(url)
        with database.read() as connection:
            row = connection.execute(query.where(run_event.c.kind == "task completed")).one()
        database.close()
        first, last, count = row[0].timestamp(), row[1].timestamp(), row[2]
    if count != tasks:
        raise AssertionError(f"{count} tasks of {tasks} were done")
    return (count - 1) / (last - first)


if __name__ == "__main__":
    {"ours": ours, "bare": bare}[sys.argv[1]](Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
