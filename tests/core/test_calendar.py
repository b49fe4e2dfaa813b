"""Business calendars: working time by hand, its laws, the same answer from SQL, and calendars kept as files."""

# ruff: noqa: DTZ001 -- the store's timestamps are UTC without saying so
from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.actor.values import local
from core.calendar import (
    ALWAYS,
    WEEKDAYS,
    Calendar,
    calendar_from_dict,
    delete_calendar,
    get_calendar,
    install_calendar,
    list_calendars,
    parse_hours,
    public_holidays,
    save_calendar,
    working_seconds,
)
from core.errors import BadInput, Duplicate, NotFound
from core.workspace import Workspace

HOUR = 3600.0


def office(**changes: object) -> Calendar:
    data = {"name": "office", "time_zone": "Europe/Berlin", "hours": parse_hours(["mon-fri 08:00-12:00 13:00-17:00"])}
    return calendar_from_dict({**data, **changes})


def worked(calendar: Calendar, start: str, end: str) -> float:
    return working_seconds(calendar, datetime.fromisoformat(start), datetime.fromisoformat(end))


def test_working_time_by_hand() -> None:
    plain = office()
    assert worked(plain, "2026-01-05 07:00", "2026-01-05 16:00") == 8 * HOUR  # Monday, 08:00 to 17:00 in Berlin
    assert worked(plain, "2026-01-05 10:30", "2026-01-05 12:30") == 1 * HOUR  # 11:30 to 13:30, lunch between
    assert worked(plain, "2026-01-09 15:00", "2026-01-12 08:00") == 2 * HOUR  # Friday 16:00 to Monday 09:00
    assert worked(plain, "2026-01-10 00:00", "2026-01-11 12:00") == 0  # a weekend
    assert worked(plain, "2026-01-06 10:00", "2026-01-05 10:00") == 0  # backwards
    assert worked(plain, "2026-01-05 09:00:00.25", "2026-01-05 09:00:00.75") == 0.5
    assert worked(plain, "2026-01-05T11:00+03:00", "2026-01-05T10:00+01:00") == 1 * HOUR  # offsets are kept


def test_holidays_own_days_and_the_part_of_the_country() -> None:
    epiphany = ("2026-01-06 00:00", "2026-01-06 23:00")  # a Tuesday; free in Bavaria, not in Berlin
    assert worked(office(country="DE", subdivision="BY"), *epiphany) == 0
    assert worked(office(country="DE", subdivision="BE"), *epiphany) == 8 * HOUR
    assert worked(office(country="DE", subdivision="BY", days_worked=["2026-01-06"]), *epiphany) == 8 * HOUR
    assert worked(office(days_off=["2026-01-06"]), *epiphany) == 0
    assert date(2021, 12, 31) in public_holidays("US", "", 2021)  # New Year 2022, given in lieu a year before


def test_a_night_on_which_the_clock_changes() -> None:
    nights = office(hours={day: ["01:00-04:00"] for day in WEEKDAYS})
    assert worked(nights, "2026-03-28 12:00", "2026-03-29 12:00") == 2 * HOUR  # 02:00 to 03:00 does not come
    assert worked(nights, "2026-10-24 12:00", "2026-10-25 12:00") == 4 * HOUR  # 02:00 to 03:00 comes twice
    early = office(hours={"sunday": ["01:00-02:30"]})
    assert worked(early, "2026-10-24 12:00", "2026-10-25 12:00") == 2 * HOUR  # 1.5 h, and half an hour again
    whole = office(hours={day: ["00:00-24:00"] for day in WEEKDAYS})
    assert worked(whole, "2026-10-24 22:00", "2026-10-25 23:00") == 25 * HOUR


ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"])
MOMENTS = st.datetimes(datetime(2025, 12, 1), datetime(2027, 2, 1))
CUTS = st.lists(st.integers(0, 96), min_size=2, max_size=6, unique=True).map(sorted)


def _clock(quarter: int) -> str:
    return f"{quarter // 4:02}:{quarter % 4 * 15:02}"


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    hours = {}
    for day in draw(st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True)):
        cuts = draw(CUTS)
        hours[day] = [f"{_clock(a)}-{_clock(b)}" for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    off = draw(st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=3))
    data = {"name": "drawn", "time_zone": draw(ZONES), "hours": hours, "days_off": [d.isoformat() for d in off]}
    return calendar_from_dict({**data, "country": draw(st.sampled_from(["", "DE"]))})


@settings(max_examples=60)
@given(calendar=calendars(), moments=st.lists(MOMENTS, min_size=3, max_size=3).map(sorted))
def test_laws_of_working_time(calendar: Calendar, moments: list[datetime]) -> None:
    first, middle, last = moments
    whole = working_seconds(calendar, first, last)
    assert 0 <= whole <= (last - first).total_seconds()
    parts = working_seconds(calendar, first, middle) + working_seconds(calendar, middle, last)
    assert parts == pytest.approx(whole, abs=1e-6)
    assert working_seconds(calendar, last, first) == 0 or first == last


@settings(max_examples=25)
@given(calendar=calendars(), pairs=st.lists(st.tuples(MOMENTS, MOMENTS), min_size=20, max_size=20))
def test_sql_gives_what_the_function_gives(calendar: Calendar, pairs: list[tuple[datetime, datetime]]) -> None:
    pairs += [(datetime(2026, 3, 28, 20), datetime(2026, 3, 29, 20)), (datetime(2026, 10, 24), datetime(2026, 10, 26))]
    assert _in_sql(calendar, pairs) == [working_seconds(calendar, *pair) for pair in pairs]


@given(pairs=st.lists(st.tuples(MOMENTS, MOMENTS), min_size=20, max_size=20))
@settings(max_examples=10)
def test_a_calendar_without_free_time_is_calendar_time(pairs: list[tuple[datetime, datetime]]) -> None:
    expected = [max(0.0, (end - start) / timedelta(seconds=1)) for start, end in pairs]
    assert _in_sql(ALWAYS, pairs) == pytest.approx(expected, abs=1e-9)


def _in_sql(calendar: Calendar, pairs: list[tuple[datetime, datetime]]) -> list[float]:
    with duckdb.connect() as connection:
        moments = [moment for pair in pairs for moment in pair]
        install_calendar(connection, calendar, (min(moments), max(moments)))
        starts, ends = zip(*pairs, strict=True)
        rows = connection.execute(
            "SELECT working_seconds(a, b) FROM (SELECT unnest(?::TIMESTAMP[]) AS a, unnest(?::TIMESTAMP[]) AS b)",
            [list(starts), list(ends)],
        ).fetchall()
    return [seconds for (seconds,) in rows]


def test_sql_does_not_know_what_lies_outside_and_says_null() -> None:
    with duckdb.connect() as connection:
        install_calendar(connection, ALWAYS, (datetime(2026, 1, 1), datetime(2026, 1, 2)))
        found = connection.execute(
            "SELECT working_seconds(NULL::TIMESTAMP, TIMESTAMP '2026-01-01'), "
            "working_seconds(TIMESTAMP '2026-01-01', NULL::TIMESTAMP), "
            "working_seconds(TIMESTAMP '2026-01-01', TIMESTAMP '2030-01-01')"
        ).fetchone()
    assert found == (None, None, None)
    with duckdb.connect() as connection, pytest.raises(BadInput, match="suspicious dates"):
        install_calendar(connection, ALWAYS, (datetime(1, 1, 1), datetime(2026, 1, 2)))


def test_every_problem_is_named_at_once() -> None:
    with pytest.raises(BadInput) as raised:
        calendar_from_dict(
            {
                "name": "Büro", "time_zone": "Europe/Atlantis", "country": "QQ", "lunch": True,
                "hours": {"monday": ["09:00-17:00", "16:00-18:00"], "tuesday": ["06:00-06:00"], "funday": [],
                          "friday": ["soon"], "sunday": "09:00-10:00"},
                "days_off": ["2026-12-24", "24.12.2026"], "days_worked": ["2026-12-24"],
            }
        )  # fmt: skip
    said = "\n".join(raised.value.problems)
    assert len(raised.value.problems) == 11
    words = "`lunch` Büro Atlantis QQ overlap night_shift funday soon sunday 24.12.2026 both"
    assert [word for word in words.split() if word.replace("_", " ") not in said] == []
    with pytest.raises(BadInput, match="not a JSON object"):
        calendar_from_dict([])
    with pytest.raises(BadInput) as raised:
        calendar_from_dict({"name": "a", "hours": {}, "country": "DE", "subdivision": "XX"})
    assert "no hour of the week" in raised.value.problems[0]
    assert "Known: BB, BE" in raised.value.problems[1]
    with pytest.raises(BadInput, match="cannot be read") as raised:
        parse_hours(["mon-fri", "everyday 09:00-17:00", "sat 09:00-12:00"])
    assert len(raised.value.problems) == 2


def test_hours_in_short() -> None:
    assert parse_hours(["mon-tue 09:00-12:00, 13:00-17:00", "tuesday 18:00-19:00", "sat-mon 08:00-09:00"]) == {
        "monday": ["09:00-12:00", "13:00-17:00", "08:00-09:00"],
        "tuesday": ["09:00-12:00", "13:00-17:00", "18:00-19:00"],
        "saturday": ["08:00-09:00"], "sunday": ["08:00-09:00"],
    }  # fmt: skip
    assert office(country="de", subdivision="by", days_off=["2026-12-24"]).in_words() == (
        "mon-fri 08:00-12:00, 13:00-17:00, Europe/Berlin, without the holidays of DE-BY, 1 day off"
    )


def test_calendars_are_kept_as_files(ws: Workspace) -> None:
    assert list_calendars(ws) == []
    saved = save_calendar(ws, office(country="DE"), by=local("Ada"))
    assert get_calendar(ws, "office") == saved == save_calendar(ws, saved, by=local("Ada"))
    file = ws.settings.home / "calendars" / "office.json"
    assert calendar_from_dict(json.loads(file.read_text("utf-8"))) == saved
    with pytest.raises(Duplicate):
        save_calendar(ws, office(), by=local("Ada"))
    assert save_calendar(ws, office(), replace=True, by=local("Ada")).country == ""
    assert [c.name for c in list_calendars(ws)] == ["office"]
    assert [p.name for p in file.parent.iterdir()] == ["office.json"]
    with pytest.raises(NotFound, match="Known: `office`"):
        get_calendar(ws, "../office")
    file.write_text('{"name": ', encoding="utf-8")
    with pytest.raises(BadInput, match="Mend the file"):
        get_calendar(ws, "office")
    delete_calendar(ws, "office", by=local("Ada"))
    with pytest.raises(NotFound):
        delete_calendar(ws, "office", by=local("Ada"))
