"""One view, one figure: whatever road leads to it, a command, its JSON, a page, an export or a verb, it is the same."""

from __future__ import annotations

import csv
import html
import json
import math
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import pytest
import streamlit as st
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from app.main import run
from app.pages.said_here import said_here
from core.selection.filters import AttributeFilter
from core.selection.selection import Selection
from core.view import View
from core.workspace import Workspace
from kpi import in_words, measure
from mining.cases import export_events, list_cases, list_variants
from mining.compare.service import compare_sides
from mining.performance import time_summary
from tests.app.test_pages import open_page, sound, texts
from tests.builders import staged_log

_ROWS = 1000


pytestmark = pytest.mark.usefixtures("no_cache")


CASES = some.lists(
    some.tuples(
        some.integers(0, 2000),  # minutes until it begins
        some.lists(
            some.tuples(some.sampled_from("abc"), some.integers(-60, 300), some.sampled_from(["Ann", "Bo", "bot"])),
            min_size=1, max_size=4,
        ),
        some.booleans(),  # complete
        some.booleans(),  # the first activity instance says when it started
    ),
    min_size=2, max_size=8,
)  # fmt: skip


def stored(ws: Workspace, cases: list[Any]) -> None:
    """A log of these cases. A length below 0 is an activity instance that ends before it starts."""
    rows = []
    for n, (after, steps, _, begun) in enumerate(cases):
        at = datetime(2026, 1, 5, 8, 1) + timedelta(minutes=after)  # noqa: DTZ001 - staged as naive UTC
        for place, (activity, minutes, who) in enumerate(steps):
            end = at + timedelta(minutes=minutes)
            started = at if begun or place else None
            rows.append((f"c{n}", activity, started and f"{started:%Y-%m-%d %H:%M}", f"{end:%Y-%m-%d %H:%M}", who,
                         "system" if who == "bot" else "human"))  # fmt: skip
            at += timedelta(minutes=max(0, minutes) + 7)
    staged_log(ws, rows, incomplete=[f"c{n}" for n, case in enumerate(cases) if not case[2]])


def commanded(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    """The JSON of a command; None where it refused in words."""
    capsys.readouterr()
    code = run([*arguments, "--json"])
    out = capsys.readouterr().out
    return json.loads(out) if code == 0 else None


def same(one: float | None, other: float | None) -> bool:
    return one == other or (one is not None and other is not None and math.isclose(one, other, rel_tol=1e-9))


SELECTIONS = some.sampled_from([
    Selection(), Selection((AttributeFilter(attribute="performer_kind", values=("human",)),)),
])  # fmt: skip


@given(CASES, SELECTIONS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_cycle_time_is_one_figure(
    ws: Workspace, capsys: pytest.CaptureFixture[str], tmp_path: Path, cases: list[Any], selection: Selection
) -> None:
    stored(ws, cases)
    view = View("example", ws.logs.get("example").version, selection)
    kpi = {m.key: m for m in measure(ws, view)}["cycle_time"]
    with ws.logs.open(view) as opened:
        if not opened.connection.execute("SELECT 1 FROM event LIMIT 1").fetchone():
            return
        cycles = sorted(c for (c,) in opened.connection.execute("SELECT cycle FROM case_").fetchall() if c is not None)
    middle = median(cycles) if cycles else None
    if kpi.withheld is None:
        assert same(kpi.value, middle)
    text = selection.text()
    told = {m["key"]: m for m in commanded(capsys, "kpi", "measure", "example", "--filters", text)}["cycle_time"]
    assert (told["value"], told["n"], told["low"], told["withheld"]) == (kpi.value, kpi.n, kpi.low, kpi.withheld)
    summary = time_summary(ws, view)
    withheld = summary.trust.why_not
    assert withheld is not None
    spread = summary.cycle
    if spread is not None:
        assert same(spread.median, middle)
        assert spread.count == len(cycles)
    listed = list_cases(ws, view, limit=_ROWS)
    assert sorted(c.cycle_seconds for c in listed.rows if c.cycle_seconds is not None) == cycles
    variants = list_variants(ws, view, limit=_ROWS)
    if len(variants.rows) == 1:
        assert same(variants.rows[0].median_seconds, middle)
    sides = compare_sides(ws, view, view)
    metric = {m.key: m for m in sides.metrics}.get("cycle_time")
    if metric is not None and metric.a is not None and metric.a.value is not None:
        assert same(metric.a.value, middle)
    written = tmp_path / "events.csv"
    export_events(ws, view, written, replace=True)
    with written.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with ws.logs.open(view) as opened:
        service = opened.connection.execute("SELECT sum(service) FROM event").fetchall()[0][0]
    assert same(sum(float(r["service_seconds"]) for r in rows if r["service_seconds"]), service or 0.0)


@given(CASES)
@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_page_shows_the_figures_of_the_command(
    ws: Workspace, capsys: pytest.CaptureFixture[str], cases: list[Any]
) -> None:
    st.cache_data.clear()
    stored(ws, cases)
    told = commanded(capsys, "kpi", "measure", "example")
    opened = sound(open_page("kpis", log="example"))
    page = "\n".join((html.unescape(texts(opened)), *(str(m.value) for m in opened.metric)))
    for measurement in told:
        if measurement["withheld"] is not None:
            assert said_here(measurement["withheld"]) in page
        else:
            assert in_words(measurement["value"], measurement["unit"]).split()[0] in page
