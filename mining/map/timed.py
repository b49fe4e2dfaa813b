"""The process tree of a selection within a time limit, discovered in a process of its own that can be ended."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.errors import BadInput, TandemError, first_line
from core.tree import ProcessTree
from core.trust import TRUSTED, Trust
from core.view import View
from core.workspace import Workspace
from mining.map.dfg import discover_dfg
from mining.map.discovery import kept_activities
from mining.map.figures import frequent_variants
from mining.map.variant import Variant, project

MOST_SECONDS = 60.0
_LOOK = 0.1  # seconds between two looks at whether it is done
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class TimedModel:
    """A process tree, and what it was discovered from."""

    tree: ProcessTree
    variants: int
    cases: int
    left_out: tuple[str, ...]  # the least frequent activities, which the tree does not have
    seconds: float  # how long the miner took
    trust: Trust = TRUSTED


Tick = Callable[[float, int], None]
"""Called again and again while the miner works: seconds so far, variants."""


def discover_timed(
    ws: Workspace, view: View, *, noise: float = 0.0, activities_share: float | None = None,
    most_seconds: float = MOST_SECONDS, tick: Tick | None = None,
) -> TimedModel:  # fmt: skip
    """The process tree of what `view` shows, by the inductive miner; see `discover` for the rest.

    What `tick` raises ends the miner. Raises NotFound, BadInput where nothing is left, and TandemError where it takes
    longer than `most_seconds`.
    """
    with ws.logs.open(view) as opened:
        dfg, traces = discover_dfg(opened.connection), frequent_variants(opened.connection)
    kept = kept_activities(dfg, activities_share)
    left_out = tuple(activity.name for activity in dfg.activities[kept:])
    shown = project(traces, [a.name for a in dfg.activities[:kept]]) if left_out else traces
    if not shown:
        raise BadInput("The filters leave no case to discover a process tree from. Take one of them away.")
    began = time.monotonic()
    tree = mine_timed(shown, noise, most_seconds, tick)
    taken = time.monotonic() - began
    return opened.told(TimedModel(tree, len(shown), sum(v.cases for v in shown), left_out, taken))


def mine_timed(
    found: Sequence[Variant], noise: float, most_seconds: float = MOST_SECONDS, tick: Tick | None = None
) -> ProcessTree:
    """The tree that `discover_tree` gives. Raises TandemError where it takes longer than `most_seconds`."""
    asked = json.dumps({"noise": noise, "variants": [[v.cases, v.trace] for v in found]})
    path = os.pathsep.join([str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    with tempfile.TemporaryFile("w+", encoding="utf-8") as question, tempfile.TemporaryFile("w+") as problems:
        question.write(asked)
        question.seek(0)
        with subprocess.Popen(
            [sys.executable, "-m", "mining.map.miner"], stdin=question, stdout=subprocess.PIPE, stderr=problems,
            text=True, encoding="utf-8", env={**os.environ, "PYTHONPATH": path},
        ) as process:  # fmt: skip
            try:
                answer = _wait(process, most_seconds, lambda seconds: tick(seconds, len(found)) if tick else None)
            finally:
                process.kill()
        if process.returncode or not answer:
            problems.seek(0)
            last = (problems.read().strip().splitlines() or ["it gave no reason"])[-1]
            raise TandemError(f"The process tree could not be discovered: {first_line(Exception(last))}.")
    return ProcessTree.from_dict(json.loads(answer))


def _wait(process: subprocess.Popen[str], most_seconds: float, tick: Callable[[float], None]) -> str:
    began = time.monotonic()
    while True:
        try:
            return process.communicate(timeout=_LOOK)[0]
        except subprocess.TimeoutExpired:
            taken = time.monotonic() - began
        if taken > most_seconds:
            raise TandemError(
                f"Discovering the process tree took longer than {most_seconds:,.0f} s and was ended. Raise the noise "
                "threshold, show fewer activities, or filter the cases."
            )
        tick(taken)
