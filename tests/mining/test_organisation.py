"""People and systems: worked by hand, against a naive count over random logs, against pm4py on real logs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import BadInput, NotFound
from core.selection.filters import FourEyesFilter, Timeframe, TimeframeFilter
from core.selection.selection import Selection
from core.trust import NO_PERFORMERS
from core.view import View
from core.workspace import Workspace
from mining.organisation import (
    EyePair,
    Handover,
    HandoverUnit,
    Transfer,
    map_four_eyes,
    map_handovers,
    map_people,
    map_ping_pong,
    map_shared_work,
    map_transfers,
)
from mining.organisation.facts import NO_KINDS, NO_SYSTEMS, ONE_PERFORMER
from mining.organisation.four_eyes import suggested_pairs
from tests.builders import staged_log
from tests.mining.planted import published
from tests.mining.real import read_csv, read_xes, stage

DAY = "2026-01-05"


def row(case: str, activity: str, start: str, end: str, who: str | None, kind: str | None, system: str | None) -> Any:
    return (case, activity, f"{DAY} {start}", f"{DAY} {end}", who, kind, False, system)


ORDERS = [
    row("1", "enter", "08:00", "08:10", "Ada", "human", "CRM"),
    row("1", "post", "08:20", "08:30", "Ada", "human", "ERP"),  # Ada keys in again: swivel chair, waited 600 s
    row("1", "approve", "09:00", "09:10", "Bo", "human", "ERP"),  # Ada to Bo, 1800 s
    row("1", "correct", "09:30", "09:40", "Ada", "human", "ERP"),  # Bo to Ada, 1200 s: ping-pong, 3600 s added
    row("1", "approve", "09:40", "09:50", "Bo", "human", "ERP"),  # Ada to Bo, 0 s: ping-pong, 1800 s added
    row("2", "enter", "08:00", "08:10", "Cy", "agent", "CRM"),
    row("2", "approve", "08:30", "08:40", "Bo", "human", "ERP"),  # Cy to Bo, 1200 s, a manual hand-off
    row("2", "enter", "09:00", "09:10", "Cy", "agent", "CRM"),  # Bo to Cy, 1200 s, automatic: ping-pong, 3000 s
    row("3", "enter", "08:00", "08:10", "Ada", "human", "CRM"),
    row("3", "scan", "08:20", "08:30", None, None, None),  # nobody known: no hand-over
    row("3", "approve", "09:00", "09:10", "Ada", "human", "CRM"),  # Ada approves what she entered
]


@pytest.fixture
def orders(ws: Workspace) -> Workspace:
    staged_log(ws, ORDERS, "orders")
    return ws


def test_handovers_by_performer(orders: Workspace) -> None:
    found, _ = map_handovers(orders, View("orders"))
    assert found.handovers == (
        Handover("Ada", "Bo", 2, 1, 900.0, 1800.0),
        Handover("Bo", "Ada", 1, 1, 1200.0, 1200.0),
        Handover("Bo", "Cy", 1, 1, 1200.0, 1200.0),
        Handover("Cy", "Bo", 1, 1, 1200.0, 1200.0),
    )
    assert found.units == (
        HandoverUnit("Bo", "human", 2, 3),
        HandoverUnit("Ada", "human", 2, 1),
        HandoverUnit("Cy", "agent", 1, 1),
    )
    assert (found.count, found.cases, found.all_cases, found.total_seconds) == (5, 2, 3, 5400.0)
    assert (found.steps, found.known_steps, found.includes_service) == (8, 6, False)
    assert (found.starts, found.ends) == ((("Ada", 2), ("Cy", 1)), (("Ada", 1), ("Bo", 1), ("Cy", 1)))


def test_handovers_by_kind_and_by_system(orders: Workspace) -> None:
    kinds, _ = map_handovers(orders, View("orders"), by="kind")
    assert {(h.source, h.target): h.count for h in kinds.handovers} == {
        ("human", "human"): 3, ("agent", "human"): 1, ("human", "agent"): 1,
    }  # fmt: skip
    systems, _ = map_handovers(orders, View("orders"), by="system")
    assert {(h.source, h.target): (h.count, h.cases) for h in systems.handovers} == {
        ("CRM", "ERP"): (2, 2), ("ERP", "CRM"): (1, 1),
    }  # fmt: skip
    assert {u.kind for u in systems.units} == {"system"}
    with pytest.raises(BadInput, match="Use `performer`, `kind`, `system`"):
        map_handovers(orders, View("orders"), by="mood")


def test_handovers_by_role(ws: Workspace) -> None:
    with ws.logs.draft("roles") as draft:
        draft.connection.execute(
            """CREATE TABLE staged AS
               SELECT case_id, activity, NULL::TIMESTAMP AS started, ended::TIMESTAMP AS ended,
                      NULL::SMALLINT AS started_offset, NULL::SMALLINT AS ended_offset, performer,
                      'human' AS performer_kind, false AS simulated, NULL::VARCHAR AS system, NULL::DOUBLE AS cost,
                      NULL::BOOLEAN AS failed, row_number() OVER () AS source_row, role AS "@org:role"
               FROM (VALUES ('1', 'a', '2026-01-05 08:00', 'Ada', 'clerk'),
                            ('1', 'b', '2026-01-05 09:00', 'Bo', 'clerk'),
                            ('1', 'c', '2026-01-05 10:00', 'Cy', 'boss'), ('1', 'd', '2026-01-05 11:00', 'Cy', 'clerk'))
                    rows(case_id, activity, ended, performer, role)"""
        )
        draft.publish(source="roles", digest="roles", created_by="tester", event_rows=4, meta={})
    found, roles = map_handovers(ws, View("roles"), by="@org:role")
    assert roles == ("@org:role",)
    assert {(h.source, h.target): h.count for h in found.handovers} == {("clerk", "boss"): 1, ("boss", "clerk"): 1}
    assert found.includes_service
    assert (dict(found.starts), dict(found.ends)) == ({"clerk": 1}, {"clerk": 1})


@pytest.mark.parametrize("order", [("A", "B", "C", "D"), ("C", "D", "A", "B")])
def test_of_two_as_frequent_the_same_is_told_in_whatever_order_they_come(ws: Workspace, order: tuple[str, ...]) -> None:
    rows = [
        row(case, activity, f"{hour:02}:{minute:02}", f"{hour:02}:{minute + 5:02}", who, "human", None)
        for hour, (case, one, other) in enumerate([("1", *order[:2]), ("2", *order[2:])], 8)
        for minute, activity, who in ((0, one, "Ada"), (10, other, "Bo"), (20, one, "Ada"))
    ]
    staged_log(ws, rows, "tie")
    (back,) = map_ping_pong(ws, View("tie")).returns
    assert (back.count, back.activity, back.answer) == (2, "A", "B")


def test_ping_pong(orders: Workspace) -> None:
    found = map_ping_pong(orders, View("orders"))
    assert [(r.one, r.other, r.count, r.cases, r.total_seconds) for r in found.returns] == [
        ("Ada", "Bo", 1, 1, 3600.0), ("Bo", "Ada", 1, 1, 1800.0), ("Cy", "Bo", 1, 1, 3000.0),
    ]  # fmt: skip
    assert (found.count, found.cases) == (3, 2)
    assert found.total_seconds == 3600 + 1800 - 1200 + 3000  # Bo to Ada, 1200 s, belongs to two returns
    assert (found.returns[0].activity, found.returns[0].answer) == ("post", "approve")
    activities = map_ping_pong(orders, View("orders"), by="activity")
    assert [(r.one, r.other, r.count) for r in activities.returns] == [
        ("approve", "correct", 1),
        ("enter", "approve", 1),
    ]
    with pytest.raises(BadInput, match="`performer` or `activity`"):
        map_ping_pong(orders, View("orders"), by="system")


def test_transfers(orders: Workspace) -> None:
    found = map_transfers(orders, View("orders"))
    assert found.transfers == (
        Transfer("CRM", "ERP", 2, 2, 2, 2, 0, 0, 1, 0, 900.0, 1800.0),
        Transfer("ERP", "CRM", 1, 1, 0, 0, 0, 1, 0, 0, None, 0.0),
    )
    assert [(c.name, c.count, c.swivel) for c in found.carriers] == [("Ada", 1, 1), ("Bo", 1, 0)]


def test_shared_work(orders: Workspace) -> None:
    found = map_shared_work(orders, View("orders"))
    assert [(w.name, w.instances, w.cases, w.activities, w.days, w.service_seconds) for w in found.loads] == [
        ("Ada", 5, 2, 4, 1, 3000.0), ("Bo", 3, 2, 1, 1, 1800.0), ("Cy", 2, 1, 1, 1, 1200.0),
    ]  # fmt: skip
    # Ada: enter 2, post 1, correct 1, approve 1: length sqrt 7; Bo: approve 3; Cy: enter 2
    assert [(a.one, a.other, a.cases) for a in found.alike] == [("Ada", "Cy", 0), ("Ada", "Bo", 1)]
    assert [a.similarity for a in found.alike] == pytest.approx([2 / 7**0.5, 1 / 7**0.5])
    assert not any(d.at_risk for d in found.dependences)  # nothing was done five times


def test_what_hangs_on_one_person(ws: Workspace) -> None:
    rows = [(str(n), "sign", None, DAY, "Ada", "human") for n in range(5)]
    rows += [(str(n), "book", None, DAY, "SAP", "system") for n in range(5)]
    staged_log(ws, rows, "risky")
    risks = {d.activity: d.at_risk for d in map_shared_work(ws, View("risky")).dependences}
    assert risks == {"sign": True, "book": False}


def test_four_eyes(orders: Workspace) -> None:
    found = map_four_eyes(orders, View("orders"))
    assert found.suggested
    assert found.pairs == (EyePair("enter", "approve", 3, 1),)
    assert [(b.case_id, b.performer) for b in found.breaches] == [("3", "Ada")]
    chosen = map_four_eyes(orders, View("orders"), pair=("approve", "post"))
    assert (chosen.pairs, chosen.breaches) == ((EyePair("approve", "post", 1, 0),), ())
    with pytest.raises(NotFound, match="There is no activity `sing`"):
        map_four_eyes(orders, View("orders"), pair=("enter", "sing"))


def test_the_four_eyes_filter_keeps_the_breaches(orders: Workspace) -> None:
    narrowed = Selection((FourEyesFilter(first="enter", second="approve"),))
    found = map_four_eyes(orders, View("orders", selection=narrowed), pair=("enter", "approve"))
    assert found.pairs == (EyePair("enter", "approve", 1, 1),)


def test_pairs_are_suggested_in_four_languages() -> None:
    for asks, approves in (
        ("Create order", "Approve order"), ("Crear pedido", "Aprobar pedido"),
        ("Aanvraag indienen", "Aanvraag goedkeuren"), ("Antrag erstellen", "Rechnung freigeben"),
    ):  # fmt: skip
        assert suggested_pairs([approves, "Archive", asks]) == [(asks, approves)]
    assert suggested_pairs(["Approve invoice", "Pay invoice"]) == [("Approve invoice", "Pay invoice")]
    assert suggested_pairs(["Cancel request", "Rejected by approver"]) == []


def test_what_a_log_does_not_say_is_withheld_with_the_reason(ws: Workspace) -> None:
    staged_log(ws, [("1", "a", None, DAY), ("1", "b", None, DAY)], "nobody")
    found = map_people(ws, View("nobody"))
    reasons = (found.handovers.withheld, found.ping_pong.withheld, found.shared.withheld, found.four_eyes.withheld)
    assert set(reasons) == {NO_PERFORMERS}
    assert found.transfers.withheld == NO_SYSTEMS
    assert found.rework.withheld is None
    later = f"{DAY} 09:00"
    staged_log(ws, [("1", "a", None, DAY, "Ada"), ("1", "b", None, later, "Ada")], "alone")
    assert map_handovers(ws, View("alone"))[0].withheld == ONE_PERFORMER
    staged_log(ws, [("1", "a", None, DAY, "Ada"), ("1", "b", None, later, "Bo")], "unknown")
    assert map_handovers(ws, View("unknown"), by="kind")[0].withheld == NO_KINDS


def test_dropped_instances_bring_their_neighbours_together(orders: Workspace) -> None:
    late = Selection((TimeframeFilter(start=datetime.fromisoformat(f"{DAY} 08:35+00:00"), mode=Timeframe.TRIM),))
    found, _ = map_handovers(orders, View("orders", selection=late))
    assert {(h.source, h.target): h.count for h in found.handovers} == {
        ("Ada", "Bo"): 1, ("Bo", "Ada"): 1, ("Bo", "Cy"): 1,
    }  # fmt: skip


STEP = st.tuples(st.sampled_from("abc"), st.sampled_from(["Ada", "Bo", "Cy", None]), st.integers(0, 60))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(traces=st.lists(st.lists(STEP, min_size=1, max_size=8), min_size=1, max_size=8))
def test_a_naive_count_gives_the_same(ws: Workspace, traces: list[list[tuple[str, str | None, int]]]) -> None:
    rows: list[Any] = []
    for case, trace in enumerate(traces):
        at = datetime(2026, 1, 5)  # noqa: DTZ001
        for activity, who, minutes in trace:
            at += timedelta(minutes=minutes)
            rows.append((str(case), activity, at, at, who, None, None))
    published(ws, rows, "random")
    people = {who for trace in traces for _, who, _ in trace if who}
    expected: Counter[tuple[str, str]] = Counter()
    back: Counter[tuple[str, str]] = Counter()
    for one, other, third in _windows(traces):
        if one and other and one != other:
            expected[one, other] += 1
            back[one, other] += third == one
    found, _ = map_handovers(ws, View("random"))
    shown = {(h.source, h.target): h.count for h in found.handovers}
    assert shown == ({} if len(people) < 2 else dict(expected))
    assert {(r.one, r.other): r.count for r in map_ping_pong(ws, View("random")).returns} == {
        k: n for k, n in back.items() if n
    }


def _windows(traces: list[list[tuple[str, str | None, int]]]) -> Iterator[tuple[str | None, str | None, str | None]]:
    for trace in traces:
        who = [step[1] for step in trace] + [None]
        yield from zip(who, who[1:], who[2:], strict=False)


def theirs(frame: Any) -> tuple[dict[tuple[str, str], float], float]:
    """pm4py's hand-over of work as shares of all steps, and how many steps there are."""
    from pm4py.algo.organizational_mining.sna.variants.pandas import handover

    steps = len(frame) - frame["case:concept:name"].nunique()
    return dict(handover.apply(frame).connections), steps


@pytest.mark.parametrize("name", ["receipt", "purchasing"])
def test_handovers_equal_pm4py(ws: Workspace, shared_log: Callable[[str], Path], name: str) -> None:
    """pm4py divides by all steps and counts what a performer hands to itself; we count, and leave that out."""
    if name == "receipt":
        frame = read_xes(shared_log("receipt_coselog/08_receipt.xes.gz"))
    else:
        frame = read_csv(shared_log("purchasing_example/PurchasingExample.csv.gz"))
        frame = frame.sort_values(["case:concept:name", "start_timestamp", "time:timestamp"], kind="stable")
        frame = frame.assign(**{"time:timestamp": frame["start_timestamp"]})
    stage(ws, name, frame)
    shares, steps = theirs(frame)
    found, _ = map_handovers(ws, View(name))
    assert found.steps == steps
    assert {(h.source, h.target): h.count for h in found.handovers} == {
        pair: round(share * steps) for pair, share in shares.items() if pair[0] != pair[1]
    }


def test_working_together_equals_pm4py(ws: Workspace, shared_log: Callable[[str], Path]) -> None:
    """pm4py gives the cases of each pair divided by the number of events; we give the cases."""
    from pm4py.algo.organizational_mining.sna.variants.pandas import working_together

    frame = read_xes(shared_log("receipt_coselog/08_receipt.xes.gz"))
    stage(ws, "receipt", frame)
    expected = {
        pair: round(value * len(frame))
        for pair, value in working_together.apply(frame).connections.items()
        if pair[0] < pair[1]
    }
    alike = {(a.one, a.other): a.cases for a in map_shared_work(ws, View("receipt")).alike}
    assert {pair: cases for pair, cases in alike.items() if cases} == {p: n for p, n in expected.items() if p in alike}


def test_what_only_one_did_is_not_called_done_by_several(ws: Workspace) -> None:
    rows = [
        row(f"c{day}", activity, "08:00", "08:05", who, kind, None)
        for activity, who, kind, times in (
            ("A", "Ada", "human", 4),
            ("B", "bot", "system", 6),
            ("C", "Ada", "human", 1),
        )
        for day in range(times)
    ]
    staged_log(ws, [*rows, row("c0", "C", "09:00", "09:05", "Bo", "human", None)], "few")
    assert map_shared_work(ws, View("few")).why_none_at_risk == (
        "1 activity is done by only one performer, but fewer than 5 times. "
        "1 activity is done by only one agent or system."
    )


def test_a_mixed_performer_is_told_with_its_counts(ws: Workspace) -> None:
    kinds = ("human", "agent", "agent", None)
    rows = [row(f"c{n}", "A", "08:00", "08:05", "Ada", kind, None) for n, kind in enumerate(kinds)]
    staged_log(ws, [*rows, row("c9", "A", "08:00", "08:05", "Bo", "human", None)], "kinds")
    ada, bo = map_shared_work(ws, View("kinds")).loads
    assert (ada.kind_in_words, bo.kind_in_words) == ("mixed: 2 agent, 1 human, 1 unknown", "human")


def test_a_word_for_many_people_has_no_shared_work(ws: Workspace) -> None:
    rows = [
        row(f"c{n:02}", activity, f"{hour:02}:00", f"{hour:02}:05", who, "human", None)
        for n in range(20)
        for activity, who, hour in (("A", "STAFF MEMBER", 8), ("B", "Bo", 9), ("C", "STAFF MEMBER", 10))
    ]
    staged_log(ws, rows, "staff")
    found = map_shared_work(ws, View("staff"))
    assert (found.loads, found.dependences) == ((), ())
    assert "STAFF MEMBER" in (found.withheld or "")
