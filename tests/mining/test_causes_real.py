"""Causes, comparison and drift on a real log: travel declarations of BPI Challenge 2020 (B. van Dongen)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from core.selection.filters import TimeframeFilter
from core.selection.selection import Selection
from core.view import View
from core.workspace import Workspace
from mining.causes.service import find_causes
from mining.causes.values import FactorKind, Mark, Quick
from mining.compare.drift import find_drift
from mining.compare.service import compare_sides
from mining.compare.values import Thing
from tests.mining.real import read_xes, stage

LOG = "bpic2020_DomesticDeclarations_cleaned/DomesticDeclarations.xes.gz"


@pytest.mark.slow
def test_a_real_log_against_a_naive_count(ws: Workspace, shared_log: Callable[[str], Path]) -> None:
    frame = read_xes(shared_log(LOG))
    stage(ws, "travel", frame)
    traces = {
        case: tuple(group["concept:name"])
        for case, group in frame.sort_values("time:timestamp", kind="stable").groupby("case:concept:name")
    }
    reworked = {case for case, trace in traces.items() if len(set(trace)) < len(trace)}

    found = find_causes(ws, View("travel"), mark=Mark(quick=Quick.REWORK), alpha=1)
    assert (found.cases, found.marked) == (len(traces), len(reworked))
    checked = 0
    for factor in found.factors:
        if factor.kind is FactorKind.PATH and factor.ends:
            having = {case for case, trace in traces.items() if factor.ends in set(pairwise(trace))}
        elif factor.kind is FactorKind.ACTIVITY:
            having = {case for case, trace in traces.items() if factor.value in trace}
        else:
            continue
        assert (factor.cases, factor.marked) == (len(having), len(having & reworked)), factor.phrase
        checked += 1
    assert checked > 10  # what only follows from the mark stands apart

    drift = find_drift(ws, View("travel"))
    strongest = max(drift.points, key=lambda point: point.strength)
    # From 2018 on the administration approves declarations first; 2017 was a pilot with two departments, says the
    # description of the log. The place is known to a fifth of a window of 1,035 cases, which is about a week here.
    assert (strongest.moment.year, strongest.moment.month) == (2018, 1)
    assert strongest.strength > 0.4

    sides = [Selection((side,)) for side in (strongest.before, strongest.after)]
    assert all(isinstance(side.filters[0], TimeframeFilter) for side in sides)
    compared = compare_sides(ws, View("travel", selection=sides[0]), View("travel", selection=sides[1]))
    top = compared.differences[0]
    assert (top.thing, top.source) == (Thing.ACTIVITY, "Declaration APPROVED by ADMINISTRATION")
    assert compared.overlap == 0
