"""The pieces of a verdict, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.verdict import follow_up, segments, standardise
from kpi.verdict.blocks import excess
from kpi.verdict.correction import gatekept, holm
from kpi.verdict.day_model import Days, daily, fit
from kpi.verdict.likeness import unlike
from kpi.verdict.survival import curve, mean_log
from kpi.verdict.throughput import ends
from tests.kpi.verdict.populations import DAY, population

BEFORE, AFTER = False, True


def test_the_survival_curve_of_the_worked_example() -> None:
    # 5 cases, those of 2 and 4 still open: S = 4/5, then 4/5 * 2/3, then 0
    found = curve(np.array([1.0, 2.0, 3.0, 4.0, 5.0]), np.array([True, False, True, False, True]))
    assert found.at_risk.tolist() == [5, 4, 3, 2, 1]
    assert found.lasting == pytest.approx([0.8, 0.8, 0.8 * 2 / 3, 0.8 * 2 / 3, 0])


def test_the_survival_curve_is_scipys() -> None:
    from scipy.stats import CensoredData, ecdf

    rng = np.random.default_rng(1)
    durations, ended = rng.integers(1, 30, 200).astype(float), rng.random(200) < 0.7
    theirs = ecdf(CensoredData(uncensored=durations[ended], right=durations[~ended])).sf
    found = curve(durations, ended)
    places = np.searchsorted(found.times, theirs.quantiles)
    assert found.lasting[places] == pytest.approx(theirs.probabilities)


def test_the_mean_log_of_closed_cases_is_the_mean_of_their_logs() -> None:
    durations = np.array([1.0, 4.0, 9.0])
    assert mean_log(durations, np.ones(3, dtype=bool), np.inf) == pytest.approx(np.log(durations))
    assert mean_log(durations, np.ones(3, dtype=bool), 4.0) == pytest.approx(np.log([1, 4, 4]))


def test_the_mean_log_of_open_cases_is_the_area_under_the_curve() -> None:
    # S is 1 up to 1, 2/3 up to 4 (the open case of 2 leaves), 0 from 4: log 1 + 2/3 (log 4 - log 1)
    found = mean_log(np.array([1.0, 2.0, 4.0]), np.array([True, False, True]), 8.0)
    assert found.mean() == pytest.approx(2 / 3 * np.log(4))
    assert found.sum() == pytest.approx(3 * found.mean())


@given(st.lists(st.tuples(st.integers(1, 50), st.booleans()), min_size=5, max_size=40))
def test_what_cases_add_to_a_mean_log_sums_to_nought(rows: list[tuple[int, bool]]) -> None:
    durations, ended = np.array([r[0] for r in rows], dtype=float), np.array([r[1] for r in rows])
    limit = 20.0
    found = curve(np.minimum(durations, limit), ended & (durations < limit))
    area = np.log(found.times[0]) + (found.lasting * np.diff(np.append(np.log(found.times), np.log(limit)))).sum()
    expected = area if (~ended & (durations < limit)).any() else np.log(np.minimum(durations, limit)).mean()
    assert mean_log(durations, ended, limit).mean() == pytest.approx(expected, abs=1e-9)


def test_holm_by_hand() -> None:
    # 0.01 * 3; 0.02 * 2; 0.04 * 1, never below the one before
    assert holm({"a": 0.04, "b": 0.01, "c": 0.02}) == pytest.approx({"b": 0.03, "c": 0.04, "a": 0.04})
    assert holm({"a": 0.9, "b": 0.8}) == {"a": 1.0, "b": 1.0}
    assert holm({}) == {}


def test_a_kpi_named_beforehand_is_tested_alone_and_the_others_after_it() -> None:
    found = gatekept({"a": 0.04, "b": 0.01, "c": 0.02}, "a")
    assert found == pytest.approx({"a": 0.04, "b": 0.04, "c": 0.04})
    assert gatekept({"b": 0.01}, "a") == {"b": 0.01}


def test_bic_is_n_log_of_the_mean_square_and_log_n_a_cell() -> None:
    outcome = np.array([1.0, 3.0, 5.0, 7.0])
    assert segments.criterion(np.zeros(4, dtype=int), outcome) == pytest.approx(4 * np.log(20 / 4) + np.log(4))
    assert segments.criterion(np.array([0, 0, 1, 1]), outcome) == pytest.approx(4 * np.log(4 / 4) + 2 * np.log(4))


def test_the_attribute_that_drives_the_outcome_is_chosen_and_noise_is_not() -> None:
    rng = np.random.default_rng(3)
    later = np.arange(400) >= 200
    kind, noise = rng.integers(0, 2, 400), rng.integers(0, 4, 400)
    outcome = kind + 0.5 * rng.normal(size=400)
    assert segments.choose({"noise": noise, "kind": kind}, outcome, later) == ("kind",)
    assert segments.choose({"noise": noise}, outcome, later) == ()


def test_rare_kinds_stand_together_and_numbers_in_quartiles() -> None:
    later = np.arange(200) >= 100
    kinds = np.array((["a"] * 96 + ["b", "c", "d", None]) * 2, dtype=object)
    assert sorted(np.bincount(segments.levels(kinds, later))) == [8, 192]
    assert np.bincount(segments.levels(np.arange(200.0), later)).tolist() == [50, 50, 50, 50]
    assert np.bincount(segments.levels(np.array([1.0, np.nan] * 100), later)).tolist() == [100, 100]


def test_kinds_that_came_on_one_side_only_stand_apart() -> None:
    later = np.arange(200) >= 100
    codes = {"kind": np.array([0] * 60 + [1] * 40 + [0] * 50 + [2] * 50)}
    found = segments.divide(codes, ("kind",), later)
    assert found.gone == 0.4
    assert np.bincount(found.cell + 1).tolist() == [90, 110]


def test_a_ratio_is_brought_to_the_baselines_mix() -> None:
    # baseline: easy costs 1, hard 3, half and half: 2. Now the same costs with 4 of 5 hard: 2.6, like for like 2
    cell = np.array([0, 0, 1, 1, 0, 1, 1, 1, 1])
    later = np.arange(9) >= 4
    cost = np.where(cell == 0, 1.0, 3.0)
    found = standardise.ratios(cell, later, cost, np.ones(9), counted=False)
    assert found[~later].mean() == pytest.approx(np.log(2))
    assert found[later].mean() == pytest.approx(np.log(2))


def test_durations_are_brought_to_the_baselines_mix() -> None:
    cell = np.array([0, 0, 1, 1, 0, 1, 1, 1, 1])
    later = np.arange(9) >= 4
    lasted = np.where(cell == 0, 1.0, np.exp(2.0))
    found = standardise.durations(cell, later, lasted, np.ones(9, dtype=bool), np.inf)
    assert found[~later].mean() == pytest.approx(1)
    assert found[later].mean() == pytest.approx(1)


def test_no_error_at_all_still_has_a_logarithm() -> None:
    later, errors = np.array([False, False, True, True]), np.array([1.0, 1, 0, 0])
    found = standardise.ratios(np.zeros(4, dtype=int), later, errors, np.ones(4), counted=True)
    assert found[:2].mean() == pytest.approx(np.log(1.25))
    assert found[2:].mean() == pytest.approx(np.log(0.25))


def test_days_have_their_mean_and_what_varies_within_them() -> None:
    found = daily(np.array([3, 3, 4, 4]), np.zeros(4, dtype=bool), np.array([1.0, 3.0, 2.0, 4.0]))
    assert found.mean.tolist() == [2, 3]
    assert found.variance.tolist() == [1, 1]  # (1 + 1 + 1 + 1) / 2 within, over 2 cases


def test_days_that_are_alike_give_the_difference_of_means() -> None:
    rng = np.random.default_rng(5)
    day = np.arange(200)
    later = day >= 100
    mean = np.where(later, -0.2, 0.0) + 0.05 * rng.normal(size=200)
    found = fit(Days(day, later, mean, np.full(200, 0.05**2))).jump(0)
    assert found.mean == pytest.approx(mean[later].mean() - mean[~later].mean(), abs=0.01)
    estimate = found.estimate()
    assert estimate.low < found.mean < estimate.high
    assert estimate.p < 1e-6


def test_a_steady_drift_is_no_jump() -> None:
    day = np.arange(200)
    later = day >= 100
    mean = -0.1 * day / 30.4375 + 0.02 * np.random.default_rng(6).normal(size=200)
    fitted = fit(Days(day, later, mean, np.full(200, 0.02**2)))
    assert fitted.jump(0.1).estimate().p > 0.05
    assert fitted.slope(0.1).mean == pytest.approx(-0.1, abs=0.02)


def test_the_day_model_is_the_dense_one() -> None:
    """One point of the grid against the covariance written out."""
    import kpi.verdict.day_model as module

    rng = np.random.default_rng(7)
    day = np.sort(rng.choice(40, 25, replace=False))
    days = Days(day, day >= 20, rng.normal(size=25), rng.uniform(0.5, 2, 25))
    place = list(module._SIZES).index(module._SIZES[7]) + len(module._SIZES) * 3
    size, correlation = module._SIZES[7], module._CORRELATIONS[3]
    covariance = size**2 * correlation ** np.abs(day[:, None] - day[None]) + np.diag(days.variance)
    columns = np.column_stack([days.mean, module._design(days)])
    expected = columns.T @ np.linalg.inv(covariance) @ columns
    fitted = fit(days)
    assert fitted.products[place] == pytest.approx(expected)
    logged = -0.5 * np.linalg.slogdet(covariance)[1] + module._prior(size, correlation, int(day.max() - day.min()) + 1)
    assert fitted.evidence[place] == pytest.approx(logged)


def test_arms_that_differ_anew_each_day_are_less_certain() -> None:
    rng = np.random.default_rng(8)
    day = np.repeat(np.arange(30), 10)
    arm = np.tile([False, True], 150)
    noise = rng.normal(size=300)
    shaken = noise + np.where(arm, 2 * rng.normal(size=30)[day], 0.0)
    calm, wild = excess(day, arm, noise), excess(day, arm, shaken)
    assert calm is not None
    assert wild is not None
    assert wild > 0.05 > calm
    assert excess(day[:40], arm[:40], noise[:40]) is None  # 4 days


def test_the_horizon_is_the_95th_percentile_of_cases_followed_that_long() -> None:
    found = population(np.zeros(101), np.arange(101.0), log_end=1000.0)
    assert follow_up.horizon(found) == 95
    assert follow_up.followed(population([0, 1], [5, 5], log_end=DAY), DAY).tolist() == [True, False]


def test_an_extract_of_complete_cases_is_recognised() -> None:
    usual = population(np.arange(100) / 10, np.full(100, 5 * DAY), log_end=30 * DAY)
    cut = population(np.arange(100) / 10, np.full(100, DAY), complete=np.arange(100) < 50, log_end=10 * DAY)
    assert follow_up.only_complete(population(np.arange(100) / 10, np.full(100, DAY), log_end=10 * DAY), 5 * DAY, usual)
    assert not follow_up.only_complete(cut, 5 * DAY, usual)


def test_completions_are_counted_from_the_first_start_and_h_to_the_last_start() -> None:
    found = ends(population([0.5, 1, 2, 9.5], [2 * DAY, 2 * DAY, 2 * DAY, DAY]), 2 * DAY)
    assert found.day.tolist() == [3, 4, 5, 6, 7, 8]
    assert found.count.tolist() == [1, 1, 0, 0, 0, 0]


def test_other_work_is_refused_and_some_that_was_eliminated_is_not() -> None:
    assert unlike({"a": 50}, {"a": 50, "b": 400}) == (
        "89 % of the activity instances now are of 1 activity that the baseline does not hold, such as `b`: "
        "it was frozen over other work. Filter both sides alike, or freeze a baseline anew."
    )
    assert unlike({"a": 80, "b": 20}, {"a": 50}) is None
    assert "now holds less of the work" in (unlike({"a": 50, "b": 50}, {"a": 50}) or "")
