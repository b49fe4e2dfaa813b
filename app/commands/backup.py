"""`tandem backup`: a copy of the home."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.context import Acting, Json, actor, workspace
from app.output import console, show_json


def register(app: typer.Typer) -> None:
    """Add `backup` to the command line."""
    app.command("backup")(_backup)


def _backup(
    folder: Annotated[Path, typer.Argument(help="New or empty folder that the copy goes into, not in the home.")],
    acting: Acting = "",
    as_json: Json = False,
) -> None:
    """Copy the home while it is in use: database, event logs, calendars, connectors and keys. The copy is a home."""
    from app.theme.formats import plural
    from app.verbs import back_up_home

    with workspace() as ws:
        made = back_up_home(ws, folder, by=actor(ws, acting))
    if as_json:
        return show_json(made)
    also = "" if made.database else " The operational database is on PostgreSQL: copy it with `pg_dump`."
    return console().print(
        f"Copied {plural(made.logs, 'event log version')} to {made.folder}.{also} To restore, stop everything and set "
        "TANDEM_HOME to the copy, or put it in the place of the home.",
        markup=False,
    )
