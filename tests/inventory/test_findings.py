"""Links, demand and overlaps on inventories small enough to see through; gaps and risks have files of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.actor.values import local
from core.errors import BadInput, NotFound
from core.workspace import Workspace
from governance import add_person
from inventory import (
    ActivityDemand,
    answer_tick_list,
    demand_from_log,
    demand_from_logs,
    gaps,
    link_activity,
    links,
    list_pilots,
    overlaps,
    tick_answers,
    unlink_activity,
)
from inventory.labels import ALIKE, key, likeness, most_alike
from tests.builders import staged_log
from tests.inventory.sheets import imported


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Create order", "create-ORDER ", True),
        ("Create_order", "Create  order", True),
        ("Straße prüfen", "STRASSE PRÜFEN", True),
        ("Create order", "Create orders", False),
        ("Order created", "Create order", False),
        ("C", "C++", False),
        ("C#", "C", False),
        ("?", "!", False),
    ],
)
def test_names_are_the_same_without_case_spacing_and_punctuation(first: str, second: str, same: bool) -> None:
    assert (key(first) == key(second)) is same


@given(st.text(max_size=30))
def test_a_key_is_its_own_key(label: str) -> None:
    assert key(key(label)) == key(label)


def test_names_that_look_alike_are_scored() -> None:
    assert likeness("Create order", "order, create") == 1
    alike = most_alike("Creat order", ["Create order", "Pay invoice", "Create orders"])
    assert [name for name, _ in alike] == ["Create order", "Create orders"]
    assert [score for _, score in alike] == pytest.approx([22 / 23, 22 / 24])
    assert likeness("Pay", "Create order") < ALIKE


ORDERS = [
    ("1", "Create order", "2026-01-01 08:00", "2026-01-01 09:00", "Ada", "human", False, "SAP"),
    ("1", "Check order", "2026-01-01 10:00", "2026-01-01 13:00", "Ada", "human", False, "SAP"),
    ("1", "Check order", "2026-01-01 13:00", "2026-01-01 13:01", "Bot", "agent", False, "SAP"),
    ("1", "Archive", "2026-01-01 14:00", "2026-01-01 15:00", "Job", "system", False, "DMS"),
    ("2", "Create order", "2026-01-02 08:00", "2026-01-02 08:30", "Ada", "human", False, "SAP"),
]


def test_demand_is_counted_from_the_log(ws: Workspace) -> None:
    staged_log(ws, ORDERS)
    found = {d.activity: d for d in demand_from_log(ws, "example")}
    assert found["Check order"] == ActivityDemand("Check order", "example", 2, 0.5, 3 * 3600, 1800)
    assert found["Create order"] == ActivityDemand("Create order", "example", 2, 1, 2700, None)
    assert found["Archive"] == ActivityDemand("Archive", "example", 1, 0, None, 3540)
    staged_log(ws, [("1", "Read", None, "2026-01-01 08:00")], "other")
    assert [d.log for d in demand_from_logs(ws)] == ["example"] * 3 + ["other"]
    assert demand_from_logs(ws, ["other"]) == (ActivityDemand("Read", "other", 1, None, None, None),)
    with pytest.raises(NotFound):
        demand_from_logs(ws, ["none"])


def test_links_go_by_name_and_only_suggest_by_likeness(ws: Workspace, tmp_path: Path) -> None:
    staged_log(ws, ORDERS)
    imported(ws, tmp_path, "name,department,activities,systems\nA,X,check-order; Archived,sap\n")
    by_label = {found.label: found for found in links(ws)}
    assert by_label["check-order"].logs == by_label["sap"].logs == ("example",)
    assert by_label["Archived"].logs == ()
    assert by_label["Archived"].suggestions[0].label == "Archive"
    assert len(by_label["Archived"].suggestions) <= 3
    assert [(link.label, link.logs) for link in links(ws) if link.chosen] == []
    assert overlaps(ws).pairs == ()


def test_a_name_in_other_words_is_linked_by_a_person_and_by_nobody_else(ws: Workspace, tmp_path: Path) -> None:
    staged_log(ws, ORDERS)
    imported(ws, tmp_path, "name,department,activities,status\nA,X,Take in an order,pilot\nB,Y,create order,pilot\n")
    ada = local("Ada")
    number = next(link.pilot for link in links(ws) if link.pilot_name == "A")
    assert "Create order" in {s.label for link in links(ws) for s in link.suggestions}
    gap = {g.demand.activity for g in gaps(ws, demand_from_logs(ws)).unallocated}
    with pytest.raises(NotFound, match="no mined activity `Create ordr`"):
        link_activity(ws, number, "Take in an order", "Create ordr", by=ada)
    with pytest.raises(NotFound, match="no activity of pilot `A` `Take`"):
        link_activity(ws, number, "Take", "Create order", by=ada)
    with pytest.raises(NotFound, match="no pilot `99`"):
        link_activity(ws, 99, "Take", "Create order", by=ada)
    with pytest.raises(NotFound, match="Nobody linked"):
        unlink_activity(ws, number, "Take in an order", by=ada)
    done = link_activity(ws, number, "take in AN order", "check order", by=ada)
    assert (done.label, done.activity, done.log) == ("Take in an order", "Check order", "example")
    (chosen,) = [link for link in links(ws) if link.chosen]
    assert (chosen.logs, chosen.suggestions) == (("example",), ())
    report = gaps(ws, demand_from_logs(ws))
    assert gap - {g.demand.activity for g in report.unallocated} == {"Check order"}
    assert ("A",) in [names for _, names in report.covered]
    link_activity(ws, number, "Take in an order", "Create order", by=ada)  # chosen anew
    (pair,) = overlaps(ws).pairs
    assert pair.tasks == ("Create order",)
    assert pair.reason.startswith("Same mined task `Create order`")
    unlink_activity(ws, number, "Take in an order", by=ada)
    assert [link for link in links(ws) if link.chosen] == []


def test_a_cluster_is_proved_by_the_work_it_competes_for(ws: Workspace, tmp_path: Path) -> None:
    rows = [(str(n), "Create order", f"2026-01-{n:02} 08:00", f"2026-01-{n:02} 09:00", "Ada", "human")
            for n in range(1, 32)]  # fmt: skip
    staged_log(ws, rows)
    imported(ws, tmp_path, "name,department,activities,purpose\nOrder maker,X,Create order,Makes orders\n"
             "Order creator,Y,create ORDER,Makes orders\nTree,Y,Cut tree,\n")  # fmt: skip
    one, two = (p.id for p in list_pilots(ws) if p.facts.name.startswith("Order"))
    for who in ("Ada", "Bob"):
        if who == "Bob":
            add_person(ws, who, by=local("Ada"))
        answer_tick_list(ws, [one, two], [one, two], by=local(who))
    assert [(a.asked, a.ticked, a.by) for a in tick_answers(ws)] == [
        ((one, two), (one, two), "Ada"), ((one, two), (one, two), "Bob")
    ]  # fmt: skip
    found = overlaps(ws)
    (cluster,) = found.clusters
    (proof,) = cluster.proof
    months = 30 * 86_400 / (365.25 / 12 * 86_400)
    assert (proof.activity, proof.log, proof.pilots) == ("Create order", "example", tuple(sorted((one, two))))
    assert proof.cases_a_month == pytest.approx(31 / months)
    assert proof.hours_a_month == pytest.approx(31 / months)
    assert found.pairs[0].tasks == ("Create order",)
    assert (found.pairs[0].same, found.precision.tick_lists) == (2, 2)


@pytest.mark.parametrize(
    ("asked", "ticked", "said"),
    [
        ([1], [], "from 2 to 12 pilots"),
        ([1, 1], [], "Pilot 1 stands twice"),
        ([1, 2], [1, 3], "Pilot 3 was not asked about"),
        ([1, 2], [1], "Tick at least two"),
        ([1, 99], [], "no pilot `99`"),
    ],
)
def test_an_answer_that_says_nothing_is_refused(
    ws: Workspace, tmp_path: Path, asked: list[int], ticked: list[int], said: str
) -> None:
    imported(ws, tmp_path, "name,department\nA,X\nB,X\nC,X\n")
    with pytest.raises(BadInput, match=said):
        answer_tick_list(ws, asked, ticked, by=local("Ada"))
    assert tick_answers(ws) == ()
