"""`tandem pilot portfolio`, `minutes`, `ledger`, `expect`: how the whole stands, and what came of what was expected."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from app.commands import noun
from app.commands.pilot_decisions import hundred
from app.context import Acting, All, Json, actor, workspace
from app.options import one_word
from app.output import console, plain, show_json, show_table
from core.figures import per_cent

Target = Annotated[Path, typer.Argument(help="File to write: `.md`, `.html` or `.json`.")]
Which = Annotated[
    list[int] | None,
    typer.Option("--decision", metavar="NUMBER", help="Decision that is told. Repeatable. Default: all that count."),
]
Replace = Annotated[bool, typer.Option("--replace", help="Replace the file if there is one.")]
Subject = Annotated[str, typer.Argument(help="What it is expected of: `pilot:12`, `log:procurement`, or other text.")]
Metric = Annotated[str, typer.Argument(help="Figure, such as `hours_saved_a_month`, `monthly_cost` or a KPI.")]
Value = Annotated[float, typer.Argument(help="Value that is expected.")]
Low = Annotated[float | None, typer.Option("--low", help="Least that still is as expected.")]
High = Annotated[float | None, typer.Option("--high", help="Most that still is as expected.")]
Unit = Annotated[str, typer.Option("--unit", help="Unit of the value.")]
Evidence = Annotated[str, typer.Option("--evidence", help="measured, estimated, claimed or none.")]
Note = Annotated[str, typer.Option("--note", help="Where the expectation comes from.")]


def register(app: typer.Typer) -> None:
    """Add the verbs to `tandem pilot`, which is registered before."""
    group = noun(app, "pilot")
    for name, verb in (("portfolio", _portfolio), ("minutes", _minutes), ("ledger", _ledger), ("expect", _expect)):
        group.command(name)(verb)


def _portfolio(every: All = False, as_json: Json = False) -> None:
    """Show value against readiness, cost and risk of all pilots, departments, spend, and what comes when."""
    from inventory import portfolio

    with workspace() as ws:
        found = portfolio(ws)
    if as_json:
        return show_json(found)
    rows = (
        (p.pilot, p.name, p.department, hundred(p.value), hundred(p.readiness), per_cent(p.coverage),
         None if p.monthly_cost is None else f"{p.monthly_cost:,.2f} {p.currency}", p.risks, p.suggestion,
         f"{p.decided}{' (expired)' if p.expired else ''}" if p.decided else None)
        for p in found.points
    )  # fmt: skip
    headings = ("id", "pilot", "department", "value", "readiness", "known", "cost a month", "risks", "suggested",
                "decided")  # fmt: skip
    empty = "There is no pilot yet. Import a sheet: tandem pilot import FILE."
    show_table(headings, rows, empty=empty, every=every, what="pilots")
    if not found.points:
        return None
    console().print()
    departments = (
        (d.department, d.pilots, d.active, " + ".join(f"{c.amount:,.2f} {c.currency}" for c in d.spend),
         f"{d.spend_known} of {d.active}", None if d.decided_share is None else per_cent(d.decided_share))
        for d in found.departments
    )  # fmt: skip
    shown = ("department", "pilots", "not stopped", "spend a month", "cost known of", "decided")
    show_table(shown, departments, empty="", every=every, what="departments")
    console().print()
    steps = (
        (s.month, s.day, s.kind, "; ".join(s.pilots), s.what, "overdue" if s.overdue else "") for s in found.roadmap
    )
    show_table(
        ("month", "day", "what", "pilots", "", ""), steps, empty="Nothing is planned.", every=every, what="steps"
    )
    return None


def _minutes(target: Target, which: Which = None, replace: Replace = False, as_json: Json = False) -> None:
    """Write a board report: decisions with evidence, rationale and follow-ups, portfolio, overlaps, gaps, risks."""
    from core.errors import BadInput
    from inventory import MinutesForm, minutes, write_minutes

    ending = target.suffix.lower().removeprefix(".")
    if ending not in ("md", "html", "json"):
        raise BadInput(f"`{target}` ends in no form that minutes are written in. Name it `.md`, `.html` or `.json`.")
    with workspace() as ws:
        found = minutes(ws, which or ())
    if ending == "json":
        text = json.dumps(plain(found), ensure_ascii=False, indent=2) + "\n"
    else:
        text = write_minutes(found, MinutesForm(ending))
    try:
        with target.open("w" if replace else "x", encoding="utf-8", newline="\n") as handle:
            handle.write(text)
    except FileExistsError:
        raise BadInput(f"There is a file `{target}` already. Replace it with `--replace`.") from None
    except OSError as error:
        raise BadInput(f"`{target}` cannot be written: {error.strerror}.") from None
    if as_json:
        return show_json({"file": str(target), "decisions": [d.id for d in found.decisions]})
    return console().print(f"Wrote the minutes of {len(found.decisions)} decisions to {target}.")


def _ledger(every: All = False, as_json: Json = False) -> None:
    """Show what was expected, what came of it after 30 and 90 days, and how advice is corrected by it."""
    from inventory import correction, scored

    with workspace() as ws:
        found = scored(ws)
    corrected = correction(found)
    if as_json:
        return show_json({"entries": found, "correction": corrected})
    rows = (
        (one.entry.id, one.entry.about, one.entry.expected.metric,
         f"{one.entry.expected.value:,.4g} {one.entry.expected.unit}", one.entry.expected.evidence,
         f"{one.entry.at:%Y-%m-%d}", f"{score.days} days", score.verdict,
         None if score.measured is None else f"{score.measured:,.4g}", score.reason)
        for one in found for score in one.scores
    )  # fmt: skip
    headings = ("entry", "about", "metric", "expected", "evidence", "on", "after", "verdict", "measured", "why")
    empty = "Nothing was expected yet. A decision does it, or: tandem pilot expect SUBJECT METRIC VALUE."
    show_table(headings, rows, empty=empty, every=every)
    return console().print(corrected.words)


def _expect(
    subject: Subject, metric: Metric, value: Value, low: Low = None, high: High = None, unit: Unit = "",
    evidence: Evidence = "claimed", note: Note = "", acting: Acting = "", as_json: Json = False,
) -> None:  # fmt: skip
    """Freeze in the ledger what is expected of a pilot, an event log or a scenario; it is scored later."""
    from app.verbs import expect
    from inventory import BenefitEvidence, Expectation

    grade = one_word(evidence, BenefitEvidence, "--evidence")
    assert grade is not None
    expected = Expectation(metric, value, low, high, unit, grade)
    with workspace() as ws:
        done = expect(ws, subject, [expected], note=note, by=actor(ws, acting))
    if as_json:
        return show_json(done)
    return console().print(
        f"Entry {done[0].id}: {metric} of {done[0].about} is expected to be {value:g} {unit}".rstrip()
    )
