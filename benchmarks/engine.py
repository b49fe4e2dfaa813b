"""No-op agent tasks a second of the whole engine, beside bare DBOS with the same queue settings in the same run.

Agents are asked in child processes kept warm. Rates are taken from the first to the last task that ended, so that no
start of a process counts. `python -m benchmarks.engine gate` measures the gate alone, beside a million records.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import _engine_gate, _engine_setting
from tests.postgres import PostgresServer

RUNS, TASKS = 200, 6
ROUNDS = int(os.environ.get("ENGINE_ROUNDS", "3"))
TARGET = 0.5


@contextmanager
def place(server: PostgresServer | None) -> Iterator[tuple[Path, str]]:
    """A folder for homes, and the URL of an empty database."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        url = server.url(server.create_database()) if server else f"sqlite:///{home / 'engine.sqlite'}"
        yield home, url


def rate(variant: str, server: PostgresServer | None, workers: int) -> float:
    """Tasks a second of `workers` processes of the variant, `ours` or `bare`."""
    with place(server) as (home, url):
        _engine_setting.prepare(variant, home, url, RUNS, TASKS)
        command = [sys.executable, "-m", "benchmarks._engine_setting", variant]
        started = [
            subprocess.Popen(
                [*command, str(home / str(n)), url, str(RUNS * TASKS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            for n in range(workers)
        ]
        for worker in started:  # each says when it is ready, and all begin together
            assert worker.stdout is not None
            worker.stdout.readline()
        for worker in started:
            assert worker.stdin is not None
            worker.stdin.close()
        for worker in started:
            if worker.wait():
                raise AssertionError(f"a worker of {variant} ended with {worker.returncode}")
        return _engine_setting.rate(variant, home, url, RUNS * TASKS)


def engine() -> None:
    """Print the rates and their ratios; variants take turns."""
    server = PostgresServer.start(Path(), durable=True)
    settings: list[tuple[str, PostgresServer | None, int]] = [("SQLite", None, 1)]
    if server is not None:
        settings += [("PostgreSQL", server, 1), ("PostgreSQL", server, 2)]
    wanted = os.environ.get("ENGINE_ONLY")
    try:
        for name, where, workers in settings:
            title = f"{name}, {workers} worker{'s' if workers > 1 else ''}"
            if wanted and wanted not in title:
                continue
            found: dict[str, list[float]] = {"bare": [], "ours": []}
            for _ in range(ROUNDS):
                for variant, rates in found.items():
                    rates.append(rate(variant, where, workers))
            ratios = [ours / bare for ours, bare in zip(found["ours"], found["bare"], strict=True)]
            bare, ours = (statistics.median(found[v]) for v in ("bare", "ours"))
            print(f"{title:24} bare DBOS {bare:8,.0f}   Tandem {ours:8,.0f} tasks a second   "
                  f"ratio {statistics.median(ratios):5.2f} (target {TARGET})", flush=True)  # fmt: skip
    finally:
        if server is not None:
            server.stop()


def main() -> None:
    """Print the engine's rates, then the gate's times; one of the two if an argument names it."""
    wanted = sys.argv[1:] or ["tasks", "gate"]
    if "tasks" in wanted:
        engine()
    if "gate" in wanted:
        _engine_gate.main()


if __name__ == "__main__":
    main()
