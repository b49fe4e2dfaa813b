"""`tandem map conformance`: does the work follow the model? With `allow` and `withdraw` for deviations accepted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands import noun
from app.conforming import coverage_in_words, fitness_in_words, follows_in_words, value_in_words
from app.context import Acting, All, Filters, Json, Version, actor, workspace
from app.output import console, few, plain, show_json, show_table

if TYPE_CHECKING:
    from core.workspace import Workspace
    from mining.conformance import Conformance, Detail, Deviation, DeviationEffect, Model

Log = Annotated[str, typer.Argument(help="Name of the event log.")]
Map = Annotated[str, typer.Option("--map", help="Model: a saved workflow map, `NAME` or `NAME@VERSION`.")]
Bpmn = Annotated[Path | None, typer.Option("--bpmn", help="Model: a BPMN 2.0 file.")]
Variants = Annotated[
    str, typer.Option("--variants", help="Model: the most frequent variants, `10`, or those of `80%` of the cases.")
]
Named = Annotated[str, typer.Argument(metavar="DEVIATION", help="As it is listed, such as `skipped: check`.")]


def register(app: typer.Typer) -> None:
    """Add `conformance`, `allow` and `withdraw` to `tandem map`."""
    group = noun(app, "map")
    for name, verb in (("conformance", _conformance), ("allow", _allow), ("withdraw", _withdraw)):
        group.command(name)(verb)


def _conformance(
    log: Log,
    version: Version = None,
    map_: Map = "",
    bpmn: Bpmn = None,
    variants: Variants = "",
    filters: Filters = "",
    budget: Annotated[float, typer.Option("--budget", help="Seconds to align for, at most.", min=0)] = 60,
    deviation: Annotated[str, typer.Option("--deviation", help="Show one deviation with its effects.")] = "",
    every: All = False,
    as_json: Json = False,
) -> None:
    """Check an event log against a model: fitness, precision and deviations in plain words. Stores nothing."""
    from app.told import tell
    from core.trust import Result
    from core.view import find_view
    from mining.conformance import check_conformance, deviation_detail

    with workspace() as ws, console(apart=True).status(f"Aligning {log} ...") as status:
        view = find_view(ws, log, version, filters)
        model = _model(ws, log, version, map_, bpmn, variants)

        def say(so_far: Any) -> None:
            status.update(f"Aligned {so_far.variants:,} of {so_far.of_variants:,} variants ...")

        found = check_conformance(ws, view, model=model, seconds=budget, progress=say)
        told = deviation_detail(ws, found, _named(found, deviation)) if deviation else None
        status.stop()
        tell(found.trust, (Result.ORDER,), apart=as_json)
    if as_json:
        return show_json(_detail_json(told) if told else _json(found))
    return _print_detail(told) if told else _print(found, every)


def _allow(
    log: Log,
    deviation: Named,
    reason: Annotated[str, typer.Option("--reason", help="Why it is accepted.")],
    version: Version = None,
    map_: Map = "",
    bpmn: Bpmn = None,
    variants: Variants = "",
    acting: Acting = "",
    as_json: Json = False,
) -> None:
    """Accept a deviation from a model: it is listed apart, and fitness is also shown without it."""
    from app.verbs import allow

    with workspace() as ws:
        model = _model(ws, log, version, map_, bpmn, variants)
        entry = allow(ws, log, model.reference, deviation, reason, actor(ws, acting))
    if as_json:
        return show_json(entry)
    return console().print(f"Allowed in {log} against {model.title}: {deviation}.", markup=False)


def _withdraw(
    log: Log,
    deviation: Named,
    version: Version = None,
    map_: Map = "",
    bpmn: Bpmn = None,
    variants: Variants = "",
    acting: Acting = "",
    as_json: Json = False,
) -> None:
    """Take back that a deviation is accepted."""
    from app.verbs import withdraw

    with workspace() as ws:
        model = _model(ws, log, version, map_, bpmn, variants)
        entry = withdraw(ws, log, model.reference, deviation, by=actor(ws, acting))
    if as_json:
        return show_json(entry)
    return console().print(f"No longer allowed in {log} against {model.title}: {deviation}.", markup=False)


def _model(ws: Workspace, log: str, version: int | None, map_: str, bpmn: Path | None, variants: str) -> Model:
    """The one model that the options name. Raises BadInput for none or several."""
    from core.errors import BadInput
    from core.view import find_view
    from mining.conformance import model_of_bpmn, model_of_reference, variants_model

    if sum((bool(map_), bpmn is not None, bool(variants))) != 1:
        raise BadInput("Say what to check against, one of `--map`, `--bpmn` and `--variants`.")
    if map_:
        return model_of_reference(ws, map_)
    if bpmn is None:
        return variants_model(ws, find_view(ws, log, version), variants)
    try:
        content = bpmn.read_bytes()
    except OSError as error:
        raise BadInput(f"`{bpmn}` cannot be read: {error.strerror}.") from error
    return model_of_bpmn(content, bpmn.name)


def _named(found: Conformance, key: str) -> Deviation:
    from core.errors import not_found

    every = {d.key: d for d in (*found.deviations, *(d for d, _ in found.allowed))}
    if key not in every:
        raise not_found("deviation", key, every)
    return every[key]


def _json(found: Conformance) -> dict[str, Any]:
    left_out = {"selection", "alignments", "labels"}
    facts = {key: value for key, value in plain(found).items() if key not in left_out}
    facts |= {"complete": found.complete, "fits": found.fits}
    facts["deviations"] = [_deviation_json(d) for d in found.deviations]
    facts["allowed"] = [{**_deviation_json(d), "allowed": a} for d, a in found.allowed]
    return facts


def _deviation_json(deviation: Deviation) -> dict[str, Any]:
    numbers = {"variants", "case_numbers"}  # they mean nothing outside the file
    return {"key": deviation.key, **{k: v for k, v in plain(deviation).items() if k not in numbers}}


def _detail_json(told: Detail) -> dict[str, Any]:
    return {**_deviation_json(told.deviation), **{k: getattr(told, k) for k in ("effects", "trend", "examples")}}


def _print(found: Conformance, every: bool) -> None:
    from app.theme.formats import plural, share

    out = console()
    out.print(f"{found.log} version {found.version} against {found.title}", markup=False)
    out.print(coverage_in_words(found), markup=False)
    _print_figures(found)
    if found.allowed and found.fitness_allowing:
        out.print(
            f"Fitness{'' if found.complete else ' of the cases aligned'} {found.fitness_allowing.log:.4f} with "
            f"{plural(len(found.allowed), 'deviation')} allowed: "
            f"{'; '.join(f'{d.key} ({a.reason})' for d, a in found.allowed)}",
            markup=False,
        )
    if found.unrelated:
        out.print(
            "Model and log have no activity in common: the model speaks of another process. The figures say nothing.",
            markup=False,
        )
    for names, where in ((found.only_in_model, "Only in the model"), (found.only_in_log, "Only in the log")):
        if names:
            out.print(f"{where}: {few(names, every)}", markup=False)
    out.print()
    columns = ("deviation", "cases", "share") if found.complete else ("deviation", "cases aligned", "share, estimated")
    rows = [(d.key, f"{d.cases:,}", share(d.share)) for d in found.deviations]
    empty = "No case departs from the model." if found.aligned_cases else "Nothing was aligned."
    show_table(columns, rows, empty=empty, every=every, what="deviations")
    if rows:
        out.print("Say `--deviation` with one of them for the sentence, its effects and example cases.", markup=False)


def _print_figures(found: Conformance) -> None:
    from app.theme.formats import share

    out = console()
    fit, follow = fitness_in_words(found), follows_in_words(found)
    mean = f"mean of the cases {found.fitness.mean:.4f}" if found.complete and found.fitness else fit.note
    out.print(f"Fitness {fit.figure} ({mean})", markup=False)
    out.print(f"{follow.figure} of the cases follow the model ({follow.note})", markup=False)
    if found.precision:
        least = "at least " if found.precision.approximate else ""
        of = "" if found.complete else " (of the cases aligned)"
        out.print(f"Precision {least}{found.precision.value:.4f}{of}", markup=False)
    elif found.aligned_cases:
        out.print("Precision is not told: the time was over before it was known.", markup=False)
    if not found.complete and found.fitness:
        out.print(
            f"Of the cases aligned, {share(found.aligned_cases / found.cases)} of all and not like the others: fitness "
            f"{found.fitness.log:.4f}, {share(found.fitness.fitting)} of them follow the model", markup=False,
        )  # fmt: skip


def _print_detail(told: Detail) -> None:
    from app.theme.formats import plural, share

    out = console()
    deviation = told.deviation
    out.print(deviation.sentence.replace("`", ""), markup=False)
    out.print(f"{plural(deviation.cases, 'case')}, {share(deviation.share)}", markup=False)
    out.print()
    columns = ("measure", "with it", "without", "difference, 95 %", "p")
    show_table(columns, (_effect_row(e) for e in told.effects), empty="The log has nothing to compare.")
    out.print()
    examples = ((e.case_id, e.started.date()) for e in told.examples[:5])
    show_table(("example case", "started"), examples, empty="No case.")


def _effect_row(effect: DeviationEffect) -> tuple[str, ...]:
    from app.theme.formats import NOTHING

    one, other = (value_in_words(v, effect.unit) for v in (effect.with_it, effect.without))
    if effect.difference is None:
        return effect.measure, one, other, effect.withheld or NOTHING, ""
    low, high = (value_in_words(v, effect.unit) for v in (effect.difference.low, effect.difference.high))
    moved = value_in_words(effect.difference.value, effect.unit)
    p = effect.difference.p
    return effect.measure, one, other, f"{moved} ({low} to {high})", "< 0.001" if p < 0.001 else f"{p:.3f}"
