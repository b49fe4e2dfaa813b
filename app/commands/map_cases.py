"""`tandem map variants`, `cases`, `case` and `events`: from the ways work takes down to the raw events of one case."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from app.context import Filters, Json, workspace
from app.output import console, show_json, show_table

Log = Annotated[str, typer.Argument(help="Name of the event log.")]
Version = Annotated[int | None, typer.Option("--version", help="Which version. Default: the newest.")]
Limit = Annotated[int, typer.Option("--limit", help="Most rows to show.")]
Offset = Annotated[int, typer.Option("--offset", help="How many to leave out before.")]


def register(app: typer.Typer) -> None:
    """Add the verbs to `tandem map`, which is registered before."""
    noun = next(group.typer_instance for group in app.registered_groups if group.name == "map")
    assert noun is not None
    for name, verb in (("variants", _variants), ("cases", _cases), ("case", _case), ("events", _events)):
        noun.command(name)(verb)


def _variants(
    log: Log,
    version: Version = None,
    filters: Filters = "",
    limit: Limit = 20,
    offset: Offset = 0,
    as_json: Json = False,
) -> None:
    """List the variants with their cases, cumulative coverage, and cycle time."""
    from app.simulation import say_simulated
    from app.theme.formats import duration, share
    from app.trusting import tell
    from core import find_selection
    from ingest import Result
    from mining import list_variants

    with workspace() as ws:
        selection = find_selection(ws, log, filters)
        found = list_variants(ws, log, version, selection=selection, limit=limit, offset=offset)
        tell(ws, [ws.logs.get(log, version)], (Result.VARIANTS, Result.CYCLE_TIME), apart=as_json)
        say_simulated(ws, [ws.logs.get(log, version)], apart=as_json)
    if as_json:
        return show_json(found)
    rows = (
        (v.number, f"{v.cases:,}", share(v.share), share(v.covered), duration(v.median_seconds), v.digest,
         " → ".join(v.trace))
        for v in found.rows
    )  # fmt: skip
    columns = ("no.", "cases", "share", "covered", "median cycle time", "digest", "trace")
    show_table(columns, rows, empty="No case is selected.")
    console().print(f"{len(found.rows)} of {found.variants:,} variants, {found.cases:,} cases.", markup=False)
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
    offset: Offset = 0,
    as_json: Json = False,
) -> None:
    """List the cases: when they ran, how long they took, waiting, rework, performers."""
    from app.simulation import say_simulated
    from app.theme.formats import duration
    from app.trusting import tell
    from core import BadInput, find_selection
    from ingest import Result
    from mining import CaseOrder, list_cases

    if by not in set(CaseOrder):
        raise BadInput(f"Cases cannot be sorted by `{by}`. Use one of: {', '.join(f'`{o}`' for o in CaseOrder)}.")
    with workspace() as ws:
        found = list_cases(
            ws, log, version, selection=find_selection(ws, log, filters), by=CaseOrder(by), descending=descending,
            search=search, limit=limit, offset=offset,
        )  # fmt: skip
        tell(ws, [ws.logs.get(log, version)], (Result.CYCLE_TIME, Result.WAITING_TIME), apart=as_json)
        say_simulated(ws, [ws.logs.get(log, version)], apart=as_json)
    if as_json:
        return show_json(found)
    rows = (
        (c.case, f"{c.started:%Y-%m-%d %H:%M}", duration(c.cycle_seconds), c.events, duration(c.waiting_seconds),
         c.rework, c.performers, c.last_activity)
        for c in found.rows
    )  # fmt: skip
    columns = ("case", "started (UTC)", "cycle time", "instances", "waiting", "rework", "performers", "last activity")
    show_table(columns, rows, empty="No case is selected.")
    console().print(f"{len(found.rows)} of {found.cases:,} cases.", markup=False)
    return None


def _case(
    log: Log,
    case: Annotated[str, typer.Argument(help="Identifier of the case.")],
    version: Version = None,
    as_json: Json = False,
) -> None:
    """Tell the story of one case: every activity instance with its waiting time, performer and attributes."""
    from app.simulation import say_simulated
    from app.theme.formats import duration
    from app.trusting import tell
    from ingest import Result
    from mining import case_story

    with workspace() as ws:
        found = case_story(ws, log, case, version)
        tell(ws, [ws.logs.get(log, version)], (Result.CYCLE_TIME, Result.WAITING_TIME), apart=as_json)
        say_simulated(ws, [ws.logs.get(log, version)], apart=as_json)
    if as_json:
        return show_json(found)
    total = (found.ended - found.started).total_seconds()
    console().print(f"Case {found.case}: {len(found.instances)} activity instances, {duration(total)}", markup=False)
    _say(found.attributes)
    rows = (
        (i.position, f"{i.started or i.ended:%Y-%m-%d %H:%M:%S}", i.activity, i.performer or "", i.system or "",
         "" if i.waiting is None else duration(i.waiting), "" if i.service is None else duration(i.service))
        for i in found.instances
    )  # fmt: skip
    show_table(("no.", "time (UTC)", "activity", "performer", "system", "waited", "service"), rows, empty="")
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
    from core import find_selection
    from mining import export_events

    with workspace() as ws:
        selection = find_selection(ws, log, filters)
        written = export_events(ws, log, output, version, selection=selection, replace=replace)
    if as_json:
        return show_json({"file": output, "events": written})
    return console().print(f"Wrote {output}: {written:,} activity instances.", markup=False)


def _say(attributes: Any) -> None:
    for name, value in attributes.items():
        console().print(f"  {name}: {value}", markup=False)
