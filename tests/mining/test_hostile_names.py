"""Names that look like SQL, placeholders or formulas, and selections that leave nothing, change no answer's kind."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.clock import FixedClock
from core.errors import TandemError
from core.selection.filters import ActivityFilter, AttributeFilter, Keep
from core.selection.selection import Selection
from core.settings import Settings
from core.view import View
from core.workspace import Workspace, open_workspace
from ingest import quality_report
from mining.cases import export_events, list_cases, list_variants
from mining.causes.marks import parse_mark
from mining.causes.service import find_causes
from mining.compare.drift import find_drift
from mining.compare.service import compare_sides
from mining.map.hidden import map_hidden
from mining.map.redraw import redraw
from mining.organisation import map_people
from mining.performance import (
    batching,
    bottlenecks,
    flow_over_time,
    performance_overview,
    queue_over_time,
    rework_cost,
    times_by,
    week_pattern,
)
from tests.mining.whole_cases import Case, log_of

NOW = datetime(2026, 6, 1, tzinfo=UTC)
COLUMNS = ("@{table}", "@{column}", "@{number}", "@{source}", '@a "quoted" $most', "@%s")
STEPS = ("it's {table}", 'say "$most"', "=cmd()", "<b>bold</b>")
NOTHING = Selection((ActivityFilter(activities=STEPS[:1]), ActivityFilter(activities=STEPS[:1], inverted=True)))
DROPPED = Selection((AttributeFilter(attribute="failed", values=("true",), keep=Keep.EVENTS, inverted=True),))
SELECTIONS = {"whole": Selection(), "nothing": NOTHING, "grouped": DROPPED.group(COLUMNS[4])}

VERBS: dict[str, Callable[[Workspace, Selection], Any]] = {
    "batching": lambda ws, s: batching(ws, View("cases", selection=s)),
    "bottlenecks": lambda ws, s: bottlenecks(ws, View("cases", selection=s)),
    "causes": lambda ws, s: find_causes(ws, View("cases", selection=s), mark=parse_mark("failed")),
    "compare": lambda ws, s: compare_sides(ws, View("cases", selection=s), View("cases", selection=Selection())),
    "drift": lambda ws, s: find_drift(ws, View("cases", selection=s), window=20),
    "flow": lambda ws, s: flow_over_time(ws, View("cases", selection=s)),
    "cases": lambda ws, s: list_cases(ws, View("cases", selection=s)),
    "variants": lambda ws, s: list_variants(ws, View("cases", selection=s)),
    "hidden": lambda ws, s: map_hidden(ws, View("cases", selection=s)),
    "people": lambda ws, s: map_people(ws, View("cases", selection=s)),
    "performance": lambda ws, s: performance_overview(ws, View("cases", selection=s)),
    "queue": lambda ws, s: queue_over_time(ws, View("cases", selection=s)),
    "redraw": lambda ws, s: redraw(ws, View(ws.logs.get("cases").log, ws.logs.get("cases").version, s)),
    "rework": lambda ws, s: rework_cost(ws, View("cases", selection=s)),
    "times": lambda ws, s: times_by(ws, View("cases", selection=s), by="performer"),
    "week": lambda ws, s: week_pattern(ws, View("cases", selection=s)),
    "quality": lambda ws, s: quality_report(ws, View("cases", selection=s)),
    "trust": lambda ws, _s: ws.logs.trust(ws.logs.get("cases")),
}


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """One workspace with one log of such names."""
    home = tmp_path_factory.mktemp("hostile")
    workspace = open_workspace(Settings(user="Ada", home=home, database_url="", duckdb_threads=1), FixedClock(NOW))
    log_of(workspace, [
        Case(
            STEPS[: 2 + n % 3] * (1 + n % 2), start=n, performer=f"p'{n % 3}", failed=n % 4 == 0,
            attributes=dict.fromkeys(COLUMNS, "<i>" if n % 2 else "=x"),
            of_events={c: str(n % 3) if c == COLUMNS[2] else f"v{n % 3}" for c in COLUMNS},
        )
        for n in range(44)
    ])  # fmt: skip
    yield workspace
    workspace.close()


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_answers_or_says_why_not(ws: Workspace, verb: str) -> None:
    for name, selection in SELECTIONS.items():
        try:
            VERBS[verb](ws, selection)
        except TandemError:
            assert name == "nothing"  # where no case is left, a verb may say so


def test_an_export_keeps_every_column(ws: Workspace, tmp_path: Path) -> None:
    export_events(ws, View("cases"), tmp_path / "all.csv")
    with (tmp_path / "all.csv").open(newline="", encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    assert {row["activity"] for row in rows} == {name if name[0] != "=" else f"'{name}" for name in STEPS}
    assert not [name for name in rows[0] if name.startswith(("=", "@", "+", "-"))]
