"""`tandem pilot risks`, `mute`, `unmute`: which rules pilots break, and what may wait."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands import noun
from app.context import Acting, All, Json, actor, workspace
from app.options import one_word
from app.output import console, show_json, show_table

if TYPE_CHECKING:
    from inventory import Risk

Which = Annotated[str, typer.Argument(help="Reference or name of the pilot, or its number: `#12`.")]
Rule = Annotated[str, typer.Argument(help="Id of the rule, as `tandem pilot risks` gives it.")]
AtLeast = Annotated[
    str | None, typer.Option("--severity", help="Only what is at least so severe: low, medium, high or critical.")
]
Reason = Annotated[str, typer.Option("--reason", help="Why it may wait.")]
Until = Annotated[datetime, typer.Option("--until", formats=["%Y-%m-%d"], help="Last day on which it waits.")]


def register(app: typer.Typer) -> None:
    """Add the verbs to `tandem pilot`, which is registered before."""
    group = noun(app, "pilot")
    for name, verb in (("risks", _risks), ("mute", _mute), ("unmute", _unmute)):
        group.command(name)(verb)


def _risks(severity: AtLeast = None, every: All = False, as_json: Json = False) -> None:
    """List the rules that pilots break, the worst first; what is muted comes last."""
    from inventory import RiskSeverity, risks

    least = one_word(severity, RiskSeverity, "--severity") or RiskSeverity.LOW
    with workspace() as ws:
        found = [risk for risk in risks(ws) if risk.severity.rank >= least.rank]
    if as_json:
        return show_json(found)
    headings = ("severity", "pilot", "department", "rule", "finding", "what to do", "muted")
    none = "No pilot breaks a rule." if severity is None else f"No pilot breaks a rule of severity {least} or more."
    show_table(headings, map(_row, found), empty=none, every=every)
    return None


def _row(risk: Risk) -> tuple[object, ...]:
    return (
        risk.severity, f"{risk.pilot} {risk.pilot_name}", risk.department, risk.rule, risk.finding, risk.todo,
        muted_in_words(risk),
    )  # fmt: skip


def muted_in_words(risk: Risk) -> str:
    """Who muted it, until when and why; empty where nobody did."""
    muted = risk.muted
    return f"until {muted.until} by {muted.by_name}: {muted.reason}" if muted else ""


def _mute(
    which: Which, rule: Rule, reason: Reason, until: Until, acting: Acting = "", as_json: Json = False
) -> None:  # fmt: skip
    """Say that a finding is known and may wait. It is shown as muted and comes back after the last day."""
    from app.verbs import mute_risk

    with workspace() as ws:
        done = mute_risk(ws, which, rule, reason=reason, until=until.date(), by=actor(ws, acting))
    if as_json:
        return show_json(done)
    return console().print(f"`{done.rule}` of {done.pilot_name} is muted {muted_in_words(done)}", markup=False)


def _unmute(which: Which, rule: Rule, acting: Acting = "", as_json: Json = False) -> None:
    """Let a muted finding count again."""
    from app.verbs import unmute_risk

    with workspace() as ws:
        done = unmute_risk(ws, which, rule, by=actor(ws, acting))
    if as_json:
        return show_json(done)
    said = f"It counts again. {done.finding}" if done else "It counts again, and is mended meanwhile."
    return console().print(said, markup=False)
