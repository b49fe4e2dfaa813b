"""The quick way of reading stamps: what it reads, it reads as the thorough way does; and the usual stamps it reads."""

from __future__ import annotations

from itertools import product

import duckdb
import pytest

from core.queries import load

DATES = ("2024-01-01", "2024-1-1", "2024/01/01", "0999-01-01", "1001-01-01", "9998-01-01", "2024-02-30", "-2024-01-01",
         "24-01-01", "20240101", "2024-12-3")  # fmt: skip
CLOCKS = ("", " 10:00", "T10:00:00", " 10:00:00.123456", "T1:2:3", " 10:0:5", "T24:00:00", " 25:00:00", "T10:00:00,5")
ODD_CLOCKS = (" 10:00:00", " 10:00:0", "T10:00:0", " 10:00:", "T10:00:", " 10:00", " 1:00:00", "  1:00:00", " 10:00:1 ")
OFFSETS = ("", "Z", "z", "+01:00", "-03:30", "+0230", "+14:00", "+15:59", " +01:00", "UTC", "+01:00:30", "-1", "+0_:00")
USUAL_ANYWHERE = ("2024-01-01T10:00:00.000+01:00", "2024-07-01 10:00:00+02:00", "2024-07-01T10:00:00-05:00",
                  "2024-07-01T10:00:00Z", "2024-07-01T10:00:00.123Z")  # fmt: skip
USUAL_IN_UTC = ("2024-01-01 10:00:00", "2024-01-01T10:00:00.123", "2024-01-01 10:00", "2024-01-01")


@pytest.mark.parametrize("zone", ["UTC", "Europe/Madrid"])
def test_the_usual_stamps_are_read_as_the_thorough_way_does_and_state_no_offset(zone: str) -> None:
    stamps = ["".join(parts) for parts in product(DATES, CLOCKS + ODD_CLOCKS, OFFSETS)]
    with duckdb.connect() as connection:
        connection.execute(load("ingest.sql", "stamps").sql)
        connection.execute("SET TimeZone = $zone", {"zone": zone})
        connection.execute("CREATE TABLE written AS SELECT unnest($stamps) AS stamp", {"stamps": stamps})
        rows = connection.execute(
            "SELECT stamp, usual, utc_moment(stamp, 'iso'), stated_offset(stamp, 'iso', usual) "
            "FROM (SELECT stamp, usual_moment(stamp) AS usual FROM written) WHERE usual IS NOT NULL"
        ).fetchall()
    assert {"2024-01-01 10:00:00", "2024-01-01T10:00:00"} <= {stamp for stamp, *_ in rows}
    assert [row for row in rows if row[1] != row[2] or row[3] is not None] == []


@pytest.mark.parametrize("zone", ["UTC", "Europe/Madrid"])
def test_the_quick_way_agrees_with_the_thorough_one(zone: str) -> None:
    stamps = ["".join(parts) for parts in product(DATES, CLOCKS, OFFSETS)] + ["", " ", "epoch", "infinity", "x"]
    with duckdb.connect() as connection:
        connection.execute(load("ingest.sql", "stamps").sql)
        connection.execute("SET TimeZone = $zone", {"zone": zone})
        connection.execute("CREATE TABLE written AS SELECT unnest($stamps) AS stamp", {"stamps": stamps})
        rows = connection.execute(
            "SELECT stamp, quick_moment(stamp)::VARCHAR, utc_moment(stamp, 'iso')::VARCHAR FROM written"
        ).fetchall()
        usual = USUAL_ANYWHERE + (USUAL_IN_UTC if zone == "UTC" else ())
        read = connection.execute(
            "SELECT count(quick_moment(stamp)) FROM (SELECT unnest($usual) AS stamp)", {"usual": list(usual)}
        ).fetchall()
    assert [row for row in rows if row[1] is not None and row[1] != row[2]] == []
    assert read == [(len(usual),)]


def test_offsets_are_those_that_the_text_states() -> None:
    told = {"2024-01-01 10:00:00": None, "2024-01-01T10:00:00Z": 0, "2024-01-01T10:00:00+01:00": 60,
            "2024-01-01T10:00:00+02:00": 120, "2024-01-01T10:00:00-03:30": -210, "2024-12-3-00:00": 0,
            "2024-01-01": None, "2024-01-01 10:00:5Z": 0, "2024-01-01 10:00:00.5+05:45": 345}  # fmt: skip
    with duckdb.connect() as connection:
        connection.execute(load("ingest.sql", "stamps").sql)
        connection.execute("SET TimeZone = 'UTC'")
        rows = connection.execute(
            "SELECT stamp, stated_offset(stamp, 'iso', utc_moment(stamp, 'iso')) "
            "FROM (SELECT unnest($stamps) AS stamp)",
            {"stamps": list(told)},
        ).fetchall()
    assert dict(rows) == told
