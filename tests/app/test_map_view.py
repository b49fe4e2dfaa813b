"""What the map draws, computed by hand from a graph of three activities."""

import dataclasses
from typing import Any

import pytest

from app.components.process_map import END, START
from app.pages.map_view import Colour, Facts, coverage, draw, flow_order, heat_steps
from mining import ActivityProfile, Boundary, Dfg, DfgActivity, DfgPath, Variant

DFG = Dfg(
    activities=(DfgActivity("pay", 10, 8), DfgActivity("order", 8, 8), DfgActivity("check", 2, 2)),
    paths=(DfgPath("order", "pay", 6, 6, 3600.0, 7200.0), DfgPath("order", "check", 2, 2, 60.0, 60.0)),
    starts=(Boundary("order", 8),),
    ends=(Boundary("pay", 8),),
)
VARIANTS = (Variant(("order", "pay"), 6), Variant(("order", "check", "pay", "pay"), 2))


def facts() -> Facts:
    nothing = dict.fromkeys(f.name for f in dataclasses.fields(ActivityProfile) if f.default is dataclasses.MISSING)
    known: dict[str, Any] = {
        "activity": "pay", "count": 10, "cases": 8, "repeated_share": 0.2, "waiting_median": 3600.0,
        "human_share": 0.75, "agent_share": 0.25, "system_share": 0.0, "kind_known_share": 0.8,
    }  # fmt: skip
    return Facts({"pay": ActivityProfile(**{**nothing, **known})}, flow_order(VARIANTS))


def test_activities_stand_in_the_order_of_the_flow() -> None:
    assert flow_order(VARIANTS) == {"order": 0, "check": 0.5, "pay": 1}
    assert [n.name for n in draw(DFG, facts(), Colour.WHO, key="k").nodes] == ["order", "check", "pay"]


def test_rework_in_long_cases_does_not_come_before_the_work() -> None:
    short, long = (
        Variant(("ask", "decide"), 90),
        Variant(("ask", "decide", "ask again", "decide", "a", "b", "c", "d"), 10),
    )
    order = flow_order((short, long))
    assert order["ask"] < order["decide"] < order["ask again"]


def test_an_activity_that_is_always_alone_has_a_place() -> None:
    assert flow_order((Variant(("alone",), 3), Variant((), 1))) == {"alone": 0}


def test_colour_by_who_works_takes_the_largest_share_and_knows_the_unknown() -> None:
    nodes = {n.name: n for n in draw(DFG, facts(), Colour.WHO, key="k").nodes}
    assert (nodes["pay"].kind, nodes["order"].kind, nodes["pay"].heat) == ("human", "unknown", None)
    assert nodes["pay"].title == "pay: 10 times in 8 cases; done by people 60 %, agents 20 %, unknown performers 20 %"


def test_colour_by_waiting_time_labels_paths_with_it() -> None:
    drawn = draw(DFG, facts(), Colour.WAITING, key="k")
    assert [(p.label, p.heat) for p in drawn.paths[:2]] == [("1 h", 4), ("1 min", 0)]
    assert {n.name: n.note for n in drawn.nodes}["pay"] == "waits 1 h"


def test_rework_is_what_goes_beyond_the_first_time() -> None:
    assert {n.name: n.note for n in draw(DFG, facts(), Colour.REWORK, key="k").nodes}["pay"] == "20 % rework"


def test_width_is_frequency_and_cases_start_and_end() -> None:
    paths = draw(DFG, facts(), Colour.WHO, key="k").paths
    assert [(p.source, p.target) for p in paths[2:]] == [(START, "order"), ("pay", END)]
    assert [p.weight for p in paths[:2]] == [1, pytest.approx(1 / 3)]


def test_heat_steps_rise_with_the_value_and_stay_in_range() -> None:
    heat = heat_steps([0, 1, 100])
    assert [heat(v) for v in (None, 0, 1, 25, 64, 100)] == [0, 0, 0, 2, 4, 4]
    assert heat_steps([])(5) == 0


def test_coverage_ends_at_all_cases() -> None:
    assert coverage(VARIANTS) == [0.75, 1.0]
    assert coverage(()) == []
