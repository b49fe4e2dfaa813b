"""A file that is only tried: what is said of its times and rows, and that an import then does exactly that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from core.actor.values import local
from core.errors import BadInput
from core.settings import Settings
from core.workspace import Workspace, open_workspace
from ingest import Problem, Trial, import_log, try_reading
from tests.ingest.bad_files import CORPUS
from tests.ingest.files import csv_file, event, xes_file
from tests.ingest.office import xlsx

HEAD = "case,activity,end\n"


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """One workspace for all: no two tests import the same file."""
    workspace = open_workspace(Settings(user="Ada", home=tmp_path_factory.mktemp("trial")))
    yield workspace
    workspace.close()


def tried(ws: Workspace, folder: Path, text: str, **options: Any) -> Trial:
    return try_reading(ws, csv_file(folder / "x.csv", text), **options)


def stored(ws: Workspace, path: Path, **options: Any) -> dict[int, datetime]:
    """The end of each activity instance by its row in the file, as an import stores it."""
    done = import_log(ws, path, by=local("Ada"), **options)
    with ws.logs.read(ws.logs.get(done.log, done.version)) as connection:
        return dict(connection.execute("SELECT source_row, ended FROM event ORDER BY 1").fetchall())


@pytest.mark.parametrize(
    ("stamps", "written", "stated", "utc"),
    [
        (["2026-01-05 08:00:00", "2026-01-05 09:00:00+02:00"], "year-month-day", 1, ["05 08:00", "05 07:00"]),
        (["2026-01-05T08:00:00Z", "2026-01-06T08:00:00Z"], "year-month-day", 2, ["05 08:00", "06 08:00"]),
        (["1767600000", "1767603600"], "a number since 1970", 2, ["05 08:00", "05 09:00"]),
        (["20260105 0800", "20260105 0900"], None, 0, None),
        (["2026.01.05 08:00", "2026.01.06 08:00"], "year first", 0, ["05 08:00", "06 08:00"]),
        (["5 Jan 2026 08:00", "6 Jan 2026 08:00"], "with the month's name", 0, ["05 08:00", "06 08:00"]),
        (["05/01/2026 08:00", "31/01/2026 08:00"], "day before month", 0, ["05 08:00", "31 08:00"]),
        (["01/05/2026 08:00", "01/31/2026 08:00"], "month before day", 0, ["05 08:00", "31 08:00"]),
    ],
)
def test_each_way_to_write_times_is_told_in_words(
    stamps: list[str], written: str | None, stated: int, utc: list[str] | None, ws: Workspace, tmp_path: Path
) -> None:
    found = tried(ws, tmp_path, HEAD + "".join(f"1,a,{stamp}\n" for stamp in stamps), roles={"end": "end"})
    (end,) = found.stamps
    assert (end.column, end.filled) == ("end", 2)
    if written is None or utc is None:  # no kind of timestamp is written like this
        assert (end.unread, found.unread, end.samples) == (2, 2, ())
        return
    assert end.written.startswith(written)
    assert (end.unread, end.stated, found.problems, found.refused) == (0, stated, (), False)
    assert [s.text for s in end.samples] == stamps
    assert [f"{s.utc:%d %H:%M}" for s in end.samples] == utc


def test_samples_are_spread_over_the_file_and_equal_what_an_import_stores(ws: Workspace, tmp_path: Path) -> None:
    rows = [f"{n},a,2026-{1 + n // 28:02}-{1 + n % 28:02} 02:30:00" for n in range(300)]
    path = csv_file(tmp_path / "x.csv", HEAD + "\n".join(rows))
    (end,) = try_reading(ws, path, timezone="Europe/Madrid").stamps
    kept = stored(ws, path, timezone="Europe/Madrid")
    assert [s.text for s in end.samples] == [rows[n].split(",")[2] for n in (0, 60, 120, 180, 240)]
    assert [s.utc for s in end.samples] == [kept[n + 1] for n in (0, 60, 120, 180, 240)]


def test_local_times_follow_the_summer(ws: Workspace, tmp_path: Path) -> None:
    """Madrid is UTC+1 in winter and UTC+2 in summer; 02:30 is never on 29 March 2026, and twice on 25 October."""
    stamps = [
        "2026-01-05 08:00:00", "2026-03-29 02:30:00", "2026-07-01 08:00:00", "2026-07-01T08:00:00Z",
        "2026-10-25 02:30:00",
    ]  # fmt: skip
    path = csv_file(tmp_path / "x.csv", HEAD + "".join(f"{n},a,{s}\n" for n, s in enumerate(stamps)))
    (end,) = try_reading(ws, path, timezone="Europe/Madrid").stamps
    assert [(f"{s.utc:%m-%d %H:%M}", f"{s.local:%m-%d %H:%M}") for s in end.samples] == [
        ("01-05 07:00", "01-05 08:00"), ("03-29 01:30", "03-29 03:30"), ("07-01 06:00", "07-01 08:00"),
        ("07-01 08:00", "07-01 10:00"), ("10-25 01:30", "10-25 02:30"),
    ]  # fmt: skip
    assert end.stated == 1
    assert list(stored(ws, path, timezone="Europe/Madrid").values()) == [s.utc for s in end.samples]


def test_problems_name_rows_as_people_number_them(ws: Workspace, tmp_path: Path) -> None:
    text = """
        case,activity,start,end,due
        1,a,2026-01-05 08:00:00,2026-01-05 09:00:00,2026-02-01
        ,b,2026-01-05 08:00:00,2026-01-05 09:00:00,2026-02-01
        1,,2026-01-05 08:00:00,2026-01-05 09:00:00,2026-02-01
        1,c,2026-01-05 08:00:00,,2026-02-01
        1,d,early,2026-01-05 09:00:00,2026-02-01
        1,e,2026-01-05 08:00:00,late,soon
    """
    found = tried(ws, tmp_path, text, roles={"due": "due"})
    iso = "not understood as a time that is written year-month-day, as ISO 8601 has it"
    assert found.problems == (
        Problem(3, "case", "", "no case: the row is dropped"),
        Problem(4, "activity", "", "no activity: the row is dropped"),
        Problem(5, "end", "", "no time of its end: the row is dropped"),
        Problem(6, "start", "early", iso),
        Problem(7, "due", "soon", f"{iso}; the case has no due date then"),
        Problem(7, "end", "late", iso),
    )
    assert (found.rows, found.problem_rows, found.dropped, found.unread, found.refused) == (6, 5, 3, 2, True)
    with pytest.raises(BadInput, match="2 rows with a timestamp that cannot be read") as caught:
        import_log(ws, tmp_path / "x.csv", roles={"due": "due"}, by=local("Ada"))
    assert list(caught.value.problems) == ["row 6, start: `early`", "row 7, end: `late`"]


@pytest.mark.parametrize(
    ("rows", "dropped", "refused"),
    [
        ("1,a,2026-01-05\n,b,late\n", 1, False),  # a row that is dropped anyway refuses nothing
        ("1,a,2026-01-05\n1,b,\n", 1, False),
        ("1,,2026-01-05\n,b,2026-01-05\n", 2, True),  # nothing is left
        ("1,a,2026-01-05\n1,b,late\n", 0, True),
    ],
)
def test_what_the_trial_calls_refused_is_what_an_import_refuses(
    rows: str, dropped: int, refused: bool, ws: Workspace, tmp_path: Path
) -> None:
    roles = {"case": "case", "activity": "activity", "end": "end"}
    found = tried(ws, tmp_path, HEAD + rows, roles=roles)
    assert (found.dropped, found.refused) == (dropped, refused)
    if refused:
        with pytest.raises(BadInput):
            import_log(ws, tmp_path / "x.csv", roles=roles, by=local("Ada"))
    else:
        assert import_log(ws, tmp_path / "x.csv", roles=roles, by=local("Ada")).events == found.rows - dropped


def test_xes_is_tried_too_and_its_lifecycle_is_paired_as_ever(ws: Workspace, tmp_path: Path) -> None:
    path = xes_file(tmp_path / "x.xes", [("c", [
        event("a", "2026-01-05T08:00:00+01:00", "start"), event("a", "2026-01-05T09:00:00+01:00", "complete"),
        event("b", "2026-01-05T10:00:00+01:00", "complete"),
    ])])  # fmt: skip
    found = try_reading(ws, path)
    assert (found.rows, found.refused, found.problems) == (3, False, ())
    (end,) = found.stamps
    assert (end.column, end.stated) == ("time:timestamp", 3)
    done = import_log(ws, path, by=local("Ada"))
    assert (done.events, done.event_rows) == (2, found.rows)
    with ws.logs.read(ws.logs.get("x")) as connection:
        moments = {m for row in connection.execute("SELECT started, ended FROM event").fetchall() for m in row if m}
    assert moments == {s.utc for s in end.samples}


def test_one_unreadable_time_of_a_lifecycle_log_refuses_it(ws: Workspace, tmp_path: Path) -> None:
    text = "case,activity,lifecycle,end\n1,a,start,2026-01-05 08:00\n1,a,complete,later\n1,b,complete,2026-01-06\n"
    found = tried(ws, tmp_path, text)
    assert [(p.row, p.column, p.value) for p in found.problems] == [(3, "end", "later")]
    assert found.refused
    with pytest.raises(BadInput, match="1 row with a timestamp"):
        import_log(ws, tmp_path / "x.csv", by=local("Ada"))


def test_rows_of_a_workbook_are_those_of_its_sheet(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(xlsx({"Orders": [[], ["case", "activity", "end"], ["1", "a", "2026-01-05"], ["1", "b", "soon"]]}))
    assert [(p.row, p.value) for p in try_reading(ws, path).problems] == [(4, "soon")]


def test_a_role_that_is_left_empty_is_not_guessed(ws: Workspace, tmp_path: Path) -> None:
    text = "case,activity,end,performer\n1,a,2026-01-05,Bo\n"
    path = csv_file(tmp_path / "x.csv", text)
    assert import_log(ws, path, log="guessed", by=local("Ada")).performers == 1
    assert import_log(ws, path, log="left", roles={"performer": ""}, by=local("Ada")).performers == 0
    with ws.logs.read(ws.logs.get("left")) as connection:
        assert connection.execute('SELECT "@performer" FROM case_attribute').fetchall() == [("Bo",)]
    with pytest.raises(BadInput, match="when it ended"):
        try_reading(ws, path, roles={"end": ""})


SAMPLE = (
    "CSV: no bytes", "CSV: only a header", "CSV: no roles", "CSV: doubled names", "CSV: wrong widths", "CSV: latin-1",
    "CSV: NUL", "CSV: mixed stamps", "CSV: a moment no calendar has", "CSV: truncated gzip", "XES: cut in an event",
    "XES: one entity", "XES: no events", "Parquet: cut off", "Excel: no such sheet", "Excel: numbers for dates",
    "JSON lines: a broken line", "OCEL: no object type",
)  # fmt: skip


@pytest.mark.parametrize("name", SAMPLE)
def test_a_bad_file_is_refused_by_the_trial_as_by_the_import(name: str, ws: Workspace, tmp_path: Path) -> None:
    bad = CORPUS[name]
    path = bad.write(tmp_path)
    with pytest.raises(BadInput) as imported:
        import_log(ws, path, by=local("Ada"), **bad.options)
    told = "\n".join([imported.value.message, *imported.value.problems])
    if "cannot be read; nothing was stored" in told:
        found = try_reading(ws, path, **bad.options)
        assert found.refused
        assert all(f"row {p.row:,}, {p.column}: `{p.value}`" in told for p in found.problems)
        return
    with pytest.raises(BadInput) as tried_only:
        try_reading(ws, path, **bad.options)
    assert "\n".join([tried_only.value.message, *tried_only.value.problems]) == told


def test_nothing_is_stored_by_a_trial(ws: Workspace, tmp_path: Path) -> None:
    before = sorted(ws.logs.folder.iterdir())
    tried(ws, tmp_path, HEAD + "1,nothing is stored,2026-01-05\n")
    assert sorted(ws.logs.folder.iterdir()) == before


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"timezone": "Mars/Base"}, "There is no time zone `Mars/Base`"),
        ({"date_order": "ymd"}, "`ymd` is no date order"),
        ({"encoding": "klingon"}, "klingon"),
        ({"roles": {"case": "nothing"}}, "There is no column `nothing`"),
        ({"roles": {"boss": ""}}, "boss"),
    ],
)
def test_answers_that_cannot_be_are_refused(options: dict[str, Any], says: str, ws: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        tried(ws, tmp_path, HEAD + "1,a,2026-01-05\n", **options)
    assert says in str(caught.value)
