"""Graph, variants, durations, costs of alignments and fitness of every real log equal pm4py's.

The rows are handed to both sides alike, put in order by start (where there is none: by end), end and place in the file:
pm4py sorts by one column only, so it is given the start as its timestamp, and cases end where their last row ends.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.view import View
from core.workspace import Workspace
from mining.cases import CaseOrder, list_cases
from mining.conformance.align import align
from mining.conformance.fitness import fitness
from mining.conformance.net import net_of_tree
from mining.map.dfg import discover_dfg
from mining.map.inductive import discover_tree
from mining.map.variant import variants
from tests.mining.real import read_xes, stage
from tests.mining.test_conformance_service import pm4pys

# what the columns of a CSV are called: case, activity, start, end
_ENGLISH = ("case_id", "activity", "start_time", "end_time")
_PM4PY = ("case:concept:name", "concept:name", "start_timestamp", "time:timestamp")
LOGS: dict[str, tuple[str, ...] | None] = {
    "running_example/running-example.xes.gz": None,
    "receipt_coselog/08_receipt.xes.gz": None,
    "bpic2012/BPI_Challenge_2012.xes.gz": None,
    "bpic2013_incidents/BPIC13_incidents.xes.gz": None,
    "bpic2015_1/BPIC15_1.xes.gz": None,
    "bpic2020_DomesticDeclarations_cleaned/DomesticDeclarations.xes.gz": None,
    "interval_event_log/interval_event_log.xes.gz": None,
    "road_traffic_fines/road_fine.xes.gz": None,
    "bpic2017_w_start_end/BPIC_2017_W.csv.gz": _ENGLISH,
    "consulta_data_mining/ConsultaDataMining201618.csv.gz": (
        "Case ID", "Activity", "Start Timestamp", "Complete Timestamp",
    ),
    "production_manufacturing/Production_start_end.csv.gz": _PM4PY,
    "purchasing_example/PurchasingExample.csv.gz": _PM4PY,
    "synthetic_insurance_claims/Insurance_Claims.csv.gz": _ENGLISH,
    "synthetic_loanapp_with_costs/LoanApp_simplified.csv.gz": _PM4PY,
    "synthetic_procure_to_pay/Procure_to_Pay.csv.gz": _ENGLISH,
}  # fmt: skip


def _frame(path: Path, columns: tuple[str, ...] | None) -> Any:
    """The log at `path`, its rows in order."""
    import pandas as pd

    if columns is None:
        frame = read_xes(path)
        names = ["case:concept:name", "concept:name", "time:timestamp"]
        frame = frame[[*names, *(["start_timestamp"] if "start_timestamp" in frame else [])]].copy()
    else:
        pd.set_option("mode.string_storage", "python")  # pm4py's variants fail on Arrow strings
        frame = pd.read_csv(path, usecols=list(columns)).rename(columns=dict(zip(columns, _PM4PY, strict=True)))
        frame = frame[list(_PM4PY)]
    for column in {"start_timestamp", "time:timestamp"} & set(frame.columns):
        frame[column] = pd.to_datetime(frame[column], utc=True, format="mixed")
    frame["case:concept:name"] = frame["case:concept:name"].astype(str)
    began = "start_timestamp" if "start_timestamp" in frame else "time:timestamp"
    frame["row"] = range(len(frame))
    ordered = frame.sort_values(["case:concept:name", began, "time:timestamp", "row"], kind="stable")
    return ordered.drop(columns="row").reset_index(drop=True)


@pytest.mark.slow
@pytest.mark.parametrize("name", LOGS)
def test_graph_variants_and_durations_equal_pm4pys(ws: Workspace, shared_log: Callable[[str], Path], name: str) -> None:
    import pm4py

    frame = _frame(shared_log(name), LOGS[name])
    version = stage(ws, "real", frame)
    with ws.logs.select(version) as connection:
        dfg, found = discover_dfg(connection), variants(connection)
    theirs = frame.assign(**{"time:timestamp": frame.get("start_timestamp", frame["time:timestamp"])})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        graph, starts, ends = pm4py.discover_dfg(theirs)
        traces = {tuple(trace): n for trace, n in pm4py.get_variants(theirs).items()}
        durations = sorted(pm4py.get_all_case_durations(frame)) if "start_timestamp" not in frame else None
    assert {(p.source, p.target): p.count for p in dfg.paths} == dict(graph)
    assert {b.activity: b.cases for b in dfg.starts} == dict(starts)
    assert {b.activity: b.cases for b in dfg.ends} == dict(ends)
    assert {v.trace: v.cases for v in found} == traces
    spans = frame.groupby("case:concept:name").agg(
        first=("start_timestamp" if "start_timestamp" in frame else "time:timestamp", "min"),
        last=("time:timestamp", "max"),
        rows=("time:timestamp", "size"),
    )
    seen_once = (spans["rows"] == 1) & ("start_timestamp" not in frame)
    seconds = (spans["last"] - spans["first"]).dt.total_seconds()
    longest = list_cases(ws, View("real"), by=CaseOrder.CYCLE_TIME, descending=True, limit=1000).rows
    expected = sorted(seconds[~seen_once], reverse=True)[:1000]
    with ws.logs.open(View("real")) as opened:
        told_from = float(opened.trust.tells_from or 0)  # a log with days only has whole days, whatever its clocks did
    assert [c.cycle_seconds for c in longest][: len(expected)] == pytest.approx(expected, abs=told_from / 2)
    if durations is not None:  # pm4py knows no start, so that its durations are ours where there is none
        assert durations == pytest.approx(sorted(seconds))


@pytest.mark.slow
@pytest.mark.parametrize("name", LOGS)
def test_costs_and_fitness_equal_pm4pys(ws: Workspace, shared_log: Callable[[str], Path], name: str) -> None:
    """Against the map of the most frequent variants, on variants drawn from frequent to rare: pm4py needs up to minutes
    for one long variant of the larger logs, so those of up to 25 activity instances are compared."""
    version = stage(ws, "real", _frame(shared_log(name), LOGS[name]))
    with ws.logs.select(version) as connection:
        found = variants(connection)
    short = [v for v in found if len(v.trace) <= 25]
    shape = discover_tree([v for v in short if len(v.trace) <= 15][:8] or short[:8], 0.2)
    kept = short[:: max(1, len(short) // 6)][:7]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pm4py's check of the net fails on any
        costs, log_fitness, _ = pm4pys(shape, kept, with_precision=False)
    net = net_of_tree(shape)
    mine = align(net, [((), 0), *((v.trace, v.cases) for v in kept)])
    shortest = mine.pop(()).cost
    assert {t: a.cost for t, a in mine.items()} == costs
    measured = fitness(costs, {v.trace: v.cases for v in kept}, shortest)
    assert measured is not None
    # pm4py lets a silent move cost a ten-thousandth of a visible one, so that its fitness is that little lower
    assert measured.log == pytest.approx(log_fitness["log_fitness"], abs=5e-4)
    assert measured.mean == pytest.approx(log_fitness["averageFitness"], abs=5e-4)
