"""`tandem pilot`: what overlaps in the inventory of AI pilots, what is missing, what is risky."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.context import All, Json, workspace
from app.output import console, show_json, show_table

if TYPE_CHECKING:
    from inventory import GapReport

Logs = Annotated[list[str] | None, typer.Argument(help="Names of the event logs. Default: all of them.")]


def register(app: typer.Typer) -> None:
    """Add `tandem pilot` and its verbs."""
    noun = typer.Typer(help="Catalogue AI pilots; find overlaps, gaps and risks.", no_args_is_help=True)
    for name, verb in (
        ("gaps", _gaps),
        ("risks", _risks),
    ):
        noun.command(name)(verb)
    app.add_typer(noun, name="pilot")


def _gaps(logs: Logs = None, every: All = False, as_json: Json = False) -> None:
    """List mined human work that no pilot touches, most work first, and pilots that touch no mined work."""
    from inventory import demand_from_logs, gaps

    with workspace() as ws:
        demand = demand_from_logs(ws, logs or ())
        report = gaps(ws, demand)
    if as_json:
        return show_json(report)
    if not demand:
        console().print("There is no event log yet, so no gap can be seen. Import one: tandem log import FILE.")
        return None
    _show_gaps(report, every)
    return None


def _risks(every: All = False, as_json: Json = False) -> None:
    """List the rules that pilots break."""
    from inventory import risks

    with workspace() as ws:
        found = risks(ws)
    if as_json:
        return show_json(found)
    rows = ((r.pilot_name, r.department, r.finding, r.text) for r in found)
    show_table(("pilot", "department", "finding", "rule"), rows, empty="No pilot breaks a rule.", every=every)
    return None


def _show_gaps(report: GapReport, every: bool) -> None:
    from app.simulation import left_out

    gaps = ((g.demand.activity, g.demand.log, f"{g.demand.count:,}", g.reason) for g in report.gaps)
    show_table(("activity", "log", "instances", "evidence"), gaps, every=every, what="gaps",
               empty="Every mined activity is touched by a pilot.")  # fmt: skip
    if report.simulated:
        console().print(left_out(report.simulated), markup=False)
    if report.orphans:
        orphans = ((o.pilot_name, o.department, o.reason) for o in report.orphans)
        console().print()
        show_table(("orphan", "department", "why"), orphans, empty="", every=every, what="orphans")
    alike = [(found, s) for found in report.unlinked for s in found.suggestions]
    if alike:
        rows = ((f"{f.pilot} {f.pilot_name}", f.label, s.label, s.log, f"{s.score:.2f}") for f, s in alike)
        console().print()
        show_table(("pilot", "names", "may stand for", "log", "score"), rows, empty="", every=every, what="suggestions")
        console().print("Nothing is linked by a suggestion. Choose one: tandem pilot link PILOT NAME ACTIVITY.")
