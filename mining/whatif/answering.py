"""A what-if answered: the fit first; then, unless it is bad, what the changes are expected to do."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence

from core.errors import BadInput, not_found
from mining.whatif.fit import BAD, fit
from mining.whatif.formulas.prediction import predicted
from mining.whatif.reading import LogCases
from mining.whatif.replicating import PlayedOutcome, period_of, replicate
from mining.whatif.values import PROOF, Change, ExpectedKpi, Fit, HelpedTask, Process, TaskByAgent, WhatIf

REPLICATIONS = 20
SEED = 20_261_130
UNITS = {
    "cycle_time": "seconds",
    "cycle_time_mean": "seconds",
    "throughput": "cases a day",
    "cost_per_task": "currency a task",
    "error_rate": "share",
    "people_hours": "hours a month",
}
_DRAWN = 400  # cycle times that are kept to be drawn


def answer_what_if(
    log: str, version: int, found: LogCases, changes: Sequence[Change], *, replications: int = REPLICATIONS,
    seed: int = SEED, known: Fit | None = None, told: Callable[[int, int], None] = lambda _done, _of: None,
) -> WhatIf:  # fmt: skip
    """The answer; `known`: the fit if it was made before. `told` hears how many replications are done, of how many.

    Raises BadInput for a log without a complete case and for assumptions that cannot be, NotFound for an activity that
    there is not.
    """
    if not found.cases:
        raise BadInput(f"Event log `{log}` has no complete case whose times can be believed: nothing can be simulated.")
    check_changes(changes, found.activities)
    fitted = known or fit(found, seed)
    process = found.process(fitted.pooled)
    if fitted.verdict == BAD:
        said = "The simulated as-is is too far from the cases that were held out: " + " ".join(fitted.reasons)
        return WhatIf(
            log, version, fitted, tuple(changes), (), said, 0, 0, 0, seed, (*process.notes, PROOF)
        )  # fmt: skip
    period, pairs = period_of(process), []
    for number in range(replications):
        pairs.append(replicate(process, changes, period, seed, number))
        told(number + 1, replications)
    expected = tuple(_expectation(metric, unit, pairs, process) for metric, unit in UNITS.items())
    drawn = {
        "as-is": _some([c for one, _ in pairs for c in one.cycles]),
        "scenario": _some([c for _, other in pairs for c in other.cycles]),
    }
    return WhatIf(
        log, version, fitted, tuple(changes), expected, "", replications, period.measured // 7,
        round(statistics.fmean(one.cases for one, _ in pairs)), seed,
        (*process.notes, *_said(process, changes), PROOF), drawn,
    )  # fmt: skip


def _some(values: Sequence[float]) -> list[float]:
    """At most `_DRAWN` of them: evenly spaced ones of the sorted."""
    ordered = sorted(values)
    step = max(1, len(ordered) // _DRAWN)
    return [round(v, 3) for v in ordered[step // 2 :: step]]


def check_changes(changes: Sequence[Change], activities: Sequence[str]) -> None:
    """Raise NotFound for an activity that there is not, BadInput with all that cannot be."""
    problems = []
    seen = set()
    for change in changes:
        if change.activity not in activities:
            raise not_found("activity", change.activity, activities)
        if change.activity in seen:
            problems.append(f"`{change.activity}` is changed twice.")
        seen.add(change.activity)
        shares: tuple[str, ...] = ()
        if isinstance(change, TaskByAgent):
            shares = ("error", "escalated", "approved", "reviewed", "keeps")
            if change.approved + change.reviewed > 1:
                problems.append(f"`{change.activity}`: more than all results are approved and reviewed.")
        elif isinstance(change, HelpedTask):
            shares = ("saved",)
        for name in shares:
            if not 0 <= getattr(change, name) <= 1:
                problems.append(f"`{change.activity}`: {name} is a share, 0 to 1, and not {getattr(change, name)}.")
        for name in ("seconds", "cost_each", "cost_month", "approval_delay", "review_seconds"):
            if getattr(change, name, 0.0) < 0:
                problems.append(f"`{change.activity}`: {name} cannot be below 0.")
    if problems:
        raise BadInput("The scenario cannot be played.", problems=problems)


def _expectation(
    metric: str, unit: str, pairs: Sequence[tuple[PlayedOutcome, PlayedOutcome]], process: Process
) -> ExpectedKpi:
    both = [(a.figures[metric], b.figures[metric]) for a, b in pairs]
    known = [(a, b) for a, b in both if a is not None and b is not None]
    if not known:
        return ExpectedKpi(metric, None, None, None, unit, None, None, None, None, _why_not(metric, process))
    value, change = predicted([b for _, b in known]), predicted([b - a for a, b in known])
    least = 0.0  # none of the figures is below it
    return ExpectedKpi(
        metric, statistics.fmean(b for _, b in known), max(least, value.low) if value else None,
        value.high if value else None, unit, statistics.fmean(a for a, _ in known),
        statistics.fmean(b - a for a, b in known), change.low if change else None, change.high if change else None,
    )  # fmt: skip


def _why_not(metric: str, process: Process) -> str:
    facts = process.facts
    if metric == "people_hours" and not facts.hours:
        return "The log does not say how long people work at anything."
    if metric == "cost_per_task" and not facts.costs:
        return "The log has no costs, and does not say how long people work at most of its tasks."
    if metric == "error_rate" and not facts.errors:
        return "The log does not say what ended in an error."
    return "No case arrives in the simulated period."


def _said(process: Process, changes: Sequence[Change]) -> tuple[str, ...]:
    """What must be known of this scenario."""
    said = []
    numbers = {name: at for at, name in enumerate(process.activities)}
    unknown = [
        c.activity for c in changes if not isinstance(c, TaskByAgent) and numbers[c.activity] not in process.timed
    ]
    kept = [c.activity for c in changes if isinstance(c, TaskByAgent) and numbers[c.activity] not in process.timed]
    if kept:
        said.append(
            f"How long people work is not known for {', '.join(kept)}: all their time stays, but for the share that "
            "you say goes away. Without it an agent can only make them longer."
        )
    if unknown:
        said.append(f"What help saves is not known for {', '.join(unknown)}: the log does not tell their service time.")
    if process.facts.costs == "rate":
        said.append("Costs are hours of people times an assumed rate, and what agents are assumed to cost.")
    return tuple(said)
