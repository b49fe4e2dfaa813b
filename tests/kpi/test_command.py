"""`tandem kpi`: each command shows what its verb returns."""

from __future__ import annotations

import json
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from app.commands import kpi
from core.workspace import Workspace
from kpi import KEYS
from tests.builders import staged_log


@pytest.fixture
def tandem(ws: Workspace) -> Any:
    """A function that runs a command in a home with one log and gives back what it printed."""
    rows = [
        (f"c{n}", "x", f"2026-01-0{n} 08:00", f"2026-01-0{n} 1{n}:00", f"Bot{n}", "agent", n == 1, None, 5.0)
        for n in range(1, 9)
    ]
    staged_log(ws, rows)
    app = typer.Typer()
    kpi.register(app)

    def run(*arguments: str) -> str:
        result = CliRunner(env={"COLUMNS": "200"}).invoke(app, ["kpi", *arguments])
        if result.exception is not None:
            raise result.exception
        return result.stdout

    return run


def test_list_says_what_each_kpi_is(tandem: Any) -> None:
    assert "Cycle time (cycle_time)" in tandem("list")
    assert [d["key"] for d in json.loads(tandem("list", "--json"))] == list(KEYS)


def test_measure_shows_value_interval_evidence_and_why_withheld(tandem: Any) -> None:
    said = tandem("measure", "example")
    assert "6 h 30 min" in said
    assert "measured, 12 % simulated" in said
    assert "Error rate is withheld. The log does not say what ended in an error." in said
    assert "Cost per task: 5.00 a case, 1.00 attempts a task, no currency named." in said
    found = {m["key"]: m for m in json.loads(tandem("measure", "example", "--sla-hours", "7", "--json"))}
    assert found["sla_adherence"]["value"] == 5 / 8
    assert found["cycle_time"]["simulated"] is True
    assert found["error_rate"]["value"] is None


def test_what_is_left_out_is_said_once_for_all_kpis(ws: Workspace, tandem: Any) -> None:
    rows = [(f"c{n}", "x", f"2026-01-{n:02d} 08:00", f"2026-01-{n:02d} 09:00") for n in range(1, 21)]
    staged_log(ws, rows, "half", incomplete=[f"c{n}" for n in range(1, 9)], meta={"currency": "EUR"})
    assert tandem("measure", "half").count("8 of 20 cases are left out: 8 open.") == 1


def test_trend_and_cases(tandem: Any) -> None:
    said = tandem("trend", "example", "cycle_time", "--by", "week")
    assert "week of" in said
    assert "2026-01-05" in said
    assert said.count("A period with fewer than 6 cases has no value.") == 1
    assert "day of" in tandem("trend", "example", "throughput", "--by", "day")
    assert "week of" in tandem("trend", "example", "throughput")
    weeks = json.loads(tandem("trend", "example", "throughput", "--by", "week", "--json"))
    assert [(w["bucket"], w["finished"], w["n"]) for w in weeks] == [("week", True, 4), ("week", False, 4)]
    assert "What is not finished may still change" in tandem("trend", "example", "throughput", "--by", "week")
    assert "2 of 8 cases, from 0." in tandem("cases", "example", "cycle_time", "--limit", "2")
    assert json.loads(tandem("cases", "example", "cycle_time", "--json"))["cases"][0]["case_id"] == "c8"


def test_baseline_and_comparison(tandem: Any) -> None:
    assert "No baseline is frozen yet." in tandem("baselines")
    assert "Baseline 1 of example version 1 is frozen." in tandem("baseline", "example")
    assert json.loads(tandem("baseline", "example", "--as", "Ada", "--json"))["created_by"].startswith("person-")
    assert len(json.loads(tandem("baselines", "--json"))) == 2
    said = tandem("compare", "1", "example")
    assert "not judged (assumed)" in said
    assert "SLA adherence: The baseline is withheld" in said
    first = json.loads(tandem("compare", "1", "example", "--json"))[0]
    assert (first["verdict"], first["change"], first["judged"]["p"]) == ("not judged (assumed)", 0.0, None)
    assert first["judged"]["reasons"][0].startswith("Simulated performers worked on 12 % (baseline) and 12 % (now)")
