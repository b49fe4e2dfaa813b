"""Import of a CSV of 10 million events, beside DuckDB's bare `read_csv` into a table in the same run.

`TANDEM_BENCH_EVENTS` sets another size. The file has a case, an activity, a start, an end, a performer, a cost, an
attribute of the event and one of the case, and is read in three spellings: rows in the order of their cases, rows in
the order of time (cases mixed), and rows in the order of cases whose timestamps state an offset from UTC. Every
measurement is a process of its own that has imported its libraries before the clock starts; the rounds alternate. The
peer ends with an unsorted table in a DuckDB file, all its types guessed by DuckDB; Tandem ends with a checked, sorted,
dictionary-encoded event log on the disk, quality report and Great Expectations included.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from benchmarks._memory import peak
from core.actor.values import local
from core.queries import load

EVENTS_A_CASE = 10.89  # of the generator
TARGET_TIMES, TARGET_BYTES = 4.0, 2e9
PEER, OURS = "duckdb read_csv", "tandem import"
PLAIN, OFFSET = "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S+01:00"


@dataclass(frozen=True)
class Spelling:
    """How the generated file is written."""

    name: str
    order: str
    stamps: str


SPELLINGS = (
    Spelling("case by case", "case_no, started, round", PLAIN),
    Spelling("in time order", "started, case_no, round", PLAIN),
    Spelling("case by case, offsets", "case_no, started, round", OFFSET),
)


@dataclass(frozen=True)
class Spent:
    """What one measurement took."""

    wall: float  # seconds
    cpu: float  # seconds of all threads, user and system
    peak: int  # bytes: the most memory that the process had


def main() -> int:
    """Generate, measure, print medians and ratios; 1 where a target is missed."""
    events = int(os.environ.get("TANDEM_BENCH_EVENTS", 10_000_000))
    rounds = int(os.environ.get("TANDEM_BENCH_ROUNDS", 3))
    wanted = [s for s in SPELLINGS if s.name in sys.argv[1:]] or SPELLINGS
    missed = False
    with tempfile.TemporaryDirectory(prefix="tandem-bench-") as folder:
        for spelling in wanted:
            path = Path(folder) / "log.csv"
            rows = write_log(path, events, spelling)
            print(f"\n{spelling.name}: {rows:,} events, {path.stat().st_size / 1e6:,.0f} MB of CSV", flush=True)
            missed |= compare(path, rounds)
            path.unlink()
    return int(missed)


def compare(path: Path, rounds: int) -> bool:
    """Print what both take for `path`, and whether a target was missed."""
    spent: dict[str, list[Spent]] = {PEER: [], OURS: []}
    for _ in range(rounds):
        for what, found in spent.items():
            found.append(measured(what, path))
    for what, found in spent.items():
        wall, cpu = (statistics.median(getattr(s, name) for s in found) for name in ("wall", "cpu"))
        each = ", ".join(f"{s.wall:.1f}" for s in found)
        most = max(s.peak for s in found)
        print(f"{what:<16} {wall:7.2f} s   {cpu:7.2f} s of CPU   peak {most / 1e9:5.2f} GB   (each: {each})")
    walls = [o.wall / p.wall for o, p in zip(spent[OURS], spent[PEER], strict=True)]
    cpus = [o.cpu / p.cpu for o, p in zip(spent[OURS], spent[PEER], strict=True)]
    times, most = statistics.median(walls), max(s.peak for s in spent[OURS])
    print(
        f"ratio            {times:7.2f} x   {statistics.median(cpus):7.2f} x CPU      "
        f"(targets: below {TARGET_TIMES:.0f} x, below {TARGET_BYTES / 1e9:.0f} GB)",
        flush=True,
    )
    return times >= TARGET_TIMES or most >= TARGET_BYTES


def write_log(path: Path, events: int, spelling: Spelling) -> int:
    """How many rows were written: about `events`, the same for the same numbers."""
    rows = load("benchmarks", "csv_rows").sql
    with duckdb.connect(config={"memory_limit": "4GB", "temp_directory": str(path.parent)}) as connection:
        written = connection.execute(
            f"COPY ({rows} ORDER BY {spelling.order}) TO '{path}' (HEADER, DELIMITER ',')",
            {"cases": round(events / EVENTS_A_CASE), "written": spelling.stamps},
        ).fetchall()
    return int(written[0][0])


def read_with_duckdb(path: Path, folder: Path) -> Callable[[], int]:
    """DuckDB's own reading of a file into a table of a new database file."""

    def job() -> int:
        with duckdb.connect(str(folder / "bare.duckdb"), config={"threads": str(os.cpu_count() or 1)}) as connection:
            connection.execute("CREATE TABLE log AS FROM read_csv($path)", {"path": str(path)})
            return int(connection.execute("SELECT count(*) FROM log").fetchall()[0][0])

    return job


def import_with_tandem(path: Path, folder: Path) -> Callable[[], int]:
    """Tandem's whole import, from the file to the queryable store."""
    from core.settings import Settings
    from core.workspace import open_workspace
    from ingest import import_log
    from ingest.suite import great_expectations

    great_expectations()
    workspace = open_workspace(Settings(home=folder))
    return lambda: import_log(workspace, path, by=local(workspace.settings.user)).events


def measure(what: str, path: Path) -> Spent:
    """What `what` takes in this process, libraries imported before."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        job = (read_with_duckdb if what == PEER else import_with_tandem)(path, Path(folder))
        wall, cpu = time.perf_counter(), time.process_time()
        assert job(), f"{what} found no event"
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return Spent(wall, cpu, peak())


def measured(what: str, path: Path) -> Spent:
    """What `what` takes in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.csv_import", "--measure", what, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Spent(**json.loads(done.stdout.splitlines()[-1]))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(asdict(measure(sys.argv[2], Path(sys.argv[3])))))
    else:
        sys.exit(main())
