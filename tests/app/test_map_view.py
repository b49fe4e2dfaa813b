"""What the map draws, computed by hand from a graph of three activities."""

import pytest

from app.components.process_map import END, START
from app.pages.process_map.export import activity_rows, path_rows
from app.pages.process_map.metrics import Counting, Look, MapMetric, Statistic
from app.pages.process_map.view import ActivityFacts, caption, complete_order, draw, flow_order, heat_steps, legend
from mining.map.dfg import Boundary, Dfg, DfgActivity, DfgPath
from mining.map.figures import Figures, MapFigures, Times
from mining.map.variant import Variant

DFG = Dfg(
    activities=(DfgActivity("pay", 10, 8), DfgActivity("order", 8, 8), DfgActivity("check", 2, 2)),
    paths=(DfgPath("order", "pay", 6, 6, 3600.0, 7200.0), DfgPath("order", "check", 2, 2, 60.0, 60.0)),
    starts=(Boundary("order", 8),),
    ends=(Boundary("pay", 8),),
)
VARIANTS = (Variant(("order", "pay"), 6), Variant(("order", "check", "pay", "pay"), 2))


def facts() -> ActivityFacts:
    hour = Times(8, 3600.0, 4000.0, 9000.0, 32_000.0)
    figures = MapFigures(
        {"pay": Figures(10, hour, None, 2, 4, 50.0)},
        {
            ("order", "pay"): Figures(6, Times(6, 3600.0, 3600.0, 7200.0, 21_600.0), None, 3, 0, None),
            ("order", "check"): Figures(2, Times(2, 60.0, 60.0, 60.0, 120.0), None, 0, 0, None),
        },
    )
    mix = {"pay": {"human": 0.6, "agent": 0.2, "unknown": 0.2}, "order": {"unknown": 1.0}}
    return ActivityFacts(mix, flow_order(VARIANTS), figures)


def notes(look: Look) -> dict[str, str]:
    return {n.name: n.note for n in draw(DFG, facts(), look, key="k").nodes}


def test_activities_stand_in_the_order_of_the_flow() -> None:
    assert flow_order(VARIANTS) == {"order": 0, "check": 0.5, "pay": 1}
    assert [n.name for n in draw(DFG, facts(), Look(), key="k").nodes] == ["order", "check", "pay"]


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
    nodes = {n.name: n for n in draw(DFG, facts(), Look(), key="k").nodes}
    assert (nodes["pay"].kind, nodes["order"].kind, nodes["pay"].heat) == ("human", "unknown", None)
    assert nodes["pay"].title == "pay: 10 times in 8 cases; done by people 60 %, agents 20 %, unknown performers 20 %"


def test_colour_by_waiting_time_labels_paths_with_it() -> None:
    drawn = draw(DFG, facts(), Look(MapMetric.WAITING), key="k")
    assert [(p.label, p.heat) for p in drawn.paths[:2]] == [("1 h", 4), ("1 min", 0)]
    assert {n.name: n.note for n in drawn.nodes}["pay"] == "waits 1 h"


def test_rework_is_what_goes_beyond_the_first_time() -> None:
    assert notes(Look(MapMetric.REWORK))["pay"] == "20 % rework"


@pytest.mark.parametrize(
    ("look", "note"),
    [
        (Look(MapMetric.FREQUENCY), "10"),
        (Look(MapMetric.FREQUENCY, counting=Counting.CASES), "8"),
        (Look(counting=Counting.CASES), "8"),
        (Look(MapMetric.WAITING, statistic=Statistic.MEAN), "waits 1 h 6 min"),
        (Look(MapMetric.WAITING, statistic=Statistic.P95), "waits 2 h 30 min"),
        (Look(MapMetric.WAITING, statistic=Statistic.TOTAL), "waits 8 h 53 min"),
        (Look(MapMetric.SERVICE), "–"),
        (Look(MapMetric.COST, currency="EUR"), "12.50 EUR"),
        (Look(MapMetric.COST, statistic=Statistic.TOTAL, currency="EUR"), "50.00 EUR"),
    ],
)
def test_every_metric_reads_with_its_unit(look: Look, note: str) -> None:
    assert notes(look)["pay"] == note


def test_width_and_labels_by_another_metric() -> None:
    paths = draw(DFG, facts(), Look(width=MapMetric.REWORK), key="k").paths
    assert [(p.weight, p.label, p.heat) for p in paths[:2]] == [(1, "50 %", None), (0, "0 %", None)]
    assert Look(width=MapMetric.REWORK).needs_figures
    assert not Look(MapMetric.FREQUENCY).needs_figures


def test_what_is_hidden_can_be_found() -> None:
    shown = Dfg(DFG.activities[:2], DFG.paths[:1], DFG.starts, DFG.ends)
    found = draw(shown, facts(), Look(), key="k", whole=DFG).find
    assert [(f.name, f.note, f.shown) for f in found] == [
        ("pay", "10 times", True), ("order", "8 times", True), ("check", "2 times", False),
    ]  # fmt: skip


def test_the_legend_says_what_is_there() -> None:
    assert [m.look for m in legend(DFG, facts(), Look())] == ["kind-human", "kind-agent", "kind-unknown"]
    steps = legend(DFG, facts(), Look(MapMetric.FREQUENCY))
    assert [m.words for m in steps] == ["up to 0", "up to 2", "up to 4", "up to 6", "up to 10"]
    assert legend(DFG, facts(), Look(MapMetric.SERVICE)) == ()


def test_the_caption_of_a_picture_says_what_it_shows() -> None:
    assert caption(DFG, DFG, Look(MapMetric.WAITING)) == (
        "3 of 3 activities and 2 of 2 paths. Colour: waiting time, median. Width: frequency in events."
    )


def test_an_activity_outside_the_frequent_variants_stands_after_what_leads_to_it() -> None:
    assert complete_order({"order": 0.0, "pay": 1.0}, DFG) == {"order": 0.0, "pay": 1.0, "check": 0.0}


def test_exported_rows_are_what_is_shown() -> None:
    rows = activity_rows(DFG, facts(), facts().figures)
    assert (rows[0]["activity"], rows[0]["events"], rows[0]["cases_ending"], rows[0]["human_share"]) == (
        "pay",
        10,
        8,
        0.6,
    )
    assert (rows[0]["waiting_mean_seconds"], rows[1]["waiting_mean_seconds"]) == (4000.0, None)
    path = path_rows(DFG, facts().figures)[0]
    assert (path["source"], path["target"], path["waiting_total_seconds"], path["rework"]) == (
        "order",
        "pay",
        21_600.0,
        3,
    )


def test_width_is_frequency_and_cases_start_and_end() -> None:
    paths = draw(DFG, facts(), Look(), key="k").paths
    assert [(p.source, p.target) for p in paths[2:]] == [(START, "order"), ("pay", END)]
    assert [p.weight for p in paths[:2]] == [1, pytest.approx(1 / 3)]


def test_heat_steps_rise_with_the_value_and_stay_in_range() -> None:
    heat = heat_steps([0, 1, 100])
    assert [heat(v) for v in (None, 0, 1, 25, 64, 100)] == [0, 0, 0, 2, 4, 4]
    assert heat_steps([])(5) == 0
