"""`tandem worker`: performs the tasks of agents."""

from __future__ import annotations

import logging
import signal
import threading
from typing import Annotated

import typer

from app.context import Json, workspace
from app.output import console, show_json
from core.visible import visible


def register(app: typer.Typer) -> None:
    """Add `worker` to the command line."""
    app.command("worker")(_worker)


def _worker(
    until_idle: Annotated[
        bool, typer.Option("--until-idle", help="End when nothing is left that only an agent can do.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Perform the tasks of agents until Ctrl-C; what it had begun when it was killed is taken up again."""
    from orchestrator.running.runs import count_runs
    from orchestrator.runtimes.boundary import AS_ROOT, as_root
    from orchestrator.runtimes.limits import Limits
    from orchestrator.worker.working import work

    if logging.lastResort is not None:
        logging.lastResort.setFormatter(_Visible())
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with workspace() as ws:
        if as_root(Limits.of(ws.settings)):
            typer.echo(AS_ROOT, err=True)
        work(ws, until_idle=until_idle, stop=stop)
        runs = count_runs(ws)
    if as_json:
        return show_json({"runs": runs})
    counts = ", ".join(f"{count} {status}" for status, count in runs.items())
    return console().print(f"The worker has ended. Runs: {counts or 'none'}.", markup=False)


class _Visible(logging.Formatter):
    """Names of runs, agents and queue entries come from elsewhere: what is logged does not steer the terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """The message of `record` with what could steer a terminal written out."""
        return visible(super().format(record))
