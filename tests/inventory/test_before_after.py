"""People's work on a pilot's tasks before it started and since, and what hangs on a pilot, by hand on real logs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from core.actor.values import local
from core.workspace import Workspace
from inventory import HourRate, WorkflowRuns, anchor, assess, link_activity, list_pilots
from inventory.decisions.before_after import MonthOfWork, compare_months
from tests.builders import staged_log
from tests.inventory.sheets import imported

ADA = local("Ada")
_SHEET = "name,department,activities,started,monthly_cost,currency,monthly_benefit,workflow\n"


def work(months: dict[str, tuple[int, int]], activity: str = "Check", kind: str = "human") -> list[tuple[Any, ...]]:
    """For each month: so many cases, each with one instance of so many minutes, and one of an end."""
    rows = []
    for month, (cases, minutes) in months.items():
        for number in range(cases):
            day, case = f"{month}-{2 + number:02}", f"{month}-{number}"
            rows.append((case, activity, f"{day} 10:00", f"{day} 10:{minutes:02}", "Bob", kind))
            rows.append((case, "Close", f"{day} 12:00", f"{day} 12:01", "Bob", kind))
    return rows


def year(before: int, after: int, cases: int = 4) -> dict[str, tuple[int, int]]:
    """2025 with its tasks at `before` minutes to June, at `after` from August on, and edges that do not count."""
    told = {f"2025-{m:02}": (cases, before if m < 7 else after) for m in range(1, 13)}
    return {"2024-12": (1, 59), **told, "2026-01": (1, 59)}


def test_the_same_work_a_case_is_saved_by_hand() -> None:
    before = [MonthOfWork(date(2025, m, 1), 10, 10, 10, 36_000.0) for m in (1, 2, 3)]  # one hour a case
    after = [MonthOfWork(date(2025, m, 1), 20, 20, 20, 54_000.0) for m in (5, 6, 7)]  # 45 minutes, twice the cases
    told = compare_months(1, "l", ("T",), before, after, HourRate(40, "EUR"))
    assert (told.hours_before, told.hours_after) == (10, 15)
    assert (told.saved_share, told.saved_low, told.saved_high) == (0.25, 0.25, 0.25)  # months are alike
    assert (told.saved_hours, told.saved_money, told.currency) == (5, 200, "EUR")  # 20 cases x 15 minutes


def test_the_interval_grows_with_how_much_months_differ() -> None:
    def months(*hours: int) -> list[MonthOfWork]:
        return [MonthOfWork(date(2025, n, 1), 10, 10, 10, 3600.0 * h) for n, h in enumerate(hours, 1)]

    narrow = compare_months(1, "l", (), months(10, 11, 9), months(5, 5, 6))
    wide = compare_months(1, "l", (), months(10, 20, 0), months(5, 5, 6))
    assert narrow.saved_low is not None
    assert narrow.saved_high is not None
    assert wide.saved_low is not None
    assert wide.saved_high is not None
    assert narrow.saved_low <= narrow.saved_share <= narrow.saved_high  # type: ignore[operator]
    assert wide.saved_high - wide.saved_low > narrow.saved_high - narrow.saved_low


def test_a_pilot_on_a_mined_task_is_measured(ws: Workspace, tmp_path: Path) -> None:
    staged_log(ws, work(year(40, 30)), "claims")
    imported(ws, tmp_path, _SHEET + "Checker,Claims,check,2025-07-10,10,EUR,500,\n")
    (one,) = assess(ws, rate=HourRate(60, "EUR"))
    (told,) = one.claim.work
    assert (told.reason, told.months_before, told.months_after) == (None, 6, 5)  # July and the edges are left out
    assert told.saved_share == pytest.approx(0.25)
    assert told.saved_hours == pytest.approx(4 * 10 / 60)  # four cases a month, ten minutes each
    assert one.claim.measured == pytest.approx(40)
    ratio = next(c for c in one.criteria if c.key == "benefit_per_cost")
    assert ratio.number == pytest.approx(4)  # and not 500 / 10
    assert ratio.evidence.value == "measured"
    assert "500.00 EUR a month (claimed)" in one.claim.words
    assert "25 % less" in one.claim.words


def test_without_a_rate_hours_are_no_money(ws: Workspace, tmp_path: Path) -> None:
    staged_log(ws, work(year(40, 30)), "claims")
    imported(ws, tmp_path, _SHEET + "Checker,Claims,check,2025-07-10,10,EUR,500,\n")
    (one,) = assess(ws)
    assert one.claim.measured is None
    assert "hours stay hours" in one.claim.words
    assert next(c for c in one.criteria if c.key == "benefit_per_cost").number == 50


@pytest.mark.parametrize(
    ("started", "log", "words"),
    [
        ("", work(year(40, 30)), "not known when the pilot started"),
        ("2025-02-10", work(year(40, 30)), "1 whole months with its tasks before 2025-02-10 and 10 after"),
        ("2025-07-10", [(*r[:2], None, *r[3:]) for r in work(year(40, 30))], "cannot tell what work takes|times of"),
        ("2025-07-10", work(year(40, 30), kind="agent"), "No work of people"),
    ],
)  # fmt: skip
def test_why_nothing_is_measured(
    ws: Workspace, tmp_path: Path, started: str, log: list[tuple[Any, ...]], words: str
) -> None:
    staged_log(ws, log, "claims")
    imported(ws, tmp_path, _SHEET + f"Checker,Claims,check,{started},10,EUR,500,\n")
    (one,) = assess(ws)
    saved = next(c for c in one.criteria if c.key == "work_saved")
    assert (saved.number, saved.score) == (None, None)
    assert any(word in one.claim.words for word in words.split("|")), one.claim.words
    assert "People's work saved" in one.unknown


def test_a_name_in_other_words_counts_once_a_person_links_it(ws: Workspace, tmp_path: Path) -> None:
    staged_log(ws, work(year(40, 30)), "claims")
    imported(ws, tmp_path, _SHEET + "Checker,Claims,look at it,2025-07-10,10,EUR,500,\n")
    assert assess(ws)[0].claim.work == ()
    link_activity(ws, 1, "look at it", "Check", by=ADA)
    (one,) = assess(ws)
    assert one.claim.work[0].tasks == ("Check",)
    assert next(c for c in one.criteria if c.key == "mined_tasks").number == 1


def test_what_hangs_on_a_pilot(ws: Workspace, tmp_path: Path) -> None:
    rows = work({"2025-01": (3, 10), "2025-02": (1, 10)}, kind="agent")
    rows += [(f"other-{n}", "Close", None, "2025-02-20 10:00", "Bob", "human") for n in range(4)]
    staged_log(ws, rows, "claims")
    imported(ws, tmp_path, _SHEET + "Checker,Claims,Check,2025-07-10,10,EUR,,Claims desk\nOther,Claims,Nap,,,,,\n")
    runs = [WorkflowRuns("claims desk", ("Close",), 5, 2), WorkflowRuns("else", ("Check",), 1, 0),
            WorkflowRuns("none", ("Close",), 9, 9)]  # fmt: skip
    told = anchor(ws, "Checker", runs)
    (tasks,) = told.tasks
    assert (tasks.cases, tasks.share, tasks.agent_share) == (4, 0.5, 1.0)
    span = datetime(2025, 2, 20, 10, tzinfo=UTC) - datetime(2025, 1, 2, 10, 10, tzinfo=UTC)
    assert tasks.cases_a_month == pytest.approx(4 / (span.total_seconds() / (365.25 / 12 * 86_400)))
    assert [r.workflow for r in told.runs] == ["claims desk", "else"]  # by name, and by a task
    assert "2 are open" in told.words
    assert "None of the 1 activities" in anchor(ws, "Other").words
    assert len(list_pilots(ws)) == 2
