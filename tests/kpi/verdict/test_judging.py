"""Verdicts on whole populations: what they say, the laws that they keep, and a small part of the benchmark's table."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from benchmarks._verdict_logs import Scenario, arms, before_and_after
from kpi.verdict.judging import KEYS, judge_arms, judge_change, refuse
from kpi.verdict.values import Conclusion, Population, Rules
from tests.kpi.verdict.populations import DAY, drawn, population

TELLING = {Conclusion.BETTER, Conclusion.WORSE}
EVERY_CASE = Rules(every_case=True)


def outcomes(before: Population, after: Population, **rules: Any) -> dict[str, Conclusion]:
    return {key: v.outcome for key, v in judge_change(before, after, Rules(**rules)).items()}


def test_a_clear_gain_is_better_with_interval_and_reasons() -> None:
    found = judge_change(drawn(1, 0), drawn(2, 60, faster=0.5))
    cycle = found["cycle_time"]
    assert (cycle.outcome, found["cost_per_task"].outcome) == (Conclusion.BETTER, Conclusion.BETTER)
    assert cycle.change is not None
    assert cycle.low is not None
    assert cycle.high is not None
    assert cycle.low < np.expm1(-0.5) < cycle.high < 0
    assert "the typical cycle time changed by −" in cycle.reasons[0]
    assert found["error_rate"].outcome is Conclusion.NO_CLEAR_CHANGE
    assert "would have been seen four times out of five" in found["error_rate"].reasons[1]
    assert found["throughput"].reasons == (
        "Completed cases a day are judged only where you say that both logs hold every case.",
    )


@pytest.mark.parametrize("seed", range(5))
def test_swapping_the_sides_turns_the_sign(seed: int) -> None:
    one, other = drawn(seed, 0), drawn(seed + 100, 60, faster=0.5)
    there, back = judge_change(one, other, EVERY_CASE), judge_change(other, one, EVERY_CASE)
    turned = {Conclusion.BETTER: Conclusion.WORSE, Conclusion.WORSE: Conclusion.BETTER}
    for key in KEYS:  # which side is the baseline decides what can be seen, never which side is better
        assert not (there[key].tells and back[key].outcome is there[key].outcome), key
    for key in ("cycle_time", "cost_per_task"):
        assert back[key].outcome is turned.get(there[key].outcome, there[key].outcome), key
        assert np.log1p(back[key].change or 0) == pytest.approx(-np.log1p(there[key].change or 0), abs=0.1), key


@pytest.mark.parametrize("seed", range(5))
def test_the_same_work_again_is_never_better_or_worse(seed: int) -> None:
    one = drawn(seed, 0)
    again = replace(
        one, started=one.started + 60 * DAY, ended=one.ended + 60 * DAY, due=one.due + 60 * DAY,
        log_end=one.log_end + 60 * DAY, case_ids=one.case_ids + 10**7,
    )  # fmt: skip
    assert not TELLING & set(outcomes(one, again, every_case=True).values())


def test_the_scale_of_money_does_not_matter() -> None:
    one, other = drawn(1, 0), drawn(2, 60, faster=0.2)
    cents = judge_change(replace(one, cost=100 * one.cost), replace(other, cost=100 * other.cost))["cost_per_task"]
    euros = judge_change(one, other)["cost_per_task"]
    assert cents.outcome is euros.outcome
    assert cents.change == pytest.approx(euros.change)
    assert cents.p == pytest.approx(euros.p)


def test_a_mix_that_moves_is_taken_out() -> None:
    scenario = Scenario("mix", hard=(0.2, 0.6))
    before, after = before_and_after(scenario, 1000, 4)
    found = judge_change(before, after)["cycle_time"]
    assert (found.outcome, found.segments) == (Conclusion.NO_CLEAR_CHANGE, ("kind",))
    bare = outcomes(replace(before, attributes={}), replace(after, attributes={}))["cycle_time"]
    assert bare is Conclusion.WORSE  # a mix that nobody recorded shows as a change: the reasons say so
    assert outcomes(before, after, segments=("region",))["cycle_time"] is Conclusion.WORSE


def test_a_steady_drift_is_no_gain() -> None:
    before, after = before_and_after(Scenario("drift", drift=float(np.log(0.9))), 1500, 1)
    found = judge_change(before, after)["cycle_time"]
    assert found.outcome is Conclusion.DRIFT
    assert any("could explain that" in reason for reason in found.reasons)


def test_simulated_work_is_not_judged() -> None:
    found = judge_change(drawn(1, 0), drawn(2, 60, faster=1.0, simulated=np.ones(600, dtype=bool)))
    assert {v.outcome for v in found.values()} == {Conclusion.ASSUMED}
    assert found["cycle_time"].change is None
    assert "0 % (baseline) and 100 % (now)" in found["cycle_time"].reasons[0]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (drawn(1, 0, 20), drawn(2, 60), "The side `baseline` has 20 cases; at least 30 are needed."),
        (drawn(1, 0), drawn(2, 60, 40), "The cases of the side `now` began on 4 days; at least 10 are needed."),
        (drawn(1, 0), drawn(2, 60, case_ids=np.arange(600)), "600 cases stand on both sides: the logs overlap."),
        (drawn(1, 0), drawn(2, 30), "% of the cases of one side began while those of the other did"),
        (
            drawn(1, 0),
            drawn(2, 60, complete=np.arange(600) % 2 > 0, log_end=200 * DAY),
            "50 % are still open; at most 15 % may be",
        ),
    ],
)
def test_what_cannot_be_compared_says_why(before: Population, after: Population, said: str) -> None:
    found = judge_change(before, after)["cycle_time"]
    assert (found.outcome, found.p) == (Conclusion.INCOMPARABLE, None)
    assert said in found.reasons[0]


def test_too_few_errors_or_misses_are_not_compared() -> None:
    cycle = np.random.default_rng(1).lognormal(11, 0.5, 400)
    one, other = population(np.arange(400) / 10, cycle), population(60 + np.arange(400) / 10, cycle)
    found = judge_change(one, other)
    for key in ("error_rate", "sla_adherence"):
        assert "are to be expected; at least 10 are needed" in found[key].reasons[0]


def test_kinds_that_no_longer_come_are_not_compared() -> None:
    kinds = np.where(np.arange(600) % 2 > 0, "old", "new").astype(object)
    one = drawn(1, 0, attributes={"kind": kinds})
    one = replace(one, cycle=one.cycle * np.where(kinds == "old", 3, 1))
    other = drawn(2, 60, attributes={"kind": np.full(600, "new", dtype=object)})
    found = judge_change(one, other)["cycle_time"]
    assert found.outcome is Conclusion.INCOMPARABLE
    assert "50 % of the baseline's cases are of kinds that no longer come (by `kind`)" in found.reasons[0]


def test_what_forbids_a_comparison_is_said_of_every_kpi() -> None:
    found = judge_change(drawn(1, 0), drawn(2, 60), forbidden="Other work.")
    assert found == refuse("Other work.")


def test_cases_that_do_not_count_are_counted() -> None:
    late = drawn(1, 0, complete=np.arange(600) < 595)
    found = judge_change(replace(late, log_end=60 * DAY), drawn(2, 60))["cost_per_task"]
    whys = {(left.side, left.why): left.cases for left in found.left_out}
    assert whys["baseline", "began too late to be seen to their end"] > 0


def test_arms_drawn_by_chance_are_told_apart_under_drift_and_restless_days() -> None:
    scenario = Scenario("arms", correlation=0.8, drift=float(np.log(0.9)), effect=float(np.log(0.7)))
    found = judge_arms(*arms(scenario, 200, 3))
    assert found["cycle_time"].outcome is Conclusion.BETTER
    assert found["throughput"].outcome is Conclusion.INCOMPARABLE


@pytest.mark.parametrize(
    "scenario",
    [
        Scenario("alike"),
        Scenario("restless", correlation=0.8),
        Scenario("drift", drift=float(np.log(0.9))),
        Scenario("mix", hard=(0.3, 0.1)),
        Scenario("cut", cut=True),
    ],
    ids=lambda s: s.name,
)
def test_nothing_is_better_or_worse_where_nothing_changed(scenario: Scenario) -> None:
    told = [outcomes(*before_and_after(scenario, 300, seed), every_case=True) for seed in range(4)]
    assert sum(bool(TELLING & set(found.values())) for found in told) <= 1


def test_a_fifth_less_is_found_at_1500_cases() -> None:
    scenario = Scenario("effect", effect=float(np.log(0.8)))
    told = [outcomes(*before_and_after(scenario, 1500, seed)) for seed in range(4)]
    for key in ("cycle_time", "cost_per_task"):
        assert sum(found[key] is Conclusion.BETTER for found in told) >= 3


def test_a_hold_out_calls_its_sides_by_their_names() -> None:
    few = judge_arms(drawn(1, 0, cases=20), drawn(2, 0, cases=20))
    assert "The side `control` has 20 cases" in few["cycle_time"].reasons[0]
