"""`tandem pilot assess`, `anchor`, `decide`, `decisions`, `withdraw-decision`, `follow-up`: what to do with pilots."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands import noun
from app.context import Acting, All, Json, actor, workspace
from app.options import one_word
from app.output import console, show_json, show_table
from core.figures import per_cent

if TYPE_CHECKING:
    from core.workspace import Workspace
    from inventory import FollowUp, HourRate, PilotAssessment, PilotDecision

Several = Annotated[list[str], typer.Argument(help="Reference, name or number of each pilot that is decided about.")]
Which = Annotated[str, typer.Argument(help="Reference or name of the pilot, or its number: `#12`.")]
Maybe = Annotated[str | None, typer.Argument(help="Reference, name or number of one pilot. Default: all, in short.")]
Outcome = Annotated[str, typer.Option("--outcome", help="scale, refine, merge or retire.")]
Why = Annotated[str, typer.Option("--reason", help="The rationale: why this is decided.")]
Until = Annotated[
    str, typer.Option("--until", metavar="DATE", help="When it has to be decided again. Default: in 180 days.")
]
Into = Annotated[str | None, typer.Option("--into", help="Of a merge: the pilot that stays.")]
Follow = Annotated[
    list[str] | None,
    typer.Option("--follow-up", metavar="DATE WHO: WHAT", help="`2026-03-01 Ada: measure it`. Repeatable."),
]
Rate = Annotated[
    str | None,
    typer.Option("--rate", metavar="AMOUNT CURRENCY", help="What an hour of people's work is worth: `45 EUR`."),
]
Number = Annotated[int, typer.Argument(help="Number of the decision.")]
MaybeNumber = Annotated[int | None, typer.Argument(help="Number of one decision. Default: all, in short.")]
Step = Annotated[int, typer.Argument(help="Number of the follow-up within the decision.")]
Note = Annotated[str, typer.Option("--note", help="What came of it.")]
_DAYS = 180


def register(app: typer.Typer) -> None:
    """Add the verbs to `tandem pilot`, which is registered before."""
    group = noun(app, "pilot")
    for name, verb in (
        ("assess", _assess), ("anchor", _anchor), ("decide", _decide), ("decisions", _decisions),
        ("withdraw-decision", _withdraw), ("follow-up", _finish),
    ):  # fmt: skip
        group.command(name)(verb)


def _assess(which: Maybe = None, rate: Rate = None, every: All = False, as_json: Json = False) -> None:
    """Show what the rubric says of pilots: every criterion with number, evidence and source. It decides nothing."""
    from inventory import assess, get_pilot

    with workspace() as ws:
        wanted = None if which is None else get_pilot(ws, which).id
        found = assess(ws, rate=hourly(rate))
    chosen = [one for one in found if wanted in (None, one.pilot)]
    if as_json:
        return show_json(chosen)
    if wanted is not None:
        return _show_one(chosen[0])
    headings = ("id", "pilot", "department", "suggested", "value", "readiness", "known", "same with other weights")
    show_table(headings, map(_row, chosen), empty="There is no pilot yet: tandem pilot import FILE.", every=every)
    return console().print("A suggestion decides nothing. See one: tandem pilot assess PILOT.")


def _row(one: PilotAssessment) -> tuple[object, ...]:
    same = one.steadiness.same
    return (
        one.pilot, one.name, one.department, one.suggestion or "too little is known", hundred(one.value.value),
        hundred(one.readiness.value), per_cent(one.value.coverage), None if same is None else per_cent(same),
    )  # fmt: skip


def _show_one(one: PilotAssessment) -> None:
    from inventory import number_in_words

    out = console()
    out.print(f"{one.name} (#{one.pilot}), {one.department}", style="bold")
    into = f" into #{one.into}" if one.into else ""
    out.print(f"Suggested: {one.suggestion or 'nothing'}{into}. {one.reason}")
    rows = (
        (c.title, number_in_words(c.number, c.unit), hundred(c.score), f"{c.weight:g}", c.evidence, c.words)
        for c in one.criteria
    )
    show_table(("criterion", "number", "score", "weight", "evidence", "what it says"), rows, empty="")
    out.print(f"Claimed against measured: {one.claim.words}")
    if one.steadiness.same is not None:
        spread = per_cent(one.steadiness.spread)
        out.print(
            f"With weights moved by up to {spread}, {per_cent(one.steadiness.same)} of {one.steadiness.draws} draws "
            "suggest the same."
        )
    if one.unknown:
        out.print(f"Not known: {', '.join(one.unknown)}. Known, it could be: {', '.join(one.could_be)}.")


def _anchor(which: Which, as_json: Json = False) -> None:
    """Show what hangs on a pilot: workflow, mined tasks, cases a month, runs, and what stops if it stops."""
    from app.workflow_uses import workflow_runs
    from inventory import anchor

    with workspace() as ws:
        found = anchor(ws, which, workflow_runs(ws))
    if as_json:
        return show_json(found)
    console().print(f"{found.name} (#{found.pilot}), workflow {found.workflow or 'not known'}", style="bold")
    return console().print(found.words.replace("`", ""))


def _decide(
    which: Several, outcome: Outcome, reason: Why, until: Until = "", into: Into = None, follow_up: Follow = None,
    rate: Rate = None, acting: Acting = "", as_json: Json = False,
) -> None:  # fmt: skip
    """Decide about pilots: what the rubric and the logs say now is frozen with it, and what is expected too."""
    from app.verbs import decide
    from app.workflow_uses import workflow_runs
    from inventory import PilotOutcome

    chosen = one_word(outcome, PilotOutcome, "--outcome")
    assert chosen is not None
    steps = [_step(text) for text in follow_up or ()]
    with workspace() as ws:
        day = a_day(until, "--until") if until else ws.clock.now().date() + timedelta(days=_DAYS)
        done = decide(
            ws, which, chosen, reason, until=day, into=into, follow_ups=steps, rate=hourly(rate),
            runs=workflow_runs(ws), by=actor(ws, acting),
        )  # fmt: skip
    if as_json:
        return show_json(done)
    stays = f" into {done.into_name}" if done.into_name else ""
    suggested = ", ".join(one or "nothing" for one in done.suggested)
    return console().print(
        f"Decision {done.id}: {done.outcome}{stays}: {', '.join(done.names)}, until {done.until}. The rubric "
        f"suggested {suggested}."
    )


def _decisions(number: MaybeNumber = None, every: All = False, as_json: Json = False) -> None:
    """List decisions about pilots, the newest first, and what is due after them; or show one with its evidence."""
    from inventory import decisions, due_follow_ups, get_decision

    with workspace() as ws:
        if number is not None:
            one = get_decision(ws, number)
            return show_json(one) if as_json else _show_decision(ws, one)
        found, today = decisions(ws), ws.clock.now().date()
    due = due_follow_ups(found, today)
    if as_json:
        return show_json({"decisions": found, "due": due})
    rows = (
        (d.id, d.state, d.outcome, "; ".join(d.names) + (f" into {d.into_name}" if d.into_name else ""), d.until,
         d.by_name, d.rationale)
        for d in found
    )  # fmt: skip
    headings = ("number", "state", "outcome", "pilots", "until", "by", "rationale")
    empty = "Nothing was decided yet. Decide: tandem pilot decide PILOT --outcome refine --reason TEXT."
    show_table(headings, rows, empty=empty, every=every, what="decisions")
    if due:
        console().print()
        steps = (
            (f"{d.decision} {d.follow_up.number}", f"{d.follow_up.due}{' overdue' if d.overdue else ''}",
             d.follow_up.who, d.follow_up.what, "; ".join(d.pilots))
            for d in due
        )  # fmt: skip
        show_table(("follow-up", "due", "who", "what", "pilots"), steps, empty="", every=every, what="follow-ups")
    return None


def _show_decision(_ws: Workspace, one: PilotDecision) -> None:
    stays = f" into {one.into_name}" if one.into_name else ""
    out = console()
    out.print(f"Decision {one.id}, {one.state}: {one.outcome}{stays}: {', '.join(one.names)}", style="bold")
    out.print(f"By {one.by_name} on {one.at:%Y-%m-%d %H:%M} UTC, to be decided again by {one.until}.")
    out.print(one.rationale)
    if one.withdrawn_at is not None:
        out.print(f"Withdrawn by {one.withdrawn_by} on {one.withdrawn_at:%Y-%m-%d}: {one.withdrawn_reason}")
    steps = ((s.number, s.due, s.who, s.what, s.done_at and f"{s.done_at:%Y-%m-%d}", s.note) for s in one.follow_ups)
    show_table(("", "due", "who", "what", "done", "note"), steps, empty="There is no follow-up.")
    for name, pilot in zip(one.names, one.pilots, strict=True):
        known = one.evidence[str(pilot)]["assessment"]
        rows = ((c["title"], c["number"], c["evidence"], c["words"]) for c in known["criteria"])
        out.print()
        out.print(f"What was known of {name}: suggested {known['suggestion'] or 'nothing'}. {known['reason']}")
        show_table(("criterion", "number", "evidence", "what it says"), rows, empty="")


def _withdraw(number: Number, reason: Why, acting: Acting = "", as_json: Json = False) -> None:
    """Withdraw a decision: it is kept, and counts no more."""
    from app.verbs import withdraw_decision

    with workspace() as ws:
        done = withdraw_decision(ws, number, reason, by=actor(ws, acting))
    if as_json:
        return show_json(done)
    return console().print(f"Decision {number} is withdrawn.")


def _finish(number: Number, step: Step, note: Note = "", acting: Acting = "", as_json: Json = False) -> None:
    """Say that a follow-up of a decision is done."""
    from app.verbs import finish_follow_up

    with workspace() as ws:
        done = finish_follow_up(ws, number, step, note, by=actor(ws, acting))
    if as_json:
        return show_json(done)
    return console().print(f"Follow-up {step} of decision {number} is done: {done.what}.")


def hourly(text: str | None) -> HourRate | None:
    """The rate that `45 EUR` says. Raises BadInput for what says none."""
    from inventory import hour_rate

    return hour_rate(text) if text else None


def a_day(text: str, option: str) -> date:
    """The date that `text` writes. Raises BadParameter."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise typer.BadParameter(f"`{option} {text}` is no date. Write it as 2026-01-31.") from None


def _step(text: str) -> FollowUp:
    from inventory import FollowUp

    day, _, rest = text.strip().partition(" ")
    who, colon, what = rest.partition(":")
    if not colon:
        raise typer.BadParameter(f"`{text}` is no follow-up. Write `2026-03-01 Ada: measure it`.")
    return FollowUp(what.strip(), who.strip(), a_day(day, "--follow-up"))


def hundred(share: float | None) -> str | None:
    """A score from 0 to 1 as one from 0 to 100."""
    return None if share is None else f"{100 * share:.0f}"
