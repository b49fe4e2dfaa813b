"""Rules of the quality report on times: days, zones, clocks that move, dates that cannot be, hours of work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from core.clock import FixedClock
from core.settings import Settings
from core.view import View
from core.workspace import Workspace, open_workspace
from ingest import (
    DropEvents,
    EventCondition,
    quality_report,
)
from tests.ingest.judged import NOW, for_a_module, found, one
from tests.ingest.stored import Row, at, row, sound, stored


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    yield from for_a_module(tmp_path_factory)


def test_bare_dates(ws: Workspace) -> None:
    rows = [row(f"c{n}", "Check", f"2025-03-{n + 1:02} 00:00") for n in range(18)] + [row("x", "Pay", at(1))]
    finding = one(ws, rows, "bare_dates")
    assert (finding.count, finding.total) == (18, 19)
    assert found(ws, [*rows, *(row(f"d{n}", "Pay", at(n)) for n in range(1, 5))], "bare_dates") == []


def test_bare_dates_of_another_time_zone(ws: Workspace) -> None:
    """Midnight in Rome, written in UTC: 23:00 in winter, 22:00 in summer."""
    rows = [row(f"w{n}", "Check", f"2025-01-{n + 1:02} 23:00") for n in range(15)]
    rows += [row(f"s{n}", "Check", f"2025-07-{n + 1:02} 22:00") for n in range(15)]
    assert one(ws, rows, "bare_dates").count == 30
    assert one(ws, rows, "bare_dates", timezone="Europe/Rome").count == 30
    assert found(ws, [row(r["case_id"], "Check", at(n)) for n, r in enumerate(rows)], "bare_dates") == []


def test_a_stamps_own_offset_tells_midnight(ws: Workspace) -> None:
    rows = [row(f"c{n}", "Check", f"2025-03-{n + 1:02} 23:00", ended_offset=60) for n in range(9)]
    assert one(ws, rows, "bare_dates").count == 9


def test_some_activities_have_days_only(ws: Workspace) -> None:
    rows = [*sound(), *(row(f"c{n}", "Booked", f"2025-03-{n + 3:02} 00:00") for n in range(6))]
    finding = one(ws, rows, "mixed_precision")
    assert (finding.count, finding.total) == (6, 126)


def test_suspicious_dates(ws: Workspace) -> None:
    rows = [
        *sound(), row("x", "Check", "1970-01-01 00:00"), row("y", "Check", at(2), "1900-01-01"),
        row("z", "Pay", "2031-05-01"), row("far", "Pay", "2003-05-01 10:00"),
    ]  # fmt: skip
    version = stored(ws, rows)
    by_code = {finding.code: finding for finding in quality_report(ws, View(version.log)).findings}
    assert by_code["placeholder_dates"].count == 2
    assert [e.case_id for e in by_code["placeholder_dates"].examples] == ["y", "x"]
    assert by_code["future_dates"].count == 1
    assert by_code["future_dates"].steps == (DropEvents(EventCondition.AFTER, moment=NOW),)
    assert [e.case_id for e in by_code["far_dates"].examples] == ["far"]


def test_what_lay_in_the_future_stays_so(tmp_path: Path) -> None:
    clock = FixedClock(NOW)
    ws = open_workspace(Settings(user="Ada", home=tmp_path, database_url=""), clock)
    log = stored(ws, [*sound(), row("z", "Pay", "2026-05-01 10:00")]).log
    clock.advance(timedelta(days=400))
    assert [f.count for f in quality_report(ws, View(log)).findings if f.code == "future_dates"] == [1]


def test_heaped_on_the_first_of_january(ws: Workspace) -> None:
    rows = [*sound(), *(row(f"c{n}", "Born", "2024-01-01 00:00") for n in range(4))]
    assert one(ws, rows, "new_year_heap").count == 4


def test_offsets(ws: Workspace) -> None:
    rows = [row(f"c{n}", "Check", at(n), ended_offset=60) for n in range(4)]
    rows += [
        row("x", "Check", at(5), ended_offset=120),
        row("y", "Check", at(6), ended_offset=330),
        row("z", "Check", at(7)),
    ]
    mixed, missing = one(ws, rows, "mixed_offsets"), one(ws, rows, "offset_missing")
    assert (mixed.count, mixed.examples[0].case_id) == (1, "y")
    assert (missing.count, missing.examples[0].case_id) == (1, "z")


def test_the_hour_that_comes_twice(ws: Workspace) -> None:
    """On 26 October 2025 clocks in Madrid went from 03:00 back to 02:00: 00:30 and 01:30 UTC are both 02:30 there."""
    rows = [row("a", "Check", f"2025-10-26 {clock}") for clock in ("00:30", "01:30", "02:30", "23:30")]
    assert one(ws, rows, "repeated_hour", timezone="Europe/Madrid").count == 2
    assert found(ws, rows, "repeated_hour") == []


def test_the_day_moves_by_an_hour_in_summer(ws: Workspace) -> None:
    def year(summer: int) -> list[Row]:
        rows = []
        for month, first in ((1, 8), (2, 8), (6, summer), (7, summer)):
            for number in range(520 // 2):
                clock = f"2025-{month:02}-{number % 28 + 1:02} {first + number % 9:02}:{number % 60:02}"
                rows.append(row(f"{month}-{number}", "Check", clock, None, "Ada"))
        return rows

    assert one(ws, year(7), "hour_shift").count == 520
    assert found(ws, year(8), "hour_shift") == []


def test_at_hours_when_nobody_works(ws: Workspace) -> None:
    rows = [row(f"c{n}", "Check", at(24 * (n % 200) + n % 8 + 0.1), None, "Ada") for n in range(1200)]
    rows += [
        row("night", "Check", "2025-03-04 03:20", None, "Ada"),
        row("batch", "Post", "2025-03-04 03:20", None, "SAP", kind="system"),
    ]
    finding = one(ws, rows, "unlikely_hours")
    assert (finding.count, finding.examples[0].value) == (1, "03:20")
