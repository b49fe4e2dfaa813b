"""What a check of conformance says: the figures of what is known, and what they say of all cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.selection.selection import Selection
from core.trust import TRUSTED, Trust
from mining.conformance.align import Alignment, Trace
from mining.conformance.allowed import Allowed
from mining.conformance.deviation import Aligned, Deviation, deviations
from mining.conformance.fitness import Bounds, Fitness, bounds, cost_bounds, fitness
from mining.conformance.model import Model
from mining.conformance.net import repeatable
from mining.conformance.precision import Precision, precision
from mining.conformance.rows import Row
from mining.conformance.sample import AlignmentOrder, AlignmentUnit, Estimated, as_share, estimate
from mining.conformance.settle import Settled


@dataclass(frozen=True)
class Follows:
    """The share of all cases that follow the model as they are."""

    value: float | None  # exact, or estimated; None where only bounds are known
    low: float  # of the 95 % interval; the value itself where it is exact; for certain where there is no value
    high: float
    exact: bool  # of every case it is known
    known: int  # cases of which it is known


@dataclass(frozen=True)
class Conformance:
    """How an event log version, or a selection of it, agrees with a model."""

    log: str
    version: int
    selection: Selection
    model: str  # its reference
    title: str  # the model for people
    cases: int
    variants: int
    aligned_cases: int
    aligned_variants: int
    fitness: Fitness | None  # of what was aligned: no figure of the log where that is not all of it
    fitness_allowing: Fitness | None  # the same when allowed deviations cost nothing
    bounds: Bounds | None  # between what the log fitness of all cases lies for certain; None when all were aligned
    estimate: Estimated | None  # of the log fitness of all cases; None when all were aligned, or too few
    follows: Follows  # the share of all cases that follow the model
    precision: Precision | None  # of what was aligned; None where time did not suffice, too
    deviations: tuple[Deviation, ...]  # by falling number of cases, allowed ones aside
    allowed: tuple[tuple[Deviation, Allowed], ...]  # those that are accepted, with why
    only_in_model: tuple[str, ...]  # activities that the log does not have
    only_in_log: tuple[str, ...]
    alignments: tuple[Aligned, ...]
    labels: frozenset[str]  # the activities of the model
    shortest: int  # activities of the model's shortest trace
    trust: Trust = TRUSTED

    @property
    def complete(self) -> bool:
        """Whether every variant was aligned."""
        return self.aligned_variants == self.variants

    @property
    def sampled(self) -> bool:
        """Whether shares of deviations are estimates, from a sample of the variants."""
        return not self.complete

    @property
    def unrelated(self) -> bool:
        """Whether log and model have no activity in common: figures say nothing then."""
        return len(self.only_in_model) == len(self.labels)

    @property
    def fits(self) -> tuple[str, ...]:
        """Digests of the variants that follow the model, by falling number of cases."""
        return tuple(one.digest for one in self.alignments if not one.alignment.cost)


@dataclass(frozen=True)
class Checked:
    """What is known when aligning ends."""

    log: str
    version: int
    selection: Selection
    model: Model
    rows: Sequence[Row]
    found: Mapping[Trace, Alignment]  # settled ones too
    settled: Settled
    plan: AlignmentOrder
    shortest: int


def told(checked: Checked, wrong: Sequence[Deviation], until: float | None) -> Conformance:
    """The figures of a check; `until` as the clock shows it, precision and bounds are looked for no longer."""
    rows, found, shortest, model = checked.rows, checked.found, checked.shortest, checked.model
    cases = {row.trace: row.cases for row in rows}
    labels = model.net.labels()
    drawn = checked.plan.drawn(found)
    weight = checked.plan.weights(drawn)
    aligned = [
        Aligned(r.number, r.digest, r.trace, r.cases, found[r.trace], weight.get(r.trace, 1.0))
        for r in rows if r.trace in found
    ]  # fmt: skip
    logged = {activity for row in rows for activity in row.trace}
    costs = {one.trace: one.alignment.cost for one in aligned}
    fit = fitness(costs, cases, shortest)
    complete = len(aligned) == len(rows)
    sure = None if complete else bounds(costs, cases, labels, shortest, checked.settled.departs, until)
    return Conformance(
        checked.log, checked.version, checked.selection, model.reference, model.title, sum(cases.values()), len(rows),
        sum(one.cases for one in aligned), len(aligned),
        fit, fit, sure,
        None if complete else _estimated(checked, drawn, sure),
        _follows(checked, drawn),
        precision(model.net, _modelled(aligned), until),
        (*deviations(aligned, labels, repeatable(model.net), sum(cases.values())), *wrong), (),
        tuple(sorted(labels - logged)), tuple(sorted(logged - labels)), tuple(aligned), labels, shortest,
    )  # fmt: skip


def _modelled(aligned: Sequence[Aligned]) -> dict[Trace, int]:
    modelled: dict[Trace, int] = {}
    for one in aligned:
        trace = one.alignment.of_model() if one.alignment.cost else one.trace
        modelled[trace] = modelled.get(trace, 0) + one.cases
    return modelled


def _estimated(checked: Checked, drawn: Sequence[AlignmentUnit], sure: Bounds | None) -> Estimated | None:
    """The log fitness of all cases: that of the settled ones exactly, that of the others from the sample."""
    worst = {u.trace: float(u.cases * (len(u.trace) + checked.shortest)) for u in checked.plan.order}
    labels = checked.model.net.labels()
    told = {}
    for u in drawn:
        if (alignment := checked.found.get(u.trace)) is not None:
            told[u.trace] = (float(u.cases * alignment.cost),) * 2
        else:
            least, most = cost_bounds(u.trace, (), labels, checked.shortest)
            told[u.trace] = (float(u.cases * max(least, u.trace in checked.settled.departs)), float(u.cases * most))
    lost = estimate(checked.plan, drawn, told, worst)
    if lost is None or sure is None:
        return None
    part = sum(worst.values()) / (sum((len(r.trace) + checked.shortest) * r.cases for r in checked.rows) or 1)
    value, high, low = (1 - part * ratio for ratio in (lost.value, lost.low, lost.high))
    value, low, high = (min(max(figure, sure.low), sure.high) for figure in (value, low, high))
    return Estimated(value, low, high, lost.sampled, lost.of)


def _follows(checked: Checked, drawn: Sequence[AlignmentUnit]) -> Follows:
    """The share of all cases that follow: of what was settled or aligned it is known, the rest is estimated."""
    total = sum(row.cases for row in checked.rows)
    departs = checked.settled.departs
    yes = sum(r.cases for r in checked.rows if r.trace in checked.found and not checked.found[r.trace].cost)
    known = sum(r.cases for r in checked.rows if r.trace in checked.found or r.trace in departs)
    low, high = yes / total, (total - known + yes) / total
    if known == total:
        return Follows(low, low, low, True, known)
    open_ = {u.trace: float(u.cases) for u in checked.plan.order}
    told = {u.trace: _between(u, checked) for u in drawn}
    share = estimate(checked.plan, drawn, told, open_)
    if share is None:
        return Follows(None, low, high, False, known)
    share = as_share(share)
    settled = total - sum(open_.values())  # all of these follow
    value, first, last = ((settled + part * (total - settled)) / total for part in (share.value, share.low, share.high))
    return Follows(min(max(value, low), high), max(first, low), min(last, high), False, known)


def _between(unit: AlignmentUnit, checked: Checked) -> tuple[float, float]:
    """How many cases of a drawn variant follow, at least and at most."""
    alignment = checked.found.get(unit.trace)
    if alignment is None:
        return 0.0, 0.0 if unit.trace in checked.settled.departs else float(unit.cases)
    return (0.0 if alignment.cost else float(unit.cases),) * 2
