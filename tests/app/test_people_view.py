"""What is drawn of hand-overs: which part, in which order, in whose colour."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.components.process_map import END, START
from app.pages.hidden import reads
from app.pages.people import view as people_view
from app.theme import LIGHT
from mining.map.hidden import FindingFigure
from mining.organisation import Handover, Handovers, HandoverUnit, Return

FOUND = Handovers(
    "performer",
    (HandoverUnit("Bo", "human", 2, 5), HandoverUnit("Cy", "agent", 4, 1), HandoverUnit("<b>Di</b>", "unknown", 1, 1)),
    (
        Handover("Cy", "Bo", 4, 3, 60.0, 240.0),
        Handover("Bo", "<b>Di</b>", 1, 1, 60.0, 60.0),
        Handover("<b>Di</b>", "Bo", 1, 1, 60.0, 60.0),
        Handover("Bo", "Cy", 1, 1, 60.0, 60.0),
    ),
    7, 3, 3, 8, 8, 420.0, False, starts=(("Cy", 3),), ends=(("Bo", 3),),
)  # fmt: skip


def test_names_stand_in_a_chart_letter_by_letter() -> None:
    hard = HandoverUnit('Zoë "Z" <i>&', "unknown", 1, 1)
    chart = people_view.matrix(replace(FOUND, units=(*FOUND.units[:2], hard)), LIGHT, height=200)
    assert 'Zoë "Z" &lt;i&gt;&amp; <span' in chart.layout.xaxis.ticktext[2]  # plotly would show &quot; as it stands


def test_a_part_says_what_it_leaves_out() -> None:
    shown = people_view.part(FOUND, 2)
    assert [u.name for u in shown.units] == ["Bo", "Cy"]
    assert (shown.units_left, shown.share) == (1, 5 / 7)


def test_the_graph_begins_with_who_gives_and_ends_with_who_takes() -> None:
    drawn = people_view.graph(FOUND, key="k")
    assert [n.name for n in drawn.nodes] == ["Cy", "<b>Di</b>", "Bo"]
    assert [n.kind for n in drawn.nodes] == ["agent", "unknown", "human"]
    ends = {(p.source, p.target) for p in drawn.paths}
    assert {(START, "Cy"), ("Bo", END), ("Cy", "Bo")} <= ends


def test_the_matrix_names_rows_literally_and_in_the_colour_of_their_kind() -> None:
    chart = people_view.matrix(FOUND, LIGHT, height=400)
    ticks = chart.layout.xaxis.ticktext
    assert LIGHT.human in ticks[0]
    assert LIGHT.agent in ticks[1]
    assert "&lt;b&gt;" in ticks[2]
    assert chart.layout.title.text.startswith("Cy to Bo is the most frequent hand-over: 4 times")
    assert chart.data[0].z[1][0] == 2.0  # the square root of 4


def test_returns_are_drawn_by_time_with_a_unit_that_fits() -> None:
    found = [Return("a", "b", 1, 1, 60.0, 7200.0, "x", "y"), Return("c", "d", 9, 9, 60.0, 90_000.0, "x", "y")]
    chart = people_view.returns(found, LIGHT, height=300)
    assert chart.layout.xaxis.title.text == "added time, hours"
    assert list(chart.data[0].x) == [2.0, 25.0]


@pytest.mark.parametrize(
    ("evidence", "text"),
    [
        (FindingFigure("n", 12, "count"), "12"),
        (FindingFigure("n", 7.8, "count"), "7.8"),
        (FindingFigure("n", 0.25, "share"), "25 %"),
        (FindingFigure("n", 3600.0, "seconds"), "1 h"),
        (FindingFigure("n", "Sunday", "text"), "Sunday"),
    ],
)
def test_evidence_reads_with_its_unit(evidence: FindingFigure, text: str) -> None:
    assert reads(evidence) == text
