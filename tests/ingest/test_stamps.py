"""Timestamps: many ways of writing them, offsets kept, days and months told apart by all values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.actor.values import local
from core.queries import load
from core.workspace import Workspace
from ingest import import_log
from tests.ingest.files import csv_file

MOMENT = datetime(2026, 2, 1, 21, 5, tzinfo=UTC)

WRITTEN = [  # text, kind, what it means in UTC, minutes from UTC; stamps without an offset are taken in Madrid
    ("2026-02-01T21:05:00Z", "iso", MOMENT, 0),
    ("2026-02-01T21:05:00.000z", "iso", MOMENT, 0),
    ("2026-02-01 22:05:00+01:00", "iso", MOMENT, 60),
    ("2026-02-01T22:05+01:00", "iso", MOMENT, 60),
    ("2026-02-02 02:35:00 +0530", "iso", MOMENT, 330),
    ("2026-02-01T17:35:00,000-03:30", "iso", MOMENT, -210),
    ("2026-02-01 23:05:00+02", "iso", MOMENT, 120),
    ("2026-02-01 21:05:00 UTC", "iso", MOMENT, 0),
    ("2026-02-01T22:05:00", "iso", MOMENT, None),
    ("2026/02/01 22:05:00.000", "iso", MOMENT, None),
    ("20260201T220500", "year_first", MOMENT, None),
    ("2026.02.01 22:05", "year_first", MOMENT, None),
    ("2026-02-01 10:05 PM", "year_first", MOMENT, None),
    ("01/02/2026 22:05", "day_first", MOMENT, None),
    ("1.2.2026 22:05:00", "day_first", MOMENT, None),
    ("01/02/26 22:05", "day_first", MOMENT, None),
    ("02/01/2026 10:05 PM", "month_first", MOMENT, None),
    ("2-1-26 22:05", "month_first", MOMENT, None),
    ("1 Feb 2026 22:05", "named_month", MOMENT, None),
    ("01-FEB-26 22:05", "named_month", MOMENT, None),
    ("Feb 1, 2026 10:05 PM", "named_month", MOMENT, None),
    ("Sun, 01 Feb 2026 21:05:00 GMT", "named_month", MOMENT, 0),
    ("1769979900", "epoch", MOMENT, None),
    ("1769979900000", "epoch", MOMENT, None),
    ("1769979900000000", "epoch", MOMENT, None),
]


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB with the macros of stamps.sql, in the time zone of Madrid."""
    with duckdb.connect(":memory:") as opened:
        opened.execute("SET TimeZone = 'Europe/Madrid'")
        opened.execute(load("ingest.sql", "stamps").sql)
        yield opened


def read(connection: duckdb.DuckDBPyConnection, stamp: str, kind: str) -> tuple[datetime | None, int | None]:
    """The moment and the offset that the macros read in `stamp`."""
    found = connection.execute(
        "SELECT m, stated_offset($s, $k, m) FROM (SELECT utc_moment($s, $k) AS m)", {"s": stamp, "k": kind}
    ).fetchall()[0]
    return (found[0].replace(tzinfo=UTC) if found[0] else None), found[1]


@pytest.mark.parametrize(("stamp", "kind", "moment", "offset"), WRITTEN)
def test_a_stamp_is_read(
    connection: duckdb.DuckDBPyConnection, stamp: str, kind: str, moment: datetime, offset: int | None
) -> None:
    assert read(connection, stamp, kind) == (moment, offset)


@pytest.mark.parametrize("stamp", ["", "soon", "epoch", "infinity", "2026-13-01", "31/12/26", "42", "2026-02-30 10:00"])
def test_what_is_no_year_first_date_is_not_read_as_one(connection: duckdb.DuckDBPyConnection, stamp: str) -> None:
    assert read(connection, stamp, "iso") == (None, None)


AWARE = st.builds(
    lambda local, minutes: local.replace(tzinfo=timezone(timedelta(minutes=minutes))),
    st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1)),  # noqa: DTZ001 - made aware above
    st.integers(-14 * 60, 14 * 60),
)


@given(st.lists(AWARE, min_size=1, max_size=50), st.sampled_from(["T", " "]))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_moment_and_offset_survive_being_written(
    connection: duckdb.DuckDBPyConnection, written: list[datetime], between: str
) -> None:
    found = connection.execute(
        "WITH stamp AS (SELECT unnest($stamps) AS s), read AS (SELECT s, utc_moment(s, 'iso') AS m FROM stamp) "
        "SELECT m, stated_offset(s, 'iso', m) FROM read",
        {"stamps": [moment.isoformat(between) for moment in written]},
    ).fetchall()
    told = [
        (m.astimezone(UTC).replace(tzinfo=None), round((m.utcoffset() or timedelta()) / timedelta(minutes=1)))
        for m in written
    ]
    assert found == told


def ends(ws: Workspace, log: str) -> list[tuple[str, int | None]]:
    """End and offset of each activity instance, in the order of the file."""
    with ws.logs.read(ws.logs.get(log)) as connection:
        rows = connection.execute("SELECT ended, ended_offset FROM event ORDER BY source_row").fetchall()
    return [(ended.isoformat(), offset) for ended, offset in rows]


def test_mixed_offsets_are_kept_beside_utc(ws: Workspace, tmp_path: Path) -> None:
    text = "case,activity,end\n1,a,2026-03-28T12:00:00+01:00\n1,b,2026-03-30T12:00:00+02:00\n1,c,2026-03-31T12:00:00"
    done = import_log(ws, csv_file(tmp_path / "x.csv", text), timezone="America/Bogota", by=local("Ada"))
    assert ends(ws, "x") == [
        ("2026-03-28T11:00:00", 60), ("2026-03-30T10:00:00", 120), ("2026-03-31T17:00:00", None),
    ]  # fmt: skip
    message = "1 timestamps state no offset from UTC; they were read as `America/Bogota`."
    assert message in [f["message"] for f in done.quality["findings"]]


@pytest.mark.parametrize(
    ("stamps", "order", "expected", "warned"),
    [
        (["01/02/2026", "13/02/2026"], None, "2026-02-01T00:00:00", False),  # only days go to 13
        (["01/02/2026", "02/13/2026"], None, "2026-01-02T00:00:00", False),  # only days go to 13
        (["01/02/2026", "03/04/2026"], None, "2026-02-01T00:00:00", True),  # nothing tells
        (["01/02/2026", "03/04/2026"], "mdy", "2026-01-02T00:00:00", False),  # the user tells
    ],
)
def test_days_and_months_are_told_apart_by_all_values(
    stamps: list[str], order: str | None, expected: str, warned: bool, ws: Workspace, tmp_path: Path
) -> None:
    rows = "\n".join(f"1,a,{stamp}" for stamp in stamps)
    path = csv_file(tmp_path / "x.csv", f"case,activity,end\n{rows}")
    done = import_log(ws, path, date_order=order, by=local("Ada"))
    assert ends(ws, "x")[0] == (expected, None)
    assert ("day_or_month" in [f["code"] for f in done.quality["findings"]]) is warned


def test_one_telling_value_far_down_the_file_decides(ws: Workspace, tmp_path: Path) -> None:
    rows = "\n".join(["1,a,01/02/2026"] * 12_000 + ["1,a,02/13/2026"])
    import_log(ws, csv_file(tmp_path / "x.csv", f"case,activity,end\n{rows}"), by=local("Ada"))
    assert ends(ws, "x")[0] == ("2026-01-02T00:00:00", None)
