"""`tandem pilot gaps`: mined work for agents that no live pilot does; the noun that other modules add verbs to."""

from __future__ import annotations

from collections.abc import Sequence
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from app.context import All, Json, workspace
from app.output import console, show_json, show_table
from app.theme import NOTHING, money

if TYPE_CHECKING:
    from inventory import Gap, GapReport, GapWorth

Logs = Annotated[list[str] | None, typer.Argument(help="Names of the event logs. Default: all of them.")]
Rate = Annotated[
    str,
    typer.Option("--rate", metavar="AMOUNT", help="Cost of an hour, such as `45 EUR`. Default: the log's costs."),
]


def register(app: typer.Typer) -> None:
    """Add `tandem pilot` and its verbs."""
    noun = typer.Typer(help="Catalogue AI pilots; find overlaps, gaps and risks.", no_args_is_help=True)
    noun.command("gaps")(_gaps)
    app.add_typer(noun, name="pilot")


def _gaps(logs: Logs = None, rate: Rate = "", every: All = False, as_json: Json = False) -> None:
    """List human work that allocation gives to an agent and no live pilot does, most worth first, and pilots that
    touch no mined work."""
    from inventory import demand_from_logs, gaps, hour_rate

    told = hour_rate(rate) if rate else None
    with workspace() as ws:
        demand = demand_from_logs(ws, logs or ())
        report = gaps(ws, demand, told)
    if as_json:
        return show_json(report)
    if not demand and not report.simulated:
        console().print("There is no event log yet, so no gap can be seen. Import one: tandem log import FILE.")
        return None
    _show_gaps(report, every)
    return None


def _show_gaps(report: GapReport, every: bool) -> None:
    from app.simulation import left_out

    _table(report.gaps, every, "gaps", "No work that is allocated to an agent waits for a pilot.")
    if report.gaps:
        sums = [f"{report.hours_a_month:,.1f} hours a month", *(money(a, c) for c, a in report.money_a_month.items())]
        console().print(f"All gaps together, where it is known: {', '.join(sums)}.")
    _show_unallocated(report, every)
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


def _show_unallocated(report: GapReport, every: bool) -> None:
    if report.unallocated:
        console().print()
        console().print("Not yet allocated, so nobody can say whether it is a gap:")
        _table(report.unallocated, every, "activities", "")
    for one in report.logs_unallocated:
        step = (
            f"tandem allocate {quote(one.map_name)}"
            if one.map_name
            else f"tandem map save {quote(one.log)} --name NAME, then tandem allocate NAME"
        )
        console().print(f"Allocate first: `{one.log}` has no allocation. {step}", markup=False)


def _table(found: Sequence[Gap], every: bool, what: str, empty: str) -> None:
    rows = (
        (g.demand.activity, g.demand.log, _who(g), _hours(g.worth), _money(g.worth), g.reason, _may_be(g))
        for g in found
    )  # fmt: skip
    headings = ("activity", "log", "allocated to", "hours a month", "money a month", "evidence", "may be meant by")
    show_table(headings, rows, every=every, what=what, empty=empty)


def _who(gap: Gap) -> str:
    return gap.allotment.outcome.value if gap.allotment else "not yet"


def _hours(worth: GapWorth) -> str:
    if worth.hours_a_month is None:
        return NOTHING
    across = worth.hours_interval
    interval = f" ({across.low:,.1f} to {across.high:,.1f})" if across else ""
    return f"{worth.hours_a_month:,.1f}{interval}, {worth.hours_evidence}"


def _money(worth: GapWorth) -> str:
    if worth.money_a_month is None:
        return NOTHING
    across = worth.money_interval
    interval = f" ({money(across.low)} to {money(across.high)})" if across else ""
    currency = worth.currency or "(no currency named)"
    return f"{money(worth.money_a_month)}{interval} {currency}, {worth.money_evidence}"


def _may_be(gap: Gap) -> str:
    return "\n".join(f"“{c.label}” of {c.pilot} {c.pilot_name}" for c in gap.candidates)
