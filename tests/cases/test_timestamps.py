"""Stamps of SAP, HANA, Java and .NET, zones by their letters, and zones that were stated wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import BadInput
from core.workspace import Workspace
from tests.cases.meaning import case_file, column, imported, told

HOURS = ["2026-01-01 08:00:00", "2026-01-01 09:00:00"]
FILES = [
    ("ticks.csv", ["2026-01-01 00:00:00", "2026-01-01 01:00:00"]),
    ("hana.csv", HOURS),
    ("sap.csv", HOURS),
    ("java.csv", ["2026-01-01 07:00:00", "2026-01-01 08:00:00"]),
]


@pytest.mark.parametrize(("name", "moments"), FILES)
def test_the_shared_files_are_read(name: str, moments: list[str], ws: Workspace, tmp_path: Path) -> None:
    imported(ws, case_file(f"timestamps/{name}"), tmp_path)
    assert column(ws, "ended::VARCHAR") == moments


def stamps(*written: str) -> str:
    """A CSV with these stamps, one a row."""
    return "\n".join(["case;activity;end", *(f"1;a{n};{text}" for n, text in enumerate(written))])


READ = [
    (["639028224000000000", "639028260000000000"], "UTC", ["2026-01-01 00:00:00", "2026-01-01 01:00:00"], None),
    (["639028224000000000"], "Europe/Madrid", ["2025-12-31 23:00:00"], None),  # ticks are a clock, not a moment
    (["/Date(1767254400000)/", "/Date(1767258000000+0100)/"], "Europe/Madrid", HOURS, None),
    (["20260101080000", "20260101090000"], "UTC", HOURS, None),
    (["Thu Jan 01 08:00:00 CET 2026"], "UTC", ["2026-01-01 07:00:00"], 60),
    (["Thu Jan 01 08:00:00 GMT 2026"], "Europe/Madrid", ["2026-01-01 08:00:00"], 0),
    (["2026-07-01 08:00:00 CET"], "UTC", ["2026-07-01 07:00:00"], 60),  # CET has no summer: that is CEST
    (["2026-07-01 08:00:00 CEST", "2026-07-01 08:00 MESZ"], "UTC", ["2026-07-01 06:00:00"] * 2, 120),
    (["01.07.2026 08:00 MESZ"], "America/Bogota", ["2026-07-01 06:00:00"], 120),
    (["2026-01-01 08:00:00 EST"], "UTC", ["2026-01-01 13:00:00"], -300),
    (["2026-07-01 08:00:00 Europe/Madrid"], "UTC", ["2026-07-01 06:00:00"], 120),
]  # fmt: skip


@pytest.mark.parametrize(("written", "zone", "moments", "offset"), READ)
def test_a_stamp_is_read_as_what_it_says(
    written: list[str], zone: str, moments: list[str], offset: int | None, ws: Workspace, tmp_path: Path
) -> None:
    order = "dmy" if "." in written[0] else None
    imported(ws, stamps(*written), tmp_path, timezone=zone, date_order=order)
    assert column(ws, "ended::VARCHAR") == moments
    assert column(ws, "ended_offset") == [offset] * len(written)


@pytest.mark.parametrize(
    "stamp",
    ["2026-01-01 08:00:00 IST", "2026-01-01 08:00:00 BST", "2026-01-01 08:00:00 XYZ", "Thu Jan 01 08:00:00 IST 2026"],
)
def test_a_zone_that_may_be_several_is_refused_by_row(stamp: str, ws: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        imported(ws, stamps(stamp), tmp_path)
    assert f"row 2, end: `{stamp}`" in caught.value.problems


def test_letters_of_a_zone_are_said(ws: Workspace, tmp_path: Path) -> None:
    done = imported(ws, stamps("2026-01-01 08:00 CET", "2026-07-01 08:00 CEST"), tmp_path)
    assert told(done, "zone_named") == [
        "1 values of `end` name their zone `CEST`; it was read as UTC+02:00.",
        "1 values of `end` name their zone `CET`; it was read as UTC+01:00.",
    ]
    assert told(done, "no_offset") == []


@pytest.mark.parametrize(
    ("stamp", "zone", "beside"),
    [
        ("2026-01-01T08:00:00+01:00", "Europe/Madrid", False),
        ("2026-07-01T08:00:00+02:00", "Europe/Madrid", False),
        ("2026-07-01T08:00:00+01:00", "Europe/Madrid", True),
        ("2026-01-01T08:00:00+01:00", "America/Bogota", True),
        ("2026-01-01T08:00:00Z", "America/Bogota", False),  # how programs write UTC
        ("2026-01-01T08:00:00+01:00", "UTC", False),  # no zone was said
    ],
)
def test_an_offset_that_the_zone_does_not_have_is_said(
    stamp: str, zone: str, beside: bool, ws: Workspace, tmp_path: Path
) -> None:
    done = imported(ws, stamps(stamp), tmp_path, timezone=zone)
    assert bool(told(done, "offset_beside_zone")) is beside


def test_the_note_names_the_zone_and_is_absent_where_the_file_states_the_moment(ws: Workspace, tmp_path: Path) -> None:
    done = imported(ws, stamps("2026-01-01 08:00"), tmp_path, timezone="Europe/Berlin")
    assert told(done, "no_offset") == ["1 timestamps state no offset from UTC; they were read as `Europe/Berlin`."]
    done = imported(ws, stamps("1767225600", "1767229200"), tmp_path, timezone="Europe/Berlin")
    assert told(done, "no_offset") == []
    assert done.quality["checks"]["ends_without_offset"] == 0


def test_numbers_since_1970_need_no_zone_in_the_shared_file(ws: Workspace, tmp_path: Path) -> None:
    done = imported(ws, case_file("parquet_jsonl/epoch_berlin.csv"), tmp_path, timezone="Europe/Berlin")
    assert told(done, "no_offset") == []
    assert column(ws, "ended::VARCHAR") == ["2026-01-01 00:00:00", "2026-01-01 01:00:00"]
