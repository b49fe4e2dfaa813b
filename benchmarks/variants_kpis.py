"""Variants and per-case KPIs of 10 million generated events: from the store on disk, beside pm4py on its data frame.

pm4py gets its own frames, complete, sorted and in memory; reading them is not counted. Its public functions are timed
(`get_variants`, `get_all_case_durations`, `get_rework_cases_per_activity`), and what a case's KPIs need beyond them
(waiting, service, events, rework and performers of each case) is done in pandas on the same frame. Every answer is
compared. `TANDEM_BENCH_EVENTS` sets another size.
"""

from __future__ import annotations

import os
import sys
import tempfile
import warnings
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.dfg import EVENTS_A_CASE, best_of, generate, peak
from core.settings import Settings
from core.workspace import open_workspace
from mining.map.variant import Variant, variants
from mining.performance.per_case import case_kpis
from mining.performance.timing import prepare

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

TARGET = 10.0  # times faster, each of the two
# pm4py orders a case by the one timestamp that it looks at, and Tandem by start: so start is what it is given.
_FRAME = """
SELECT case_id AS "case:concept:name", a.name AS "concept:name", p.name AS "org:resource",
       e.started AS "time:timestamp", e.ended AS ended
FROM event e JOIN case_ USING (case_no) JOIN activity a USING (activity_no) LEFT JOIN performer p USING (performer_no)
ORDER BY case_no, position
"""
_REWORKED = """
SELECT name, count(DISTINCT case_no) FROM event JOIN activity USING (activity_no) WHERE repeated GROUP BY name
"""
_CASE, _ACTIVITY, _PERFORMER = "case:concept:name", "concept:name", "org:resource"
_START, _END = "time:timestamp", "ended"


def main() -> int:
    """Generate, time both, compare the answers, print the ratios; 1 where a target is missed."""
    events = int(os.environ.get("TANDEM_BENCH_EVENTS", 10_000_000))
    with tempfile.TemporaryDirectory() as folder:
        ws = open_workspace(Settings(home=Path(folder), duckdb_memory="8GB"))
        version = generate(ws, round(events / EVENTS_A_CASE))
        with ws.logs.select(version) as connection:
            ours_variants, found = best_of(3, lambda: variants(connection))
            print(f"Tandem, from disk: {len(found):,} variants with counts      {ours_variants:8.2f} s   {peak()}")
            ours_kpis, columns = best_of(3, lambda: _ours(connection))
            print(f"Tandem, from disk: KPIs of {version.cases:,} cases         {ours_kpis:8.2f} s   {peak()}")
            their_variants = _their_variants(connection, found)
            public, added = _their_kpis(connection, columns)
        ws.close()
    ratios = (their_variants / ours_variants, (public + added) / ours_kpis)
    print(f"Variants: {ratios[0]:.1f} times faster than pm4py's fastest public way (target {TARGET:.0f})")
    print(f"Per-case KPIs: {ratios[1]:.1f} times faster than pm4py with pandas (target {TARGET:.0f}), "
          f"{public / ours_kpis:.1f} times faster than pm4py's public functions alone")  # fmt: skip
    return 0 if min(ratios) >= TARGET else 1


def _ours(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    prepare(connection)
    return case_kpis(connection)


def _their_variants(connection: duckdb.DuckDBPyConnection, ours: tuple[Variant, ...]) -> float:
    """Seconds of pm4py's faster public way to the variants."""
    pm4py = _pm4py()
    expected = {v.trace: v.cases for v in ours}
    fastest = float("inf")
    for name in ("polars", "pandas"):
        log = connection.execute(_FRAME).pl().lazy() if name == "polars" else connection.execute(_FRAME).df()
        seconds, theirs = best_of(1, partial(pm4py.get_variants, log))
        assert {tuple(trace): cases for trace, cases in theirs.items()} == expected, name
        print(f"pm4py, public, {name}: variants                 {seconds:8.2f} s   {peak()}")
        fastest = min(fastest, seconds)
    return fastest


def _their_kpis(connection: duckdb.DuckDBPyConnection, ours: dict[str, Any]) -> tuple[float, float]:
    """Seconds of pm4py's public functions, and of what has to be added in pandas, to the KPIs of each case."""
    import numpy as np

    pm4py = _pm4py()
    frame = connection.execute(_FRAME).df()
    durations, theirs = best_of(1, lambda: pm4py.get_all_case_durations(frame))
    spans = connection.execute(
        "SELECT (epoch_us(max(started)) - epoch_us(min(started))) / 1e6 AS s FROM event GROUP BY case_no ORDER BY s"
    ).fetchnumpy()["s"]
    assert np.allclose(sorted(theirs), spans, atol=1e-3)
    rework, theirs = best_of(1, lambda: pm4py.get_rework_cases_per_activity(frame))
    assert dict(theirs) == dict(connection.execute(_REWORKED).fetchall())
    added, kpis = best_of(1, lambda: _in_pandas(frame))
    kpis = kpis.loc[ours["case_id"]]
    for column in ("cycle", "waiting", "service", "events", "rework", "performers"):
        assert np.allclose(kpis[column].to_numpy(), np.asarray(ours[column], dtype=float), atol=1e-3), column
    print(f"pm4py, public: case durations, rework             {durations + rework:8.2f} s   {peak()}")
    print(f"pandas: what pm4py has no function for            {added:8.2f} s   {peak()}")
    return durations + rework, added


def _in_pandas(frame: pd.DataFrame) -> pd.DataFrame:
    """Cycle time, waiting, service, events, rework and performers of each case; the frame stands in order."""
    import pandas as pd

    case = frame[_CASE]
    waited = (frame[_START] - frame[_END].shift()).dt.total_seconds().clip(lower=0).where(case == case.shift(), 0)
    served = (frame[_END] - frame[_START]).dt.total_seconds()
    grouped = frame.groupby(_CASE, sort=False)
    events = grouped.size()
    return pd.DataFrame(
        {
            "cycle": (grouped[_END].max() - grouped[_START].min()).dt.total_seconds(),
            "waiting": waited.groupby(case, sort=False).sum(),
            "service": served.groupby(case, sort=False).sum(),
            "events": events,
            "rework": events - grouped[_ACTIVITY].nunique(),
            "performers": grouped[_PERFORMER].nunique(),
        }
    )


def _pm4py() -> Any:
    """pm4py, without its banner, on strings that its variants can take."""
    sys.__dict__["_pm4py_welcome_shown"] = True
    warnings.filterwarnings("ignore", category=FutureWarning)
    import pandas as pd
    import pm4py

    pd.set_option("mode.string_storage", "python")
    return pm4py


if __name__ == "__main__":
    sys.exit(main())
