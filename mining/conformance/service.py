"""Conformance of an event log version with a model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from core.errors import BadInput
from core.view import View
from core.workspace import Workspace
from mining.conformance.align import Say, align
from mining.conformance.allowed import allowed
from mining.conformance.clock import TimeBudget
from mining.conformance.deviation import Deviation, costs_without
from mining.conformance.effect import Detail, detail
from mining.conformance.fitness import fitness
from mining.conformance.model import Model, model_of_variants
from mining.conformance.performers import wrong_performers
from mining.conformance.result import Checked, Conformance, told
from mining.conformance.rows import by_frequency, read_rows
from mining.conformance.sample import AlignmentUnit, plan
from mining.conformance.settle import settle
from mining.conformance.spelling import spelled_as
from mining.map.variant import Variant

SETTLING, ALIGNING = (
    0.3,
    0.9,
)  # of the time given: until when variants are settled, and aligned; the rest is for figures


def variants_model(ws: Workspace, view: View, chosen: str) -> Model:
    """The model that allows the most frequent variants of a log: `10` of them, or those that cover `80%` of the cases.

    They are counted in the cases that `view` shows. Raises NotFound and BadInput.
    """
    with ws.logs.open(view) as opened:
        rows = read_rows(opened)
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

    Variants that the model allows, and that it cannot allow, are told apart first; the others are aligned in random
    order within strata until `seconds` are over or `cancelled` says so, and what that says of all cases is estimated
    (see `sample`). Raises NotFound, and BadInput where there is no case, or events are grouped by something else.
    """
    if view.selection.grouped_by:
        raise BadInput(
            f"A model speaks of activities, and these events are grouped by `{view.selection.grouped_by}`. Take the "
            "grouping away."
        )
    clock = TimeBudget.of(seconds)
    with ws.logs.open(view) as opened:
        stored, rows, trust = opened.version, read_rows(opened), opened.trust
        if not rows:
            raise BadInput(f"No case of event log `{stored.log}` is left to check. Take a filter away.")
        model = spelled_as(model, by_frequency(rows))
        wrong = wrong_performers(opened.connection, model, sum(row.cases for row in rows))
    settled = settle((row.trace for row in rows), model, clock.at(SETTLING), cancelled)
    left = [AlignmentUnit(row.trace, row.cases) for row in rows if row.trace not in settled.fits]
    drawing = plan(left, stored.digest)
    asked = [((), 0), *((unit.trace, unit.cases) for unit in drawing.order)]
    aligned_to = align(
        model.net, asked, seconds=clock.left(ALIGNING), progress=progress, cancelled=cancelled,
        known=tuple((row.trace, row.cases) for row in rows if row.trace in settled.fits),
    )  # fmt: skip
    empty = aligned_to.pop((), None)
    found = {**settled.fits, **aligned_to}
    shortest = empty.cost if empty else min((len(a.of_model()) for a in found.values()), default=0)
    checked = Checked(stored.log, stored.version, view.selection, model, rows, found, settled, drawing, shortest)
    return with_allowed(ws, replace(told(checked, wrong, clock.at(1.0)), trust=trust))


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
