"""What docs/sample-data.md promises about the sheet of pilots."""

from __future__ import annotations

import csv
import io
from collections import Counter

from data.pilots import COLUMNS, generate, to_csv
from data.steps import ACTIVITIES


def lines() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(generate()).decode())))


def test_24_pilots_over_6_departments() -> None:
    sheet = lines()
    assert len(sheet) == len({line["reference"] for line in sheet}) == len({line["name"] for line in sheet}) == 24
    assert len({line["department"] for line in sheet}) == 6
    assert tuple(sheet[0]) == COLUMNS


def test_duplicates_touch_the_same_activity() -> None:
    touched = Counter(a for line in lines() for a in line["activities"].split("; ") if a)
    twice = {activity for activity, count in touched.items() if count > 1}
    assert {"Record invoice", "Draft purchase order", "Compare quotations", "Inspect goods"} <= twice


def test_some_have_no_owner_no_sponsor_or_no_activity_of_the_log() -> None:
    sheet = lines()
    assert sum(not line["owner"] for line in sheet) == 3
    assert sum(not line["sponsor"] for line in sheet) == 4
    known = set(ACTIVITIES)
    assert sum(not known & set(line["activities"].split("; ")) for line in sheet) == 5


def test_some_are_risky() -> None:
    unreviewed = [line for line in lines() if line["human_review"] == "no"]
    assert len(unreviewed) == 4
    assert {line["name"] for line in unreviewed if line["autonomy_level"] == "4"} == {
        "Vendor bank detail updater",
        "Hardware order bot",
    }
    assert any(line["data_sensitivity"] == "personal" for line in unreviewed)


def test_some_work_is_touched_by_no_pilot() -> None:
    touched = {a for line in lines() for a in line["activities"].split("; ")}
    assert {"Approve requisition", "Resolve mismatch", "Approve invoice"} <= set(ACTIVITIES) - touched
