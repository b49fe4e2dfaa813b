"""Portfolio and minutes: money of two currencies is never added, what was frozen is told, nothing is run."""

from __future__ import annotations

from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from core.actor.values import local
from core.clock import FixedClock
from core.workspace import Workspace
from inventory import (
    FollowUp,
    MinutesForm,
    MonthlyCost,
    PilotOutcome,
    decide,
    edit_pilot,
    minutes,
    number_in_words,
    portfolio,
    withdraw_decision,
    write_minutes,
)
from tests.inventory.sheets import imported

ADA = local("Ada")
LATER = date(2026, 7, 1)
SHEET = """name,department,status,monthly_cost,currency,monthly_benefit,users,reviewed,ended
Reader,Finance,pilot,100,EUR,400,20,2025-03-01,
Payer,Finance,pilot,30,USD,,,,2026-03-31
Old one,Finance,stopped,999,EUR,,,2024-01-01,2025-01-01
<script>alert(1)</script>|*x*,Legal,production,50,EUR,10,3,,
"""


@pytest.fixture
def pilots(ws: Workspace, tmp_path: Path) -> Workspace:
    imported(ws, tmp_path, SHEET)
    return ws


def test_departments_and_spend_by_currency(pilots: Workspace) -> None:
    decide(pilots, ["Reader", "Old one"], PilotOutcome.RETIRE, "why", until=LATER, by=ADA)
    told = portfolio(pilots)
    assert told.spend == (MonthlyCost("EUR", 150), MonthlyCost("USD", 30))  # a stopped one spends nothing
    finance, legal = told.departments
    assert (finance.department, finance.pilots, finance.active, finance.decided, finance.decided_share) == (
        "Finance", 3, 2, 1, 0.5,
    )  # fmt: skip
    assert finance.spend == (MonthlyCost("EUR", 100), MonthlyCost("USD", 30))
    assert legal.decided_share == 0
    assert (told.decided, told.active, dict(told.outcomes)) == (1, 3, {"retire": 1})
    points = {p.name: p for p in told.points}
    assert points["Reader"].decided is PilotOutcome.RETIRE
    assert points["Payer"].value is None  # nothing of its value is known: not 0
    assert points["Payer"].coverage == 0


def test_what_comes_when(pilots: Workspace, clock: FixedClock) -> None:
    steps = [FollowUp("Stop it", "Bob", date(2026, 2, 1))]
    made = decide(pilots, ["Payer"], PilotOutcome.RETIRE, "why", until=LATER, follow_ups=steps, by=ADA)
    clock.advance(timedelta(days=60))  # 2026-03-06
    told = [(s.month, s.kind.value, s.pilots, s.overdue) for s in portfolio(pilots).roadmap]
    assert told == [
        ("2026-02", "follow-up", ("Payer",), True),
        ("2026-03", "review due", ("Reader",), True),  # 365 days after 2025-03-01
        ("2026-03", "ends", ("Payer",), False),
        ("2026-07", "decide again", ("Payer",), False),
    ]
    withdraw_decision(pilots, made.id, "no", by=ADA)
    assert [s.kind.value for s in portfolio(pilots).roadmap] == ["review due", "ends"]


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "action")]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_minutes_tell_what_was_frozen_and_run_nothing(pilots: Workspace) -> None:
    steps = [FollowUp("Ask <b>everybody</b>", "Bob", date(2026, 2, 1))]
    hard = "First line\nsecond & <img src=x onerror=alert(1)> # | `code`"
    decide(pilots, ["Reader"], PilotOutcome.REFINE, hard, until=LATER, follow_ups=steps, by=ADA)
    decide(pilots, ["#4"], PilotOutcome.RETIRE, "Nobody uses it.", until=LATER, by=ADA)
    edit_pilot(pilots, "Reader", {"users": "77"}, by=ADA)
    told = minutes(pilots)
    assert [d.id for d in told.decisions] == [1, 2]
    page = _Page()
    page.feed(write_minutes(told, MinutesForm.HTML))
    text = " ".join(page.text)
    assert not {"script", "img", "b", "link", "iframe"} & set(page.tags)
    assert page.addresses == []
    for words in (
        "second & <img src=x onerror=alert(1)>", "Ask <b>everybody</b>", "20 users", "<script>alert(1)</script>",
        "150.00 EUR + 30.00 USD", "What stops if it stops", "The rubric suggested", "Decided by Ada",
    ):  # fmt: skip
        assert words in text, words
    assert "77 users" not in text  # what was known on the day, not now
    markdown = write_minutes(told, MinutesForm.MARKDOWN)
    assert "\\<img src=x onerror=alert(1)\\>" in markdown
    assert "<script>" not in markdown
    width = {line.replace("\\|", "").count("|") for line in _table_after(markdown, "## Portfolio")}
    assert width == {7}  # a name with a bar in it makes no further cell


def _table_after(markdown: str, heading: str) -> list[str]:
    part = markdown[markdown.index(heading) :].split("\n## ")[0]
    return [line for line in part.splitlines() if line.startswith("|")]


def test_chosen_decisions_are_told_and_an_empty_board_too(pilots: Workspace) -> None:
    assert "No decision is told" in write_minutes(minutes(pilots), MinutesForm.MARKDOWN)
    first = decide(pilots, ["Reader"], PilotOutcome.REFINE, "one", until=LATER, by=ADA)
    second = decide(pilots, ["Reader"], PilotOutcome.SCALE, "two", until=LATER, by=ADA)
    assert [d.id for d in minutes(pilots).decisions] == [second.id]  # the first is replaced
    assert [d.id for d in minutes(pilots, [first.id]).decisions] == [first.id]
    assert minutes(pilots, [second.id]).ledger[0].entry.decision == second.id


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [(None, "users", "not known"), (0.0, "rules", "0 rules"), (-0.05, "share", "−5.0 %"), (2.5, "ratio", "2.50"),
     (1200.0, "runs a month", "1,200 runs a month")],
)  # fmt: skip
def test_numbers_read(number: float | None, unit: str, words: str) -> None:
    assert number_in_words(number, unit) == words
