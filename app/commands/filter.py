"""`tandem filter`: sets of filters, kept under a name for an event log."""

from __future__ import annotations

from typing import Annotated

import typer

from app.context import Acting, All, Json, Version, actor, workspace
from app.output import console, show_json, show_table

Log = Annotated[str, typer.Argument(help="Name of the event log.")]
Name = Annotated[str, typer.Argument(help="Name of the set of filters.")]
Text = Annotated[str, typer.Argument(help='Filters as JSON, such as `[{"kind":"rework"}]`. See docs/filters.md.')]


def register(app: typer.Typer) -> None:
    """Add `tandem filter` and its verbs."""
    noun = typer.Typer(help="Keep sets of filters, and see what each filter leaves.", no_args_is_help=True)
    for name, verb in (("save", _save), ("list", _list), ("show", _show), ("delete", _delete)):
        noun.command(name)(verb)
    app.add_typer(noun, name="filter")


def _save(log: Log, name: Name, filters: Text, acting: Acting = "", as_json: Json = False) -> None:
    """Save filters under a name; other commands and the dashboards use them as `@name`."""
    from app.theme.formats import plural
    from app.verbs import save_selection
    from core.selection.selection import Selection

    with workspace() as ws:
        selection = Selection.parse(filters)
        ws.logs.remaining(ws.logs.get(log), selection)  # names that the log does not have are told now
        saved = save_selection(ws, log, name, selection, by=actor(ws, acting))
    if as_json:
        return show_json({"log": saved.log, "name": saved.name, "filters": saved.selection.text()})
    return console().print(f"Saved: {name} has {plural(len(selection.filters), 'filter')} for {log}.", markup=False)


def _list(log: Log, every: All = False, as_json: Json = False) -> None:
    """List the sets of filters of an event log."""
    from app.simulation import marked_names, name_of
    from core.selection.kept import saved_selections

    with workspace() as ws:
        saved, names = saved_selections(ws, log), marked_names(ws)
    if as_json:
        return show_json([{"name": s.name, "filters": s.selection.text(), "by": s.created_by} for s in saved])
    rows = ((s.name, "; ".join(f.in_words() for f in s.selection.filters), name_of(names, s.created_by)) for s in saved)
    show_table(("name", "filters", "saved by"), rows, empty=f"No set of filters is saved for {log}.", every=every)
    return None


def _show(
    log: Log,
    filters: Annotated[str, typer.Argument(help="Filters as JSON, or `@name` of a saved set.")],
    version: Version = None,
    as_json: Json = False,
) -> None:
    """Show what each filter leaves, one after the other."""
    from app.theme.formats import share
    from core.selection.kept import find_selection

    with workspace() as ws:
        found = ws.logs.get(log, version)
        selection = find_selection(ws, log, filters)
        left = ws.logs.remaining(found, selection)
    steps = [(f.in_words(), r) for f, r in zip(selection.active, left, strict=True)]
    if as_json:
        told = [
            {"filter": said, "cases": r.cases, "events": r.events, "share": r.cases / found.cases} for said, r in steps
        ]
        return show_json({"log": log, "version": found.version, "cases": found.cases, "steps": told})
    rows = ((said, f"{r.cases:,}", f"{r.events:,}", share(r.cases / found.cases)) for said, r in steps)
    show_table(("filter", "cases left", "instances left", "of all cases"), rows, empty="There is no filter.")
    return None


def _delete(log: Log, name: Name, acting: Acting = "") -> None:
    """Delete a saved set of filters."""
    from app.verbs import forget_selection

    with workspace() as ws:
        forget_selection(ws, log, name, by=actor(ws, acting))
    console().print(f"Deleted: {name}.", markup=False)
