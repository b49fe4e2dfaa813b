"""`tandem map causes`, `compare` and `drift`: what sets cases apart, two sides side by side, change over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.commands import noun
from app.context import All, Filters, Json, Version, numbered, workspace
from app.output import EVERY, MOST, console, say_rest, show_json, show_table, top
from core.figures import per_cent

if TYPE_CHECKING:
    from mining.causes.values import Causes
    from mining.compare.drift_values import Drift
    from mining.compare.values import SideBySide

Log = Annotated[str, typer.Argument(help="Name of the event log.")]
MarkText = Annotated[
    str,
    typer.Option(
        "--mark",
        help="Which cases are marked: `slowest`, `slowest:0.2`, `slower:3d`, `rework`, `failed`, `open`, `overdue`, "
        "`deviating:MAP` (from a saved workflow map), filters as JSON, or `@name` of a saved set of filters.",
    ),
]
Support = Annotated[
    int | None, typer.Option("--support", help="Least number of cases with a factor. Default: 0.5 %, at least 10.")
]
Alpha = Annotated[float, typer.Option("--alpha", help="Share of false discoveries that is accepted.")]
Most = Annotated[int, typer.Option("--most", help="How many lines are shown.")]
VersionA = Annotated[
    int | None,
    numbered("--version-a", "Version of side A. Default: the newest."),
]
VersionB = Annotated[
    int | None,
    numbered("--version-b", "Version of side B. Default: the newest."),
]
FiltersA = Annotated[str, typer.Option("--filters-a", help="Filters of side A: JSON, or `@name` of a saved set.")]
FiltersB = Annotated[str, typer.Option("--filters-b", help="Filters of side B: JSON, or `@name` of a saved set.")]


_CHANGES = 5  # of one drift point, the strongest


def register(app: typer.Typer) -> None:
    """Add the verbs to `tandem map`."""
    group = noun(app, "map")
    for name, verb in (("causes", _causes), ("compare", _compare), ("drift", _drift)):
        group.command(name)(verb)


def _causes(
    log: Log, mark: MarkText = "slowest", version: Version = None, filters: Filters = "", support: Support = None,
    alpha: Alpha = 0.05, most: Most = MOST, every: All = False, as_json: Json = False,
) -> None:  # fmt: skip
    """Tell what marked cases have more often than the others: attributes, activities, paths, performers and more."""
    from app.told import tell
    from core.trust import Result
    from core.view import find_view
    from mining.causes.named_marks import mark_named
    from mining.causes.service import find_causes

    with workspace() as ws:
        view = find_view(ws, log, version, filters)
        found = find_causes(ws, view, mark=mark_named(ws, view, mark), alpha=alpha, support=support)
    tell(found.trust, (Result.CYCLE_TIME,), apart=as_json)
    return show_json(found) if as_json else _print_causes(found, EVERY if every else most)


def _compare(
    a: Annotated[str, typer.Argument(help="Event log of side A.")],
    b: Annotated[str, typer.Argument(help="Event log of side B; the same log with other filters will do.")],
    version_a: VersionA = None, version_b: VersionB = None, filters_a: FiltersA = "", filters_b: FiltersB = "",
    most: Most = MOST, every: All = False, as_json: Json = False,
) -> None:  # fmt: skip
    """Set two event logs, versions or sets of filters side by side: figures, and how their maps differ."""
    from app.told import tell
    from core.trust import Result
    from core.view import find_view
    from mining.compare.service import compare_sides

    with workspace() as ws:
        one = find_view(ws, a, version_a, filters_a)
        other = find_view(ws, b, version_b, filters_b)
        found = compare_sides(ws, one, other)
    for trust in (found.trust_a, *([found.trust_b] if found.trust_b != found.trust_a else [])):
        tell(trust, (Result.ORDER, Result.CYCLE_TIME, Result.WAITING_TIME, Result.SERVICE_TIME), apart=as_json)
    return show_json(found) if as_json else _print_sides(found, EVERY if every else most)


def _drift(
    log: Log, version: Version = None, filters: Filters = "",
    window: Annotated[
        int | None, typer.Option("--window", help="Cases before and after. Default: a tenth of all, 50 to 5,000.")
    ] = None,
    alpha: Annotated[float, typer.Option("--alpha", help="Chance of any drift point where there is none.")] = 0.05,
    every: All = False, as_json: Json = False,
) -> None:  # fmt: skip
    """Find the moments at which the work of an event log changed, and what changed."""
    from app.told import tell
    from core.trust import Result
    from core.view import find_view
    from mining.compare.drift import find_drift

    with workspace() as ws:
        found = find_drift(ws, find_view(ws, log, version, filters), window=window, alpha=alpha)
        tell(found.trust, (Result.ORDER, Result.CYCLE_TIME), apart=as_json)
    return show_json(found) if as_json else _print_drift(found, every)


def _print_causes(found: Causes, most: int) -> None:
    from app.theme.formats import plural
    from mining.causes.words import those_that

    out = console()
    out.print(
        f"{found.log} version {found.version}: {found.marked:,} of {plural(found.cases, 'case')} "
        f"{those_that(found.mark)}, among {found.base}.", markup=False,
    )  # fmt: skip
    if found.withheld:
        return out.print(f"Withheld: {found.withheld}", markup=False)
    out.print(
        f"{plural(found.tested, 'factor')} with at least {plural(found.support, 'case')} "
        f"{'was' if found.tested == 1 else 'were'} tested; {found.found:,} stand out at a "
        f"false discovery rate of {per_cent(found.alpha)}" + ", corrected for all of them.\n",
        markup=False,
    )
    factors = [*found.more, *found.less]
    for factor in factors[:most]:
        out.print(f"- {factor.sentence}", markup=False)
    say_rest(min(most, len(factors)), len(factors), "factors")
    if found.follows:
        out.print("\nFollows from the mark, so that it cannot be why:", markup=False)
        for late in found.follows[:most]:
            out.print(f"- {late.what}: {late.reason}.", markup=False)
        say_rest(min(most, len(found.follows)), len(found.follows), "that follow from it")
        out.print()
    for left in found.left_out:
        out.print(f"Left out: {left.what}: {left.reason}.", markup=False)
    for note in found.notes:
        out.print(f"\n{note}", markup=False)
    return None


def _print_sides(found: SideBySide, most: int) -> None:
    from app.apart import apart, estimated
    from mining.compare.values import SideUnit

    out = console()
    if found.withheld:
        return out.print(f"Withheld: {found.withheld}", markup=False)
    rows = (
        (m.title, estimated(m.a, m.unit), estimated(m.b, m.unit), apart(m.difference, m.unit), m.why_not)
        for m in found.metrics
    )
    names = [f"{side}: {s.log} v{s.version}" for side, s in (("A", found.a), ("B", found.b))]
    show_table(("", *names, "B minus A (95 % interval)", "why not"), rows, empty="")
    out.print(f"\nWhat differs, of {len(found.differences):,} activities, paths, starts and ends:\n", markup=False)
    shares = (
        (d.thing.value, d.source if d.source == d.target and d.thing.value != "path" else f"{d.source} → {d.target}",
         per_cent(d.a.share if d.a else 0.0), per_cent(d.b.share if d.b else 0.0),
         f"only in {d.only_in}" if d.only_in else apart(d.share, SideUnit.SHARE))
        for d in found.told[:most]
    )  # fmt: skip
    show_table(("", "", "of A's cases", "of B's cases", "B minus A"), shares, empty="Nothing beyond chance.")
    say_rest(min(most, len(found.told)), len(found.told), "differences")
    for note in found.notes:
        out.print(f"\n{note}", markup=False)
    return None


def _print_drift(found: Drift, every: bool) -> None:
    from app.theme.formats import duration, plural

    out = console()
    if found.withheld:
        return out.print(f"Withheld: {found.withheld}", markup=False)
    out.print(
        f"{found.log} version {found.version}: {plural(len(found.points), 'drift point')}. Windows of {found.window:,} "
        f"cases were compared at {found.places} places; a log without drift shows one with a chance of at most "
        f"{found.alpha:g}.",
        markup=False,
    )
    for point in top(found.points, every):
        out.print(f"\n{point.moment:%Y-%m-%d}: {per_cent(point.strength)} of the steps moved", markup=False)
        for change in point.changes if every else point.changes[:_CHANGES]:
            write = duration if change.kind.value == "cycle time" else per_cent
            alike = [*change.also[:3], *([f"{len(change.also) - 3} more"] if len(change.also) > 3 else [])]
            also = f" (the same: {'; '.join(alike)})" if alike else ""
            what = f" {change.what}" if change.what else ", median"
            out.print(
                f"  {change.kind.value}{what}: {write(change.before)} before, {write(change.after)} after{also}",
                markup=False,
            )
        if not every and len(point.changes) > _CHANGES:
            out.print(f"  and {len(point.changes) - _CHANGES} more changes; `--all` gives every one", markup=False)
        if point.doubt:
            out.print(f"  In doubt: {point.doubt}", markup=False)
    say_rest(len(top(found.points, every)), len(found.points), "drift points")
    return None
