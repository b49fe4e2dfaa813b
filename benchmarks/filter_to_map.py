"""From any filter to the redrawn map, in the server, at 1, 10 and 50 million generated events.

What is timed is all that the server does between a changed filter and the answer to the browser: opening the selection,
counting its graph and who works, cutting it to the sliders, and the map as JSON. It must stay under 1 s at 10 million
events on two cores, and grow no worse than linearly. Beside it, in the same run and on the same log, pm4py filters its
data frame in memory and discovers its graph. `TANDEM_BENCH_SIZES` sets other sizes in millions, such as `1,10`.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from app.pages.process_map.metrics import Look
from app.pages.process_map.view import NO_FIGURES, ActivityFacts, draw
from benchmarks.dfg import EVENTS_A_CASE, best_of, generate
from core.eventlog import LogVersion
from core.selection.selection import Selection
from core.settings import Settings
from core.view import View
from core.workspace import Workspace, open_workspace
from mining.map.abstraction import opening_view, view
from mining.map.redraw import redraw

TARGET = 1.0
FILTERS = {
    "no filter": "[]",
    "activity": '[{"kind":"activity","activities":["Step B"]}]',
    "not the activity": '[{"kind":"activity","activities":["Step B"],"inverted":true}]',
    "follows directly": '[{"kind":"follows","source":"Step A","target":"Step D"}]',
    "follows eventually": '[{"kind":"follows","source":"Step B","target":"Step F","directly":false}]',
    "ends with": '[{"kind":"endpoint","side":"end","activities":["Step N","Step M"]}]',
    "cycle time": '[{"kind":"metric","metric":"cycle_time","low":3000000}]',
    "waiting time": '[{"kind":"metric","metric":"waiting","high":5000000}]',
    "performer": '[{"kind":"performer","performers":["performer 3"]}]',
    "rework": '[{"kind":"rework"}]',
    "cases in a period": '[{"kind":"timeframe","start":"2024-03-01","end":"2024-09-01","mode":"intersecting"}]',
    "events in a period": '[{"kind":"timeframe","start":"2024-03-01","end":"2024-12-01","mode":"trim"}]',
    "a performer's events left out": '[{"kind":"performer","performers":["performer 3"],"keep":"events",'
    '"inverted":true}]',
    "three together": '[{"kind":"activity","activities":["Step B"]},{"kind":"rework"},'
    '{"kind":"metric","metric":"cycle_time","high":8000000}]',
}


def main() -> int:
    """Time every filter at every size; 1 where one is over the target at 10 million, or growth is worse than linear."""
    sizes = [float(size) for size in os.environ.get("TANDEM_BENCH_SIZES", "1,10,50").split(",")]
    times: dict[float, dict[str, float]] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            ws = open_workspace(Settings(home=Path(folder), duckdb_memory="8GB"))
            version = generate(ws, round(size * 1e6 / EVENTS_A_CASE))
            times[size] = {name: _timed(ws, version, text) for name, text in FILTERS.items()}
            for name, seconds in times[size].items():
                print(f"  {size:>4.0f} million  {name:<32} {seconds:6.2f} s", flush=True)
            if size == 10:
                _beside_pm4py(ws, version, times[size]["activity"])
            ws.close()
    return _judge(times)


def _timed(ws: Workspace, version: LogVersion, text: str) -> float:
    seconds, _ = best_of(2, lambda: redrawn(ws, version, Selection.parse(text)))
    return seconds


def redrawn(ws: Workspace, version: LogVersion, selection: Selection) -> str:
    """The map as the browser gets it."""
    found = redraw(ws, View(version.log, version.version, selection), cases=False)
    shares = opening_view(found.dfg)
    shown = view(found.dfg, shares.activities, shares.paths)
    facts = ActivityFacts(found.mix, {a.name: float(n) for n, a in enumerate(found.dfg.activities)}, NO_FIGURES)
    return json.dumps(draw(shown, facts, Look(), key="bench", whole=found.dfg).to_data())


def _beside_pm4py(ws: Workspace, version: LogVersion, ours: float) -> None:
    """The same question to pm4py: keep the cases with an activity, discover the graph."""
    sys.__dict__["_pm4py_welcome_shown"] = True  # no banner
    import pandas as pd
    import pm4py

    pd.set_option("mode.string_storage", "python")
    with ws.logs.read(version) as connection:
        frame = connection.execute(
            'SELECT case_id AS "case:concept:name", name AS "concept:name", e.ended AS "time:timestamp" '
            "FROM event e JOIN case_ USING (case_no) JOIN activity USING (activity_no) ORDER BY case_no, position"
        ).df()
    keep: Callable[..., Any] = partial(
        pm4py.filter_event_attribute_values, attribute_key="concept:name", values=["Step B"], level="case", retain=True
    )
    began = time.perf_counter()
    graph, _, _ = pm4py.discover_dfg(keep(frame))
    theirs = time.perf_counter() - began
    print(f"  pm4py, the same filter and graph from its frame in memory: {theirs:.2f} s, {len(graph)} paths")
    print(f"  Ratio: {theirs / ours:.1f} times faster")


def _judge(times: dict[float, dict[str, float]]) -> int:
    slow = {name: s for name, s in times.get(10.0, {}).items() if s > TARGET}
    for name, seconds in slow.items():
        print(f"Over {TARGET:.0f} s at 10 million: {name}, {seconds:.2f} s")
    sizes = sorted(times)
    worst = 0.0
    for small, large in pairwise(sizes):
        for name in FILTERS:
            worst = max(worst, times[large][name] / times[small][name] / (large / small))
    if len(sizes) > 1:
        print(f"Growth from {sizes[0]:.0f} to {sizes[-1]:.0f} million, worst step: {worst:.2f} of linear")
    return 1 if slow or worst > 1.1 else 0


if __name__ == "__main__":
    sys.exit(main())
