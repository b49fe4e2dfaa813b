"""Performers that behave like software: signs by hand, and a log in which one performer is a script."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.workspace import Workspace
from inventory import FindingKind, Sureness
from inventory.discovery.performers import behaviours, find_performers, rest_of
from inventory.discovery.signs import Behaviour, Usual, judge, usual
from tests.builders import staged_log

PERSON = Behaviour(
    events=500, days=60, span_days=90, follows=200, instant=0.01, burst=0.02, timed=400, zero=0.0, spread=1.2,
    weekend=0.0, exact=1.0, rest=14,
)  # fmt: skip
SCRIPT = replace(PERSON, instant=0.99, burst=0.9, zero=1.0, spread=None, weekend=0.28, rest=0)


def test_one_strong_sign_is_not_enough_and_the_clock_alone_is_none() -> None:
    none = Usual()
    assert judge(PERSON, none) is None
    assert judge(replace(PERSON, weekend=0.29, rest=0), none) is None
    assert judge(replace(PERSON, burst=0.7), none) is None
    assert judge(replace(PERSON, burst=0.9), none) is not None  # nearly all that it does
    possible = judge(replace(PERSON, burst=0.7, weekend=0.29), none)
    assert possible is not None
    assert possible.confidence is Sureness.POSSIBLE
    for likely in (replace(PERSON, burst=0.9, weekend=0.29, rest=2), replace(PERSON, burst=0.9, instant=0.9), SCRIPT):
        found = judge(likely, none)
        assert found is not None
        assert found.confidence is Sureness.LIKELY


def test_what_all_do_in_a_log_is_no_sign() -> None:
    assert judge(SCRIPT, Usual(instant=0.98, burst=0.95, zero=1.0)) is None
    assert usual([SCRIPT, SCRIPT, PERSON]) == Usual(0.99, 0.9, 1.0)
    assert usual([]) == Usual()


def test_times_without_seconds_and_few_events_say_nothing() -> None:
    assert judge(replace(SCRIPT, exact=0.1), Usual()) is None
    assert judge(replace(SCRIPT, events=49), Usual()) is None
    few = judge(replace(SCRIPT, follows=10, timed=10), Usual())  # burst is left, and the clock
    assert few is not None
    assert "follows others" not in few.reason


@given(st.integers(0, 23), st.integers(0, 23))
def test_the_longest_rest_goes_over_midnight(start: int, length: int) -> None:
    hours = [0 if (hour - start) % 24 < length else 100 for hour in range(24)]
    assert rest_of(hours) == length


def test_rest_by_hand() -> None:
    assert rest_of([10] * 24) == 0
    assert rest_of([0] * 24) == 24
    assert rest_of([1000] + [0] * 23) == 23


@pytest.fixture
def log(ws: Workspace) -> str:
    """A log of 120 cases: a person enters each by day, "Bot" checks it within the second of it, day and night."""
    rows: list[tuple[object, ...]] = []
    start = datetime.fromisoformat("2026-01-05T08:00:07")
    for number in range(120):
        entered = start + timedelta(days=number // 4, hours=2 * (number % 4), minutes=number % 50, seconds=number % 40)
        case = f"{number}"
        rows.append((case, "Enter", entered - timedelta(minutes=5 + number % 9), entered, "Ann"))
        rows.append((case, "Check", entered, entered, "Bot"))
        signed = entered + timedelta(hours=3, seconds=17)
        rows.append((case, "Sign", signed - timedelta(minutes=2 + number % 7), signed, "Ben", "human"))
        rows.append((case, "Send", signed, signed, "Mailer", "system"))
    staged_log(ws, rows, "claims")
    return "claims"


def test_a_script_among_people(ws: Workspace, log: str) -> None:
    told = {one.name: one for one in behaviours(ws, log)}
    assert set(told) == {"Ann", "Ben", "Bot"}  # of Mailer the log itself says that it is a system
    bot = told["Bot"].behaviour
    assert (bot.events, bot.follows, bot.instant, bot.timed, bot.zero) == (120, 120, 1.0, 120, 1.0)
    assert told["Ann"].behaviour.zero == 0
    (one,) = find_performers(ws, log)
    assert (one.kind, one.name, one.source, one.confidence) == (
        FindingKind.PERFORMER, "Bot", "log:claims", Sureness.LIKELY,
    )  # fmt: skip
    assert "does not say what it is" in one.reason
    assert any("100% of 120" in e.text for e in one.evidence)
    assert dict(one.declared.facts)["does"] == "Check"
