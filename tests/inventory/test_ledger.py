"""The ledger: what was expected is scored after 30 and 90 days, and claims are corrected by it in the open."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.actor.values import local
from core.clock import FixedClock
from core.errors import BadInput, NotFound
from core.view import View
from core.workspace import Workspace
from inventory import (
    Expectation,
    LedgerVerdict,
    PilotOutcome,
    assess,
    correction,
    decide,
    edit_pilot,
    expect,
    scored,
)
from inventory.ledger.recalibrating import correct
from inventory.ledger.scoring import judge
from kpi import measure
from tests.builders import staged_log
from tests.inventory.sheets import imported

ADA = local("Ada")
V = LedgerVerdict
SHEET = "name,department,activities,started,monthly_cost,currency,monthly_benefit,benefit_evidence\n"


def verdicts(ws: Workspace) -> list[tuple[LedgerVerdict, float | None]]:
    return [(s.verdict, s.measured) for one in scored(ws) for s in one.scores]


@pytest.mark.parametrize(
    ("low", "high", "higher", "measured", "verdict"),
    [
        (None, None, True, 10, V.HIT), (None, None, True, 9.9, V.MISS), (None, None, True, 99, V.HIT),
        (8, 12, True, 8, V.HIT), (8, 12, True, 12.1, V.BETTER), (8, 12, True, 7.9, V.MISS),
        (8, 12, False, 12, V.HIT), (8, 12, False, 7.9, V.BETTER), (8, 12, False, 12.1, V.MISS),
        (None, None, False, 10.1, V.MISS),
    ],
)  # fmt: skip
def test_a_verdict_by_hand(
    low: float | None, high: float | None, higher: bool, measured: float, verdict: LedgerVerdict
) -> None:
    assert judge(Expectation("m", 10, low, high), measured, higher=higher) is verdict


def test_a_cost_that_was_to_end(ws: Workspace, clock: FixedClock, tmp_path: Path) -> None:
    imported(ws, tmp_path, SHEET + "Reader,Finance,,,120,EUR,,\n")
    decide(ws, ["Reader"], PilotOutcome.RETIRE, "why", until=date(2027, 1, 1), by=ADA)
    assert verdicts(ws) == [(V.NOT_YET, None), (V.NOT_YET, None)]
    clock.advance(timedelta(days=40))
    edit_pilot(ws, "Reader", {"status": "stopped"}, by=ADA)
    assert verdicts(ws) == [(V.MISS, 120), (V.NOT_YET, None)]  # on the 30th day it still cost
    clock.advance(timedelta(days=60))
    assert verdicts(ws) == [(V.MISS, 120), (V.HIT, 0)]


def test_the_registry_is_read_as_it_stood(ws: Workspace, clock: FixedClock, tmp_path: Path) -> None:
    imported(ws, tmp_path, SHEET + "Reader,Finance,,,120,EUR,400,claimed\n")
    expect(ws, "pilot:1", [Expectation("monthly_benefit", 400)], note="by hand", by=ADA)
    clock.advance(timedelta(days=31))
    (one,) = scored(ws)
    assert "nobody changed or reviewed" in one.scores[0].reason
    edit_pilot(ws, "Reader", {"monthly_benefit": "300"}, by=ADA)
    clock.advance(timedelta(days=29))
    edit_pilot(ws, "Reader", {"benefit_evidence": "measured"}, by=ADA)
    clock.advance(timedelta(days=31))
    edit_pilot(ws, "Reader", {"monthly_benefit": "9999"}, by=ADA)  # on day 91: too late to count
    (one,) = scored(ws)
    assert [(s.verdict, s.measured) for s in one.scores] == [(V.NOT_YET, None), (V.MISS, 300)]
    assert "revision 3" in one.scores[1].reason


def _log(days: int, minutes: int) -> list[tuple[Any, ...]]:
    """A case every day from 2025-07-01 on, of an hour of work; from 2026-01-05 on of `minutes`."""
    from datetime import datetime

    rows = []
    for number in range(days):
        start = datetime(2025, 7, 1, 10) + timedelta(days=number)  # noqa: DTZ001
        took = 60 if start < datetime(2026, 1, 5) else minutes  # noqa: DTZ001
        end = start + timedelta(minutes=took)
        rows.append((f"c{number}", "Check", f"{start:%Y-%m-%d %H:%M}", f"{end:%Y-%m-%d %H:%M}", "Bob", "human"))
    return rows


def test_hours_are_scored_from_the_log_once_it_reaches_the_day(
    ws: Workspace, clock: FixedClock, tmp_path: Path
) -> None:
    staged_log(ws, _log(200, 45), "claims")  # to 2026-01-16
    imported(ws, tmp_path, SHEET + "Checker,Claims,Check,2026-01-05,120,EUR,,\n")
    month = 365.25 / 12
    expected = [Expectation("hours_saved_a_month", month * 0.25, month * 0.2, month * 0.3, "h"),
                Expectation("hours_a_month", 1.0, unit="h")]  # fmt: skip
    expect(ws, "pilot:1", expected, by=ADA)
    clock.advance(timedelta(days=100))
    told = scored(ws)
    assert {s.verdict for one in told for s in one.scores} == {V.NOT_YET}
    assert "import a newer one" in told[0].scores[0].reason
    staged_log(ws, _log(290, 45), "claims")  # to 2026-04-16
    saved, hours = scored(ws)
    assert [s.verdict for s in saved.scores] == [V.HIT, V.HIT]
    assert saved.scores[1].measured == pytest.approx(month * 0.25, rel=0.02)  # a quarter of an hour a day
    assert [s.verdict for s in hours.scores] == [V.MISS, V.MISS]
    assert hours.scores[1].measured == pytest.approx(month * 0.75, rel=0.02)


def test_a_kpi_of_a_log_is_scored_over_the_cases_that_end_in_the_days(ws: Workspace, clock: FixedClock) -> None:
    staged_log(ws, [*_log(290, 45)], "claims", ends=["Check"])
    expect(ws, "log:claims", [Expectation("cycle_time", 2700, 2600, 2800, "s"), Expectation("nonsense", 1)], by=ADA)
    clock.advance(timedelta(days=100))
    cycle, nonsense = scored(ws)
    whole = next(m for m in measure(ws, View("claims")) if m.key == "cycle_time").value
    assert [s.measured for s in cycle.scores] == [2700, 2700]
    assert whole == 3600  # over all cases it is another
    assert {s.verdict for s in cycle.scores} == {V.HIT}
    assert {s.verdict for s in nonsense.scores} == {V.CANNOT}
    assert "cycle_time" in nonsense.scores[0].reason


def test_any_subject_is_kept_and_says_why_it_cannot_be_scored(ws: Workspace) -> None:
    (one,) = expect(ws, "scenario: more agents", [Expectation("cost", 1.0)], by=ADA)
    assert one.about == "scenario: more agents"
    assert {s.verdict for s in scored(ws)[0].scores} == {V.CANNOT}


def test_what_cannot_be_expected(ws: Workspace) -> None:
    with pytest.raises(BadInput) as refused:
        expect(ws, " ", [Expectation("", float("nan")), Expectation("x", 1, 2, 3)], by=ADA)
    assert len(refused.value.problems) == 4
    with pytest.raises(BadInput):
        expect(ws, "x", [], by=ADA)
    for subject in ("pilot:9", "log:none"):
        with pytest.raises(NotFound):
            expect(ws, subject, [Expectation("users", 1)], by=ADA)
    assert scored(ws) == ()


def test_too_few_ratios_correct_nothing() -> None:
    told = correct([0.5] * 5)
    assert (told.ratio, told.factor) == (None, None)
    assert "5 of 6" in told.words


def test_the_ratio_and_its_interval_by_hand() -> None:
    told = correct([0.1, 0.9, 0.3, 0.5, 0.7, 0.6])  # of six, from the smallest to the greatest: 1 - 2 / 64
    assert (told.ratio, told.low, told.high, told.factor) == pytest.approx((0.55, 0.1, 0.9, 0.55))
    assert "multiplied by 0.55" in told.words
    nine = correct([n / 10 for n in range(1, 10)])  # second to eighth: 1 - 2 (1 + 9) / 512 = 0.961
    assert (nine.low, nine.high) == (0.2, 0.8)
    level = correct([0.5, 1.5, 0.8, 1.1, 0.9, 1.2])
    assert level.factor is None
    assert level.ratio == pytest.approx(1.0)
    assert correct([-1.0] * 6).factor == 0


@given(st.lists(st.floats(-5, 5), min_size=6, max_size=40))
def test_laws_of_the_correction(ratios: list[float]) -> None:
    told = correct(ratios)
    assert told.low is not None
    assert told.high is not None
    assert told.ratio is not None
    assert told.low <= told.ratio <= told.high
    assert told == correct(list(reversed(ratios)))
    assert (told.factor is None) == (told.low <= 1 <= told.high)


def test_a_claim_is_corrected_in_the_open(ws: Workspace, clock: FixedClock, tmp_path: Path) -> None:
    rows = "".join(f"Reader {n},Finance,,,100,EUR,400,claimed\n" for n in range(6))
    imported(ws, tmp_path, SHEET + rows + "New,Legal,,,100,EUR,400,claimed\nSure,Legal,,,100,EUR,400,measured\n")
    for n in range(6):
        expect(ws, f"pilot:{n + 1}", [Expectation("monthly_benefit", 400)], by=ADA)
        edit_pilot(ws, f"Reader {n}", {"monthly_benefit": "200", "benefit_evidence": "measured"}, by=ADA)
    clock.advance(timedelta(days=31))
    told = correction(scored(ws))
    assert (told.scored, told.factor) == (0, None)  # changed at the very moment of the expectation: nothing new
    for n in range(6):
        edit_pilot(ws, f"Reader {n}", {"monthly_benefit": "100"}, by=ADA)
    clock.advance(timedelta(days=60))
    told = correction(scored(ws))
    assert (told.scored, told.ratio, told.factor) == (6, 0.25, 0.25)
    found = {one.name: one for one in assess(ws)}
    new = next(c for c in found["New"].criteria if c.key == "benefit_per_cost")
    assert (new.number, found["New"].claim.corrected) == (1.0, 100)
    assert "corrected by the ledger" in new.words
    assert found["New"].claim.claimed == 400  # the claim itself stays
    assert next(c for c in found["Sure"].criteria if c.key == "benefit_per_cost").number == 4.0
