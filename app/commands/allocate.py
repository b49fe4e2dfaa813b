"""`tandem allocate`: who should do each activity of a workflow map, and what a person decided instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from app.context import Acting, All, Json, Version, actor, workspace
from app.output import console, say_rest, show_json, show_table, top

if TYPE_CHECKING:
    from mining.allocation import Allocation, AllocationOutcome


def register(app: typer.Typer) -> None:
    """Add `tandem allocate`."""
    app.command("allocate")(_allocate)


def _allocate(
    map_name: Annotated[str, typer.Argument(metavar="MAP", help="Name of the workflow map.")],
    version: Version = None,
    overrides: Annotated[
        list[str] | None,
        typer.Option(
            "--override", metavar="ACTIVITY=OUTCOME", help="Put an outcome in force for an activity; repeatable."
        ),
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why the computed outcome is overridden.")] = "",
    acting: Acting = "",
    every: All = False,
    as_json: Json = False,
) -> None:
    """Allocate each activity of a map to agent or human, with two scores, their evidence and the reasons in words."""
    from app.simulation import marked_names
    from app.verbs import allocate, override
    from core.errors import BadInput, not_found
    from mining.allocation import allocations

    wanted = [_parsed(text) for text in overrides or ()]
    if wanted and not reason.strip():
        raise BadInput("An override needs a reason. Say why with `--reason`.")
    with workspace() as ws:
        by = actor(ws, acting)
        found = allocate(ws, map_name, version, by=by)
        if wanted:
            known = {allocation.activity for allocation in found}
            for activity, _ in wanted:
                if activity not in known:  # before the first is stored
                    raise not_found(f"activity in map `{map_name}`", activity, known)
            for activity, outcome in wanted:
                override(ws, map_name, version, activity, outcome, reason, by)
            found = allocations(ws, map_name, version)
        names = marked_names(ws)
    if as_json:
        return show_json(found)
    return _print(found, names, every)


def _parsed(text: str) -> tuple[str, AllocationOutcome]:
    from core.errors import BadInput, not_found
    from mining.allocation import AllocationOutcome

    activity, separator, name = text.rpartition("=")
    if not separator or not activity:
        raise BadInput(f"`{text}` is not an override. Write `ACTIVITY=OUTCOME`, such as `Send reminder=human only`.")
    try:
        return activity, AllocationOutcome(name.strip())
    except ValueError:
        raise not_found("outcome", name.strip(), [outcome.value for outcome in AllocationOutcome]) from None


def _print(found: tuple[Allocation, ...], names: Mapping[str, str], every: bool) -> None:
    from app.simulation import name_of

    rows = (
        (a.activity, a.outcome + (" (overridden)" if a.override else ""),
         "–" if a.suitability is None else f"{a.suitability:.0f}", f"{a.value:.0f}", f"{100 * a.coverage:.0f} %")
        for a in top(found, every)
    )  # fmt: skip
    show_table(("activity", "outcome", "suitability", "value", "evidence"), rows, empty="The map has no activity.")
    console().print()
    for allocation in top(found, every):
        said = " ".join(allocation.reasons)
        if allocation.override:
            made = allocation.override
            said = f"{name_of(names, made.by)}: {made.reason} Computed: {allocation.computed}. {said}"
        console().print(f"{allocation.activity}: {said}", markup=False)
    say_rest(len(top(found, every)), len(found), "activities")
