"""Import of an XES file of 1 million events, beside pm4py's fastest reader in the same run.

`python -m benchmarks.xes_import [events]`. Every measurement is a process of its own that has done the same with a
small file before the clock starts, so that libraries are imported; the rounds alternate, so that what else the machine
does hits all alike. pm4py's readers end with a table in memory. Tandem's *read* ends with a table in DuckDB, its
*import* with a checked, sorted, indexed event log on the disk, quality report and Great Expectations included.
"""

from __future__ import annotations

import contextlib
import io
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from core.actor.values import local

EVENTS = 1_000_000
ROUNDS = 5
PEERS = ("pm4py rustxes", "pm4py chunk_regex", "pm4py line_by_line", "pm4py iterparse")
OURS = ("tandem read", "tandem import")
ACTIVITIES = [
    f"{verb} {thing}" for verb in ("Check", "Enter", "Approve", "Send") for thing in ("order", "claim", "bill")
]


def write_log(path: Path, events: int, *, a_case: int = 10) -> None:
    """Write an XES file of `events` events in cases of ten; the same for the same numbers."""
    chance = random.Random(20260105)
    with path.open("w", encoding="utf-8") as out:
        out.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0" xmlns="http://www.xes-standard.org/">\n'
        )
        for case in range(events // a_case):
            moment = datetime.fromisoformat("2024-01-01T08:00:00") + timedelta(minutes=5 * case)
            out.write(f'\t<trace>\n\t\t<string key="concept:name" value="case {case}"/>\n')
            out.write(f'\t\t<float key="amount" value="{chance.randrange(100000) / 100}"/>\n')
            for _ in range(a_case):
                moment += timedelta(milliseconds=chance.randrange(36_000_000))
                stamp = moment.isoformat(timespec="milliseconds")
                out.write(
                    f'\t\t<event>\n\t\t\t<string key="concept:name" value="{chance.choice(ACTIVITIES)}"/>\n'
                    f'\t\t\t<string key="org:resource" value="User {chance.randrange(50)}"/>\n'
                    f'\t\t\t<date key="time:timestamp" value="{stamp}+0{chance.randrange(1, 3)}:00"/>\n'
                    '\t\t\t<string key="lifecycle:transition" value="complete"/>\n'
                    f'\t\t\t<float key="cost:total" value="{chance.randrange(1000) / 100}"/>\n\t\t</event>\n'
                )
            out.write("\t</trace>\n")
        out.write("</log>\n")


def read_with_pm4py(path: Path, variant: str) -> Callable[[], int]:
    """A reading by pm4py's `variant` that gives the number of events."""
    import pm4py

    return lambda: len(pm4py.read_xes(str(path), variant=variant))


def read_with_tandem(path: Path) -> Callable[[], int]:
    """Tandem's reading of a file into a DuckDB table."""
    import duckdb

    from ingest.read import read
    from ingest.source import open_source

    return lambda: read(duckdb.connect(), open_source(path)).rows


def import_with_tandem(path: Path) -> Callable[[], int]:
    """Tandem's whole import, from the file to the queryable store."""
    from core.settings import Settings
    from core.workspace import open_workspace
    from ingest import import_log
    from ingest.suite import great_expectations

    great_expectations()
    workspace = open_workspace(Settings(home=Path(tempfile.mkdtemp(dir=path.parent))))
    return lambda: import_log(workspace, path, by=local(workspace.settings.user)).events


def job(what: str, path: Path) -> Callable[[], int]:
    """What `what` does with the file at `path`."""
    if what == "tandem read":
        return read_with_tandem(path)
    if what == "tandem import":
        return import_with_tandem(path)
    return read_with_pm4py(path, what.split()[1])


def measure(what: str, path: Path, small: Path) -> float:
    """Seconds that `what` takes, in this process, after the same for the file `small`."""
    with contextlib.redirect_stdout(io.StringIO()):
        job(what, small)()
        timed = job(what, path)
        start = time.perf_counter()
        events = timed()
        seconds = time.perf_counter() - start
    assert events, f"{what} found no event"
    return seconds


def measured(what: str, path: Path, small: Path) -> float:
    """Seconds that `what` takes, in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.xes_import", "--measure", what, str(path), str(small)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout.split()[-1])


def main(events: int = EVENTS) -> None:
    """Print medians and ratios."""
    with tempfile.TemporaryDirectory(prefix="tandem-bench-") as folder:
        first, small, path = (Path(folder) / f"{name}.xes" for name in ("first", "small", "log"))
        write_log(first, 100)
        write_log(small, min(events, 50_000))
        fastest = min(PEERS, key=lambda peer: measured(peer, small, first))
        write_log(path, events)
        print(f"{events:,} events, {path.stat().st_size / 1e6:.0f} MB of XES; pm4py's fastest reader: {fastest}")
        seconds: dict[str, list[float]] = {what: [] for what in (fastest, *OURS)}
        for _ in range(ROUNDS):
            for what, found in seconds.items():
                found.append(measured(what, path, first))
    peer = statistics.median(seconds[fastest])
    for what, found in seconds.items():
        median = statistics.median(found)
        print(
            f"{what:<20} {median:6.2f} s {median / peer:6.2f} x pm4py   (each: {', '.join(f'{s:.2f}' for s in found)})"
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print(measure(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])))
    else:
        main(*map(int, sys.argv[1:]))
