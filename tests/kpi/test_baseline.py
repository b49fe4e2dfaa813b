"""Baselines are frozen; a comparison says what moved and whether it stands out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from core.actor.values import local
from core.errors import NotFound
from core.selection.selection import Selection
from core.view import View
from core.workspace import Workspace
from kpi import (
    Conclusion,
    Measurement,
    baselines,
    compare,
    freeze_baseline,
    get_baseline,
    incomparable,
    measure,
    selection_of,
)
from kpi.tables import kpi_baseline
from tests.builders import name_of, staged_log


def log_of(ws: Workspace, hours: int, cases: int = 8, simulated: bool = False) -> int:
    rows = []
    for n in range(cases):
        day = f"2026-01-{n + 1:02d}"
        rows.append((f"c{n}", "x", f"{day} 08:00", f"{day} {8 + hours:02d}:0{n}", "Bot", "agent", simulated, None, 5.0))
    return staged_log(ws, rows).version


def test_a_baseline_is_read_back_as_it_was_measured(any_ws: Workspace) -> None:
    log_of(any_ws, 4)
    frozen = freeze_baseline(any_ws, View("example"), sla_seconds=3600.0, by=local("Ada"))
    any_ws.clock.advance(timedelta(days=1))  # type: ignore[attr-defined]
    assert get_baseline(any_ws, frozen.id) == frozen
    assert baselines(any_ws) == baselines(any_ws, "example") == (frozen,)
    assert baselines(any_ws, "other") == ()
    assert frozen.measurements == measure(any_ws, View("example"), sla_seconds=3600)
    assert (frozen.log, frozen.version, name_of(any_ws, frozen.created_by), frozen.filter) == (
        "example", 1, "Ada", None,
    )  # fmt: skip


def test_the_database_refuses_to_change_or_remove_a_baseline(any_ws: Workspace) -> None:
    log_of(any_ws, 4)
    frozen = freeze_baseline(any_ws, View("example"), by=local("Ada"))
    for statement in (sa.update(kpi_baseline).values(created_by="Eve"), sa.delete(kpi_baseline)):
        with pytest.raises(sa.exc.DBAPIError, match="a baseline is frozen"), any_ws.database.begin() as connection:
            connection.execute(statement)
    assert get_baseline(any_ws, frozen.id) == frozen


def test_a_baseline_appears_with_the_callers_transaction(any_ws: Workspace) -> None:
    log_of(any_ws, 4)
    with any_ws.database.begin() as connection:
        freeze_baseline(any_ws, View("example"), by=local("Ada"), connection=connection)
        connection.rollback()
    assert baselines(any_ws) == ()


def test_an_unknown_baseline_is_named(ws: Workspace) -> None:
    with pytest.raises(NotFound, match="There is no baseline `7`"):
        get_baseline(ws, 7)


def test_a_change_of_few_simulated_cases_is_told_but_not_judged(ws: Workspace) -> None:
    log_of(ws, 4)
    frozen = freeze_baseline(ws, View("example"), by=local("Ada"))
    log_of(ws, 2, simulated=True)
    found = {c.key: c for c in compare(ws, frozen.id, View("example"))}
    cycle = found["cycle_time"]  # medians 4 h 3.5 min and 2 h 3.5 min
    assert (cycle.difference, cycle.better) == (-7200, None)
    assert cycle.change == pytest.approx(-7200 / 14610)
    assert cycle.verdict == "not judged (assumed)"
    assert cycle.simulated
    errors = found["error_rate"]
    assert (errors.difference, errors.better, errors.verdict) == (None, None, "withheld")
    assert (errors.withheld or "").startswith("The baseline is withheld: The log does not say what ended in an error.")


def test_eight_cases_are_too_few_to_compare(ws: Workspace) -> None:
    log_of(ws, 4)
    frozen = freeze_baseline(ws, View("example"), by=local("Ada"))
    log_of(ws, 2)
    cycle = compare(ws, frozen.id, View("example"))[0]
    assert (cycle.judged.outcome, cycle.better) == (Conclusion.INCOMPARABLE, None)
    assert cycle.judged.reasons == ("The side `baseline` has 8 cases; at least 30 are needed.",)


def cycle_time(ws: Workspace) -> Measurement:
    return measure(ws, View("example"))[0]


def test_what_does_not_measure_the_same_is_not_compared(ws: Workspace) -> None:
    log_of(ws, 4)
    now = cycle_time(ws)
    other = replace(now, definition=replace(now.definition, version=99))
    assert "definition has changed" in (incomparable(other, now) or "")
    assert "units differ" in (incomparable(replace(now, unit="hours"), now) or "")
    assert incomparable(now, now) is None


def test_a_filtered_baseline_is_compared_with_what_the_same_filters_leave(ws: Workspace) -> None:
    log_of(ws, 4)
    only = Selection.parse('[{"kind": "case", "cases": ["c1", "c2"]}]')
    frozen = freeze_baseline(ws, View("example", selection=only), by=local("Ada"))
    cycle = compare(ws, frozen.id, View("example"))[0]
    assert (cycle.now.n, cycle.difference) == (2, 0)


def test_the_period_of_a_baseline_is_not_carried_to_what_came_later(ws: Workspace) -> None:
    log_of(ws, 4)
    first = Selection.parse('[{"kind": "timeframe", "end": "2026-01-03T00:00:00Z"}]')
    frozen = freeze_baseline(ws, View("example", selection=first), by=local("Ada"))
    assert selection_of(frozen, "example").is_whole
    assert compare(ws, frozen.id, View("example"))[0].now.n == 8


def test_a_baseline_whose_log_is_gone_cannot_be_compared(ws: Workspace) -> None:
    version = ws.logs.get("example", log_of(ws, 4))
    frozen = freeze_baseline(ws, View("example"), by=local("Ada"))
    log_of(ws, 2)
    (ws.logs.folder / version.file).unlink()
    cycle = compare(ws, frozen.id, View("example"))[0]
    assert cycle.difference == -7200
    assert cycle.judged.outcome is Conclusion.INCOMPARABLE
    assert "cannot be read from `example` version 1" in cycle.judged.reasons[0]
