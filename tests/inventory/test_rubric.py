"""The rubric: scores by hand, unknown is never zero, a suggestion and how often it stays."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory import BenefitEvidence, CriterionResult, PilotOutcome, Rubric, RubricAxis, RubricCriterion, rubric
from inventory.decisions.criteria import FOUND_BY
from inventory.decisions.rubric import RubricRules, from_dict
from inventory.decisions.suggesting import axis_score, same_work, suggest_all
from inventory.overlap.values import Overlap

_RULES = RubricRules(0.5, 0.35, 0.4, False, 0.85, 0.5, 200, 7)
_SMALL = Rubric(
    (
        RubricCriterion("a", "A", RubricAxis.VALUE, 3.0, 0.0, 10.0, "", "", ""),
        RubricCriterion("b", "B", RubricAxis.VALUE, 1.0, 0.0, 10.0, "", "", ""),
        RubricCriterion("c", "C", RubricAxis.READINESS, 2.0, 4.0, 0.0, "", "", ""),
    ),
    _RULES,
)


def found(
    numbers: Mapping[str, float | None], evidence: BenefitEvidence = BenefitEvidence.MEASURED
) -> list[CriterionResult]:
    return [
        CriterionResult(
            c.key, c.title, c.axis, c.weight, n := numbers.get(c.key), c.unit, None if n is None else c.score(n),
            evidence if n is not None else BenefitEvidence.NONE, "", "",
        )
        for c in _SMALL.criteria
    ]  # fmt: skip


def pair(first: int, second: int, probability: float, *, shown: bool = True, tasks: tuple[str, ...] = (), same: int = 0,
         different: int = 0) -> Overlap:  # fmt: skip
    return Overlap(first, second, "", "", (), probability, probability, shown, tasks, (), (), (), same, different, "")


def test_a_number_is_set_on_the_line_from_worst_to_best() -> None:
    linear, falling = _SMALL.criteria[0], _SMALL.criteria[2]
    assert [linear.score(n) for n in (-5, 0, 2.5, 10, 99)] == [0, 0, 0.25, 1, 1]
    assert [falling.score(n) for n in (0, 1, 4, 9)] == [1, 0.75, 0, 0]
    log = RubricCriterion("l", "L", RubricAxis.VALUE, 1.0, 0.0, 99.0, "", "", "", "log")
    assert log.score(9) == pytest.approx(0.5)  # log 10 is half of log 100


def test_an_axis_is_the_mean_of_what_is_known() -> None:
    results = {r.key: r for r in found({"a": 8.0, "b": 4.0})}
    whole = axis_score(_SMALL.of(RubricAxis.VALUE), results)
    assert (whole.value, whole.coverage, whole.low, whole.high) == pytest.approx((0.7, 1.0, 0.7, 0.7))  # (3*.8+.4)/4


def test_unknown_lowers_the_coverage_and_not_the_score() -> None:
    results = {r.key: r for r in found({"a": 8.0, "b": None})}
    part = axis_score(_SMALL.of(RubricAxis.VALUE), results)
    assert (part.value, part.coverage) == pytest.approx((0.8, 0.75))
    assert (part.low, part.high) == pytest.approx((0.6, 0.85))  # b at 0: 2.4 / 4; b at 1: 3.4 / 4
    nothing = axis_score(_SMALL.of(RubricAxis.READINESS), results)
    assert (nothing.value, nothing.coverage, nothing.low, nothing.high) == (None, 0, 0, 1)


@pytest.mark.parametrize(
    ("numbers", "outcome"),
    [
        ({"a": 9.0, "b": 9.0, "c": 0.0}, PilotOutcome.SCALE),
        ({"a": 9.0, "b": 9.0, "c": 4.0}, PilotOutcome.REFINE),  # not ready
        ({"a": 4.0, "b": 4.0, "c": 0.0}, PilotOutcome.REFINE),
        ({"a": 3.0, "b": 3.0, "c": 0.0}, PilotOutcome.RETIRE),
        ({"b": 9.0, "c": 0.0}, None),  # a quarter of the weight is known
        ({"a": 9.0, "b": 9.0}, PilotOutcome.REFINE),  # nothing is known of its readiness
    ],
)
def test_what_is_suggested(numbers: dict[str, float], outcome: PilotOutcome | None) -> None:
    told = suggest_all(_SMALL, {1: found(numbers)}, {})[1]
    assert told.outcome is outcome
    assert (told.steadiness.same is None) == (outcome is None)
    if outcome is not None:
        assert outcome.value in told.could_be


def test_claims_alone_carry_no_scale() -> None:
    told = suggest_all(_SMALL, {1: found({"a": 9.0, "b": 9.0, "c": 0.0}, BenefitEvidence.CLAIMED)}, {})[1]
    assert told.outcome is PilotOutcome.REFINE
    assert "only claims" in told.reason
    assert told.steadiness.shares == {"refine": 1.0}


def test_measured_to_bring_nothing_bears_no_scale() -> None:
    claimed = found({"a": 9.0, "b": None, "c": 0.0}, BenefitEvidence.CLAIMED)
    measured = found({"a": None, "b": 0.0, "c": None})[1]
    told = suggest_all(_SMALL, {1: [claimed[0], measured, claimed[2]]}, {})[1]  # value (3 * 0.9 + 0) / 4
    assert told.value.value == pytest.approx(0.675)
    assert told.outcome is PilotOutcome.REFINE


def test_a_prohibited_one_is_retired_whatever_it_brings() -> None:
    told = suggest_all(_SMALL, {1: found({"a": 10.0, "b": 10.0, "c": 0.0})}, {}, frozenset({1}))[1]
    assert (told.outcome, told.could_be) == (PilotOutcome.RETIRE, ("retire",))


def test_of_pilots_that_do_the_same_the_best_stays() -> None:
    numbers = {1: {"a": 5.0, "b": 5.0, "c": 0.0}, 2: {"a": 9.0, "b": 9.0, "c": 0.0}, 3: {"a": 9.0, "b": 9.0, "c": 0.0}}
    everybody = {p: set(numbers) - {p} for p in numbers}
    told = suggest_all(_SMALL, {p: found(n) for p, n in numbers.items()}, everybody)
    assert [(told[p].outcome, told[p].into) for p in (1, 2, 3)] == [
        (PilotOutcome.MERGE, 2), (PilotOutcome.SCALE, None), (PilotOutcome.MERGE, 2),
    ]  # fmt: skip  # of equals the lowest id
    assert told[1].steadiness.same == 1.0


def test_which_pairs_are_sure_enough_to_merge() -> None:
    pairs = [
        pair(1, 2, 0.9), pair(1, 3, 0.5), pair(1, 4, 0.5, tasks=("Pay",)), pair(1, 5, 0.5, same=2, different=1),
        pair(1, 6, 0.99, shown=False), pair(1, 7, 0.9, same=0, different=1),
    ]  # fmt: skip
    assert same_work(_RULES, pairs)[1] == {2, 4, 5}


def test_steadiness_is_seeded_and_counts_draws() -> None:
    # value is (3wa * 1 + wb * 0) / (3wa + wb), on average 0.75; below 0.5 only if wb > 3 wa: never with 50 %
    told = suggest_all(_SMALL, {1: found({"a": 10.0, "b": 0.0, "c": 0.0})}, {})[1]
    assert told.steadiness.shares == {"scale": 1.0}
    # at 0.5 exactly in the middle of both weights: about half of the draws fall below
    even = {"a": 10.0 * 0.5, "b": 10.0 * 0.5, "c": 0.0}
    assert suggest_all(_SMALL, {1: found(even)}, {})[1].steadiness.same == 1.0  # equal scores: weights say nothing
    edge = suggest_all(_SMALL, {1: found({"a": 4.0, "b": 8.0, "c": 0.0})}, {})[1]  # (1.2 + .8) / 4 = 0.5
    assert 0.3 < (edge.steadiness.same or 0) < 0.7
    assert suggest_all(_SMALL, {1: found({"a": 4.0, "b": 8.0, "c": 0.0})}, {})[1] == edge


numbers = st.fixed_dictionaries({key: st.one_of(st.none(), st.floats(0, 10)) for key in "abc"})


@given(numbers)
def test_laws_of_a_suggestion(told: dict[str, float | None]) -> None:
    one = suggest_all(_SMALL, {1: found(told)}, {})[1]
    for axis in (one.value, one.readiness):
        assert axis.low is not None
        assert axis.high is not None
        assert 0 <= axis.low <= axis.high <= 1 + 1e-9
        assert axis.value is None or axis.low - 1e-9 <= axis.value <= axis.high + 1e-9
    assert sum(one.steadiness.shares.values()) == pytest.approx(1 if one.outcome else 0)
    assert one.outcome is None or one.outcome.value in one.could_be


@given(numbers, st.floats(0, 10))
def test_more_of_a_good_thing_is_never_worse(told: dict[str, float | None], more: float) -> None:
    less = suggest_all(_SMALL, {1: found(told)}, {})[1].value.value
    better = suggest_all(_SMALL, {1: found({**told, "a": max(told["a"] or 0, more)})}, {})[1].value.value
    if told["a"] is not None:
        assert better is not None
        assert less is not None
        assert better >= less - 1e-9


def test_the_rubric_that_is_shipped_can_be_used() -> None:
    shipped = rubric()
    assert {c.key for c in shipped.criteria} == set(FOUND_BY)
    assert all(c.source and c.why for c in shipped.criteria)
    for axis in RubricAxis:
        assert shipped.of(axis)


def test_a_rubric_that_cannot_be_used_says_everything_that_is_wrong() -> None:
    row = {"key": "a", "title": "A", "axis": "value", "weight": 0.0, "worst": 1.0, "best": 1.0, "unit": "",
           "source": "", "why": "", "scale": "odd"}  # fmt: skip
    rules = {"enough": 0.2, "too_little": 0.4, "least_coverage": 0.1, "scale_on_claims": False, "merge_from": 0.9,
             "spread": 1.0, "draws": 1, "seed": 1}  # fmt: skip
    with pytest.raises(ValueError, match=r"equal.*weight.*scale.*twice.*too_little.*spread"):
        from_dict({"criterion": [row, row], "rules": rules})
