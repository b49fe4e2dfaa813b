"""Verdicts on stored event logs: what is read from them, baselines against now, hold-outs, the command."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from app.commands import kpi
from core.actor.values import local
from core.errors import BadInput, NotFound
from core.eventlog import LogVersion
from core.selection.selection import NO_SELECTION, Selection
from core.view import View
from core.workspace import Workspace
from ingest import import_log
from kpi import KEYS, Conclusion, Rules, compare, compare_arms, freeze_baseline
from kpi.verdict.reading import read_side
from tests.builders import staged_log

FIRST = datetime(2026, 1, 5)  # noqa: DTZ001


def cases(seed: int, after: int, count: int = 240, faster: float = 0.0, name: str = "c", step: str = "x") -> list[Any]:
    """Rows of cases of one activity, 8 a day from day `after` on; their hours are skewed."""
    rng = np.random.default_rng(seed)
    rows = []
    for n in range(count):
        start = FIRST + timedelta(days=after + n // 8, hours=8, minutes=float(rng.uniform(0, 480)))
        end = start + timedelta(hours=float(np.exp(1 + 0.4 * rng.normal() - faster)))
        cost = float(20 * np.exp(0.3 * rng.normal() - faster))
        rows.append((f"{name}{n}", step, start, end, "Ada", "human", False, None, cost, bool(rng.random() < 0.2)))
    return rows


def test_a_population_is_read_case_by_case(ws: Workspace) -> None:
    rows = [
        ("a", "x", "2026-01-05 08:00", "2026-01-05 09:00", "Ada", "human", False, None, 5.0, True),
        ("a", "y", None, "2026-01-05 11:00", "Bot", "agent", True, None, 1.0, False),
        ("b", "x", None, "2026-01-06 08:00"),
        ("c", "x", "2026-01-07 08:00", "2026-01-07 09:00"),
    ]
    found = staged_log(
        ws, rows, due={"a": "2026-01-05 10:00", "c": "2026-01-07 08:30"}, incomplete=["c"],
        attributes={"kind": {"a": "big", "b": "small"}},
    )  # fmt: skip
    side = read_side(ws, View(found.log, found.version, NO_SELECTION), sla_seconds=None, as_of=None)
    read = side.population
    assert read.cycle.tolist()[0] == 3 * 3600
    assert np.isnan(read.cycle[1:]).all()  # one activity instance without a start; an open case
    assert (read.cost[0], read.costed.tolist(), read.errors.tolist(), read.judged.tolist()) == (
        6.0, [1, 0, 0], [1, 0, 0], [2, 0, 0],
    )  # fmt: skip  # the failed attempt costs, and is no task that was completed
    assert read.complete.tolist() == read.done.tolist() == [True, True, False]
    assert (read.met[0], np.isnan(read.met[1]), read.met[2]) == (0.0, True, 0.0)
    assert read.simulated.tolist() == [True, False, False]
    assert read.attributes["kind"].tolist() == ["big", "small", None]
    assert side.activities == {"x": 3, "y": 1}
    assert read.log_end == found.ended.timestamp()


def frozen_and_later(ws: Workspace, faster: float, step: str = "x", **selected: Any) -> tuple[int, LogVersion]:
    staged_log(ws, cases(1, 0), "before")
    frozen = freeze_baseline(ws, View("before", **selected), sla_seconds=5 * 3600, by=local("Ada"))
    return frozen.id, staged_log(ws, cases(2, 40, faster=faster, name="d", step=step), "after")


def test_work_that_takes_half_the_time_is_better(ws: Workspace) -> None:
    baseline, _ = frozen_and_later(ws, 0.7)
    found = {c.key: c for c in compare(ws, baseline, View("after"))}
    cycle = found["cycle_time"]
    assert (cycle.verdict, cycle.better, cycle.judged.outcome) == ("better", True, Conclusion.BETTER)
    assert min(cycle.judged.cases) >= 230  # the last hours of the log are left out: who began then was not followed
    assert cycle.judged.low is not None
    assert cycle.judged.high is not None
    assert cycle.judged.low < np.expm1(-0.7) < cycle.judged.high
    assert found["cost_per_task"].verdict == "better"
    assert found["throughput"].verdict == "cannot be compared"
    judged = {c.key: c for c in compare(ws, baseline, View("after"), rules=Rules(every_case=True))}
    assert judged["throughput"].verdict == "no clear change"


def test_the_same_work_is_no_clear_change(ws: Workspace) -> None:
    baseline, _ = frozen_and_later(ws, 0.0)
    found = {c.key: c for c in compare(ws, baseline, View("after"))}
    assert {found[key].better for key in KEYS} == {None}
    assert found["cycle_time"].verdict == "no clear change"


def test_the_baselines_own_cases_again_are_no_comparison(ws: Workspace) -> None:
    baseline, _ = frozen_and_later(ws, 0.0)
    cycle = compare(ws, baseline, View("before"))[0]
    assert cycle.verdict == "cannot be compared"
    assert cycle.judged.reasons[0].startswith("240 cases stand on both sides: the logs overlap.")


def test_other_work_is_no_comparison(ws: Workspace) -> None:
    baseline, _ = frozen_and_later(ws, 0.7, step="y")
    cycle = compare(ws, baseline, View("after"))[0]
    assert (cycle.verdict, cycle.better) == ("cannot be compared", None)
    assert "that the baseline does not hold, such as `y`" in cycle.judged.reasons[0]


def test_a_filtered_baseline_against_its_whole_log_is_not_better(ws: Workspace) -> None:
    """The short cases frozen, all cases compared: nothing changed, and nothing is called worse."""
    short = Selection.parse('[{"kind": "metric", "metric": "cycle_time", "high": 9000}]')
    baseline, _ = frozen_and_later(ws, 0.0, selection=short)
    cycle = compare(ws, baseline, View("before"))[0]
    assert cycle.difference == 0
    assert cycle.judged.outcome is Conclusion.INCOMPARABLE


def test_a_segment_that_no_log_has_is_named(ws: Workspace) -> None:
    baseline, _ = frozen_and_later(ws, 0.0)
    with pytest.raises(NotFound, match="There is no case attribute `kind`"):
        compare(ws, baseline, View("after"), rules=Rules(segments=("kind",)))


def hold_out(ws: Workspace) -> LogVersion:
    old, new = cases(3, 0), cases(4, 0, faster=0.7, name="d")
    arm = {**{row[0]: "old" for row in old}, **{row[0]: "new" for row in new}}
    return staged_log(ws, [*old, *new], "trial", attributes={"arm": arm})


def test_arms_of_one_log_are_compared(ws: Workspace) -> None:
    hold_out(ws)
    found = compare_arms(ws, View("trial"), attribute="arm", control="old", treated="new")
    assert found.cases == (240, 240)
    assert {v.key: v.outcome for v in found.verdicts}["cycle_time"] is Conclusion.BETTER
    assert all("arm" not in v.segments for v in found.verdicts)
    with pytest.raises(NotFound, match="There is no value `none` of `arm`"):
        compare_arms(ws, View("trial"), attribute="arm", control="old", treated="none")
    with pytest.raises(NotFound, match="There is no case attribute `way` in `trial`"):
        compare_arms(ws, View("trial"), attribute="way", control="old", treated="new")
    with pytest.raises(BadInput, match="named as both arms"):
        compare_arms(ws, View("trial"), attribute="arm", control="old", treated="old")


def test_the_commands_say_what_the_verbs_return(ws: Workspace) -> None:
    baseline, _ = frozen_and_later(ws, 0.7)
    hold_out(ws)
    app = typer.Typer()
    kpi.register(app)

    def said(*arguments: str) -> str:
        result = CliRunner(env={"COLUMNS": "200"}).invoke(app, ["kpi", *arguments])
        assert result.exception is None
        return result.stdout

    assert "the typical cycle time changed by −" in said("compare", str(baseline), "after")
    printed = json.loads(said("compare", str(baseline), "after", "--every-case", "--json"))
    assert printed[1]["verdict"] == printed[1]["judged"]["outcome"] == "no clear change"
    arms = ("hold-out", "trial", "arm", "--control", "old", "--treated", "new")
    assert "better" in said(*arms)
    assert json.loads(said(*arms, "--json"))["verdicts"][0]["outcome"] == "better"


def test_a_moment_that_some_cases_lack_is_no_population_s_attribute(ws: Workspace, tmp_path: Path) -> None:
    lines = ["case,activity,end,opened_at,kind"]
    for n in range(1, 5):
        opened = f"2026-01-0{n} 07:00" if n % 2 else ""
        lines += [f"c{n},{step},2026-01-0{n} 0{hour}:00,{opened},big" for step, hour in (("x", 8), ("y", 9))]
    path = tmp_path / "opened.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    log = import_log(ws, path, by=local("Ada")).log
    side = read_side(ws, View(log), sla_seconds=None, as_of=None)
    assert list(side.population.attributes) == ["kind"]
