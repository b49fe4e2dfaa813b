"""The process tree: pm4py's own from the same log, the same every time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import BadInput
from core.tree import Operator, ProcessTree
from core.workspace import Workspace
from mining.map.inductive import convert, discover_tree
from mining.map.variant import Variant, project, variants
from tests.builders import staged_log
from tests.mining.real import read_csv, read_xes, stage


@pytest.mark.parametrize("noise", [0.0, 0.2])
@pytest.mark.parametrize(
    "name",
    [
        "running_example/running-example.xes.gz",
        "receipt_coselog/08_receipt.xes.gz",
        "purchasing_example/PurchasingExample.csv.gz",
        "bpic2020_DomesticDeclarations_cleaned/DomesticDeclarations.xes.gz",
    ],
)
def test_the_tree_equals_pm4py_from_the_events(
    ws: Workspace, shared_log: Callable[[str], Path], name: str, noise: float
) -> None:
    import pm4py

    path = shared_log(name)
    frame = read_csv(path) if path.name.endswith(".csv.gz") else read_xes(path)
    version = stage(ws, "real", frame)
    if "start_timestamp" in frame:  # pm4py orders by the end only
        frame = frame.assign(**{"time:timestamp": frame["start_timestamp"]})
    with ws.logs.read(version) as connection:
        found = variants(connection)
    assert discover_tree(found, noise) == convert(pm4py.discover_process_tree_inductive(frame, noise))


def test_variants_worked_by_hand(ws: Workspace) -> None:
    rows = [
        ("1", "a", None, "2026-01-05 08:00"), ("1", "b", None, "2026-01-05 09:00"),
        ("2", "a", None, "2026-01-05 08:00"), ("2", "b", None, "2026-01-05 09:00"),
        ("3", "b", None, "2026-01-05 08:00"),
    ]  # fmt: skip
    with ws.logs.read(staged_log(ws, rows)) as connection:
        assert variants(connection) == (Variant(("a", "b"), 2), Variant(("b",), 1))


def test_a_tree_worked_by_hand() -> None:
    found = (Variant(("a", "b", "c"), 5), Variant(("a", "c", "b"), 4), Variant(("a", "d"), 3))
    assert str(discover_tree(found)) == "->( 'a', X( 'd', +( 'c', 'b' ) ) )"


def test_one_activity_and_loops() -> None:
    assert discover_tree((Variant(("a",), 1),)) == ProcessTree(Operator.TASK, "a")
    assert str(discover_tree((Variant(("a", "b", "a"), 1), Variant(("a",), 1)))) == "*( 'a', 'b' )"


def test_noise_drops_what_is_rare() -> None:
    found = (Variant(("a", "b", "c", "d"), 1000), Variant(("a", "c", "d", "b"), 1))
    assert str(discover_tree(found)) == "->( 'a', +( 'b', ->( 'c', 'd' ) ) )"
    assert str(discover_tree(found, 0.2)) == "->( 'a', 'b', 'c', 'd' )"


def test_what_cannot_be_mined_is_refused() -> None:
    with pytest.raises(BadInput, match=r"`1\.5`"):
        discover_tree((Variant(("a",), 1),), 1.5)
    with pytest.raises(BadInput, match="no case"):
        discover_tree(())


def test_projection_merges_traces_and_drops_empty_ones() -> None:
    found = (Variant(("a", "x", "b"), 3), Variant(("a", "b"), 2), Variant(("x",), 9))
    assert project(found, {"a", "b"}) == (Variant(("a", "b"), 5),)


def test_the_tree_is_the_same_in_every_process() -> None:
    code = """
import random
from mining.map.inductive import discover_tree
from mining.map.variant import Variant
draw = random.Random(7)
names = ['ox', 'bee', 'cat', 'dog', 'elk', 'fox', 'gnu']
found = [Variant(tuple(draw.sample(names, draw.randint(2, 7))), n + 1) for n in range(40)]
print(discover_tree(found), discover_tree(found, 0.2))
"""
    printed = {
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", code], env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(printed) == 1


LOGS = st.dictionaries(st.lists(st.integers(0, 5), max_size=9).map(tuple), st.integers(1, 9), min_size=1, max_size=7)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LOGS, st.sampled_from([0.0, 0.1, 0.3]))
def test_the_miner_for_long_traces_finds_pm4pys_trees(log: dict[tuple[int, ...], int], noise: float) -> None:
    from pm4py.algo.discovery.inductive.dtypes.im_ds import IMDataStructureUVCL
    from pm4py.algo.discovery.inductive.variants.im import IMUVCL
    from pm4py.algo.discovery.inductive.variants.imf import IMFUVCL

    from mining.map.long_traces import Miner, NoiseMiner, structure

    parameters = {"noise_threshold": noise, "multiprocessing": False}
    ours = (NoiseMiner if noise else Miner)(parameters).apply(structure(Counter(log)), parameters)
    theirs = (IMFUVCL if noise else IMUVCL)(parameters).apply(IMDataStructureUVCL(Counter(log)), parameters)
    assert convert(ours) == convert(theirs)


def test_a_long_trace_takes_no_more_than_its_length() -> None:
    trace = tuple("abcdef"[n % 6] if n % 7 else "abcdef"[n % 5] for n in range(60_000))
    began = time.process_time()
    assert set(discover_tree((Variant(trace, 1),)).labels()) == set("abcdef")
    assert time.process_time() - began < 20, "the square of it would take minutes"
