"""Verdicts on the KPIs of two populations: a before and an after, or the two arms of a hold-out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from core.figures import per_cent
from kpi.verdict import obstacles, segments, throughput, words
from kpi.verdict.correction import gatekept
from kpi.verdict.estimating import KpiDifference, Matched, before_and_after, judged, match, of_arms, of_misses
from kpi.verdict.samples import SAMPLES, Sample
from kpi.verdict.sides import VerdictSides
from kpi.verdict.values import Conclusion, Rules, SideLeftOut, Verdict

if TYPE_CHECKING:
    from kpi.verdict.values import Codes, Population

KEYS = ("cycle_time", "throughput", "cost_per_task", "error_rate", "sla_adherence")
LEVEL = 0.05


@dataclass(frozen=True)
class PendingVerdict:
    """A KPI before the KPIs are judged together: its verdict so far, and its difference where there is one."""

    verdict: Verdict
    difference: KpiDifference | None = None


def judge_change(
    baseline: Population, now: Population, rules: Rules = Rules(), *, forbidden: str | None = None
) -> dict[str, Verdict]:
    """A verdict on each KPI of a baseline and what came after it; none can be compared where `forbidden` says why."""
    sides = VerdictSides(baseline, now, rules.segments)
    return _together(_trials(sides, rules, _after, forbidden or obstacles.of_sides(sides)), rules)


def judge_arms(control: Population, treated: Population, rules: Rules = Rules()) -> dict[str, Verdict]:
    """A verdict on each KPI of a hold-out: cases drawn by chance to the old way and to the new one at the same time."""
    sides = VerdictSides(control, treated, rules.segments, ("control", "treated"))
    return _together(_trials(sides, rules, _arms, obstacles.of_sides(sides, at_once=True)), rules, by_chance=True)


def refuse(reason: str) -> dict[str, Verdict]:
    """No KPI can be compared, for one reason."""
    return {key: _refused(key, reason) for key in KEYS}


def _trials(sides: VerdictSides, rules: Rules, estimator: Estimator, whole: str | None) -> dict[str, PendingVerdict]:
    """Each KPI by itself; `whole` is what forbids comparing any."""
    found = {}
    for key in KEYS:
        assumed = _assumed(key, sides)
        if assumed is not None:
            found[key] = PendingVerdict(assumed)
        elif whole is not None:
            found[key] = PendingVerdict(_refused(key, whole))
        elif key == "throughput":
            found[key] = _throughput(sides, rules, at_once=estimator is _arms)
        else:
            found[key] = _trial(key, sides, rules, estimator)
    return found


def _trial(key: str, sides: VerdictSides, rules: Rules, estimator: Estimator) -> PendingVerdict:
    """One KPI of cases: who counts, what forbids it, which segments, how large the difference is."""
    sample = SAMPLES[key](sides)
    counts = _counts(sides, sample.rows)
    reason = obstacles.of_follow_up(sides) or obstacles.of_sample(sides, sample)
    if reason is not None:
        return PendingVerdict(replace(_refused(key, reason), cases=counts, left_out=sample.left_out))
    cells = _cells(sides, sample)
    bare = Verdict(key, Conclusion.INCOMPARABLE, (), of=words.OF[key], segments=cells.names)
    matched = match(sample, cells)
    bare = replace(
        bare, cases=_counts(sides, matched.rows), left_out=(*sample.left_out, *_unmatched(sides, sample, matched))
    )
    reason = obstacles.of_cells(cells) or obstacles.of_sample(sides, _narrowed(sample, matched))
    if reason is not None:
        return PendingVerdict(replace(bare, reasons=(reason,)))
    difference = estimator(key, sides, sample, matched, rules)
    if difference is None:
        return PendingVerdict(replace(bare, reasons=("Fewer than 5 days hold cases of both arms.",)))
    return _measured(bare, difference)


def _measured(bare: Verdict, difference: KpiDifference) -> PendingVerdict:
    """The trial of a difference; refused where only an enormous one would have been seen."""
    found, smallest = difference.drifting, words.detectable(difference.null_error)
    filled = replace(
        bare,
        change=words.change(found.value),
        low=words.change(found.low),
        high=words.change(found.high),
        detectable=smallest,
        p=found.p,
        p_without_drift=difference.still.p,
    )
    reason = obstacles.of_detectable(smallest)
    return (
        PendingVerdict(replace(filled, reasons=(reason,))) if reason is not None else PendingVerdict(filled, difference)
    )


def _after(key: str, sides: VerdictSides, sample: Sample, matched: Matched, rules: Rules) -> KpiDifference | None:
    if key == "sla_adherence":
        return of_misses(sides, sample, matched, rules.drift)
    return before_and_after(sides, sample, matched, rules.drift)


def _arms(_key: str, sides: VerdictSides, sample: Sample, matched: Matched, _rules: Rules) -> KpiDifference | None:
    return of_arms(sides, sample, matched)


def _throughput(sides: VerdictSides, rules: Rules, *, at_once: bool) -> PendingVerdict:
    key = "throughput"
    if at_once:
        return PendingVerdict(
            _refused(key, "Two arms of one log share its days: completed cases a day say how many were drawn.")
        )
    if not rules.every_case:
        return PendingVerdict(_refused(key, words.NOT_EVERY_CASE))
    one, other = (throughput.ends(p, sides.horizon) for p in (sides.baseline, sides.now))
    completed = (int(one.count.sum()), int(other.count.sum()))
    bare = Verdict(key, Conclusion.INCOMPARABLE, (), of=words.OF[key], cases=completed)
    if min(len(one.day), len(other.day)) < obstacles.LEAST_DAYS or min(completed) < 1:
        few = f"After the first cases could have ended, one side has under {obstacles.LEAST_DAYS} days with its ends."
        return PendingVerdict(replace(bare, reasons=(few,)))
    return _measured(bare, judged(throughput.days(one, other), rules.drift, counted=True))


def _cells(sides: VerdictSides, sample: Sample) -> segments.Cells:
    later = sides.later[sample.rows]
    candidates = {name: codes[sample.rows] for name, codes in sides.candidates.items()}
    names = segments.choose(candidates, sample.explained, later)
    return segments.divide(candidates, names, later)


def _narrowed(sample: Sample, matched: Matched) -> Sample:
    if sample.top is None or sample.bottom is None:
        return replace(sample, rows=matched.rows)
    return replace(sample, rows=matched.rows, top=sample.top[matched.inside], bottom=sample.bottom[matched.inside])


def _counts(sides: VerdictSides, rows: Codes) -> tuple[int, int]:
    later = int(np.count_nonzero(sides.later[rows]))
    return len(sides.later[rows]) - later, later


def _unmatched(sides: VerdictSides, sample: Sample, matched: Matched) -> Iterable[SideLeftOut]:
    for side, lost in zip(sides.names, _counts(sides, sample.rows[~matched.inside]), strict=True):
        if lost:
            yield SideLeftOut(side, lost, "are of a kind that does not come on the other side")


def _assumed(key: str, sides: VerdictSides) -> Verdict | None:
    simulated = sides.both(lambda p: p.simulated)
    if not simulated.any():
        return None
    shown = " and ".join(
        f"{per_cent(simulated[sides.later == side].mean())} ({name})"
        for side, name in enumerate(sides.names)
        if (sides.later == side).any()
    )
    return Verdict(key, Conclusion.ASSUMED, (words.ASSUMED.format(share=shown),), of=words.OF[key])


def _refused(key: str, reason: str) -> Verdict:
    return Verdict(key, Conclusion.INCOMPARABLE, (reason,), of=words.OF[key])


def _together(trials: Mapping[str, PendingVerdict], rules: Rules, *, by_chance: bool = False) -> dict[str, Verdict]:
    """The verdicts, with p values corrected over the KPIs that have one; `by_chance` drew who is on which side."""
    judgeable = {key: t.difference for key, t in trials.items() if t.difference is not None}
    still = gatekept({key: d.still.p for key, d in judgeable.items()}, rules.primary)
    worst = gatekept({key: max(d.still.p, d.drifting.p) for key, d in judgeable.items()}, rules.primary)
    return {
        key: _final(trial.verdict, trial.difference, still[key], worst[key], rules, by_chance)
        if trial.difference is not None
        else trial.verdict
        for key, trial in trials.items()
    }


def _final(
    verdict: Verdict, difference: KpiDifference, still: float, worst: float, rules: Rules, by_chance: bool
) -> Verdict:
    outcome = _outcome(verdict.key, difference, still, worst)
    reasons = [words.found_in_words(verdict)]
    if outcome is Conclusion.NO_CLEAR_CHANGE and verdict.detectable is not None:
        reasons.append(words.seen_in_words(verdict.detectable))
    if outcome is Conclusion.DRIFT:
        reasons.append(words.DRIFT.format(drift=per_cent(rules.drift)))
    if verdict.key != "throughput" and (verdict.segments or not by_chance):
        names = " and ".join(f"`{n}`" for n in verdict.segments)
        reasons.append(words.LIKE.format(names=names) if names else words.NO_LIKE)
    if outcome in (Conclusion.BETTER, Conclusion.WORSE) and not by_chance:
        reasons.append(words.hidden_in_words(difference.drifting))
    return replace(verdict, outcome=outcome, reasons=tuple(filter(None, reasons)), p_adjusted=worst)


def _outcome(key: str, difference: KpiDifference, still: float, worst: float) -> Conclusion:
    same = difference.drifting.value * difference.still.value > 0
    if worst < LEVEL and same:
        fewer = difference.drifting.value < 0
        return Conclusion.BETTER if fewer != (key == "throughput") else Conclusion.WORSE
    return Conclusion.DRIFT if still < LEVEL else Conclusion.NO_CLEAR_CHANGE


Estimator = Callable[[str, VerdictSides, Sample, Matched, Rules], KpiDifference | None]
