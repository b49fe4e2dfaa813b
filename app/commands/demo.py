"""`tandem demo`: the whole loop on the sample log or on yours, then the dashboards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.context import Acting, Json, actor, workspace

if TYPE_CHECKING:
    from app.demo.loop import DemoResult
    from core.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add `demo` to the command line."""
    app.command("demo")(demo)


def demo(
    log: Annotated[
        Path | None, typer.Option(help="An event log whose column roles can be guessed. Default: the sample log.")
    ] = None,
    runs: Annotated[int, typer.Option(min=1, help="How many runs to start, simulated.")] = 200,
    serve: Annotated[bool, typer.Option(help="Serve the dashboards afterwards, until Ctrl-C.")] = True,
    acting: Acting = "",
    json: Json = False,
) -> None:
    """Run the whole loop: import, map, allocate, govern, promote, run, measure; all runs are simulated."""
    from app.demo.loop import run_demo
    from app.demo.story import Story
    from app.output import console, show_json

    def tell(line: str) -> None:
        if not json:
            console().print(line, markup=False)

    with workspace() as ws:
        result = run_demo(ws, log, runs=runs, by=actor(ws, acting), story=Story(tell))
        if json:
            show_json(result)
        else:
            _show(result)
        if serve:
            raise typer.Exit(_serve(ws, json=json))


def _show(result: DemoResult) -> None:
    from app.demo.measuring import COLUMNS, table, withheld
    from app.output import console, show_table
    from app.theme.formats import plural
    from core.durations import duration

    out = console()
    out.print(
        f"\nBaseline of `{result.log}` against {plural(result.runs, 'SIMULATED run')} of `{result.workflow}`",
        markup=False,
    )
    show_table(COLUMNS, table(result.comparisons), empty="No KPI could be compared.")
    for line in withheld(result.comparisons):
        out.print(line, markup=False)
    ended = ", ".join(f"{count} {status}" for status, count in sorted(result.statuses.items()))
    out.print(
        f"\nRuns: {ended}. In the log, the cases they were drawn from took {duration(result.drawn_median_seconds)}"
    )
    out.print("(median). Assumed, not measured:")
    for assumption in result.assumptions:
        out.print(f"  - {assumption}", markup=False)


def _serve(ws: Workspace, *, json: bool) -> int:
    from app.output import console
    from app.serve import said_of, serve

    def ready(address: str) -> None:
        if not json:
            console().print(f"\n{said_of(address)}", markup=False)

    return serve(ws, ready=ready)
