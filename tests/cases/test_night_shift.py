"""Working hours over midnight: however they are given, Tuesday 16:00 to Wednesday 02:00 has eight of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from app.main import app
from core.calendar import calendar_from_dict, get_calendar, install_calendar, parse_hours, working_seconds
from core.errors import BadInput
from core.settings import Settings
from core.workspace import Workspace
from tests.cases.reading import imported, shared_case

WAYS = {
    "over midnight": ["mon-fri 17:00-01:00"],
    "two lines": ["mon-fri 17:00-24:00", "tue-sat 00:00-01:00"],
    "two lines the other way round": ["tue-sat 00:00-01:00", "mon-fri 17:00-24:00"],
    "to midnight and on": ["mon-fri 17:00-00:00", "tue-sat 0:00-1:00"],
    "day by day": [f"{day} 17:00-01:00" for day in ("mon", "tue", "wed", "thu", "fri")],
}
TUESDAY, WEDNESDAY = datetime(2026, 1, 6, 16, tzinfo=UTC), datetime(2026, 1, 7, 2, tzinfo=UTC)


def hours_of(lines: list[str]) -> dict[str, object]:
    return {"name": "nights", "time_zone": "UTC", "hours": parse_hours(lines)}


@pytest.mark.parametrize("lines", list(WAYS.values()), ids=list(WAYS))
def test_eight_hours_whichever_way_they_are_given(lines: list[str]) -> None:
    found = calendar_from_dict(hours_of(lines))
    assert working_seconds(found, TUESDAY, WEDNESDAY) == 8 * 3600
    week = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 1, 12, tzinfo=UTC)  # from Monday
    assert working_seconds(found, *week) == 5 * 8 * 3600
    assert found == calendar_from_dict(found.to_dict()) == calendar_from_dict(hours_of(WAYS["two lines"]))


def test_sunday_night_is_worked_on_monday() -> None:
    found = calendar_from_dict(hours_of(["sun 22:00-06:00"]))
    assert found.in_words() == "mon 00:00-06:00; sun 22:00-24:00, UTC"


@pytest.mark.parametrize("line", ["mon 17:00-17:00", "mon 24:00-01:00", "mon 17:00-24:30", "mon 17:61-18:00"])
def test_what_is_no_span_is_refused(line: str) -> None:
    with pytest.raises(BadInput) as raised:
        calendar_from_dict(hours_of([line, "tue 09:00-17:00"]))
    assert "monday has" in raised.value.problems[0]


def test_a_night_and_the_morning_after_it_may_not_overlap() -> None:
    with pytest.raises(BadInput) as raised:
        calendar_from_dict(hours_of(["mon 22:00-06:00", "tue 05:00-09:00"]))
    assert raised.value.problems == ("`hours`: tuesday has 00:00-06:00 and 05:00-09:00, which overlap.",)


def test_options_of_the_command_add_up(settings: Settings, ws: Workspace) -> None:
    done = CliRunner().invoke(
        app, ["calendar", "save", "nights", "--hours", "mon-fri 17:00-24:00", "--hours", "tue-sat 00:00-01:00"]
    )
    assert done.exit_code == 0, done.output
    assert working_seconds(get_calendar(ws, "nights"), TUESDAY, WEDNESDAY) == 8 * 3600
    file = Path(settings.home) / "file.json"
    file.write_text(json.dumps({"time_zone": "UTC", "hours": {"tuesday": ["17:00-01:00"]}}), "utf-8")
    done = CliRunner().invoke(app, ["calendar", "save", "filed", "--file", str(file)])
    assert done.exit_code == 0, done.output
    assert working_seconds(get_calendar(ws, "filed"), TUESDAY, WEDNESDAY) == 8 * 3600


def test_shared_log_in_working_time(ws: Workspace) -> None:
    imported(ws, shared_case("night_shift/a.csv"))
    nights = calendar_from_dict(hours_of(WAYS["over midnight"]))
    with ws.logs.read(ws.logs.get("x")) as connection:
        install_calendar(connection, nights)
        query = "SELECT case_id, working_seconds(started, ended) FROM case_"
        found = dict(connection.execute(query).fetchall())
    assert found == {"n": 8 * 3600.0, "m": 0.0}  # the second lies on a Sunday night


def test_a_small_log_in_working_time() -> None:
    nights = calendar_from_dict(hours_of(WAYS["two lines"]))
    with duckdb.connect() as connection:
        install_calendar(connection, nights, (TUESDAY.replace(tzinfo=None), WEDNESDAY.replace(tzinfo=None)))
        query = "SELECT working_seconds(TIMESTAMP '2026-01-06 16:00', TIMESTAMP '2026-01-07 02:00')"
        assert connection.execute(query).fetchone() == (8 * 3600.0,)
