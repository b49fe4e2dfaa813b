"""`tandem what-if`: what a workflow is expected to do when agents are among its performers, after the fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.context import Acting, Json, Version, actor, workspace
from app.output import console, show_json, show_table
from app.scenario_ledger import expected_of_log
from app.told_expected import change_in_words, reads

if TYPE_CHECKING:
    from mining.whatif import Change, KeptScenario, WhatIf

Given = Annotated[
    list[str] | None,
    typer.Option(
        "--give", metavar="ACTIVITY=OUTCOME",
        help="Change this task and no other: `Pay=agent with approval`; repeatable. Default: as allocated.",
    ),
]  # fmt: skip
Assumed = Annotated[
    list[str] | None,
    typer.Option(
        "--assume", metavar="ACTIVITY=NAME=VALUE",
        help="Another assumption than the default: `Pay=error=0.02`, `*=keeps=0.5`; repeatable.",
    ),
]  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add `tandem what-if`."""
    app.command("what-if")(_what_if)


def _what_if(
    map_name: Annotated[str, typer.Argument(metavar="MAP", help="Name of the workflow map.")],
    version: Version = None,
    given: Given = None,
    assumed: Assumed = None,
    keep: Annotated[str, typer.Option("--keep", metavar="NAME", help="Keep the scenario under this name.")] = "",
    listed: Annotated[bool, typer.Option("--kept", help="List the kept scenarios, and simulate none.")] = False,
    ledger: Annotated[
        bool, typer.Option("--ledger", help="Freeze in the ledger what the scenario that is kept expects of the log.")
    ] = False,
    replications: Annotated[int, typer.Option("--replications", help="How often the weeks are simulated.")] = 20,
    seed: Annotated[int | None, typer.Option("--seed", help="Seed of the chance. Default: always the same.")] = None,
    acting: Acting = "",
    as_json: Json = False,
) -> None:
    """Simulate a map's log with agents as performers: the fit first, then expected KPIs with intervals. Estimated."""
    from app.verbs import expect, keep_scenario
    from core.errors import BadInput
    from mining.whatif import SEED, kept_scenarios, to_dict, what_if

    chance = SEED if seed is None else seed
    with workspace() as ws:
        if ledger and not keep:
            raise BadInput("`--ledger` freezes what a kept scenario expects: say `--keep NAME` too.")
        if listed:
            if given or assumed or keep:
                raise BadInput("`--kept` simulates nothing: leave out `--give`, `--assume` and `--keep`.")
            found = kept_scenarios(ws, map_name, version)
            if as_json:
                return show_json([{"name": k.name, "at": k.at, **to_dict(k.answer)} for k in found])
            return _list(found)
        changes = _changes(ws, map_name, version, given or [], assumed or [])
        if keep:
            kept = keep_scenario(
                ws, keep, map_name, version, changes, by=actor(ws, acting), replications=replications, seed=chance
            )
            answer = kept.answer
            if ledger:
                told = expected_of_log(kept)
                expect(ws, told.subject, told.expectations, note=told.note, by=actor(ws, acting))
        else:
            with console(apart=True).status("Simulating"):
                answer = what_if(ws, map_name, version, changes, replications=replications, seed=chance)
    if as_json:
        return show_json(to_dict(answer))
    _print(answer)
    if ledger:
        console().print("What is expected of the log is frozen: `tandem pilot ledger`.")
    return None


def _changes(
    ws: object, map_name: str, version: int | None, given: list[str], assumed: list[str]
) -> tuple[Change, ...]:
    from app.commands.allocate import parse_override
    from mining.whatif import adjusted, allocated_scenario, change_of, parse_assumption

    if given:
        made = (change_of(*parse_override(text)) for text in given)
        changes = tuple(change for change in made if change is not None)
    else:
        changes = allocated_scenario(ws, map_name, version)  # type: ignore[arg-type]
    return adjusted(changes, [parse_assumption(text) for text in assumed])


def _list(found: tuple[KeptScenario, ...]) -> None:
    rows = ((k.name, f"{k.at:%Y-%m-%d}", len(k.answer.changes), k.answer.fit.verdict) for k in found)
    show_table(("scenario", "kept", "tasks changed", "fit"), rows, empty="No scenario of this map was kept.")


def _print(answer: WhatIf) -> None:
    out = console()
    fit = answer.fit
    out.print(
        f"Fit: {fit.verdict}. Simulated from {fit.trained:,} cases of {answer.log} version {answer.log_version}, held "
        f"against {fit.held_out:,} later ones."
    )
    rows = [
        (m.name, *(_number(n) for n in (m.simulated, m.chance, m.earlier)), m.unit, m.verdict) for m in fit.measures
    ]
    headings = ("distance in", "simulated", "chance alone", "earlier part", "", "fit")
    show_table(headings, rows, empty="Nothing was compared.")
    out.print()
    if answer.withheld:
        out.print(f"The scenario is withheld. {answer.withheld}")
    else:
        for change in answer.changes:
            out.print(f"{change.activity}: {change_in_words(change)}")
        if not answer.changes:
            out.print("Nothing changes: every task stays with who does it.")
        out.print()
        table = (
            (e.metric, reads(e.before, e.unit), reads(e.value, e.unit), _between(e.low, e.high, e.unit),
             reads(e.change, e.unit, signed=True), _between(e.change_low, e.change_high, e.unit, signed=True))
            for e in answer.expected if e.value is not None
        )  # fmt: skip
        headings = ("estimated", "as it is", "scenario", "95 %", "change", "95 %")
        show_table(headings, table, empty="No KPI can be told.")
        for one in answer.expected:
            if one.withheld:
                out.print(f"{one.metric}: withheld. {one.withheld}")
        out.print(
            f"{answer.replications} replications of {answer.weeks} weeks, {answer.cases:,} cases each; "
            f"seed {answer.seed}."
        )
    for note in answer.notes:
        out.print(note)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _between(low: float | None, high: float | None, unit: str, *, signed: bool = False) -> str:
    if low is None or high is None:
        return "–"
    return f"{reads(low, unit, signed=signed)} to {reads(high, unit, signed=signed)}"
