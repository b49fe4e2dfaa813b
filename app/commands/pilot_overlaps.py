"""`tandem pilot overlaps`, `clusters`, `ask`, `answer`, `link`, `unlink`: which pilots do the same work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.commands import noun
from app.context import Acting, All, Json, actor, workspace
from app.output import console, show_json, show_table
from core.figures import per_cent

if TYPE_CHECKING:
    from inventory import Overlaps, PilotCluster

Asked = Annotated[list[int], typer.Argument(help="Ids of the pilots that were asked about, as `pilot ask` gives them.")]
Same = Annotated[
    str, typer.Option("--same", help="Ids of those that do the same work, `,` between. Default: no two of them do.")
]
Number = Annotated[int, typer.Option("--number", help="How many lists.", min=1, max=50)]
One = Annotated[int, typer.Argument(help="Id of the pilot.")]
Label = Annotated[str, typer.Argument(help="The activity as the pilot's sheet names it.")]
Activity = Annotated[str, typer.Argument(help="The mined activity that it stands for.")]
Log = Annotated[str, typer.Option("--log", help="Event log that has it. Default: the first that does.")]


def register(app: typer.Typer) -> None:
    """Add the verbs to `tandem pilot`."""
    pilot = noun(app, "pilot")
    pilot.command("overlaps")(_overlaps)
    pilot.command("clusters")(_clusters)
    pilot.command("ask")(_ask)
    pilot.command("answer")(_answer)
    pilot.command("link")(_link)
    pilot.command("unlink")(_unlink)


def _overlaps(every: All = False, as_json: Json = False) -> None:
    """List pairs of pilots that may do the same work, same mined task first, then the likeliest."""
    from inventory import overlaps

    with workspace() as ws:
        found = overlaps(ws)
    if as_json:
        return show_json(found)
    rows = (
        (f"{o.first} {o.first_name}", f"{o.second} {o.second_name}", per_cent(o.probability),
         "yes" if o.shown else "", o.reason)
        for o in found.pairs
    )  # fmt: skip
    headings = ("pilot", "pilot", "probability", "shown as the same work", "evidence")
    show_table(headings, rows, empty="No two pilots seem to do the same work.", every=every)
    _say(found)
    return None


def _clusters(every: All = False, as_json: Json = False) -> None:
    """List groups of pilots that are shown as the same work, with cost, status, users and mined work beside them."""
    from inventory import overlaps

    with workspace() as ws:
        found = overlaps(ws)
    if as_json:
        return show_json(found.clusters)
    headings = ("pilots", "departments", "status", "users", "cost a month", "mined work", "why")
    empty = "No pilots are shown as the same work."
    show_table(headings, map(_row, found.clusters), empty=empty, every=every)
    _say(found)
    return None


def _ask(number: Number = 1, as_json: Json = False) -> None:
    """Show the six pilots about which an answer would teach most: which of them do the same work?"""
    from inventory import tick_lists

    with workspace() as ws:
        found = tick_lists(ws, number)
    if as_json:
        return show_json(found)
    if not found:
        console().print("There is nothing to ask: no two pilots are in doubt.")
    for one in found:
        rows = zip(one.pilots, one.names, one.departments, one.purposes, strict=True)
        show_table(("id", "pilot", "department", "purpose"), rows, empty="", every=True)
        asked = " ".join(map(str, one.pilots))
        console().print(f"Which of these do the same work? tandem pilot answer {asked} --same ID,ID", markup=False)
        console().print("Without --same: no two of them do.")
    return None


def _answer(asked: Asked, same: Same = "", acting: Acting = "", as_json: Json = False) -> None:
    """Answer which of some pilots do the same work. An answer weighs and links nothing; answer again to change it."""
    from app.verbs import answer_tick_list
    from inventory import overlaps

    ticked = _numbers(same)
    with workspace() as ws:
        done = answer_tick_list(ws, asked, ticked, by=actor(ws, acting))
        found = overlaps(ws).precision
    if as_json:
        return show_json(done)
    said = f"{len(done.ticked)} of {len(done.asked)} do the same work" if done.ticked else "no two do the same work"
    console().print(f"Answer {done.id} of {done.by}: {said}. {found.in_words()}", markup=False)
    return None


def _link(pilot: One, name: Label, activity: Activity, log: Log = "", acting: Acting = "") -> None:
    """Say which mined activity a pilot's own words stand for. It counts as if the pilot named that activity."""
    from app.verbs import link_activity

    with workspace() as ws:
        done = link_activity(ws, pilot, name, activity, log or None, by=actor(ws, acting))
    said = f"`{done.label}` of pilot {done.pilot} stands for `{done.activity}` in `{done.log}`."
    console().print(said, markup=False)


def _unlink(pilot: One, name: Label, acting: Acting = "") -> None:
    """Withdraw what was said a pilot's own words stand for."""
    from app.verbs import unlink_activity

    with workspace() as ws:
        unlink_activity(ws, pilot, name, by=actor(ws, acting))
    console().print(f"`{name}` of pilot {pilot} stands for nothing that was mined.", markup=False)


def _say(found: Overlaps) -> None:
    console().print(found.note, markup=False)
    console().print(found.precision.in_words(), markup=False)


def _row(one: PilotCluster) -> tuple[object, ...]:
    pilots = "\n".join(f"{number} {name}" for number, name in zip(one.pilots, one.names, strict=True))
    users = None if one.users is None else f"{one.users:,} (known of {one.users_known})"
    cost = " + ".join(f"{c.amount:,.2f} {c.currency}" for c in one.costs)
    return (
        pilots,
        "\n".join(one.departments),
        "\n".join(one.statuses),
        users,
        f"{cost} (known of {one.costs_known})" if cost else None,
        "\n".join(p.in_words() for p in one.proof),
        " ".join(one.reasons),
    )


def _numbers(text: str) -> list[int]:
    """The ids in `text`. Raises BadParameter for what is no number."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    for part in parts:
        if not part.isdecimal():
            raise typer.BadParameter(f"`{part}` is no id. Say the pilots' ids with `,` between, such as 3,7.")
    return [int(part) for part in parts]
