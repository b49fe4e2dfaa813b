"""The inductive miner on 10 million generated events: from the store, beside pm4py on its own data frame.

The log has 2,000 different cases, as many as processes of that size have variants; of a log in which every case is its
own variant, neither side could make a tree in useful time. Ours reads the variants from disk and hands them to pm4py's
miner; pm4py's own way starts from a complete data frame in memory, whose reading is not counted. Both trees must be
equal. `TANDEM_BENCH_EVENTS` sets another size.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.dfg import EVENTS_A_CASE, best_of, generate, peak
from core.eventlog import LogVersion
from core.settings import Settings
from core.tree import Operator, ProcessTree
from core.workspace import Workspace, open_workspace
from mining.map.inductive import discover_tree
from mining.map.variant import variants

SHAPES = 2_000
NOISE = 0.2
TARGET = 12.0
_FRAME = """
SELECT case_id AS "case:concept:name", name AS "concept:name", e.ended AS "time:timestamp"
FROM event e JOIN case_ USING (case_no) JOIN activity USING (activity_no) ORDER BY case_no, position
"""


def main() -> int:
    """Generate, mine both ways, compare the trees, print the ratio; 1 where the target is missed."""
    events = int(os.environ.get("TANDEM_BENCH_EVENTS", 10_000_000))
    with tempfile.TemporaryDirectory() as folder:
        ws = open_workspace(Settings(home=Path(folder), duckdb_memory="8GB"))
        version = generate(ws, round(events / EVENTS_A_CASE), shapes=SHAPES)
        discover_tree([*_variants(ws, version)][:5], NOISE)  # imports the miner
        ours, tree = best_of(3, lambda: discover_tree(_variants(ws, version), NOISE))
        print(f"Tandem, from disk: variants and tree       {ours:8.2f} s   {peak()}")
        theirs = _theirs(ws, version, tree)
        ws.close()
    print(f"Ratio:                                     {theirs / ours:8.1f} times faster (target {TARGET:.0f})")
    return 0 if theirs / ours >= TARGET else 1


def _variants(ws: Workspace, version: LogVersion) -> Any:
    with ws.logs.read(version) as connection:
        return variants(connection)


def _theirs(ws: Workspace, version: LogVersion, ours: ProcessTree) -> float:
    """Seconds of pm4py's public function on its data frame."""
    sys.__dict__["_pm4py_welcome_shown"] = True  # no banner
    import pandas as pd
    import pm4py

    from mining.map.inductive import convert

    pd.set_option("mode.string_storage", "python")  # pm4py's variants fail on Arrow strings
    with ws.logs.read(version) as connection:
        frame = connection.execute(_FRAME).df()
    seconds, tree = best_of(1, lambda: pm4py.discover_process_tree_inductive(frame, noise_threshold=NOISE))
    print(f"pm4py, public, pandas                      {seconds:8.2f} s   {peak()}")
    assert _ordered(convert(tree)) == _ordered(ours), "the two trees differ"
    return seconds


def _ordered(tree: ProcessTree) -> str:
    """The tree as text, the children of choices and parallels in one order."""
    children = [_ordered(child) for child in tree.children]
    if tree.operator in (Operator.CHOICE, Operator.PARALLEL):
        children.sort()
    return f"{tree.operator}({tree.label or ''}{','.join(children)})"


if __name__ == "__main__":
    sys.exit(main())
