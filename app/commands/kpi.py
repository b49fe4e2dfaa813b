"""`tandem kpi`: the five KPIs of an event log, their baselines, and the cases behind them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.context import Acting, All, Filters, Json, Version, actor, workspace
from app.output import MOST, console, rest_of, show_json, show_table
from app.paging import pages
from app.theme.formats import change

if TYPE_CHECKING:
    from kpi import Comparison, KpiCases, Measurement, TrendPoint

Log = Annotated[str, typer.Argument(help="Name of the event log.")]
Sla = Annotated[
    float | None, typer.Option("--sla-hours", help="SLA of a whole case, in hours, where the log has no due moments.")
]
Key = Annotated[str, typer.Argument(help="Name of the KPI, such as `cycle_time`. `tandem kpi list` names them.")]
Segments = Annotated[
    list[str] | None,
    typer.Option(
        "--segment",
        help="Case attribute known at the start that both sides may be brought to the same mix of. May be repeated. "
        "Default: all case attributes and the weekday.",
    ),
]

_HEADINGS = ("KPI", "value", "95 % interval", "n", "evidence")


def register(app: typer.Typer) -> None:
    """Add `tandem kpi` and its verbs."""
    noun = typer.Typer(help="Measure cycle time, throughput, cost, errors and SLA adherence.", no_args_is_help=True)
    for name, verb in (
        ("list", _list),
        ("measure", _measure),
        ("trend", _trend),
        ("cases", _cases),
        ("baseline", _baseline),
        ("baselines", _baselines),
        ("compare", _compare),
        ("hold-out", _hold_out),
    ):
        noun.command(name)(verb)
    app.add_typer(noun, name="kpi")


def _list(as_json: Json = False) -> None:
    """List the KPIs with their definitions."""
    from kpi import definitions

    found = definitions()
    if as_json:
        return show_json(found)
    for definition in found:
        console().print(f"{definition.title} ({definition.key})", style="bold", markup=False)
        console().print(f"  {definition.definition}", markup=False)
        console().print(f"  Unit: {definition.unit}. {definition.direction.value.capitalize()}.", markup=False)
        console().print(f"  Needs: {definition.needs}", markup=False)
    return None


def _measure(
    log: Log, version: Version = None, filters: Filters = "", sla_hours: Sla = None, as_json: Json = False
) -> None:
    """Measure the five KPIs over an event log, or over what filters leave of it."""
    from core.view import find_view
    from kpi import measure

    with workspace() as ws:
        view = find_view(ws, log, version, filters)
        found = measure(ws, view, sla_seconds=_seconds(sla_hours))
    if as_json:
        return show_json([_with_simulated(m) for m in found])
    _show(found)
    return None


def _trend(
    log: Log,
    key: Key,
    by: Annotated[
        str,
        typer.Option("--by", help="`day`, `week`, `month`, `quarter`, `year`, or `auto`: as long as suits the log."),
    ] = "auto",
    version: Version = None,
    filters: Filters = "",
    sla_hours: Sla = None,
    every: All = False,
    as_json: Json = False,
) -> None:
    """Measure one KPI period by period, by when cases started (throughput: ended)."""
    from core.view import find_view
    from kpi import trend

    with workspace() as ws:
        view = find_view(ws, log, version, filters)
        points = trend(ws, view, key, bucket=None if by == "auto" else by, sla_seconds=_seconds(sla_hours))
    if as_json:
        return show_json([_point(p) for p in points])
    _show_trend(points, len(points) if every else MOST)
    return None


def _show_trend(points: Sequence[TrendPoint], most: int) -> None:
    """The newest `most` periods, and beneath them what must be known of them."""
    from kpi import doubts_in_words

    shown = points[-most:]
    rows = (
        (f"{p.start:%Y-%m-%d}", *_row(p.measurement)[1:], "finished" if p.finished else "not finished") for p in shown
    )
    heading = f"{points[0].bucket.value} of" if points else "period of"
    show_table((heading, *_HEADINGS[1:], "period"), rows, empty="No case is complete, so there is no trend.")
    if len(points) > most:
        console().print(f"The last {most} of {len(points):,} are listed; `--all` gives every one.", markup=False)
    notes = list(dict.fromkeys(p.measurement.withheld for p in shown if p.measurement.withheld))
    if not all(p.finished for p in shown):
        notes.append("What is not finished may still change: its cases are open, or the log ends within the period.")
    for note in [*notes, *doubts_in_words(p.measurement for p in shown)]:
        console().print(note, markup=False)


def _cases(
    log: Log,
    key: Key,
    limit: Annotated[int, typer.Option("--limit", help="Most cases to show.")] = 20,
    every: All = False,
    offset: Annotated[int, typer.Option("--offset", help="How many to leave out before.")] = 0,
    version: Version = None,
    filters: Filters = "",
    sla_hours: Sla = None,
    as_json: Json = False,
) -> None:
    """Show the cases behind a KPI, those that weigh most against it first."""
    from app.theme.formats import plural
    from core.view import find_view
    from kpi import cases, definition, in_words

    with workspace() as ws:
        view = find_view(ws, log, version, filters)

        def ask(most: int, before: int) -> KpiCases:
            return cases(ws, view, key, limit=most, offset=before, sla_seconds=_seconds(sla_hours))

        page: KpiCases = pages(ask, "cases", limit, offset, every)
    if as_json:
        return show_json(page)
    unit = definition(key).unit
    rows = (
        (c.case_id, f"{c.started:%Y-%m-%d %H:%M}", f"{c.ended:%Y-%m-%d %H:%M}", c.events, in_words(c.value, unit))
        for c in page.cases
    )
    show_table(("case", "started", "ended", "activity instances", "value"), rows, empty="No case is behind this KPI.")
    console().print(
        f"{len(page.cases)} of {plural(page.total, 'case')}, from {offset}.{rest_of(len(page.cases), page.total)}",
        markup=False,
    )
    return None


def _baseline(
    log: Log,
    version: Version = None,
    filters: Filters = "",
    sla_hours: Sla = None,
    acting: Acting = "",
    as_json: Json = False,
) -> None:
    """Measure the five KPIs and freeze them as a baseline."""
    from app.verbs import freeze_baseline
    from core.view import find_view

    with workspace() as ws:
        by = actor(ws, acting)
        view = find_view(ws, log, version, filters)
        found = freeze_baseline(ws, view, sla_seconds=_seconds(sla_hours), by=by)
    if as_json:
        return show_json(found)
    _show(found.measurements)
    console().print(f"Baseline {found.id} of {found.log} version {found.version} is frozen.", markup=False)
    return None


def _baselines(every: All = False, as_json: Json = False) -> None:
    """List the frozen baselines."""
    from app.simulation import marked_names, name_of
    from kpi import baselines

    with workspace() as ws:
        found, names = baselines(ws), marked_names(ws)
    if as_json:
        return show_json(found)
    rows = (
        (b.id, b.log, b.version, f"{b.start:%Y-%m-%d}", f"{b.end:%Y-%m-%d}", name_of(names, b.created_by))
        for b in found
    )
    show_table(("baseline", "log", "version", "from", "to", "frozen by"), rows, every=every,
               empty="No baseline is frozen yet.")  # fmt: skip
    return None


def _compare(
    baseline: Annotated[int, typer.Argument(help="Number of the baseline.")],
    log: Log,
    version: Version = None,
    filters: Annotated[
        str,
        typer.Option(
            "--filters",
            help="Filters as JSON, or `@name` of a saved set. Default: for the baseline's own log its filters, without "
            "those of time; for another log none.",
        ),
    ] = "",
    every_case: Annotated[
        bool, typer.Option("--every-case", help="Say that both logs hold every case: throughput is judged only then.")
    ] = False,
    segments: Segments = None,
    as_json: Json = False,
) -> None:
    """Compare a baseline with an event log as it is now, and say which KPIs have changed or why nobody can say."""
    from core.view import find_view
    from kpi import Rules, compare, get_baseline, like

    rules = Rules(every_case=every_case, segments=tuple(segments) if segments else None)
    with workspace() as ws:
        view = find_view(ws, log, version, filters)
        under = like(get_baseline(ws, baseline), view).selection.active
        found = compare(ws, baseline, view, rules=rules)
    if as_json:
        return show_json(found)
    if under:
        console().print(f"Now under these filters: {'; '.join(f.in_words() for f in under)}.", markup=False)
    headings = ("KPI", "baseline", "n", "now", "n", "change", "verdict", "evidence now")
    show_table(headings, map(_contrasted, found), empty="There is no KPI.")
    _say_why((c.definition.title, c.withheld or " ".join(c.judged.reasons)) for c in found)
    return None


def _hold_out(
    log: Log,
    attribute: Annotated[str, typer.Argument(help="Case attribute that says which way chance drew a case to.")],
    control: Annotated[str, typer.Option("--control", help="Its value for the old way.")],
    treated: Annotated[str, typer.Option("--treated", help="Its value for the new way.")],
    version: Version = None,
    filters: Filters = "",
    sla_hours: Sla = None,
    segments: Segments = None,
    as_json: Json = False,
) -> None:
    """Compare two arms that were drawn by chance at the same time: what no before and after can tell."""
    from core.view import find_view
    from kpi import Rules, compare_arms, definition

    rules = Rules(segments=tuple(segments) if segments else None)
    with workspace() as ws:
        found = compare_arms(
            ws, find_view(ws, log, version, filters), attribute=attribute, control=control, treated=treated,
            sla_seconds=_seconds(sla_hours), rules=rules,
        )  # fmt: skip
    if as_json:
        return show_json(found)
    rows = (
        (definition(v.key).title, f"{v.cases[0]:,}", f"{v.cases[1]:,}", change(v.change), v.outcome.value)
        for v in found.verdicts
    )
    show_table(("KPI", "n control", "n treated", "change", "verdict"), rows, empty="There is no KPI.")
    _say_why((definition(v.key).title, " ".join(v.reasons)) for v in found.verdicts)
    return None


def _say_why(reasons: Iterable[tuple[str, str]]) -> None:
    """What each verdict rests on; what is said of several KPIs is said once."""
    titles: dict[str, list[str]] = {}
    for title, reason in reasons:
        titles.setdefault(reason, []).append(title)
    for reason, of in titles.items():
        console().print(f"{', '.join(of)}: {reason}", markup=False)


def _seconds(hours: float | None) -> float | None:
    return None if hours is None else hours * 3600


def _with_simulated(measurement: Measurement) -> dict[str, Any]:
    from app.output import plain

    return {**plain(measurement), "simulated": measurement.simulated}


def _point(found: TrendPoint) -> dict[str, Any]:
    return {
        "start": found.start,
        "bucket": found.bucket.value,
        "finished": found.finished,
        **_with_simulated(found.measurement),
    }


def _show(measurements: Sequence[Measurement]) -> None:
    """The KPIs, what stands beside them, why some are withheld, and what must be known of them."""
    from kpi import beside_in_words, doubts_in_words

    show_table(_HEADINGS, map(_row, measurements), empty="There is no KPI.")
    for measurement in measurements:
        if beside := beside_in_words(measurement):
            console().print(f"{measurement.definition.title}: {beside}.", markup=False)
    _say_withheld((m.definition.title, m.withheld) for m in measurements)
    for doubt in doubts_in_words(measurements):
        console().print(doubt, markup=False)


def _say_withheld(reasons: Iterable[tuple[str, str | None]]) -> None:
    for title, reason in reasons:
        if reason is not None:
            console().print(f"{title} is withheld. {reason}", markup=False)


def _row(measurement: Measurement) -> tuple[object, ...]:
    from kpi import evidence_in_words, in_words, interval_in_words

    value = in_words(measurement.value, measurement.unit)
    interval, evidence = interval_in_words(measurement), evidence_in_words(measurement)
    return measurement.definition.title, value, interval, f"{measurement.n:,}", evidence


def _contrasted(found: Comparison) -> tuple[object, ...]:
    from kpi import evidence_in_words, in_words

    before, now = found.baseline, found.now
    return (
        found.definition.title, in_words(before.value, before.unit), f"{before.n:,}", in_words(now.value, now.unit),
        f"{now.n:,}", change(found.change), found.verdict, evidence_in_words(now),
    )  # fmt: skip
