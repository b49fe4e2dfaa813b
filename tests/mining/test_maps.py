"""Workflow maps: discovered, stored as versions that never change, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

import mining.map.discovery
from core.actor.values import local
from core.clock import FixedClock
from core.errors import BadInput, NotFound
from core.selection.selection import Selection
from core.tree import ProcessTree
from core.view import View
from core.workspace import Workspace
from mining.map.discovery import discover
from mining.map.maps import get_map, list_maps, save_map
from tests.builders import known, staged_log

ROWS = [
    ("1", "order", "2026-01-05 08:00", "2026-01-05 08:10", "Ada", "human", False, "ERP", 10.0, False),
    ("1", "check", "2026-01-05 08:20", "2026-01-05 08:30", "Bo", "human", False, "ERP", 5.0, False),
    ("1", "check", "2026-01-05 08:30", "2026-01-05 08:50", "Bo", "human", False, "ERP", 5.0, True),
    ("1", "pay", "2026-01-05 09:00", "2026-01-05 09:00", "SAP", "system", False, "bank", None, False),
    ("2", "order", "2026-01-06 08:00", "2026-01-06 08:10", "Ada", "human", False, "ERP", 10.0, None),
    ("2", "pay", "2026-01-06 09:00", "2026-01-06 09:00", "SAP", "system", False, "bank", None, None),
]


def test_a_saved_map_comes_back_whole(any_ws: Workspace) -> None:
    staged_log(any_ws, ROWS, "orders")
    saved = save_map(any_ws, "Orders", View("orders"), noise=0.1, notes="first look", by=local("Ada"))
    assert get_map(any_ws, "Orders") == saved
    assert (saved.version, saved.log_version, saved.variants, saved.created_at) == (1, 1, 2, any_ws.clock.now())
    assert saved.tree == discover(any_ws, View("orders"), noise=0.1).tree


def test_saving_again_makes_the_next_version_and_keeps_the_first(any_ws: Workspace) -> None:
    staged_log(any_ws, ROWS, "orders")
    first = save_map(any_ws, "Orders", View("orders"), by=local("Ada"))
    assert isinstance(any_ws.clock, FixedClock)
    any_ws.clock.advance(timedelta(days=1))
    staged_log(any_ws, ROWS[:4], "orders")
    second = save_map(any_ws, "Orders", View("orders"), by=known(any_ws, "Bo"))
    assert (second.version, second.log_version) == (2, 2)
    assert get_map(any_ws, "Orders", 1) == first
    assert [(m.name, m.version, m.activities) for m in list_maps(any_ws)] == [("Orders", 1, 3), ("Orders", 2, 3)]


def test_grouped_events_make_no_map(ws: Workspace) -> None:
    staged_log(ws, ROWS, "orders")
    with pytest.raises(BadInput, match="grouped by `performer`"):
        save_map(ws, "Orders", View("orders", selection=Selection(grouped_by="performer")), by=local("Ada"))
    assert list_maps(ws) == ()


def test_profiles_worked_by_hand(ws: Workspace) -> None:
    staged_log(ws, ROWS, "orders")
    profile = {p.activity: p for p in save_map(ws, "Orders", View("orders"), by=local("Ada")).profiles}
    order, check, pay = profile["order"], profile["check"], profile["pay"]
    assert (check.count, check.cases, check.cases_share) == (2, 1, 0.5)
    assert (check.repeated_share, check.self_loop_share, check.failed_share) == (0.5, 0.5, 0.5)
    assert (check.service_q1, check.service_median, check.service_q3) == (750, 900, 1050)
    assert check.service_share == pytest.approx(30 / 50)  # minutes; order has 2 x 10
    assert check.cost_mean == 5.0
    assert check.cost_share == pytest.approx(10 / 30)
    assert (check.handover_before_share, check.handover_after_share) == (0.5, 0.5)
    assert (order.handover_before_share, order.handover_after_share) == (None, 1.0)
    assert (order.failed_share, pay.cost_mean) == (0.0, None)  # one order does not say whether it failed
    assert (pay.system_share, pay.human_share, pay.kind_known_share) == (1.0, 0.0, 1.0)
    assert pay.waiting_median == 1800
    assert pay.waiting_share == pytest.approx(3600 / 4200)
    assert pay.before is not None
    assert (pay.before.activity, pay.before.share) == ("check", 0.5)
    assert order.before is not None
    assert (order.before.activity, order.before.share) == (None, 1.0)
    assert [(d.name, d.kind, d.count) for d in check.people] == [("Bo", "human", 2)]
    assert [(d.name, d.count) for d in pay.systems] == [("bank", 2)]


def test_what_the_log_does_not_say_is_not_available(ws: Workspace) -> None:
    staged_log(ws, [("1", "a", None, "2026-01-05 08:00"), ("1", "b", None, "2026-01-05 09:00")], "bare")
    first = save_map(ws, "Bare", View("bare"), by=local("Ada")).profiles[0]
    unknown = (
        first.service_median, first.service_share, first.waiting_median, first.cost_mean, first.failed_share,
        first.self_loop_share, first.handover_before_share, first.human_share,
    )  # fmt: skip
    assert unknown == (None,) * 8
    assert (first.performers, first.performer_known_share, first.kind_known_share) == (0, 0.0, 0.0)


def test_a_tree_of_the_most_frequent_activities_says_what_it_leaves_out(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    staged_log(ws, [*ROWS, ("3", "order", None, "2026-01-07")], "orders")
    assert discover(ws, View("orders")).left_out == ()
    found = discover(ws, View("orders"), activities_share=0.3)
    assert str(found.tree) == "'order'"
    assert found.left_out == ("check", "pay")
    assert len(found.dfg.activities) == 3
    monkeypatch.setattr(mining.map.discovery, "MOST_ACTIVITIES", 2)
    assert discover(ws, View("orders")).left_out == ("pay",)
    assert discover(ws, View("orders"), activities_share=1.0).left_out == ()


def test_wrong_names_are_refused_and_nothing_is_stored(ws: Workspace) -> None:
    staged_log(ws, ROWS, "orders")
    for name in ("", " Orders", "a\nb", "x" * 101):
        with pytest.raises(BadInput, match="cannot name a workflow map"):
            save_map(ws, name, View("orders"), by=local("Ada"))
    with pytest.raises(NotFound, match="`orders`"):
        save_map(ws, "Orders", View("other"), by=local("Ada"))
    with pytest.raises(BadInput, match="above 0"):
        save_map(ws, "Orders", View("orders"), activities_share=0.0, by=local("Ada"))
    assert list_maps(ws) == ()
    with pytest.raises(NotFound, match="no workflow map yet"):
        get_map(ws, "Orders")
    save_map(ws, "Orders", View("orders"), by=local("Ada"))
    with pytest.raises(NotFound, match="Known: `Orders`"):
        get_map(ws, "Others")
    with pytest.raises(NotFound, match="`7`"):
        get_map(ws, "Orders", 7)


def test_a_tree_comes_back_from_json(ws: Workspace) -> None:
    staged_log(ws, ROWS, "orders")
    tree = discover(ws, View("orders")).tree
    assert ProcessTree.from_dict(tree.to_dict()) == tree
