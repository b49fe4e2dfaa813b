"""`tandem pilot discover`, `findings`, `register`, `match`, `dismiss`: agents that nobody registered."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands import noun
from app.context import Acting, All, Json, actor, workspace
from app.options import pairs
from app.output import console, show_json, show_table

if TYPE_CHECKING:
    from inventory import AgentFinding, StoredFinding

Folders = Annotated[list[Path] | None, typer.Argument(metavar="PATHS...", help="Folders or files to look at.")]
Traces = Annotated[
    list[Path] | None,
    typer.Option("--traces", metavar="FILE", help="Traces as OTLP writes them in JSON. Repeatable."),
]
Logs = Annotated[
    list[str] | None, typer.Option("--log", metavar="NAME", help="Event log whose performers to look at. Repeatable.")
]
Cards = Annotated[
    list[str] | None,
    typer.Option("--card", metavar="ADDRESS", help="https address of an agent card; it is asked once. Repeatable."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what is found and store nothing.")]
One = Annotated[int, typer.Argument(help="Id of the finding, as `pilot findings` gives it.")]
Which = Annotated[str, typer.Argument(help="Reference or name of the pilot, or its number: `#12`.")]
Department = Annotated[str, typer.Option("--department", help="Department that runs it.")]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="COLUMN=VALUE", help="What is known better than what was found. Repeatable."),
]
Reason = Annotated[str, typer.Option("--reason", help="Why it is none, for those who read it later.")]
Until = Annotated[datetime, typer.Option("--until", formats=["%Y-%m-%d"], help="Last day on which it is left out.")]


def register(app: typer.Typer) -> None:
    """Add the verbs to `tandem pilot`, which is registered before."""
    group = noun(app, "pilot")
    for name, verb in (
        ("discover", _discover), ("findings", _findings), ("register", _register), ("match", _match),
        ("dismiss", _dismiss),
    ):  # fmt: skip
        group.command(name)(verb)


def _discover(
    paths: Folders = None, traces: Traces = None, log: Logs = None, card: Cards = None, dry_run: DryRun = False,
    every: All = False, acting: Acting = "", as_json: Json = False,
) -> None:  # fmt: skip
    """Look for AI agents that nobody registered, in files, traces and event logs; nothing that is read is run."""
    from app.verbs import discover_agents
    from inventory import DiscoverySources, findings, scan

    sources = DiscoverySources(tuple(paths or ()), tuple(traces or ()), tuple(log or ()), tuple(card or ()))
    with workspace() as ws:
        if dry_run:
            found = scan(ws, sources)
            if as_json:
                return show_json(found)
            show_table(("kind", "name", "where", "sure", "made with", "why"), map(_seen, found.findings), every=every,
                       empty="Nothing was found.", what="findings")  # fmt: skip
            _say(found.notes, f"{len(found.findings):,} findings in {found.files:,} files; nothing was stored.")
            return None
        done = discover_agents(ws, sources, by=actor(ws, acting))
        kept = {one.id: one for one in findings(ws, every=True)}
    if as_json:
        return show_json(done)
    marks = dict.fromkeys(done.gone, "gone") | dict.fromkeys(done.changed, "changed")
    marks |= dict.fromkeys(done.new, "new")
    rows = ((number, mark, *_seen(kept[number].finding)) for number, mark in marks.items())
    show_table(("id", "", "kind", "name", "where", "sure", "made with", "why"), rows, every=every, what="findings",
               empty="Nothing is new, changed or gone.")  # fmt: skip
    news = (
        f"{len(done.new):,} new, {len(done.changed):,} changed, {len(done.gone):,} gone, {done.unchanged:,} as before"
    )
    last = f"{done.found:,} findings in {done.files:,} files: {news}. See them: tandem pilot findings."
    _say(done.notes, last)
    return None


def _findings(every: All = False, as_json: Json = False) -> None:
    """List what scans found, with the pilots it may be, and what pilots declare against what was found of them."""
    from inventory import declared_against_observed, findings

    with workspace() as ws:
        found = findings(ws, every=every)
        compared = declared_against_observed(ws)
    if as_json:
        return show_json({"findings": found, "declared_against_observed": compared})
    empty = "Nothing was found yet. Look somewhere: tandem pilot discover FOLDER."
    show_table(("id", "state", "kind", "name", "where", "sure", "made with", "may be", "why"), map(_row, found),
               every=every, empty=empty, what="findings")  # fmt: skip
    lines = ((f"{c.pilot} {c.pilot_name}", c.column, "; ".join(c.both), "; ".join(c.observed_only),
              "; ".join(c.declared_only)) for c in compared)  # fmt: skip
    if compared:
        console().print()
        show_table(("pilot", "", "declared and found", "found only", "declared only"), lines, empty="", every=every)
        console().print("Not found is not absent: it may lie where nobody looked.")
    return None


def _register(
    finding: One, department: Department, given: Set = None, acting: Acting = "", as_json: Json = False
) -> None:
    """Make a pilot of a finding: filled with what was found, and with what you know better."""
    from app.verbs import register_finding

    with workspace() as ws:
        made = register_finding(ws, finding, {"department": department} | pairs(given, "--set"), by=actor(ws, acting))
    if as_json:
        return show_json(made)
    return console().print(f"Added {made.facts.name} in {made.facts.department} as #{made.id}.")


def _match(finding: One, pilot: Which, acting: Acting = "", as_json: Json = False) -> None:
    """Say which pilot a finding is. Say it again to change it."""
    from app.verbs import match_finding

    with workspace() as ws:
        done = match_finding(ws, finding, pilot, by=actor(ws, acting))
    if as_json:
        return show_json(done)
    return console().print(f"{done.finding.name} (finding {done.id}) is the pilot #{done.pilot}.")


def _dismiss(finding: One, reason: Reason, until: Until, acting: Acting = "", as_json: Json = False) -> None:
    """Say that a finding is none, and until when; after that day it is shown again."""
    from app.verbs import dismiss_finding

    with workspace() as ws:
        done = dismiss_finding(ws, finding, reason=reason, until=_day(until), by=actor(ws, acting))
    if as_json:
        return show_json(done)
    return console().print(f"{done.finding.name} (finding {done.id}) is left out until {done.until}.")


def _day(moment: datetime) -> date:
    return moment.date()


def _seen(one: AgentFinding) -> tuple[object, ...]:
    where = f"{one.place or one.source}{f':{one.line}' if one.line else ''}"
    return one.kind, one.name, where, one.confidence, one.declared.framework, one.reason


def _row(one: StoredFinding) -> tuple[object, ...]:
    marks = [w for w, on in (("gone", one.gone), ("new", one.new), ("changed", one.changed)) if on]
    state = ", ".join([str(one.state) + (f" #{one.pilot}" if one.pilot else ""), *marks])
    may = "\n".join(f"#{m.pilot} {m.pilot_name} ({m.score:.2f}: {m.reasons[0]})" for m in one.matches)
    kind, name, where, sure, made, why = _seen(one.finding)
    return one.id, state, kind, name, where, sure, made, may, why


def _say(notes: tuple[str, ...], last: str) -> None:
    for note in notes:
        console().print(note)
    console().print(last)
