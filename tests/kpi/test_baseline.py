"""Baselines are frozen; a comparison says what moved and whether it stands out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from core import NotFound, View, Workspace
from kpi import Measurement, baselines, compare, contrast, freeze_baseline, get_baseline, measure
from kpi.tables import kpi_baseline
from tests.builders import staged_log


def log_of(ws: Workspace, hours: int, cases: int = 8, simulated: bool = False) -> int:
    rows = []
    for n in range(cases):
        day = f"2026-01-{n + 1:02d}"
        rows.append((f"c{n}", "x", f"{day} 08:00", f"{day} {8 + hours:02d}:0{n}", "Bot", "agent", simulated, None, 5.0))
    return staged_log(ws, rows).version


def test_a_baseline_is_read_back_as_it_was_measured(any_ws: Workspace) -> None:
    log_of(any_ws, 4)
    frozen = freeze_baseline(any_ws, View("example"), sla_seconds=3600.0, by="Ada")
    any_ws.clock.advance(timedelta(days=1))  # type: ignore[attr-defined]
    assert get_baseline(any_ws, frozen.id) == frozen
    assert baselines(any_ws) == baselines(any_ws, "example") == (frozen,)
    assert baselines(any_ws, "other") == ()
    assert frozen.measurements == measure(any_ws, View("example"), sla_seconds=3600)
    assert (frozen.log, frozen.version, frozen.created_by, frozen.filter) == ("example", 1, "Ada", None)


def test_the_database_refuses_to_change_or_remove_a_baseline(any_ws: Workspace) -> None:
    log_of(any_ws, 4)
    frozen = freeze_baseline(any_ws, View("example"), by="Ada")
    for statement in (sa.update(kpi_baseline).values(created_by="Eve"), sa.delete(kpi_baseline)):
        with pytest.raises(sa.exc.DBAPIError, match="a baseline is frozen"), any_ws.database.begin() as connection:
            connection.execute(statement)
    assert get_baseline(any_ws, frozen.id) == frozen


def test_a_baseline_appears_with_the_callers_transaction(any_ws: Workspace) -> None:
    log_of(any_ws, 4)
    with any_ws.database.begin() as connection:
        freeze_baseline(any_ws, View("example"), by="Ada", connection=connection)
        connection.rollback()
    assert baselines(any_ws) == ()


def test_an_unknown_baseline_is_named(ws: Workspace) -> None:
    with pytest.raises(NotFound, match="There is no baseline `7`"):
        get_baseline(ws, 7)


def test_shorter_cycle_times_are_better_and_beyond_noise(ws: Workspace) -> None:
    log_of(ws, 4)
    frozen = freeze_baseline(ws, View("example"), by="Ada")
    log_of(ws, 2, simulated=True)
    found = {c.key: c for c in compare(ws, frozen.id, "example")}
    cycle = found["cycle_time"]  # medians 4 h 3.5 min and 2 h 3.5 min
    assert (cycle.difference, cycle.better, cycle.within_noise) == (-7200, True, False)
    assert cycle.change == pytest.approx(-7200 / 14610)
    assert cycle.verdict == "better, beyond noise"
    assert cycle.simulated
    assert found["throughput"].verdict == "unchanged"
    assert found["cost_per_task"].verdict == "unchanged"
    errors = found["error_rate"]
    assert (errors.difference, errors.better, errors.verdict) == (None, None, "withheld")
    assert (errors.withheld or "").startswith("The baseline is withheld: None of the 8")


def cycle_time(ws: Workspace) -> Measurement:
    return measure(ws, View("example"))[0]


def test_what_does_not_measure_the_same_is_not_compared(ws: Workspace) -> None:
    log_of(ws, 4)
    now = cycle_time(ws)
    other = replace(now, definition=replace(now.definition, version=99))
    assert "definition has changed" in (contrast(other, now).withheld or "")
    assert "units differ" in (contrast(replace(now, unit="hours"), now).withheld or "")
    assert contrast(replace(now, value=0.0), now).change is None


def test_two_intervals_that_overlap_are_within_noise(ws: Workspace) -> None:
    log_of(ws, 4)
    now = cycle_time(ws)
    assert now.value is not None
    assert contrast(replace(now, value=now.value - 60), now).verdict == "worse, within noise"
    bare = replace(now, value=now.value - 60, low=None, high=None)
    assert contrast(bare, now).verdict == "worse, too few cases to tell from noise"
