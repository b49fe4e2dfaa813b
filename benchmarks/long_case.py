"""Time and memory of discovery, conformance and causes as cases grow long, with the exponent of their growth.

`python -m benchmarks.long_case [events ...]`. For one case, and for 20 cases, of 10,000, 30,000 and 100,000 activity
instances each over 6 activities, and over 60 (one case), a seeded generator writes a log into the real store; each job
then runs in a process of its own, and its seconds of CPU (those of processes it started included) and its most memory
are printed. The exponent is that of the power through the shortest and the longest case, imports taken off; n log n
gives 1.1 here. The model is the tree of the log with noise 0.2, so that not every case follows it.
"""

from __future__ import annotations

import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks._memory import peak
from core.eventlog import LogVersion
from core.queries import load as load_query
from core.settings import Settings
from core.tree import ProcessTree
from core.view import View
from core.workspace import Workspace, open_workspace
from mining.causes.service import find_causes
from mining.causes.values import Mark, Quick
from mining.conformance import check_conformance
from mining.conformance.model import Model
from mining.conformance.net import net_of_tree
from mining.map.discovery import discover

SHAPES = ((1, 6), (1, 60), (20, 6))  # cases, activities
LENGTHS = (10_000, 30_000, 100_000)
BUDGET = 60.0
TARGET = 1.25  # exponent: n log n, and what measuring wobbles by


def main() -> int:
    """Print the table; 1 where time or memory of a job grows faster than it may."""
    lengths = [int(text) for text in sys.argv[1:]] or list(LENGTHS)
    missed = 0
    for cases, activities in SHAPES:
        print(f"\n{cases} case(s), {activities} activities")
        spent: dict[str, list[tuple[float, float]]] = {}
        for length in lengths:
            with tempfile.TemporaryDirectory(prefix="tandem-bench-") as folder:
                for job, took in _measured(Path(folder), cases, length, activities).items():
                    spent.setdefault(job, []).append(took)
        for job, all_took in spent.items():
            cells = "   ".join(
                f"{n:>9,}: {s:7.2f} s {m / 1e6:6,.0f} MB" for n, (s, m) in zip(lengths, all_took, strict=True)
            )
            power = _exponent(lengths, [s for s, _ in all_took])
            missed += power > TARGET
            print(f"{job:<12} {cells}   exponent {power:.2f}", flush=True)
    return 1 if missed else 0


def _measured(home: Path, cases: int, length: int, activities: int) -> dict[str, tuple[float, float]]:
    ws = open_workspace(Settings(home=home))
    _generate(ws, cases, length, activities)
    ws.close()
    jobs = ("discover", "conformance", "causes") if cases > 1 else ("discover", "conformance")
    return {job: _child(home, job) for job in jobs}


def _child(home: Path, job: str) -> tuple[float, float]:
    command = [sys.executable, "-m", "benchmarks.long_case", "--job", job, str(home)]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found["seconds"], found["peak"]


def _job(job: str, home: Path) -> None:
    """Run one job in this process, what it imports first, and print what it took."""
    ws = open_workspace(Settings(home=home))
    warm = ProcessTree.from_dict({"operator": "task", "label": "a00"})
    check_conformance(ws, View("warm"), model=Model("warm", "warm", net_of_tree(warm)))
    discover(ws, View("warm"))
    tree = home / "tree.json"
    began, clock = _cpu(), time.monotonic()
    if job == "discover":
        tree.write_text(json.dumps(discover(ws, View("long"), noise=0.2).tree.to_dict()), "utf-8")
    elif job == "conformance":
        shape = ProcessTree.from_dict(json.loads(tree.read_text("utf-8")))
        found = check_conformance(ws, View("long"), model=Model("m", "m", net_of_tree(shape)), seconds=BUDGET)
        print(f"{found.aligned_cases} of {found.cases} aligned; follows {found.follows}", file=sys.stderr)
    else:
        find_causes(ws, View("long"), mark=Mark(quick=Quick.SLOWEST, share=0.5), support=2)
    print(json.dumps({"seconds": _cpu() - began, "wall": time.monotonic() - clock, "peak": peak()}))
    ws.close()


def _generate(ws: Workspace, cases: int, length: int, activities: int) -> LogVersion:
    """The log `long`, and the log `warm` of one case; nine of ten activities come in turn, the tenth by chance."""
    made = None
    for log, many, steps in (("warm", 30, 2), ("long", cases, length)):
        with ws.logs.draft(log) as draft:
            bound = {"cases": many, "length": steps, "activities": activities}
            draft.connection.execute(load_query("benchmarks", "long_case").sql, bound)
            made = draft.publish(
                source="generated", digest=f"{log}-{many}-{steps}-{activities}", created_by="benchmark",
                event_rows=many * steps, meta={},
            )  # fmt: skip
    assert made is not None
    return made


def _exponent(lengths: list[int], spent: list[float]) -> float:
    """The power of the length that time grows with, from the shortest to the longest."""
    return math.log(max(spent[-1], 1e-3) / max(spent[0], 1e-3)) / math.log(lengths[-1] / lengths[0])


def _cpu() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(u.ru_utime + u.ru_stime for u in used)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--job"]:
        _job(sys.argv[2], Path(sys.argv[3]))
    else:
        sys.exit(main())
