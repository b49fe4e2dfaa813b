"""The facts of activity instances and cases, each against values worked out by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.actor.values import local
from core.calendar import calendar_from_dict, parse_hours, save_calendar
from core.errors import NotFound
from core.eventlog.completeness import Completeness
from core.selection.filters import AttributeFilter, Keep
from core.selection.selection import Selection
from core.view import View, find_view
from core.workspace import Workspace
from tests.builders import staged_log

HOUR, DAY = 3600.0, 86_400.0


def ask(ws: Workspace, sql: str, log: str = "example", selection: Selection | None = None) -> list[tuple[Any, ...]]:
    with ws.logs.open(View(log, selection=selection or Selection())) as opened:
        return opened.connection.execute(sql).fetchall()


def test_who_did_it_is_told_of_each_activity_instance(ws: Workspace) -> None:
    staged_log(ws, [
        ("c1", "a", None, "2026-01-05 08:00", "Ann", "human"),
        ("c1", "b", None, "2026-01-05 09:00", "Ann", "system"),  # her script
        ("c1", "c", None, "2026-01-05 10:00", "Ann", "unknown"),  # nobody can say
        ("c1", "d", None, "2026-01-05 11:00", "Bo", "human"),
        ("c1", "e", None, "2026-01-05 12:00", "Bo", None),  # of one kind wherever it is told
        ("c1", "f", None, "2026-01-05 13:00", None, "system"),  # without a name
    ])  # fmt: skip
    assert ask(ws, "SELECT kind::VARCHAR FROM event ORDER BY position") == [
        ("human",), ("system",), ("unknown",), ("human",), ("human",), ("system",),
    ]  # fmt: skip
    assert ask(ws, "SELECT name, mixed FROM performer ORDER BY name") == [("Ann", True), ("Bo", False)]


def test_an_instance_that_cannot_be_true_has_no_times_and_its_case_no_cycle_time(ws: Workspace) -> None:
    version = staged_log(ws, [
        ("c1", "a", "2026-01-05 08:00", "2026-01-05 09:00"), ("c1", "b", "2026-01-05 10:00", "2026-01-05 11:00"),
        ("c2", "a", "2026-01-06 08:00", "2025-01-06 09:00"), ("c2", "b", "2026-01-06 10:00", "2026-01-06 11:00"),
    ])  # fmt: skip
    assert ask(ws, "SELECT sound, service, waiting FROM event ORDER BY case_no, position") == [
        (True, HOUR, None), (True, HOUR, HOUR), (False, None, None), (True, HOUR, None),
    ]  # fmt: skip
    assert ask(ws, "SELECT sound, cycle FROM case_ ORDER BY case_no") == [(True, 3 * HOUR), (False, None)]
    assert version.started == datetime(2026, 1, 5, 8, tzinfo=UTC)  # not in 2025
    doubts = ws.logs.trust(version).doubts
    assert any(d.words.startswith("1 activity instance in 1 case cannot be true") for d in doubts)


def test_a_year_far_from_the_rest_is_no_time(ws: Workspace) -> None:
    usual = [(f"c{n:02}", "a", None, f"2026-01-{n + 1:02} 08:00") for n in range(30)]
    version = staged_log(ws, [*usual, ("stray", "a", None, "2062-01-05 08:00")])
    assert ask(ws, "SELECT c.case_id FROM event JOIN case_ c USING (case_no) WHERE NOT event.sound") == [("stray",)]
    assert version.ended == datetime(2026, 1, 30, 8, tzinfo=UTC)


def test_what_ends_after_the_version_was_stored_has_not_happened(ws: Workspace) -> None:
    daily = [(f"c{n:02}", "a", None, f"2025-11-{n + 1:02} 08:00") for n in range(30)]  # stored 2026-01-05 08:00
    version = staged_log(ws, [*daily, ("near", "a", None, "2026-01-06 07:00"), ("late", "a", None, "2026-06-08 08:00")])
    assert ask(ws, "SELECT case_id FROM case_ WHERE NOT sound") == [("late",)]  # a day may be the time zone
    assert version.ended == datetime(2026, 1, 6, 7, tzinfo=UTC)
    assert ws.logs.meta(version).stored["sound_between"][1] == "2026-01-06T08:00:00"


def test_a_log_that_lies_after_the_clock_is_believed(ws: Workspace) -> None:
    staged_log(ws, [(f"c{n:02}", "a", None, f"2026-03-{n + 1:02} 08:00") for n in range(30)])
    assert ask(ws, "SELECT count(*) FROM event WHERE NOT sound") == [(0,)]


def test_much_that_lies_after_the_clock_is_how_the_log_is(ws: Workspace) -> None:
    before = [(f"c{n:02}", "a", None, f"2025-12-{n + 1:02} 08:00") for n in range(30)]
    staged_log(ws, [*before, ("x", "a", None, "2026-02-01 08:00"), ("y", "a", None, "2026-02-02 08:00")])  # 2 of 32
    assert ask(ws, "SELECT count(*) FROM event WHERE NOT sound") == [(0,)]


def test_what_is_early_but_joined_to_the_rest_stays(ws: Workspace) -> None:
    years = [(f"y{n}", "a", None, f"20{n:02}-06-01 08:00") for n in range(16, 26)]  # one a year
    staged_log(ws, [*[(f"c{n:03}", "a", None, f"2026-01-{n % 28 + 1:02} 08:00") for n in range(300)], *years])
    assert ask(ws, "SELECT count(*) FROM event WHERE NOT sound") == [(0,)]


@pytest.mark.parametrize("moment", ["1970-01-01 00:00", "1900-01-01 00:00", "9999-12-31 00:00"])
def test_dates_that_stand_for_none(ws: Workspace, moment: str) -> None:
    usual = [(f"c{n}", "a", None, f"2026-01-{n + 10} 08:00") for n in range(10)]
    staged_log(ws, [*usual, ("x", "a", None, moment), ("y", "a", None, moment)])
    assert ask(ws, "SELECT count(*) FROM event WHERE NOT sound") == [(2,)]


_BEGUN = (("start", 0), ("check", 1))  # activity, hours since the case began


def unfinished(ws: Workspace, **said: Any) -> None:
    """Twenty cases end with `finish` after four days, twenty stopped at `check` after an hour; nobody says which are
    over."""
    begin = datetime(2026, 1, 1, 8, tzinfo=UTC)
    rows = []
    for n in range(20):
        for case, steps in (("done", (*_BEGUN, ("finish", 96))), ("stop", _BEGUN)):
            rows += [(f"{case}{n}", name, None, begin + timedelta(days=n, hours=hours)) for name, hours in steps]
    staged_log(ws, rows, told=False, **said)


def test_complete_is_what_ends_as_old_cases_do(ws: Workspace) -> None:
    unfinished(ws)
    states = ask(ws, "SELECT left(case_id, 4) AS kind, state::VARCHAR, count(*), max(cycle) FROM case_ GROUP BY ALL")
    assert {(kind, state): (n, cycle) for kind, state, n, cycle in states}[("done", "complete")] == (20, 96 * HOUR)
    assert sum(n for kind, state, n, _ in states if kind == "stop" and state in ("open", "unknown")) == 20
    found = Completeness.from_json(ws.logs.meta(ws.logs.get("example")).stored["completeness"])
    assert (found.told, {e.activity: e.over for e in found.endings}) == ("seen", {"finish": True, "check": False})
    assert {e.activity: e.share for e in found.endings}["finish"] == 1.0


def test_whoever_makes_a_version_may_say_what_ends_a_case(ws: Workspace) -> None:
    unfinished(ws, ends=["check"])
    assert ask(ws, "SELECT count(*) FROM case_ WHERE complete AND case_id LIKE 'stop%'") == [(20,)]
    unfinished(ws, ends=["*"])
    assert ask(ws, "SELECT count(*) FROM case_ WHERE complete") == [(40,)]
    with pytest.raises(NotFound, match="Known: `check`, `finish`"):
        unfinished(ws, ends=["start"])
    assert ws.logs.get("example").version == 2


def test_what_the_log_says_of_completeness_is_believed(ws: Workspace) -> None:
    staged_log(ws, [("c1", "a", None, "2026-01-05 08:00"), ("c2", "a", None, "2026-01-05 09:00")], incomplete=["c2"])
    assert ask(ws, "SELECT case_id, state::VARCHAR FROM case_ ORDER BY 1") == [("c1", "complete"), ("c2", "open")]


def test_due_moments_are_met_missed_or_undecided(ws: Workspace) -> None:
    rows = [
        (case, "a", None, f"2026-01-0{day} 08:00") for case, day in (("in", 5), ("late", 7), ("open", 5), ("yet", 8))
    ]
    rows.append(("late", "b", None, "2026-01-07 09:00"))
    due = {
        "in": "2026-01-06",
        "late": "2026-01-07 08:30",
        "open": "2026-01-06",
        "soon": "2026-01-04",
        "yet": "2026-01-09",
    }
    rows.append(("soon", "a", None, "2026-01-05 08:00"))  # due before it starts: missed
    staged_log(ws, rows, due=due, incomplete=["open", "yet"])
    assert ask(ws, "SELECT case_id, met FROM case_ ORDER BY 1") == [
        ("in", True), ("late", False), ("open", False), ("soon", False), ("yet", None),
    ]  # fmt: skip


def test_a_pause_is_nobodys_time(ws: Workspace) -> None:
    rows = [
        ("a", "x", "2026-01-09 16:00", "2026-01-09 17:00"),
        ("a", "wait", "2026-01-09 17:00", "2026-01-12 08:00"),
        ("a", "y", "2026-01-12 08:00", "2026-01-12 09:00"),
    ]
    staged_log(ws, rows, pauses=["wait"])
    assert ask(ws, "SELECT cycle FROM case_") == [(2 * HOUR,)]
    assert ask(ws, "SELECT service, waiting FROM event ORDER BY position") == [(HOUR, None), (None, 0), (HOUR, 0)]
    from mining.performance import time_summary

    hours = parse_hours(["mon-fri 09:00-17:00"])
    save_calendar(ws, calendar_from_dict({"name": "week", "time_zone": "UTC", "hours": hours}), by=local("Ada"))
    worked = time_summary(ws, find_view(ws, "example", calendar="week")).cycle
    assert worked is not None
    assert worked.median == HOUR  # Friday 16:00 to 17:00; Monday's hour lies before nine


MINUTES = st.integers(0, 600)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["c1", "c2", "c3"]), st.sampled_from("abc"), MINUTES, MINUTES, st.sampled_from(["Ann", "Bo"])
    ),
    min_size=1, max_size=15,
)  # fmt: skip


@given(ROWS)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_selection_that_keeps_everything_computes_the_same_facts(ws: Workspace, rows: list[tuple[Any, ...]]) -> None:
    def at(minute: int) -> str:
        return f"2026-01-05 {8 + minute // 60:02d}:{minute % 60:02d}"

    staged_log(ws, [(case, activity, at(a), at(b), who, "human") for case, activity, a, b, who in rows],
               due={"c1": "2026-01-05 12:00"}, incomplete=["c2"])  # fmt: skip
    everything = Selection((AttributeFilter(attribute="performer_kind", values=("human",), keep=Keep.EVENTS),))
    of_cases = "SELECT case_id, started, ended, events, state, sound, begun, cycle, met FROM case_ ORDER BY case_id"
    of_events = "SELECT case_no, position, waiting, service, kind, sound FROM event ORDER BY case_no, position"
    for sql in (of_cases, of_events):
        assert ask(ws, sql, selection=everything) == ask(ws, sql)
