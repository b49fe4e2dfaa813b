"""Date and time of day in two columns are one time."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.actor.values import local
from core.errors import BadInput
from core.workspace import Workspace
from ingest import ColumnMapping, ColumnRole, get_mapping, guess_roles, save_mapping
from tests.cases.meaning import case_file, imported, stored, told
from tests.ingest.files import csv_file
from tests.ingest.office import xlsx

ORDER = "SELECT name FROM event JOIN activity USING (activity_no) ORDER BY case_no, position"


@pytest.mark.parametrize(("name", "end"), [("a.csv", "ERDAT+ERZET"), ("b.csv", "date+time")])
def test_the_shared_files_are_guessed_and_a_is_before_b(name: str, end: str, ws: Workspace, tmp_path: Path) -> None:
    done = imported(ws, case_file(f"split_date_time/{name}"), tmp_path)
    assert done.roles["end"] == end
    assert stored(ws, ORDER) == [("A",), ("B",)]


SPLIT = [
    ("day,clock", "2026-01-05,09:00", "2026-01-05,08:30:00", "2026-01-05 08:30:00"),
    ("day,clock", "05/01/2026,9:00 AM", "05/01/2026,8:30 AM", "2026-01-05 08:30:00"),
    ("ERDAT,ERZET", "20260105,090000", "20260105,83000", "2026-01-05 08:30:00"),
    ("day,clock", "2026-01-05 00:00:00,1899-12-31 09:00:00", "2026-01-05 00:00:00,1899-12-31 08:30:00",
     "2026-01-05 08:30:00"),
    ("fecha,hora", "05.01.2026,09:00", "05.01.2026,08:30", "2026-01-05 08:30:00"),
]  # fmt: skip


@pytest.mark.parametrize(("names", "late", "early", "moment"), SPLIT)
def test_dates_and_times_of_day_are_guessed_as_one(
    names: str, late: str, early: str, moment: str, ws: Workspace, tmp_path: Path
) -> None:
    text = f"case,activity,{names}\n1,B,{late}\n1,A,{early}"
    done = imported(ws, text, tmp_path, date_order="dmy" if "/" in late else None)
    assert done.roles["end"] == names.replace(",", "+")
    assert stored(ws, ORDER) == [("A",), ("B",)]
    assert stored(ws, "SELECT min(ended)::VARCHAR FROM event") == [(moment,)]
    assert stored(ws, "SELECT column_name FROM (DESCRIBE event_attribute)") == [("case_no",), ("position",)]


TEXT = """case,activity,start date,start time,end date,end time,due
          1,A,2026-01-05,08:00,2026-01-05,09:30,2026-02-01
          1,B,2026-01-06,10:00,2026-01-06,11:00,2026-02-01"""


def test_start_and_end_are_paired_by_their_names(ws: Workspace, tmp_path: Path) -> None:
    done = imported(ws, TEXT, tmp_path)
    assert (done.roles["start"], done.roles["end"]) == ("start date+start time", "end date+end time")
    assert stored(ws, "SELECT service FROM event ORDER BY position") == [(5400.0,), (3600.0,)]


def test_one_date_may_stand_before_two_times(ws: Workspace, tmp_path: Path) -> None:
    text = "case,activity,day,from,to\n1,A,2026-01-05,08:00,09:00"
    imported(ws, text, tmp_path, roles={"start": "day+from", "end": "day+to"}, timezone="Europe/Madrid")
    assert stored(ws, "SELECT started::VARCHAR, ended::VARCHAR FROM event") == [
        ("2026-01-05 07:00:00", "2026-01-05 08:00:00")
    ]


def test_a_date_without_a_time_is_said_and_a_time_without_a_date_dropped(ws: Workspace, tmp_path: Path) -> None:
    text = "case,activity,day,clock\n1,A,2026-01-05,NA\n1,B,,09:00\n1,C,2026-01-06,10:00"
    done = imported(ws, text, tmp_path, roles={"end": "day+clock"})
    assert told(done, "no_time_of_day") == ["1 rows have a date and no time of day in `day+clock`; midnight was taken."]
    assert told(done, "no_end") == ["1 rows without the end of their event."]
    assert done.events == 2


def test_a_workbook_may_have_them_too(ws: Workspace, tmp_path: Path) -> None:
    rows = [["case", "activity", "day", "clock"], ["1", "B", "2026-01-05", "09:00"], ["1", "A", "2026-01-05", "08:00"]]
    path = tmp_path / "x.xlsx"
    path.write_bytes(xlsx({"Orders": rows}))
    imported(ws, path, tmp_path)
    assert stored(ws, ORDER) == [("A",), ("B",)]


def test_a_join_is_kept_with_a_mapping_and_offered_by_the_preview(ws: Workspace, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "x.csv", "case,activity,day,clock\n1,A,2026-01-05,09:00")
    preview = guess_roles(path)
    assert preview.joins == ("day+clock",)
    assert preview.columns == ("case", "activity", "day", "clock")
    assert {g.role: g.column for g in preview.roles}[ColumnRole.END] == "day+clock"
    save_mapping(ws, ColumnMapping("split", {"end": "day+clock"}), by=local("Ada"))
    done = imported(ws, path, tmp_path, roles=get_mapping(ws, "split").roles)
    assert stored(ws, "SELECT ended::VARCHAR FROM event") == [("2026-01-05 09:00:00",)]
    assert done.roles["end"] == "day+clock"


@pytest.mark.parametrize(
    ("roles", "says"),
    [
        ({"end": "day+nothing"}, "There is no column `day\\+nothing`"),
        ({"end": "day+clock", "start": "day"}, "One column plays one role"),
        ({"end": "day+clock", "start": "day+clock"}, "One column plays one role"),
    ],
)
def test_what_cannot_be_joined_is_refused(roles: dict[str, str], says: str, ws: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=says):
        imported(ws, "case,activity,day,clock\n1,A,2026-01-05,09:00", tmp_path, roles=roles)


def test_a_column_with_a_plus_in_its_name_is_itself(ws: Workspace, tmp_path: Path) -> None:
    imported(
        ws, "case,activity,day,day+clock,clock\n1,A,2026-01-05,2026-01-07,09:00", tmp_path, roles={"end": "day+clock"}
    )
    assert stored(ws, "SELECT ended::VARCHAR FROM event") == [("2026-01-07 00:00:00",)]
