"""`tandem filter` and `tandem map variants|cases|case|events`, run as a user runs them."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from app.main import run
from core.settings import Settings
from core.workspace import Workspace
from tests.builders import staged_log

ROWS = [
    ("a", "Draft", "2026-03-02 08:00", "2026-03-02 09:00", "Ann", "human"),
    ("a", "Check", "2026-03-02 11:00", "2026-03-02 11:30", "Bob", "human"),
    ("a", "Check", "2026-03-02 12:00", "2026-03-02 12:30", "Bob", "human"),
    ("b", "Draft", "2026-03-03 08:00", "2026-03-03 09:00", "Ann", "human"),
    ("b", "Pay", "2026-03-05 09:00", "2026-03-05 09:00", "Robo", "agent"),
    ("c", "Draft", "2026-03-04 08:00", "2026-03-04 08:30", "Ann", "human"),
    ("c", "Pay", "2026-03-04 10:30", "2026-03-04 11:00", "Robo", "agent"),
    ("d", "=2+5", "2026-03-04 10:30", "2026-03-04 11:00", "Ann", "human"),
]
PAID = '[{"kind":"activity","activities":["Pay"]}]'
SLOW = '{"kind":"metric","metric":"cycle_time","low":86400}'


@pytest.fixture
def orders(ws: Workspace, settings: Settings) -> Workspace:
    staged_log(ws, ROWS, "orders")
    return ws


def said(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    assert run(list(arguments)) == status
    captured = capsys.readouterr()
    if status:
        assert captured.out == ""
        assert "Traceback" not in captured.err
    return " ".join((captured.err if status else captured.out).split())


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    return json.loads(said(capsys, *arguments, "--json"))


def test_a_set_is_saved_listed_used_and_deleted(orders: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert "No set of filters is saved for orders" in said(capsys, "filter", "list", "orders")
    assert said(capsys, "filter", "save", "orders", "paid", PAID) == "Saved: paid has 1 filter for orders."
    said(capsys, "person", "add", "Bea")
    kept = told(capsys, "filter", "save", "orders", "slow", f"[{SLOW}]", "--as", "Bea")
    assert (kept["log"], kept["name"]) == ("orders", "slow")
    ids = {person["id"]: person["name"] for person in told(capsys, "person", "list")}
    assert [(s["name"], ids[s["by"]]) for s in told(capsys, "filter", "list", "orders")] == [
        ("paid", "Ada"),
        ("slow", "Bea"),
    ]
    assert "Cases with Pay" in said(capsys, "filter", "list", "orders")
    assert told(capsys, "map", "cases", "orders", "--filters", "@paid")["cases"] == 2
    hint = "`paid` is the name of a saved set of filters. Say `@paid`."
    assert said(capsys, "filter", "show", "orders", "paid", status=2) == hint
    assert "Saved for `orders`: `@paid`, `@slow`." in said(capsys, "filter", "show", "orders", "payed", status=2)
    assert said(capsys, "filter", "delete", "orders", "paid") == "Deleted: paid."
    assert "no set of filters `paid` for `orders`" in said(
        capsys, "map", "cases", "orders", "--filters", "@paid", status=2
    )


def test_what_each_filter_leaves_is_told_one_after_the_other(
    orders: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of four cases two are paid, and one of these takes more than a day; what is switched off is not applied."""
    off = '{"kind":"complete","disabled":true}'
    found = told(capsys, "filter", "show", "orders", f"{PAID[:-1]},{off},{SLOW}]")
    assert (found["log"], found["version"], found["cases"]) == ("orders", 1, 4)
    assert [(s["filter"], s["cases"], s["events"], s["share"]) for s in found["steps"]] == [
        ("Cases with Pay", 2, 4, 0.5), ("Cases whose cycle time is at least 1 d", 1, 2, 0.25),
    ]  # fmt: skip
    assert "There is no filter." in said(capsys, "filter", "show", "orders", "[]", "--version", "1")
    assert "50 %" in said(capsys, "filter", "show", "orders", PAID)


def test_variants_and_cases_are_those_that_are_selected(orders: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, "map", "variants", "orders")
    assert (found["variants"], found["cases"]) == (3, 4)
    assert (found["rows"][0]["cases"], found["rows"][0]["trace"]) == (2, ["Draft", "Pay"])
    assert "1 of 3 variants, 4 cases." in said(capsys, "map", "variants", "orders", "--limit", "1", "--offset", "1")
    digest = found["rows"][0]["digest"]
    only = json.dumps([{"kind": "variant", "digests": [digest]}])
    cases = told(capsys, "map", "cases", "orders", "--filters", only, "--by", "cycle_time", "--descending")
    assert [row["case"] for row in cases["rows"]] == ["b", "c"]
    assert "1 of 1 case." in said(capsys, "map", "cases", "orders", "--search", "B")
    assert "No case is selected." in said(capsys, "map", "cases", "orders", "--search", "zzz")


def test_a_case_tells_its_story(orders: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, "map", "case", "orders", "a")
    assert [i["activity"] for i in found["instances"]] == ["Draft", "Check", "Check"]
    assert [i["waiting"] for i in found["instances"]] == [None, 7200.0, 1800.0]
    text = said(capsys, "map", "case", "orders", "a")
    assert text.startswith("Case a: 3 activity instances, 4 h 30 min")


def test_events_are_written_as_csv_and_parquet(
    orders: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import pyarrow.parquet as pq

    file = tmp_path / "events.csv"
    assert told(capsys, "map", "events", "orders", "-o", str(file))["events"] == 8
    rows = list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))
    assert len(rows) == 8
    assert "'=2+5" in rows[-1].values()
    other = tmp_path / "paid.parquet"
    assert "4 activity instances" in said(capsys, "map", "events", "orders", "-o", str(other), "--filters", PAID)
    assert pq.read_table(other).num_rows == 4
    before = file.read_bytes()
    assert "--replace" in said(capsys, "map", "events", "orders", "-o", str(file), "--filters", PAID, status=2)
    assert file.read_bytes() == before
    assert "Wrote" in said(capsys, "map", "events", "orders", "-o", str(file), "--filters", PAID, "--replace")
    assert len(file.read_text("utf-8-sig").splitlines()) == 5


BAD = [
    (["filter", "show", "nothing", "[]"], "There is no event log `nothing`"),
    (["filter", "show", "orders", "@none"], "no set of filters `none` for `orders`"),
    (["filter", "show", "orders", "~damaged"], "The filters in this link are damaged"),
    (["filter", "show", "orders", "{"], "These filters cannot be used"),
    (["filter", "show", "orders", '[{"kind":"rework","least":1},{"kind":"x"}]'], "filter 2"),
    (
        ["filter", "save", "orders", "x", '[{"kind":"activity","activities":["Paid"]}]'],
        "no activity `Paid` in this event log",
    ),
    (["filter", "save", "orders", "~x", "[]"], "cannot name a set of filters"),
    (["filter", "delete", "orders", "x"], "no set of filters"),
    (["map", "variants", "orders", "--filters", '[{"kind":"attribute","attribute":"@x","missing":true}]'], "`@x`"),
    (["map", "variants", "orders", "--limit", "0"], "0"),
    (["map", "cases", "orders", "--by", "name"], "cannot be sorted by `name`"),
    (["map", "cases", "orders", "--version", "7"], "7"),
    (["map", "case", "orders", "z"], "`z`"),
    (["map", "events", "orders", "-o", "events.doc"], "events.doc"),
]


@pytest.mark.parametrize(("arguments", "message"), BAD)
def test_what_cannot_be_is_one_message_and_status_2(
    arguments: list[str], message: str, orders: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert message in said(capsys, *arguments, status=2)
    assert told(capsys, "filter", "list", "orders") == []
