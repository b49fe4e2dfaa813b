"""Conformance of an event log version with a model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from core import TRUSTED, BadInput, Selection, Trust, View, Workspace, load_query
from core.eventlog import Opened
from mining.conformance.align import Alignment, Move, MoveKind, Say, Trace, align
from mining.conformance.allowed import Allowed, allowed
from mining.conformance.deviation import Aligned, Deviation, costs_without, deviations
from mining.conformance.effect import Detail, detail
from mining.conformance.fitness import Bounds, Fitness, bounds, fitness
from mining.conformance.model import Model, model_of_variants
from mining.conformance.net import repeatable
from mining.conformance.performers import wrong_performers
from mining.conformance.precision import Precision, precision
from mining.conformance.spelling import spelled_as
from mining.variant import Variant


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
    fitness: Fitness | None  # of what was aligned
    fitness_allowing: Fitness | None  # the same when allowed deviations cost nothing
    bounds: Bounds | None  # between what the log fitness of all cases lies; None when all were aligned
    precision: Precision | None  # of what was aligned
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
    def unrelated(self) -> bool:
        """Whether log and model have no activity in common: figures say nothing then."""
        return len(self.only_in_model) == len(self.labels)

    @property
    def fits(self) -> tuple[str, ...]:
        """Digests of the variants that follow the model, by falling number of cases."""
        return tuple(one.digest for one in self.alignments if not one.alignment.cost)


@dataclass(frozen=True)
class _Row:
    """A variant as the log has it."""

    number: int
    digest: str
    trace: Trace
    cases: int


def variants_model(ws: Workspace, view: View, chosen: str) -> Model:
    """The model that allows the most frequent variants of a log: `10` of them, or those that cover `80%` of the cases.

    They are counted in the cases that `view` shows. Raises NotFound and BadInput.
    """
    with ws.logs.open(view) as opened:
        rows = _variants(opened)
    return model_of_variants([Variant(row.trace, row.cases) for row in rows], chosen)


def check_conformance(
    ws: Workspace,
    view: View,
    *,
    model: Model,
    seconds: float | None = None,
    progress: Say | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Conformance:
    """How the cases that `view` shows agree with `model`.

    Variants are aligned by falling number of cases until `seconds` are over or `cancelled` says so; what is left is
    told. Raises NotFound, and BadInput where there is no case, or events are grouped by something else.
    """
    if view.selection.grouped_by:
        raise BadInput(
            f"A model speaks of activities, and these events are grouped by `{view.selection.grouped_by}`. Take the "
            "grouping away."
        )
    with ws.logs.open(view) as opened:
        stored, rows, trust = opened.version, _variants(opened), opened.trust
    if not rows:
        raise BadInput(f"No case of event log `{stored.log}` is left to check. Take a filter away.")
    model = spelled_as(model, _by_frequency(rows))
    fit, tried = _known_to_fit(rows, model)
    aligned_to = align(model.net, [((), 0), *tried], seconds=seconds, progress=progress, cancelled=cancelled)
    empty = aligned_to.pop((), None)
    found = {**fit, **aligned_to}
    with ws.logs.open(view) as opened:
        wrong = wrong_performers(opened.connection, model, sum(row.cases for row in rows))
    shortest = empty.cost if empty else min((len(a.of_model()) for a in found.values()), default=0)
    told = _told(stored.log, stored.version, view.selection, model, rows, found, shortest, wrong)
    return with_allowed(ws, replace(told, trust=trust))


def with_allowed(ws: Workspace, found: Conformance) -> Conformance:
    """`found` with the deviations that are allowed now listed apart. Nothing is aligned again."""
    now = {a.deviation: a for a in allowed(ws, found.log, found.model)}
    every = sorted((*found.deviations, *(d for d, _ in found.allowed)), key=lambda d: (-d.cases, d.key))
    free = costs_without(found.alignments, frozenset(now), found.labels)
    cases = {one.trace: one.cases for one in found.alignments}
    return replace(
        found,
        deviations=tuple(d for d in every if d.key not in now),
        allowed=tuple((d, now[d.key]) for d in every if d.key in now),
        fitness_allowing=fitness(free, cases, found.shortest),
    )


def deviation_detail(ws: Workspace, found: Conformance, deviation: Deviation) -> Detail:
    """Example cases, trend and effects of one deviation of `found`."""
    stored = ws.logs.get(found.log, found.version)
    with ws.logs.select(stored, found.selection) as connection:
        return detail(connection, deviation, None if found.complete else [a.number for a in found.alignments])


def _variants(opened: Opened) -> list[_Row]:
    rows = opened.connection.execute(load_query("mining.conformance.sql", "variants").sql).fetchall()
    return [_Row(number, digest, tuple(trace), cases) for number, digest, trace, cases in rows]


def _by_frequency(rows: Iterable[_Row]) -> list[str]:
    """The activities of the log, that of the most cases first."""
    cases: dict[str, int] = {}
    for row in rows:
        for activity in set(row.trace):
            cases[activity] = cases.get(activity, 0) + row.cases
    return sorted(cases, key=lambda activity: (-cases[activity], activity))


def _known_to_fit(rows: Iterable[_Row], model: Model) -> tuple[dict[Trace, Alignment], list[tuple[Trace, int]]]:
    """The alignments of the traces that are the model's own, and the traces that must be aligned."""
    fit, tried = {}, []
    for row in rows:
        if row.trace in model.traces:
            fit[row.trace] = Alignment(0, tuple(Move(MoveKind.BOTH, activity) for activity in row.trace))
        else:
            tried.append((row.trace, row.cases))
    return fit, tried


def _told(
    log: str, version: int, selection: Selection, model: Model, rows: list[_Row], found: Mapping[Trace, Alignment],
    shortest: int, wrong: tuple[Deviation, ...],
) -> Conformance:  # fmt: skip
    cases = {row.trace: row.cases for row in rows}
    labels = model.net.labels()
    aligned = [Aligned(r.number, r.digest, r.trace, r.cases, found[r.trace]) for r in rows if r.trace in found]
    modelled: dict[Trace, int] = {}
    for one in aligned:
        trace = one.alignment.of_model()
        modelled[trace] = modelled.get(trace, 0) + one.cases
    logged = {activity for row in rows for activity in row.trace}
    fit = fitness({one.trace: one.alignment.cost for one in aligned}, cases, shortest)
    return Conformance(
        log, version, selection, model.reference, model.title, sum(cases.values()), len(rows),
        sum(one.cases for one in aligned), len(aligned),
        fit, fit,
        None if len(aligned) == len(rows) else bounds(found, cases, labels, shortest),
        precision(model.net, modelled),
        (*deviations(aligned, labels, repeatable(model.net)), *wrong), (),
        tuple(sorted(labels - logged)), tuple(sorted(logged - labels)), tuple(aligned), labels, shortest,
    )  # fmt: skip
