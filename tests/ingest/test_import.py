"""What an import stores: attributes, kinds, outcomes, due dates, quality, versions; and that nothing gets lost."""

from __future__ import annotations

import codecs
import gzip
from pathlib import Path
from typing import Any

import duckdb
import pytest

from core.actor.values import local
from core.workspace import Workspace
from ingest import import_log, quality
from tests.ingest.files import csv_file, event, xes_file


def rows(ws: Workspace, log: str, query: str) -> list[tuple[Any, ...]]:
    """What `query` gives on the newest version of `log`."""
    with ws.logs.read(ws.logs.get(log)) as connection:
        return connection.execute(query).fetchall()


def columns(ws: Workspace, log: str, table: str) -> dict[str, str]:
    """Name and type of the columns of a stored table."""
    return dict(rows(ws, log, f"SELECT column_name, column_type FROM (DESCRIBE {table})"))


def test_every_other_column_is_kept_where_it_belongs(ws: Workspace, tmp_path: Path) -> None:
    text = """case,activity,end,vendor,amount,code,Amount,rush,when
              1,a,2026-01-05,Acme,10,007,1.5,true,2026-01-01T00:00:00+01:00
              1,b,2026-01-06,Acme,11,008,2.5,false,2026-01-02
              2,a,2026-01-07,Bolt,12,009,3.5,true,2026-01-03"""
    done = import_log(ws, csv_file(tmp_path / "x.csv", text), by=local("Ada"))
    assert columns(ws, "x", "event_attribute") == {
        "case_no": "INTEGER", "position": "INTEGER", "@amount": "BIGINT", "@code": "VARCHAR", "@Amount (2)": "DOUBLE",
        "@rush": "BOOLEAN", "@when": "TIMESTAMP",
    }  # fmt: skip
    assert columns(ws, "x", "case_attribute") == {"case_no": "INTEGER", "@vendor": "VARCHAR"}
    assert rows(ws, "x", "FROM event_attribute LIMIT 1")[0][2:6] == (10, "007", 1.5, True)
    assert str(rows(ws, "x", 'SELECT "@when" FROM event_attribute')[0][0]) == "2025-12-31 23:00:00"
    assert rows(ws, "x", "SELECT * FROM case_attribute ORDER BY case_no") == [(0, "Acme"), (1, "Bolt")]
    renamed = [f["message"] for f in done.quality["findings"] if f["code"] == "renamed_attributes"]
    assert renamed == ["Attributes whose names differ only by capitals are kept apart: `Amount` as `@Amount (2)`."]
    assert ws.logs.meta(ws.logs.get("x")).stored["attributes"]["@vendor"] == {"column": "vendor", "of": "case"}


def test_xes_attributes_are_read_without_loss(ws: Workspace, tmp_path: Path) -> None:
    odd = [
        ("int", "count", "12"), ("int", "odd", "not a number"), ("id", "key", "u-1"), ("boolean", "flag", "true"),
        ("string", "text", 'a "b" & <c> é'), ("string", "Text", "other"), ("string", "case:kind", "of the event"),
    ]  # fmt: skip
    path = xes_file(tmp_path / "x.xes", [("c", [event("a & b", "2026-01-05T08:00:00Z", None, *odd)])])
    text = path.read_text("utf-8").replace("<trace>", '<trace><float key="kind" value="2.5"/>')
    path.write_text(text, "utf-8")
    import_log(ws, path, by=local("Ada"))
    stored = rows(ws, "x", "FROM event_attribute")[0]
    found = dict(zip(columns(ws, "x", "event_attribute"), stored, strict=True))
    assert found["@count"] == 12
    assert found["@odd"] == "not a number"
    assert found["@key"] == "u-1"
    assert found["@flag"] is True
    assert {found["@text"], found["@Text (2)"]} if "@Text (2)" in found else {found["@text (2)"], found["@Text"]} == {
        'a "b" & <c> é', "other",
    }  # fmt: skip
    assert found["@case:kind"] == "of the event"
    assert rows(ws, "x", 'SELECT "@kind" FROM case_attribute') == [(2.5,)]
    assert rows(ws, "x", "SELECT name FROM activity") == [("a & b",)]


def test_what_xes_nests_is_counted(ws: Workspace, tmp_path: Path) -> None:
    inner = '<event><string key="concept:name" value="a"><string key="inner" value="b"/></string>'
    inner += '<date key="time:timestamp" value="2026-01-05T08:00:00Z"/><list key="l"><values/></list></event>'
    path = tmp_path / "x.xes"
    path.write_text(f'<log><trace><string key="concept:name" value="c"/>{inner}</trace><trace/></log>', "utf-8")
    done = import_log(ws, path, by=local("Ada"))
    assert {f["code"]: f["count"] for f in done.quality["findings"] if f["effect"] == "dropped"} == {
        "nested_attributes": 2, "list_attributes": 1, "empty_traces": 1,
    }  # fmt: skip


def test_unusual_but_valid_xes_is_read(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "x.xes"
    path.write_text(
        "<?xml version='1.0' encoding='UTF-8'?>\n<!-- <trace> <event> -->\n<log>\n"
        "<trace><string value='c' key='concept:name'></string><!-- </trace> -->"
        "<event><string key = 'concept:name' value='a'/><date value='2026-01-05T10:00:00+02:00' key='time:timestamp'/>"
        "</event ></trace ></log>\n<!-- end -->",
        "utf-8",
    )
    assert import_log(ws, path, by=local("Ada")).events == 1
    assert rows(ws, "x", "SELECT ended_offset FROM event") == [(120,)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "iso-8859-1", "utf-16"])
def test_xes_is_read_in_the_encoding_it_declares(encoding: str, ws: Workspace, tmp_path: Path) -> None:
    path = xes_file(tmp_path / "x.xes", [("c", [event("año", "2026-01-05T08:00:00Z")])])
    text = path.read_text("utf-8").replace('encoding="UTF-8"', f'encoding="{encoding.removesuffix("-sig")}"')
    path.write_bytes(text.encode(encoding))
    import_log(ws, path, by=local("Ada"))
    assert rows(ws, "x", "SELECT name FROM activity") == [("año",)]


@pytest.mark.parametrize("encoding", ["windows-1252", "utf-16", "utf-8-sig"])
def test_csv_is_read_in_the_encoding_that_is_said(encoding: str, ws: Workspace, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "x.csv", "caso;actividad;fecha\n1;año;2026-01-05", encoding)
    said = None if encoding == "utf-8-sig" else encoding
    done = import_log(ws, path, encoding=said, by=local("Ada"))
    assert rows(ws, "x", "SELECT name FROM activity") == [("año",)]
    assert done.roles["case"] == "caso"


def test_quoted_values_and_gzip(ws: Workspace, tmp_path: Path) -> None:
    plain = 'case,activity,end\n1,"a, ""b""\nc",2026-01-05\n'
    path = tmp_path / "x.csv.gz"
    path.write_bytes(gzip.compress(codecs.BOM_UTF8 + plain.encode()))
    import_log(ws, path, by=local("Ada"))
    assert rows(ws, "x", "SELECT name FROM activity") == [('a, "b"\nc',)]


def test_parquet_keeps_moments(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'Asia/Tokyo'")
        connection.execute(
            f"COPY (SELECT 1 AS case_id, 'a' AS activity, TIMESTAMPTZ '2026-01-05 08:00:00+00' AS end_time, "
            f"TIMESTAMP '2026-01-05 08:30:00' AS start_time, 2.5 AS cost, DATE '2026-03-01' AS booked) TO '{path}'"
        )
    import_log(ws, path, timezone="Europe/Madrid", by=local("Ada"))
    found = rows(ws, "x", "SELECT started, ended, started_offset, ended_offset, cost FROM event")[0]
    assert [str(value) for value in found] == ["2026-01-05 07:30:00", "2026-01-05 08:00:00", "None", "None", "2.5"]
    assert columns(ws, "x", "case_attribute")["@booked"] == "TIMESTAMP"


def test_kinds_outcomes_due_dates_and_completeness(ws: Workspace, tmp_path: Path) -> None:
    text = """case,activity,end,user,user type,result,due date,case closed
              1,a,2026-01-05,Bo,manual,ok,2026-01-09,yes
              1,b,2026-01-06,SYSTEM,,error,2026-01-09,yes
              2,a,2026-01-07,112,,ok,2026-01-08,no
              2,b,2026-01-08,Cy,magic,ok,2026-01-08,no"""
    done = import_log(ws, csv_file(tmp_path / "x.csv", text), performer_kinds={"112": "system"}, by=local("Ada"))
    kinds = dict(rows(ws, "x", "SELECT name, kind FROM performer"))
    assert kinds == {"Bo": "human", "SYSTEM": "system", "112": "system", "Cy": "unknown"}
    assert rows(ws, "x", "SELECT failed FROM event ORDER BY source_row") == [(False,), (True,), (False,), (False,)]
    cases = rows(ws, "x", "SELECT case_id, due::DATE::VARCHAR, complete FROM case_ ORDER BY 1")
    assert cases == [("1", "2026-01-09", True), ("2", "2026-01-08", False)]
    assert [f["count"] for f in done.quality["findings"] if f["code"] == "kind_unknown"] == [1]
    assert columns(ws, "x", "event_attribute").keys() >= {"@result", "@user type"}


def test_rows_that_say_nothing_are_dropped_and_counted(ws: Workspace, tmp_path: Path) -> None:
    text = """case,activity,end
              1,a,2026-01-05
              ,a,2026-01-05
              1,,2026-01-05
              1,b,
              1,c,"""
    done = import_log(ws, csv_file(tmp_path / "x.csv", text), by=local("Ada"))
    dropped = {f["code"]: f["count"] for f in done.quality["findings"] if f["effect"] == "dropped"}
    assert dropped == {"no_case": 1, "no_activity": 1, "no_end": 2}
    assert (done.events, done.event_rows) == (1, 5)


def test_what_may_mislead_is_counted(ws: Workspace, tmp_path: Path) -> None:
    text = """case,activity,start,end,user
              1,Buy,2026-01-05 09:00,2026-01-05 08:00,Bo
              1,buy ,2026-01-04 08:00,2026-01-04 09:00,
              1,pay,2026-01-06 08:00,2099-01-06 09:00,Bo
              1,pay,2026-01-06 08:00,2099-01-06 09:00,Bo
              1,end,1970-01-01 00:00,1970-01-01 00:00,Bo"""
    done = import_log(ws, csv_file(tmp_path / "x.csv", text), by=local("Ada"))
    counts = {f["code"]: f["count"] for f in done.quality["findings"]}
    assert counts == {
        "ends_before_start": 1, "ends_in_the_future": 2, "ends_before_1971": 1, "rows_out_of_order": 2,
        "without_performer": 1, "repeated_rows": 1, "activities_alike": 1, "no_offset": 10,
    }  # fmt: skip


def test_the_suite_of_great_expectations_is_real(ws: Workspace, tmp_path: Path) -> None:
    text = """case,activity,start,end,cost
              1,buy,2026-01-05 09:00,2026-01-05 08:00,-1
              1,pay,2026-01-06 08:00,1970-01-06 09:00,2"""
    import_log(ws, csv_file(tmp_path / "x.csv", text), by=local("Ada"))
    sample = quality(ws, "x")["sample"]
    broken = {(e["expectation"], *e["columns"]): e["unexpected"] for e in sample["expectations"] if not e["success"]}
    assert broken == {
        ("expect_column_pair_values_a_to_be_greater_than_b", "ended", "started"): 2,
        ("expect_column_values_to_be_between", "cost"): 1,
        ("expect_column_values_to_be_between", "ended"): 1,
    }
    assert (sample["rows"], sample["success"]) == (2, False)
    assert sample["tool"].startswith("Great Expectations 1.")


def test_new_content_under_the_same_name_is_the_next_version(ws: Workspace, tmp_path: Path) -> None:
    for day in (5, 6):
        done = import_log(
            ws, csv_file(tmp_path / "Big Order.csv", f"case,activity,end\n1,a,2026-01-0{day}"), by=local("Ada")
        )
        assert (done.log, done.version) == ("big_order", day - 4)
    assert [str(v.ended) for v in ws.logs.versions("big_order")] == [
        "2026-01-05 00:00:00+00:00", "2026-01-06 00:00:00+00:00",
    ]  # fmt: skip


def test_nothing_is_left_on_disk_but_the_versions(ws: Workspace, tmp_path: Path) -> None:
    import_log(ws, csv_file(tmp_path / "x.csv", "case,activity,end\n1,a,2026-01-05"), by=local("Ada"))
    assert sorted(p.name for p in ws.logs.folder.iterdir()) == [".publish.lock", "x.v1.duckdb"]
    tables = {name for (name,) in rows(ws, "x", "SELECT table_name FROM duckdb_tables()")}
    assert tables == {
        "event", "case_", "activity", "performer", "system", "variant", "event_attribute", "case_attribute", "pause",
        "going_on", "meta",
    }  # fmt: skip
