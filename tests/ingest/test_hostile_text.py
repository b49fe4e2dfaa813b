"""Odd and hostile CSV: read right, or refused with one message; never a traceback, never a value changed unsaid."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.actor.values import local
from core.errors import BadInput, Duplicate
from core.workspace import Workspace
from ingest import import_log
from tests.builders import known, name_of
from tests.ingest.files import csv_file
from tests.ingest.test_bad_input import nothing_stored

HEAD = "case,activity,end\n"
ROWS = HEAD + "1,a,2026-01-05T08:00:00Z\n1,b,2026-01-05T09:00:00Z\n"


def values(ws: Workspace, query: str) -> list[tuple[object, ...]]:
    """What `query` gives on the only event log."""
    with ws.logs.read(ws.logs.versions()[-1]) as connection:
        return connection.execute(query).fetchall()


@pytest.mark.parametrize("name", ["base64", "zip", "rot13", "hex", "idna", "punycode", "undefined", "unicode_escape"])
def test_what_is_no_encoding_of_text_is_refused(name: str, ws: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=f"There is no encoding `{name}`"):
        import_log(ws, csv_file(tmp_path / "x.csv", ROWS), encoding=name, by=local("Ada"))
    assert nothing_stored(ws)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [(ROWS.encode("utf-16")[:-1], "utf-16"), (ROWS.encode(), "utf-16"), ((ROWS + "2,é").encode()[:-1], "utf-8")],
)
def test_a_character_cut_off_is_refused(content: bytes, encoding: str, ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(BadInput, match="is not"):
        import_log(ws, path, encoding=encoding, by=local("Ada"))
    assert nothing_stored(ws)


@pytest.mark.parametrize("stamp", ["12026-01-05 10:00:00", "290000-01-05", "2026-01-05 10:00:00+25:00"])
def test_moments_that_no_calendar_has_are_refused(stamp: str, ws: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        import_log(ws, csv_file(tmp_path / "x.csv", ROWS + f"1,c,{stamp}\n"), by=local("Ada"))
    assert caught.value.problems == (f"row 4, end: `{stamp}`",)
    assert nothing_stored(ws)


def test_lines_that_end_in_a_carriage_return_alone_are_refused(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(ROWS.replace("\n", "\r").encode())
    with pytest.raises(BadInput, match="carriage return alone"):
        import_log(ws, path, by=local("Ada"))


@pytest.mark.parametrize("name", ["x*.csv", "x[1].csv", "year=2020/x.csv", "x.csv.gz"])
def test_a_files_name_is_only_a_name(name: str, ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    csv_file(tmp_path / "x1.csv", "something,else\n")
    csv_file(path, ROWS)
    assert import_log(ws, path, by=local("Ada")).events == 2
    assert values(ws, "SELECT name FROM activity ORDER BY 1") == [("a",), ("b",)]
    assert values(ws, "SELECT count(*) FROM duckdb_columns() WHERE column_name LIKE '@%'") == [(0,)]


def test_a_cost_is_a_finite_number(ws: Workspace, tmp_path: Path) -> None:
    rows = "".join(f"1,a,2026-01-05T0{n}:00:00Z,{cost}\n" for n, cost in enumerate(("-5", "nan", "inf", "1e400")))
    path = csv_file(tmp_path / "x.csv", "case,activity,end,cost\n" + rows)
    done = import_log(ws, path, roles={"cost": "cost"}, by=local("Ada"))
    assert values(ws, "SELECT cost FROM event ORDER BY source_row") == [(-5.0,), (None,), (None,), (None,)]
    counts = {finding["code"]: finding["count"] for finding in done.quality["findings"]}
    assert (counts["cost_not_a_number"], counts["negative_costs"]) == (2, 1)  # `nan` is a word for a missing value


def test_no_attribute_loses_a_digit(ws: Workspace, tmp_path: Path) -> None:
    codes = ("12345678901234567890", "+34600123456", "007", "1_000")
    rows = "".join(f"1,a,2026-01-0{n}T08:00:00Z,{','.join(codes)},{n}.5\n" for n in (5, 6))
    rows += "1,a,2026-01-07T08:00:00Z,1,2,3,4,7.5\n"
    import_log(ws, csv_file(tmp_path / "x.csv", "case,activity,end,v,w,x,y,z\n" + rows), by=local("Ada"))
    assert values(ws, "SELECT * EXCLUDE (case_no, position) FROM event_attribute ORDER BY position")[0] == (*codes, 5.5)


def test_spaces_alone_are_nothing(ws: Workspace, tmp_path: Path) -> None:
    text = 'case,activity,end,user\n1,"  ",2026-01-05,Bo\n1,b,2026-01-05,"  "\n1,c,2026-01-06,Bo'
    done = import_log(ws, csv_file(tmp_path / "x.csv", text), by=local("Ada"))
    assert (done.events, done.activities, done.performers) == (2, 2, 1)
    assert ("no_activity", 1) in [(finding["code"], finding["count"]) for finding in done.quality["findings"]]


def test_one_column_plays_one_role(ws: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="both the case and the performer"):
        import_log(ws, csv_file(tmp_path / "x.csv", ROWS), roles={"case": "case", "performer": "case"}, by=local("Ada"))


def test_of_two_imports_at_once_one_is_stored(ws: Workspace, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "x.csv", ROWS)

    def meanwhile(doing: str, _: int) -> None:
        if doing == "Checking and storing":
            import_log(ws, path, by=known(ws, "Bea"))

    with pytest.raises(Duplicate, match="is imported already"):
        import_log(ws, path, by=local("Ada"), progress=meanwhile)
    assert [name_of(ws, version.created_by) for version in ws.logs.versions()] == ["Bea"]
    assert {p.suffix for p in ws.logs.folder.iterdir()} <= {".duckdb", ".lock"}
    assert len(list(ws.logs.folder.glob("*.duckdb"))) == 1


def test_too_many_columns_are_refused(ws: Workspace, tmp_path: Path) -> None:
    head = "case,activity,end," + ",".join(f"k{n}" for n in range(5000))
    path = csv_file(tmp_path / "x.csv", f"{head}\n1,a,2026-01-05{',1' * 5000}")
    with pytest.raises(BadInput, match="has 5,003 columns; Tandem takes 500 at most"):
        import_log(ws, path, by=local("Ada"))
    assert nothing_stored(ws)
