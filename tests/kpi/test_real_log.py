"""The KPIs of two published logs against the same figures computed row by row, without SQL.

Logs: PurchasingExample (Disco's demonstration log, Fluxicon); a loan application simulation with costs (from the
samples of the Simod project).
"""

from __future__ import annotations

import csv
import gzip
import statistics
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.view import View
from core.workspace import Workspace
from kpi import measure


def rows_of(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def utc(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def stage(ws: Workspace, path: Path, cost: str) -> None:
    """Publish the CSV file at `path`, read by DuckDB alone, as event log `example`."""
    with ws.logs.draft("example") as draft:
        draft.connection.execute(
            f"""
            CREATE TABLE staged AS
            SELECT "case:concept:name"::VARCHAR AS case_id, "concept:name" AS activity,
                   start_timestamp::TIMESTAMPTZ::TIMESTAMP AS started,
                   "time:timestamp"::TIMESTAMPTZ::TIMESTAMP AS ended,
                   NULL::SMALLINT AS started_offset, NULL::SMALLINT AS ended_offset, "org:resource" AS performer,
                   'human' AS performer_kind, false AS simulated, NULL::VARCHAR AS system,
                   ({cost})::DOUBLE AS cost, NULL::BOOLEAN AS failed, row_number() OVER () AS source_row
            FROM read_csv($path)
            """,
            {"path": str(path)},
        )
        draft.publish(source=path.name, digest="real", created_by="tester", event_rows=1, meta={}, ends=["*"])


def test_cycle_time_and_throughput_of_a_purchasing_log(ws: Workspace, shared_log: Callable[[str], Path]) -> None:
    path = shared_log("purchasing_example/PurchasingExample.csv.gz")
    rows = rows_of(path)
    stage(ws, path, cost="NULL")
    spans = defaultdict[str, list[datetime]](list)
    for row in rows:
        spans[row["case:concept:name"]] += [utc(row["start_timestamp"]), utc(row["time:timestamp"])]
    seconds = sorted((max(s) - min(s)).total_seconds() for s in spans.values())
    ends = [max(s) for s in spans.values()]
    cycle, throughput, *_ = measure(ws, View("example"))
    assert cycle.n == len(seconds) == 608
    assert cycle.value == statistics.median(seconds)
    assert cycle.mean == pytest.approx(statistics.fmean(seconds))
    assert cycle.low is not None
    assert cycle.high is not None
    assert cycle.low < cycle.value < cycle.high
    assert throughput.value == pytest.approx(608 / ((max(ends).date() - min(ends).date()).days + 1))


def test_cost_per_task_of_a_loan_log(ws: Workspace, shared_log: Callable[[str], Path]) -> None:
    path = next(shared_log("synthetic_loanapp_with_costs").glob("*.csv.gz"))
    rows = rows_of(path)
    costs = [float(r["FixedCost"]) + float(r["ResourceCost"]) for r in rows]
    stage(ws, path, cost="FixedCost + ResourceCost")
    cost = measure(ws, View("example"))[2]
    assert cost.n == len(rows) == 3620
    assert cost.value == pytest.approx(statistics.fmean(costs))
    assert cost.low is not None
    assert cost.low < statistics.fmean(costs)
