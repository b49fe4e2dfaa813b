"""The graph of 10 million generated events, with count, median and 95th percentile: ours beside pm4py's.

Ours reads the stored event log version from disk and also gives the cases of each path. pm4py gets its own data frame,
complete and in memory; reading it is not counted. pm4py has no 95th percentile in its public functions: there it gives
counts and medians only. Memory is that of a process of its own, which opens the workspace with the settings a user has
and discovers once. `TANDEM_BENCH_EVENTS` sets another size.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import _memory as memory
from core.eventlog import LogVersion
from core.queries import load
from core.settings import Settings
from core.workspace import Workspace, open_workspace
from mining.map.dfg import Dfg, discover_dfg

EVENTS_A_CASE = 10.74  # of the generator
TARGET = 15.0  # times faster than the fastest of pm4py's public ways
MOST_MEMORY = 500.0  # MB
_FRAME = """
SELECT case_id AS "case:concept:name", name AS "concept:name",
       e.started AS "start_timestamp", e.ended AS "time:timestamp"
FROM event e JOIN case_ USING (case_no) JOIN activity USING (activity_no) ORDER BY case_no, position
"""


def main() -> int:
    """Generate, time both, compare the answers, print the ratios; 1 where the target is missed."""
    events = int(os.environ.get("TANDEM_BENCH_EVENTS", 10_000_000))
    with tempfile.TemporaryDirectory() as folder:
        ws = open_workspace(Settings(home=Path(folder), duckdb_memory="8GB"))
        version = generate(ws, round(events / EVENTS_A_CASE))
        with ws.logs.read(version) as connection:
            seconds, dfg = best_of(3, lambda: discover_dfg(connection))
        ours = seconds
        print(f"Tandem, from disk: count, cases, median, p95   {seconds:8.2f} s")
        megabytes = megabytes_alone(Path(folder))
        print(f"Tandem, once in a process of its own: at most {megabytes:.0f} MB (target {MOST_MEMORY:.0f})")
        public, tuned = theirs(ws, version, dfg)
        ws.close()
    print(f"Against the fastest public way of pm4py:         {public / ours:8.1f} times faster (target {TARGET:.0f})")
    print(f"Against pm4py's inner function, tuned by hand:   {tuned / ours:8.1f} times faster")
    return 0 if public / ours >= TARGET and megabytes < MOST_MEMORY else 1


def megabytes_alone(home: Path) -> float:
    """The most memory, in MB, of a new process that discovers the graph of the only log in the workspace at `home`."""
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.dfg", str(home)], capture_output=True, text=True, check=True
    )
    return float(run.stdout)


def alone(home: Path) -> int:
    """Discover the graph of the only log in the workspace at `home`; print the most memory that it took, in MB."""
    ws = open_workspace(Settings(home=home))
    (version,) = ws.logs.versions()
    with ws.logs.read(version) as connection:
        assert discover_dfg(connection).paths
    ws.close()
    print(memory.peak() / 1e6)
    return 0


def generate(ws: Workspace, cases: int, *, shapes: int = 1 << 40) -> LogVersion:
    """A published log of `cases` generated cases, of at most `shapes` different ones."""
    began = time.perf_counter()
    with ws.logs.draft("bench") as draft:
        draft.connection.execute(load("benchmarks", "dfg").sql, {"cases": cases, "shapes": shapes})
        version = draft.publish(
            source="generated", digest="bench", created_by="benchmark", event_rows=0, meta={}, ends=["*"]
        )  # pm4py takes every case for a complete one
    print(f"Generated {version.events:,} events, {version.cases:,} cases in {time.perf_counter() - began:.0f} s")
    return version


def theirs(ws: Workspace, version: LogVersion, ours: Dfg) -> tuple[float, float]:
    """Seconds of pm4py's fastest public way, and of its inner function with everything that can be saved, saved."""
    sys.__dict__["_pm4py_welcome_shown"] = True  # no banner
    import pm4py
    from pm4py.algo.discovery.dfg.adapters.pandas.df_statistics import get_dfg_graph

    with ws.logs.read(version) as connection:
        lazy, frame = connection.execute(_FRAME).pl().lazy(), connection.execute(_FRAME).df()
    ways = []
    for name, log in (("polars", lazy), ("pandas", frame)):
        seconds, (counts, _, _) = best_of(1, partial(pm4py.discover_dfg, log))
        assert dict(counts) == {(p.source, p.target): p.count for p in ours.paths}
        more, _ = best_of(1, partial(pm4py.discover_performance_dfg, log, perf_aggregation_key="median"))
        ways.append(seconds + more)
        print(f"pm4py, public, {name}: count, median               {seconds + more:8.2f} s   {peak()}")
    for column in ("case:concept:name", "concept:name"):
        frame[column] = frame[column].astype("category")
    tuned, (_, times) = best_of(2, lambda: get_dfg_graph(
        frame, measure="both", perf_aggregation_key=["median", p95], start_timestamp_key="start_timestamp",
        sort_caseid_required=False, sort_timestamp_along_case_id=False,
    ))  # fmt: skip
    print(f"pm4py, inner function, sorted categories: + p95  {tuned:8.2f} s   {peak()}")
    _compare(ours, times)
    return min(ways), tuned


def _compare(ours: Dfg, times: Any) -> None:
    """Stop where pm4py's medians or percentiles differ from ours."""
    for path in ours.paths:
        for column, mine in (("median", path.median_seconds), ("p95", path.p95_seconds)):
            assert abs(times[column][path.source, path.target] - mine) < 1e-3, (path, column)


def p95(values: Any) -> Any:
    """The 95th percentile of a pandas series."""
    return values.quantile(0.95)


def best_of(times: int, work: Callable[[], Any]) -> tuple[float, Any]:
    """The shortest of `times` runs in seconds, and the last answer."""
    shortest, answer = float("inf"), None
    for _ in range(times):
        began = time.perf_counter()
        answer = work()
        shortest = min(shortest, time.perf_counter() - began)
    return shortest, answer


def peak() -> str:
    """The most memory that this process has had so far."""
    return f"peak {memory.peak() / 1e9:.1f} GB"


if __name__ == "__main__":
    sys.exit(alone(Path(sys.argv[1])) if len(sys.argv) > 1 else main())
