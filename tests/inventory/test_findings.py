"""Links, overlaps, gaps, orphans and risks on inventories small enough to see through."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import NotFound
from core.workspace import Workspace
from inventory import (
    ActivityDemand,
    Sensitivity,
    Status,
    TouchedKind,
    demand_from_log,
    demand_from_logs,
    gaps,
    links,
    overlaps,
    risks,
)
from inventory.labels import ALIKE, key, likeness, most_alike
from inventory.overlap import find_overlaps
from inventory.reference import reference
from inventory.risks import RULES, find_risks, rule_text
from tests.builders import staged_log
from tests.inventory.sheets import imported, pilot

TODAY = date(2026, 1, 5)


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


def test_the_same_activity_in_two_departments_comes_first() -> None:
    found = find_overlaps(
        [
            pilot(1, "Finance", activities=("Post invoice", "Pay"), systems=("SAP",)),
            pilot(2, "Finance", activities=("post INVOICE",), systems=("SAP",)),
            pilot(3, "Sales", activities=("Pay",), systems=("CRM",)),
            pilot(4, "Sales", systems=("sap",), data=("Orders",)),
            pilot(5, "Legal", activities=("Pay",), status=Status.STOPPED),
        ]
    )
    pairs = [(o.first, o.second, o.duplicate) for o in found.pairs]
    assert sorted(pairs[2:]) == [(1, 4, False), (2, 4, False)]
    assert pairs[:2] == [(1, 3, True), (1, 2, False)]
    duplicate, same_unit = found.pairs[:2]
    assert duplicate.reason == "Duplicate candidate: same activity `Pay`, in Finance and Sales."
    assert duplicate.strength == pytest.approx((3 * 1 / 2 + 1 * 0 / 2) / 4)
    assert same_unit.strength == pytest.approx((3 * 1 / 2 + 1 * 1 / 1) / 4)
    assert same_unit.reason == "same activity `Post invoice`; same system `SAP`, both in Finance."
    shared = [(s.kind, s.label, s.pilots) for s in found.shared]
    assert shared == [
        (TouchedKind.ACTIVITY, "Pay", (1, 3)),
        (TouchedKind.ACTIVITY, "Post invoice", (1, 2)),
        (TouchedKind.SYSTEM, "SAP", (1, 2, 4)),
    ]


steps = st.lists(st.sampled_from("abcdef"), max_size=4, unique=True).map(tuple)


@given(st.lists(st.tuples(st.sampled_from(["X", "Y", "Z"]), steps, steps), max_size=8))
def test_exactly_the_pairs_that_share_something_overlap(
    drawn: list[tuple[str, tuple[str, ...], tuple[str, ...]]],
) -> None:
    pilots = [pilot(n, unit, activities=a, systems=s) for n, (unit, a, s) in enumerate(drawn)]
    found = find_overlaps(pilots)
    expected = {
        (p.id, q.id)
        for p in pilots
        for q in pilots
        if p.id < q.id
        and (set(p.facts.activities) & set(q.facts.activities) or set(p.facts.systems) & set(q.facts.systems))
    }
    assert {(o.first, o.second) for o in found.pairs} == expected
    assert all(0 < o.strength <= 1 for o in found.pairs)
    assert [o.duplicate for o in found.pairs] == sorted((o.duplicate for o in found.pairs), reverse=True)
    assert set(find_overlaps(pilots[::-1]).pairs) == set(found.pairs)


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


def test_gaps_are_human_work_that_no_pilot_touches(ws: Workspace, tmp_path: Path) -> None:
    staged_log(ws, ORDERS)
    staged_log(ws, [("1", "Read", None, "2026-01-01 08:00")], "other")
    imported(
        ws,
        tmp_path,
        "name,department,activities,systems,status\n"
        "Creator,X,create ORDER,,pilot\nOld,X,Check order,,stopped\nLost,Y,Chek order,ERP,pilot\nBlank,Y,,,idea\n",
    )
    report = gaps(ws, demand_from_logs(ws))
    assert [(g.demand.activity, g.human_count, g.work_seconds) for g in report.gaps] == [
        ("Check order", 1, 3 * 3600),
        ("Read", 1, None),
    ]
    assert report.gaps[0].reason == (
        "2 times in `example`, 50 % by people; 3.0 hours of people's service time. No active pilot touches it."
    )
    assert "not known" in report.gaps[1].reason
    assert [(d.activity, names) for d, names in report.covered] == [("Create order", ("Creator",))]
    assert [(o.pilot_name, o.reason) for o in report.orphans] == [
        ("Blank", "It names no activity and no system."),
        ("Lost", "No event log has any of the activities and systems that it names: `Chek order`, `ERP`."),
    ]
    (unlinked,) = report.unlinked
    assert (unlinked.label, unlinked.suggestions[0].label, unlinked.suggestions[0].log) == (
        "Chek order", "Check order", "example"
    )  # fmt: skip


def test_links_go_by_name_and_only_suggest_by_likeness(ws: Workspace, tmp_path: Path) -> None:
    staged_log(ws, ORDERS)
    imported(ws, tmp_path, "name,department,activities,systems\nA,X,check-order; Archived,sap\n")
    by_label = {found.label: found for found in links(ws)}
    assert by_label["check-order"].logs == by_label["sap"].logs == ("example",)
    assert by_label["Archived"].logs == ()
    assert [s.label for s in by_label["Archived"].suggestions] == ["Archive"]
    assert overlaps(ws).pairs == ()


def test_a_pilot_that_states_everything_breaks_no_rule() -> None:
    sound = pilot(
        1,
        owner="Ada",
        sponsor="Grace",
        status=Status.PRODUCTION,
        activities=("Pay",),
        systems=("SAP",),
        data_sensitivity=Sensitivity.PERSONAL,
        vendor="Acme",
        monthly_cost=1.0,
        monthly_benefit=2.0,
        currency="EUR",
        human_review=True,
        autonomy_level=4,
    )
    assert find_risks([sound], TODAY) == ()


def test_every_rule_can_be_broken_and_says_what_breaks_it() -> None:
    loose = pilot(
        1,
        status=Status.PRODUCTION,
        systems=("SAP",),
        data_sensitivity=Sensitivity.PERSONAL,
        autonomy_level=4,
        monthly_benefit=1.0,
        currency="EUR",
    )
    old = pilot(2, owner="Ada", status=Status.PILOT, started=date(2024, 1, 5), monthly_cost=5.0, monthly_benefit=1.0)
    blind = pilot(3, owner="Ada", sponsor="Grace", status=Status.PRODUCTION, activities=("Pay",), monthly_cost=1.0)
    stopped = pilot(4, status=Status.STOPPED)
    found = find_risks([loose, old, blind, stopped], TODAY)
    assert {r.rule for r in found} == {rule.__name__ for rule in RULES}
    assert all(r.text and r.finding for r in found)
    assert {r.pilot for r in found} == {1, 2, 3}
    assert [r.rule for r in found if r.pilot == 2] == [
        "no_sponsor",
        "touches_nothing_known",
        "costs_more_than_it_claims",
        "pilot_without_end",
    ]
    assert next(r.finding for r in found if r.rule == "pilot_without_end") == (
        "It has been a pilot for 731 days, since 2024-01-05."
    )


def test_risks_of_the_inventory(ws: Workspace, tmp_path: Path) -> None:
    imported(ws, tmp_path, "name,department,owner\nA,X,Ada\n")
    assert [r.rule for r in risks(ws)] == ["no_sponsor"]


def test_the_documentation_is_made_from_columns_and_rules() -> None:
    written = (Path(__file__).parents[2] / "docs" / "pilots.md").read_text(encoding="utf-8")
    assert written == reference(), "run `python -m inventory.reference`"
    assert all(rule_text(rule) in written for rule in RULES)
