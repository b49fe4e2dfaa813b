"""The commands on stored versions, and the quality report of the real logs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.main import run
from core.actor.values import local
from core.trust import Result
from core.view import View
from core.workspace import Workspace
from ingest import import_log, quality_report
from tests.ingest.stored import row, stored


def _log(ws: Workspace) -> None:
    same = row("a", "Check", "2025-03-03 09:00", None, "Anna Smith")
    rows = [same, same, row("a", "Pay", "2025-03-04 09:00", None, "Ben Jones"), row("b", "Check", "2025-03-05 09:00")]
    stored(ws, rows, log="orders")


def _said(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().out.split())


def test_report_clean_lineage_and_undo(ws: Workspace, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    _log(ws)
    assert run(["log", "report", "orders"]) == 0
    said = _said(capsys)
    assert "The same twice" in said
    assert "The log has no starts" in said
    assert run(["log", "report", "orders", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    exact = next(f for f in told["findings"] if f["code"] == "duplicate_exact")
    assert [(place["column"], place["offers"][0]["effect"]) for place in exact["places"]] == [
        (None, "takes away 1 activity instance, 25 % of all activity instances")
    ]
    assert (exact["count"], exact["total"], exact["share"], exact["steps"]) == (
        1,
        4,
        0.25,
        [{"step": "drop_duplicates"}],
    )
    assert run(["log", "clean", "orders", "--step", "drop_duplicates", "--dry-run"]) == 0
    assert "1 activity instance dropped" in _said(capsys)
    assert len(ws.logs.versions("orders")) == 1
    (tmp_path / "steps.json").write_text(json.dumps([{"step": "drop_cases", "where": "single event"}]))
    arguments = ["--step", "drop_duplicates", "--steps", str(tmp_path / "steps.json"), "--reason", "doubled"]
    assert run(["log", "clean", "orders", *arguments]) == 0
    assert "version 2: 1 case, 2 activity instances" in _said(capsys)
    assert run(["log", "lineage", "orders", "--json"]) == 0
    assert [s["reason"] for s in json.loads(capsys.readouterr().out)["steps"]] == ["doubled", "doubled"]
    assert run(["log", "undo", "orders", "1"]) == 0
    assert "version 3: 1 case, 3 activity instances" in _said(capsys)


def test_personal_and_forget_key(ws: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    _log(ws)
    assert run(["log", "personal", "orders"]) == 0
    assert "name of a person" in _said(capsys)
    assert run(["log", "clean", "orders", "--step", "pseudonymise:column=performer"]) == 0
    assert run(["log", "forget-key", "orders"]) == 0
    assert "is deleted" in _said(capsys)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["clean", "orders"], "no cleaning step to do"),
        (["clean", "orders", "--step", "sweep"], "no cleaning step `sweep`"),
        (["clean", "orders", "--steps", "/no/such/file"], "cannot be read"),
        (["undo", "orders", "1"], "no cleaning step of event log `orders`"),
        (["report", "nothing"], "no event log `nothing`"),
        (["forget-key", "orders"], "has no key"),
    ],
)
def test_what_cannot_be_done_is_bad_input(
    ws: Workspace, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    _log(ws)
    assert run(["log", *arguments]) == 2
    assert words in " ".join(capsys.readouterr().err.split())


def _many_columns(ws: Workspace) -> None:
    """One hundred attributes, each missing in the first of twenty cases, and a performer missing in half."""
    rows = [row(f"c{n}", "Check", f"2025-03-{n + 3:02} 09:{n:02}", None, "Ada" if n % 2 else None) for n in range(20)]
    cases = {f"c{n}": {f"@a{place}": f"v{n}" if n else None for place in range(100)} for n in range(20)}
    stored(ws, rows, log="wide", cases=cases)


def test_a_report_fits_a_reader_and_gives_every_column_when_asked(
    ws: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    _many_columns(ws)
    assert run(["log", "report", "wide"]) == 0
    few = capsys.readouterr().out
    assert len(few.splitlines()) < 40
    assert "Missing values: performer, @a0, @a1 and 98 more columns" in " ".join(few.split())
    assert run(["log", "report", "wide", "--all"]) == 0
    every = capsys.readouterr().out
    assert all(f"@a{place} " in every for place in range(100))
    assert run(["log", "report", "wide", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    (missing,) = [f for f in told["findings"] if f["code"] == "missing_values"]
    assert (missing["severity"], missing["share"], len(missing["places"])) == ("serious", 0.5, 101)


_REAL = {
    "receipt": "receipt_coselog/08_receipt.xes.gz",
    "purchasing": "purchasing_example/PurchasingExample.csv.gz",
    "production": "production_manufacturing/Production_start_end.csv.gz",
    "bpic2012": "bpic2012/BPI_Challenge_2012.xes.gz",
}
_COUNTED = {  # the same counts by other means
    (
        "receipt",
        "single_event_cases",
        None,
    ): "SELECT count(*) FROM (SELECT 1 FROM event GROUP BY case_no HAVING count(*) = 1)",
    ("receipt", "labels_spelled", None): "SELECT count(*) - count(DISTINCT lower(name)) FROM performer",
    ("production", "duplicate_exact", None): """
        SELECT count(*) - (SELECT count(*) FROM (
            SELECT DISTINCT e.* EXCLUDE (position, previous_activity_no, waiting, repeated, source_row),
                   x.* EXCLUDE (position)
            FROM event e JOIN event_attribute x USING (case_no, position))) FROM event""",
    ("production", "zero_service", None): "SELECT count(*) FROM event WHERE started = ended",
    ("bpic2012", "missing_values", "performer"): "SELECT count(*) - count(performer_no) FROM event",
    ("bpic2012", "missing_values", "started"): "SELECT count(*) - count(started) FROM event",
}


@pytest.mark.slow
def test_real_logs(ws: Workspace, shared_log: Callable[[str], Path]) -> None:
    """What is found in the real logs is what other queries count, and nothing is found that is not there."""
    found: dict[tuple[str, str, str | None], int] = {}
    held: dict[str, set[Result]] = {}
    for log, file in _REAL.items():
        import_log(ws, shared_log(file), log=log, by=local("Ada"))
        report = quality_report(ws, View(log))
        found |= {(log, f.code, place.column): place.count for f in report.findings for place in f.places}
        held[log] = set(report.withheld)
    for (log, code, subject), sql in _COUNTED.items():
        with ws.logs.read(ws.logs.get(log)) as connection:
            assert connection.execute(sql).fetchall() == [(found[log, code, subject],)], (log, code)
    absent = {"future_dates", "placeholder_dates", "negative_service", "bare_dates", "hour_shift", "mixed_offsets"}
    assert not absent & {code for _, code, _ in found}
    assert Result.SERVICE_TIME in held["receipt"]
    assert Result.SERVICE_TIME not in held["purchasing"]
