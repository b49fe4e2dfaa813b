"""Why two sides cannot be compared, decided before any p value is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.figures import per_cent
from kpi.verdict import follow_up
from kpi.verdict.words import duration_in_words, shared_in_words

if TYPE_CHECKING:
    from kpi.verdict.samples import Sample
    from kpi.verdict.segments import Cells
    from kpi.verdict.sides import VerdictSides
    from kpi.verdict.values import Codes, Flags

LEAST_CASES = 30
LEAST_DAYS = 10
LEAST_EVENTS = 10  # errors or misses that are to be expected on each side
MOST_GONE = 0.1  # share of the baseline in kinds that no longer come
MOST_OPEN = 0.15  # share of old cases that are still open
MOST_TOGETHER = 0.1  # share of a side's cases that began while the other side's did
LARGEST_DETECTABLE = -0.6  # a comparison that would miss a reduction by this much says nothing


def of_sides(sides: VerdictSides, *, at_once: bool = False) -> str | None:
    """What forbids comparing any KPI: one side is too small, or the sides are not a before and an after.

    With `at_once` the two are arms of a hold-out, which run at the same time.
    """
    for name, population in zip(sides.names, (sides.baseline, sides.now), strict=True):
        few = _few(name, len(population.started), population.started // follow_up.DAY)
        if few is not None:
            return few
    together = len(np.intersect1d(sides.baseline.case_ids, sides.now.case_ids))
    if together:
        return (
            f"{shared_in_words(together)} on both sides: the logs overlap. "
            "Filter one of them, such as to the cases that started after the other ends."
        )
    return None if at_once else _at_the_same_time(sides)


def of_follow_up(sides: VerdictSides) -> str | None:
    """What forbids comparing cycle times, costs and errors: too many old cases that never ended."""
    for name, population in zip(sides.names, (sides.baseline, sides.now), strict=True):
        share = follow_up.open_share(population, sides.horizon)
        if share > MOST_OPEN:
            return (
                f"Of the cases of the side `{name}` that began more than {duration_in_words(sides.horizon)} before its "
                f"log ends, {per_cent(share)} are still open; at most {per_cent(MOST_OPEN)} may be: what "
                f"ended differs from it."
            )
    return None


def of_sample(sides: VerdictSides, sample: Sample) -> str | None:
    """What forbids comparing one KPI: too few of the cases that count."""
    later = sides.later[sample.rows]
    for side, name in enumerate(sides.names):
        mine = sample.rows[later == side]
        few = _few(name, len(mine), sides.day[mine], " that count")
        if few is not None:
            return few
    if sample.counted and sample.top is not None and sample.bottom is not None:
        return _few_events(sides.names, later, sample)
    return None


def of_cells(cells: Cells) -> str | None:
    """What forbids comparing like with like: kinds of cases that came only on one side."""
    of = " and ".join(f"`{name}`" for name in cells.names)
    if cells.gone > MOST_GONE:
        return (
            f"{per_cent(cells.gone)} of the baseline's cases are of kinds that no longer come (by {of}); "
            f"at most {per_cent(MOST_GONE)} may be. Filter both sides to kinds that come on both."
        )
    if not (cells.cell >= 0).any():
        return f"No kind of case comes often enough on both sides (by {of})."
    return None


def of_detectable(detectable: float) -> str | None:
    """What forbids a verdict: only an enormous change would have been seen."""
    if detectable >= LARGEST_DETECTABLE:
        return None
    return (
        f"The days differ so much, or the cases are so few, that only a reduction by "
        f"{per_cent(-detectable)} or more would "
        "have been seen. A hold-out by chance needs far fewer cases."
    )


def _few(name: str, cases: int, days: Codes | Flags | object, which: str = "") -> str | None:
    if cases < LEAST_CASES:
        return f"The side `{name}` has {cases:,} cases{which}; at least {LEAST_CASES} are needed."
    started = len(np.unique(np.asarray(days)))
    if started < LEAST_DAYS:
        return f"The cases of the side `{name}`{which} began on {started} days; at least {LEAST_DAYS} are needed."
    return None


def _few_events(names: tuple[str, str], later: Flags, sample: Sample) -> str | None:
    assert sample.top is not None
    assert sample.bottom is not None
    rate = float(sample.top.sum() / sample.bottom.sum())
    for side, name in enumerate(names):
        expected = rate * float(sample.bottom[later == side].sum())
        if expected < LEAST_EVENTS:
            return f"On the side `{name}` {expected:.1f} are to be expected; at least {LEAST_EVENTS} are needed."
    return None


def _at_the_same_time(sides: VerdictSides) -> str | None:
    first, second = sides.baseline.started, sides.now.started
    shares = [((a >= b.min()) & (a <= b.max())).mean() for a, b in ((first, second), (second, first))]
    if max(shares) <= MOST_TOGETHER:
        return None
    return (
        f"{per_cent(max(shares))} of the cases of one side began while those of the other did: this is no "
        f"before and after. "
        "Choose periods that follow each other, or name the attribute that says which way each case was drawn to."
    )
