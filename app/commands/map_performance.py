"""`tandem map performance`: where the time of an event log goes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands import noun
from app.context import All, Filters, Json, Version, workspace
from app.output import console, show_json, show_table

if TYPE_CHECKING:
    from mining.performance import Bottlenecks, Breakdown, GroupTimes, Spread, TimeSummary


def register(app: typer.Typer) -> None:
    """Add `performance` to `tandem map`, which is registered before."""
    group = noun(app, "map")
    group.command("performance")(_performance)


def _performance(
    log: Annotated[str, typer.Argument(help="Name of the event log.")],
    version: Version = None,
    by: Annotated[
        str, typer.Option("--by", help="Times by activity, path, performer, system, weekday or hour.")
    ] = "activity",
    filters: Filters = "",
    calendar: Annotated[
        str | None, typer.Option("--calendar", help="Measure working time by this business calendar.")
    ] = None,
    every: All = False,
    as_json: Json = False,
) -> None:
    """Tell where the time goes: waiting, service and cycle time, bottlenecks, rework, by whatever is asked."""
    from app.told import tell
    from core.trust import Result
    from core.view import find_view
    from mining.performance import performance_overview, rework_cost, times_by

    with workspace() as ws:
        view = find_view(ws, log, version, filters, calendar)
        found = times_by(ws, view, by=by)
        whole = performance_overview(ws, view)
        rework = rework_cost(ws, view)
        told = (Result.CYCLE_TIME, Result.WAITING_TIME, Result.SERVICE_TIME, Result.THROUGHPUT)
        tell(found.trust, told, apart=as_json)
    if as_json:
        return show_json({
            "summary": whole.summary, "bottlenecks": whole.bottlenecks.rows, "by": found.by, "times": found.rows,
            "withheld": found.withheld, "rework": rework, "notes": whole.summary.carries.notes,
        })  # fmt: skip
    _summary(whole.summary)
    _bottlenecks(whole.bottlenecks, every)
    return _times(found, every)


def _summary(found: TimeSummary) -> None:
    from app.theme.formats import NOTHING, plural, share

    time = f"working time of {found.carries.calendar}" if found.carries.calendar else "calendar time"
    sizes = f"{plural(found.cases, 'case')}, {plural(found.instances, 'activity instance')}"
    timed = found.cycle.count if found.cycle else 0
    of = "" if timed == found.cases else f"; {timed:,} of the cases have a cycle time"
    console().print(f"{sizes}; {time}{of}\n", markup=False)
    working = found.carries.calendar is not None
    rows = [
        ("cycle time", *_spread(found.cycle, working)[1:5], ""),
        ("waiting", *_spread(found.waiting, working)[1:5], share(found.waiting_share)),
        ("service", *_spread(found.service, working)[1:5], share(found.service_share)),
    ]
    show_table(("time", "mean", "median", "95 % within", "total", "of waiting and service"), rows, empty="")
    per_day = NOTHING if found.completed_a_day is None else f"{found.completed_a_day:,.1f} cases a day"
    wip = NOTHING if found.open_mean is None else f"{found.open_mean:,.1f} cases on average"
    console().print(f"completed: {per_day}; open at once: {wip}", markup=False)
    for note in found.carries.notes:
        console().print(note, markup=False)


def _bottlenecks(found: Bottlenecks, every: bool) -> None:
    from app.theme.formats import duration, hours, share

    said = hours if found.carries.calendar else duration
    console().print("\nBottlenecks: total of what each wait has above the 25th percentile of its path", markup=False)
    rows = (
        (b.name, f"{b.count:,}", f"{b.cases:,}", said(b.reference), said(b.median), said(b.delay),
         share(b.delay_share))
        for b in found.rows
    )  # fmt: skip
    columns = ("path", "times", "cases delayed", "25 % within", "median wait", "total delay", "of all delay")
    show_table(columns, rows, empty="No activity follows another.", every=every, what="paths")


def _times(found: Breakdown, every: bool) -> None:
    console().print(f"\nTimes by {found.by.value}", markup=False)
    if found.withheld:
        console().print(found.withheld, markup=False)
        return
    columns = (
        found.by.value, "instances", "cases", "waiting: median", "95 % within", "total", "share",
        "service: median", "total", "cycle time: median",
    )  # fmt: skip
    rows = (tuple(_cells(row, found.carries.calendar is not None)) for row in found.rows)
    show_table(columns, rows, empty="There is nothing to group.", every=every)


def _cells(row: GroupTimes, working: bool) -> Iterator[str]:
    waiting, service, cycle = (_spread(times, working) for times in (row.waiting, row.service, row.cycle))
    yield from (row.name, f"{row.instances:,}", f"{row.cases:,}", waiting[2], waiting[3], waiting[4], waiting[5])
    yield from (service[2], service[4], cycle[2])


def _spread(found: Spread | None, working: bool) -> tuple[str, ...]:
    """Count, mean, median, 95th percentile, total and share as words; dashes where there is none."""
    from app.theme.formats import NOTHING, duration, hours, share

    said = hours if working else duration
    if found is None:
        return (NOTHING,) * 6
    times = (said(t) for t in (found.mean, found.median, found.p95, found.total))
    return (f"{found.count:,}", *times, share(found.share))
