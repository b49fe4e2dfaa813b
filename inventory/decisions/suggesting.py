"""From criteria to a suggestion for every pilot, and how often it stays when the weights are others.

A suggestion is never more than that: a person decides.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.figures import per_cent
from inventory.decisions.rubric import Rubric, RubricCriterion, RubricRules
from inventory.decisions.values import AdviceSteadiness, AxisScore, CriterionResult, PilotOutcome, RubricAxis
from inventory.overlap.values import Overlap
from inventory.values import BenefitEvidence

Weights = Mapping[str, NDArray[np.float64]]  # by criterion, one a draw
Column = NDArray[np.float64]  # one a draw
_O = PilotOutcome


@dataclass(frozen=True)
class PilotSuggestion:
    """What the rubric suggests for one pilot."""

    value: AxisScore
    readiness: AxisScore
    outcome: PilotOutcome | None
    into: int | None
    reason: str
    could_be: tuple[str, ...]
    steadiness: AdviceSteadiness


def axis_score(criteria: Sequence[RubricCriterion], results: Mapping[str, CriterionResult]) -> AxisScore:
    """The mean of the known scores by weight, its coverage, and where it would lie were all the others known."""
    whole = sum(c.weight for c in criteria)
    known = {c.key: score for c in criteria if (score := results[c.key].score) is not None}
    weight = sum(c.weight for c in criteria if c.key in known)
    points = sum(c.weight * known[c.key] for c in criteria if c.key in known)
    if not weight:
        return AxisScore(None, 0.0, 0.0, 1.0)
    return AxisScore(points / weight, weight / whole, points / whole, (points + (whole - weight)) / whole)


def suggest_all(
    rubric: Rubric, found: Mapping[int, Sequence[CriterionResult]], same_work: Mapping[int, Collection[int]],
    prohibited: frozenset[int] = frozenset(),
) -> dict[int, PilotSuggestion]:  # fmt: skip
    """The suggestion for each pilot, by id, given what every criterion found.

    `same_work` has for each pilot the others that do the same work, see `same_work`. Of them and it the one with the
    highest value stays, then readiness, then the lowest id: the pilot is suggested to be merged into it. A prohibited
    pilot is retired whatever else it is.
    """
    results = {pilot: {r.key: r for r in rows} for pilot, rows in found.items()}
    axes = {p: tuple(axis_score(rubric.of(a), r) for a in _AXES) for p, r in results.items()}
    drawn = drawn_weights(rubric)
    columns = {p: tuple(_mean(rubric.of(a), r, drawn) for a in _AXES) for p, r in results.items()}
    told = {}
    for pilot in found:
        value, readiness = axes[pilot]
        banned = pilot in prohibited
        mates = () if banned else tuple(p for p in {pilot, *same_work.get(pilot, ())} - prohibited if p in found)
        proven = rubric.rules.scale_on_claims or any(
            r.axis is RubricAxis.VALUE and r.evidence in _PROVEN and (r.score or 0.0) >= rubric.rules.enough
            for r in found[pilot]
        )
        stays = max(mates, key=lambda p: (_plain(axes[p][0]), _plain(axes[p][1]), -p)) if len(mates) > 1 else pilot
        outcome, reason = _suggest(rubric.rules, value, readiness, banned, stays != pilot, proven)
        told[pilot] = PilotSuggestion(
            value, readiness, outcome, stays if outcome is _O.MERGE else None, reason,
            _could_be(rubric.rules, value, readiness, outcome, banned),
            _steadiness(rubric.rules, pilot, outcome, columns, mates, value, banned, proven),
        )  # fmt: skip
    return told


_PROVEN = (BenefitEvidence.MEASURED, BenefitEvidence.ESTIMATED)
_AXES = (RubricAxis.VALUE, RubricAxis.READINESS)


def same_work(rules: RubricRules, pairs: Sequence[Overlap]) -> dict[int, set[int]]:
    """For each pilot the others that do the same work surely enough to be merged: they are shown as that, and likely
    from `merge_from` on, or bound to one mined task, or called the same by more answers than not."""
    found: dict[int, set[int]] = {}
    for pair in pairs:
        sure = pair.probability >= rules.merge_from or bool(pair.tasks) or pair.same > pair.different
        if pair.shown and sure and pair.same >= pair.different:
            found.setdefault(pair.first, set()).add(pair.second)
            found.setdefault(pair.second, set()).add(pair.first)
    return found


def drawn_weights(rubric: Rubric) -> Weights:
    """Weights of every draw: each by itself from (1 - spread) to (1 + spread) times what the rubric says, seeded."""
    random = np.random.default_rng(rubric.rules.seed)
    low, high = 1 - rubric.rules.spread, 1 + rubric.rules.spread
    return {c.key: c.weight * random.uniform(low, high, rubric.rules.draws) for c in rubric.criteria}


def _mean(criteria: Sequence[RubricCriterion], results: Mapping[str, CriterionResult], drawn: Weights) -> Column | None:
    """The axis' score in each draw; None where nothing is known."""
    known = [(drawn[c.key], score) for c in criteria if (score := results[c.key].score) is not None]
    if not known:
        return None
    return np.asarray(sum(weight * score for weight, score in known) / sum(weight for weight, _ in known))


def _plain(axis: AxisScore) -> float:
    return -1.0 if axis.value is None else axis.value


def _suggest(
    rules: RubricRules, value: AxisScore, readiness: AxisScore, prohibited: bool, merges: bool, proven: bool
) -> tuple[PilotOutcome | None, str]:
    if prohibited:
        return _O.RETIRE, "Its risk tier is prohibited."
    if merges:
        return _O.MERGE, "Another pilot that does the same work has more value, or as much and more readiness."
    if value.value is None or value.coverage < rules.least_coverage:
        return None, (
            f"Only {per_cent(value.coverage)} of what makes its value is known; {per_cent(rules.least_coverage)} is "
            "needed for a suggestion. Find out what is unknown first."
        )
    said = f"Value {100 * value.value:.0f}"
    if value.value < rules.too_little:
        return _O.RETIRE, f"{said} is below {100 * rules.too_little:.0f}."
    if value.value < rules.enough:
        return _O.REFINE, f"{said} is from {100 * rules.too_little:.0f} to below {100 * rules.enough:.0f}."
    if readiness.value is None:
        return _O.REFINE, f"{said}, but nothing is known of its readiness."
    ready = f"readiness {100 * readiness.value:.0f}"
    if readiness.value < rules.enough:
        return _O.REFINE, f"{said} is enough, {ready} is below {100 * rules.enough:.0f}."
    both = f"{said} and {ready} are both from {100 * rules.enough:.0f} on"
    if not proven:
        return (
            _O.REFINE,
            f"{both}, but no measured or estimated number bears that value, only claims do: measure first.",
        )
    return _O.SCALE, f"{both}."


def _could_be(
    rules: RubricRules, value: AxisScore, readiness: AxisScore, outcome: PilotOutcome | None, prohibited: bool
) -> tuple[str, ...]:
    """The outcomes that numbers now unknown could lead to, in the order of the outcomes."""
    if outcome is not None and (outcome is _O.MERGE or prohibited):
        return (outcome.value,)
    reached = {outcome.value} if outcome else set[str]()
    for worth in _ends(value):
        for ready in _ends(readiness):
            reached.add(_by_scores(rules, worth, ready).value)
    if {_O.SCALE.value, _O.RETIRE.value} <= reached:
        reached.add(_O.REFINE.value)  # lies between
    return tuple(o.value for o in _O if o.value in reached)


def _ends(axis: AxisScore) -> tuple[float, float]:
    return (axis.low or 0.0, 1.0 if axis.high is None else axis.high)


def _by_scores(rules: RubricRules, value: float, readiness: float) -> PilotOutcome:
    if value < rules.too_little:
        return _O.RETIRE
    return _O.SCALE if value >= rules.enough and readiness >= rules.enough else _O.REFINE


def _steadiness(
    rules: RubricRules, pilot: int, outcome: PilotOutcome | None, columns: Mapping[int, Sequence[Column | None]],
    mates: Sequence[int], value: AxisScore, prohibited: bool, proven: bool,
) -> AdviceSteadiness:  # fmt: skip
    """How often the draws suggest the same."""
    if outcome is None:
        return AdviceSteadiness(None, {}, rules.draws, rules.spread)
    if prohibited:
        return AdviceSteadiness(1.0, {outcome.value: 1.0}, rules.draws, rules.spread)
    merges = _merges(pilot, mates, columns, rules.draws)
    nothing = np.full(rules.draws, -1.0)
    worth, ready = (nothing if c is None else c for c in columns[pilot])
    names = np.where(
        merges, _O.MERGE.value,
        np.where(worth < rules.too_little, _O.RETIRE.value,
                 np.where((worth >= rules.enough) & (ready >= rules.enough), _O.SCALE.value, _O.REFINE.value)),
    )  # fmt: skip
    if not proven:
        names = np.where(names == _O.SCALE.value, _O.REFINE.value, names)
    if value.value is None or value.coverage < rules.least_coverage:
        names = np.where(merges, _O.MERGE.value, "nothing")
    shares = {str(name): float((names == name).mean()) for name in (*(o.value for o in _O), "nothing")}
    shares = {name: share for name, share in shares.items() if share}
    return AdviceSteadiness(shares.get(outcome.value, 0.0), shares, rules.draws, rules.spread)


def _merges(
    pilot: int, mates: Sequence[int], columns: Mapping[int, Sequence[Column | None]], draws: int
) -> NDArray[np.bool_]:
    """In which draws another pilot of the cluster stays."""
    if len(mates) < 2:
        return np.zeros(draws, dtype=bool)
    nothing = np.full(draws, -1.0)
    order = sorted(mates, reverse=True)  # of equals the last of lexsort is the lowest id
    worth, ready = (np.array([nothing if (c := columns[p][axis]) is None else c for p in order]) for axis in (0, 1))
    places = np.arange(len(order))[:, None].repeat(draws, axis=1)
    best = np.lexsort((places, ready, worth), axis=0)[-1]
    return np.asarray(np.array(order)[best] != pilot)
