"""`tandem calendar`: business calendars, by whose working time waits and cycles can be measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from app.context import Acting, All, Json, actor, workspace
from app.output import console, show_json, show_table

Name = Annotated[str, typer.Argument(help="Name of the calendar.")]


def register(app: typer.Typer) -> None:
    """Add `tandem calendar` and its verbs."""
    noun = typer.Typer(help="Business calendars: working hours, holidays, days off.", no_args_is_help=True)
    for name, verb in (("save", _save), ("list", _list), ("show", _show), ("delete", _delete)):
        noun.command(name)(verb)
    app.add_typer(noun, name="calendar")


def _save(
    name: Name,
    hours: Annotated[
        list[str] | None,
        typer.Option(
            "--hours",
            help="Days, hours: `--hours 'mon-fri 09:00-12:00 17:00-01:00'`. Repeatable; those of a day add up.",
        ),
    ] = None,
    zone: Annotated[str, typer.Option("--timezone", help="Time zone of the hours, such as Europe/Berlin.")] = "UTC",
    country: Annotated[str, typer.Option("--country", help="Country whose public holidays are free: DE, FR, US.")] = "",
    subdivision: Annotated[str, typer.Option("--subdivision", help="Its state or province, such as BY or CA.")] = "",
    off: Annotated[
        list[str] | None, typer.Option("--day-off", help="A further free day, 2026-12-24. Repeatable.")
    ] = None,
    worked: Annotated[
        list[str] | None, typer.Option("--day-worked", help="A public holiday that is worked. Repeatable.")
    ] = None,
    file: Annotated[Path | None, typer.Option("--file", help="Take it from this JSON file instead.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace the calendar of this name.")] = False,
    acting: Acting = "",
    as_json: Json = False,
) -> None:
    """Keep a business calendar under a name; with every problem named, or stored as a whole."""
    from app.verbs import save_calendar
    from core.calendar import calendar_from_dict, parse_hours

    if file is not None:
        data = {**_from_file(file), "name": name}
    else:
        data = {
            "name": name, "time_zone": zone, "hours": parse_hours(hours or []), "country": country,
            "subdivision": subdivision, "days_off": off or [], "days_worked": worked or [],
        }  # fmt: skip
    with workspace() as ws:
        saved = save_calendar(ws, calendar_from_dict(data), replace=replace, by=actor(ws, acting))
    if as_json:
        return show_json(saved.to_dict())
    return console().print(f"Saved calendar {saved.name}: {saved.in_words()}.", markup=False)


def _list(every: All = False, as_json: Json = False) -> None:
    """List every calendar that is kept."""
    from core.calendar import list_calendars

    with workspace() as ws:
        found = list_calendars(ws)
    if as_json:
        return show_json([c.to_dict() for c in found])
    return show_table(
        ("calendar", "working hours"),
        ((c.name, c.in_words()) for c in found),
        empty="There is no calendar yet. Keep one with `tandem calendar save`.",
        every=every,
    )


def _show(name: Name, every: All = False, as_json: Json = False) -> None:
    """Show one calendar, with the public holidays of this year."""
    from core.calendar import get_calendar, public_holidays

    with workspace() as ws:
        found, year = get_calendar(ws, name), ws.clock.now().year
    free = sorted(public_holidays(found.country, found.subdivision, year))
    if as_json:
        return show_json({**found.to_dict(), "public_holidays": {str(year): free}})
    console().print(f"{found.name}: {found.in_words()}", markup=False)
    days = (("day off", found.days_off), ("worked", found.days_worked), (f"public holiday {year}", free))
    rows = ((day.isoformat(), what) for what, listed in days for day in listed)
    return show_table(("day", "is"), rows, empty="No holidays and no days of its own.", every=every)


def _delete(name: Name, acting: Acting = "", as_json: Json = False) -> None:
    """Remove a calendar. Results measured by it are not kept anywhere, so nothing else changes."""
    from app.verbs import delete_calendar

    with workspace() as ws:
        delete_calendar(ws, name, by=actor(ws, acting))
    if as_json:
        return show_json({"deleted": name})
    return console().print(f"Deleted calendar {name}.", markup=False)


def _from_file(path: Path) -> Any:
    from core.errors import BadInput

    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BadInput(f"`{path}` cannot be read as a calendar: {error}.") from None
    if not isinstance(data, dict):
        raise BadInput(f"`{path}` is not a JSON object with a calendar in it.")
    return data
