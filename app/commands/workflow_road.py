"""`tandem workflow road`: how far is each workflow, from its event log to its KPIs, and what is next?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.commands import noun
from app.context import Json, workspace
from app.output import console, show_json, show_table

if TYPE_CHECKING:
    from app.verbs.roads import Road, Stage

Which = Annotated[str | None, typer.Argument(help="Name of the workflow, map or event log. Default: every one.")]


def register(app: typer.Typer) -> None:
    """Add the verb to `tandem workflow`, which is registered before."""
    noun(app, "workflow").command("road")(_road)


def _road(name: Which = None, as_json: Json = False) -> None:
    """Show how far each workflow is on its road: what there is, what is missing, what is next."""
    from app.verbs.roads import landscape, roads
    from core.errors import not_found

    with workspace() as ws:
        found = roads(landscape(ws))
    if name is not None:
        every = [r.name for r in found]
        found = tuple(r for r in found if name in (r.name, r.log))
        if not found:
            raise not_found("road", name, every)
    if as_json:
        return show_json(found)
    if not found:
        return console().print("There is no event log yet. Import one: `tandem log import FILE`.")
    for one in found:
        _show(one)
    return None


def _show(found: Road) -> None:
    console().print(f"{found.name}: {found.done} of {len(found.stages)} stages", style="bold")
    rows = [(f"  {stage.name}", stage.reached, stage.words) for stage in found.stages]
    show_table(("  stage", "", "what there is, or is to be done"), rows, empty="")
    if found.next is not None:
        console().print(f"  Next: `{_command(found, found.next)}`")


def _command(found: Road, stage: Stage) -> str:
    """The command that takes the next step."""
    from app.verbs.roads import StageName

    of = stage.of or found.name
    signs = stage.name is StageName.GOVERNED and stage.of is not None
    return {
        StageName.INVENTORIED: "tandem pilot import FILE",
        StageName.MAPPED: f"tandem map save {found.log}",
        StageName.ALLOCATED: f"tandem allocate {of}",
        StageName.GOVERNED: f"tandem workflow sign {of}" if signs else f"tandem workflow prepare {of} --map {of}",
        StageName.RUNNING: f"tandem run start {of}",
        StageName.MEASURED: f"tandem run export {of}",
    }[stage.name]
