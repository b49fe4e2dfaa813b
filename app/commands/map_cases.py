"""`tandem map variants`, `cases`, `case` and `events`: from the ways work takes down to the raw events of one case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands import noun
from app.context import All, Filters, Json, Version, workspace
from app.output import console, rest_of, show_json, show_table
from app.paging import pages

if TYPE_CHECKING:
    from mining.cases import CasePage

Log = Annotated[str, typer.Argument(help="Name of the event log.")]
Limit = Annotated[int, typer.Option("--limit", help="Most rows to show.")]
Offset = Annotated[int, typer.Option("--offset", help="How many to leave out before.")]


def register(app: typer.Typer) -> None:
    """Add the verbs to `tandem map`, which is registered before."""
    group = noun(app, "map")
    for name, verb in (("variants", _variants), ("cases", _cases), ("case", _case), ("events", _events)):
        group.command(name)(verb)


def _variants(
    log: Log,
    version: Version = None,
    filters: Filters = "",
    limit: Limit = 20,
    every: All = False,
    offset: Offset = 0,
    as_json: Json = False,
) -> None:
    """List the variants with their cases, cumulative coverage, and cycle time."""
    from app.theme.formats import duration, plural, share
    from app.told import tell
    from core.trust import Result
    from core.view import find_view
    from mining.cases import list_variants

    with workspace() as ws:
        view = find_view(ws, log, version, filters)
        found = pages(
            lambda most, before: list_variants(ws, view, limit=most, offset=before), "rows", limit, offset, every
        )
        tell(found.trust, (Result.VARIANTS, Result.CYCLE_TIME), apart=as_json)
    if as_json:
        return show_json(found)
    rows = (
        (v.number, f"{v.cases:,}", share(v.share), share(v.covered), duration(v.median_seconds), v.digest,
         " → ".join(v.trace))
        for v in found.rows
    )  # fmt: skip
    columns = ("no.", "cases", "share", "covered", "median cycle time", "digest", "trace")
    show_table(columns, rows, empty="No case is selected.")
    rest = rest_of(len(found.rows), found.variants)
    console().print(
        f"{len(found.rows)} of {plural(found.variants, 'variant')}, {plural(found.cases, 'case')}.{rest}", markup=False
    )
    return None


def _cases(
    log: Log,
    version: Version = None,
    filters: Filters = "",
    by: Annotated[
        str, typer.Option("--by", help="Sorted by `started`, `ended`, `cycle_time` or `events`.")
    ] = "started",
    descending: Annotated[bool, typer.Option("--descending", help="The largest first.")] = False,
    search: Annotated[str, typer.Option("--search", help="Only cases with this in their identifier.")] = "",
    limit: Limit = 20,
    every: All = False,
    offset: Offset = 0,
    as_json: Json = False,
) -> None:
    """List the cases: when they ran, how long they took, waiting, rework, performers."""
    from app.theme.formats import duration, plural
    from app.told import tell
    from core.errors import BadInput
    from core.trust import Result
    from core.view import find_view
    from mining.cases import CaseOrder, list_cases

    if by not in set(CaseOrder):
        raise BadInput(f"Cases cannot be sorted by `{by}`. Use one of: {', '.join(f'`{o}`' for o in CaseOrder)}.")
    with workspace() as ws:
        view = find_view(ws, log, version, filters)

        def ask(most: int, before: int) -> CasePage:
            return list_cases(
                ws, view, by=CaseOrder(by), descending=descending, search=search, limit=most, offset=before
            )

        found: CasePage = pages(ask, "rows", limit, offset, every)
        tell(found.trust, (Result.CYCLE_TIME, Result.WAITING_TIME), apart=as_json)
    if as_json:
        return show_json(found)
    rows = (
        (c.case, f"{c.started:%Y-%m-%d %H:%M}", duration(c.cycle_seconds), c.events, duration(c.waiting_seconds),
         c.rework, c.performers, c.last_activity)
        for c in found.rows
    )  # fmt: skip
    columns = ("case", "started (UTC)", "cycle time", "instances", "waiting", "rework", "performers", "last activity")
    show_table(columns, rows, empty="No case is selected.")
    rest = rest_of(len(found.rows), found.cases)
    console().print(f"{len(found.rows)} of {plural(found.cases, 'case')}.{rest}", markup=False)
    return None


def _case(
    log: Log,
    case: Annotated[str, typer.Argument(help="Identifier of the case.")],
    version: Version = None,
    every: All = False,
    as_json: Json = False,
) -> None:
    """Tell the story of one case: every activity instance with its waiting time, performer and attributes."""
    from app.theme.formats import duration, plural
    from app.told import tell
    from core.trust import Result
    from core.view import find_view
    from mining.cases import case_story

    with workspace() as ws:
        found = case_story(ws, find_view(ws, log, version), case)
        tell(found.trust, (Result.CYCLE_TIME, Result.WAITING_TIME), apart=as_json)
    if as_json:
        return show_json(found)
    told = found.state if found.cycle is None else duration(found.cycle)
    console().print(
        f"Case {found.case}: {plural(len(found.instances), 'activity instance')}, {told}",
        markup=False,
    )
    _say(found.attributes)
    rows = (
        (i.position, f"{i.started or i.ended:%Y-%m-%d %H:%M:%S}", i.activity, i.performer or "", i.system or "",
         "" if i.waiting is None else duration(i.waiting), "" if i.service is None else duration(i.service))
        for i in found.instances
    )  # fmt: skip
    columns = ("no.", "time (UTC)", "activity", "performer", "system", "waited", "service")
    show_table(columns, rows, empty="", every=every, what="activity instances")
    return None


def _events(
    log: Log,
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write: `.csv` or `.parquet`.")],
    version: Version = None,
    filters: Filters = "",
    replace: Annotated[bool, typer.Option("--replace", help="Replace the file if it is there.")] = False,
    as_json: Json = False,
) -> None:
    """Write the activity instances, with all their attributes, to a file."""
    from app.theme.formats import plural
    from core.view import find_view
    from mining.cases import export_events

    with workspace() as ws:
        view = find_view(ws, log, version, filters)
        written = export_events(ws, view, output, replace=replace)
    if as_json:
        return show_json({"file": output, "events": written})
    return console().print(f"Wrote {output}: {plural(written, 'activity instance')}.", markup=False)


def _say(attributes: Any) -> None:
    for name, value in attributes.items():
        console().print(f"  {name}: {value}", markup=False)
