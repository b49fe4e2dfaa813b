"""`tandem inbox`: what waits for a person."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.approval import answer_as
from app.context import Acting, All, Json, actor, workspace
from app.output import console, show_json, show_table

if TYPE_CHECKING:
    from core.workspace import Workspace
    from orchestrator.running.inbox import InboxEntry
    from orchestrator.running.records import WorkItem

Item = Annotated[str, typer.Argument(help="Id of the work item, such as r1a2b3/0.2#1.")]
Which = Annotated[str, typer.Argument(help="Id of the approval.")]


def register(app: typer.Typer) -> None:
    """Add `tandem inbox` and its verbs."""
    noun = typer.Typer(help="List, take and answer what waits for a person.", no_args_is_help=True)
    verbs = (
        ("list", _list), ("claim", _claim), ("release", _release), ("complete", _complete), ("reject", _reject),
        ("decide", _decide), ("approve", _approve), ("refuse", _refuse),
    )  # fmt: skip
    for name, verb in verbs:
        noun.command(name)(verb)
    app.add_typer(noun, name="inbox")


def _list(acting: Acting = "", every: All = False, as_json: Json = False) -> None:
    """List what waits for you: tasks, decisions and approvals of your roles, oldest first."""
    from orchestrator.running.inbox import inbox

    with workspace() as ws:
        entries = inbox(ws, actor(ws, acting).who)
    if as_json:
        return show_json(entries)
    rows = [
        (
            e.kind,
            e.id,
            e.label,
            e.run,
            e.key,
            e.role,
            e.offered_at.strftime("%Y-%m-%d %H:%M"),
            "yours" if e.claimed_by else "",
            e.cause,
            _would(e),
        )
        for e in entries
    ]
    headings = ("kind", "id", "what", "run", "key", "role", "since", "", "cause", "would")
    return show_table(headings, rows, empty="Nothing waits for you.", every=every)


def _would(entry: InboxEntry) -> str:
    """What would be done once it is approved; empty for what is no approval."""
    from app.spelled import changes, named

    effect = entry.effect or {}
    parts = {
        "change": changes(entry.context, entry.changes),
        "answer": named(entry.answers),
        "do": f"{effect['connector']}.{effect['action']} with {named(effect['arguments'])}" if effect else "",
    }
    return "; ".join(f"{verb} {told}" for verb, told in parts.items() if told)


def _claim(item: Item, acting: Acting = "", as_json: Json = False) -> None:
    """Take a work item, so that nobody else does it."""
    from app.verbs import claim

    with workspace() as ws:
        _show(claim(ws, item, actor(ws, acting)), as_json)


def _release(item: Item, acting: Acting = "", as_json: Json = False) -> None:
    """Give a work item back."""
    from app.verbs import release

    with workspace() as ws:
        _show(release(ws, item, actor(ws, acting)), as_json)


def _complete(
    item: Item,
    changes: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            help="A context field to change, as name=value; again for more. Of `supplier.name` only `name` changes.",
        ),
    ] = None,
    answer: Annotated[
        list[str] | None, typer.Option("--answer", help="A part of the answer, as name=value; again for more.")
    ] = None,
    file: Annotated[Path | None, typer.Option("--changes", help="JSON file with the fields to change.")] = None,
    note: Annotated[str | None, typer.Option(help="A remark that is kept with the work.")] = None,
    acting: Acting = "",
    as_json: Json = False,
) -> None:
    """Complete a task. Governance decides whether you may."""
    from app.values import beside, read_assignments, read_values
    from app.verbs import complete

    listed, said = read_assignments(changes or ()), read_values(None, answer or ())
    changed = read_values(file, ())
    with workspace() as ws:
        if listed:
            changed = beside(_context_of(ws, item), changed, listed)
        done = complete(ws, item, answer=said, changes=changed, note=note, by=actor(ws, acting))
    _show(done, as_json)


def _context_of(ws: Workspace, item: str) -> Mapping[str, Any]:
    """What the run of the work item knows now. Raises NotFound."""
    from orchestrator.running.runs import get_run

    return get_run(ws, item.partition("/")[0]).state.context


def _reject(
    item: Item,
    reason: Annotated[str, typer.Option(help="Why, for whoever is asked next.")],
    acting: Acting = "",
    as_json: Json = False,
) -> None:
    """Reject a task: it goes to the next role of its escalation."""
    from app.verbs import reject

    with workspace() as ws:
        _show(reject(ws, item, reason=reason, by=actor(ws, acting)), as_json)


def _decide(
    item: Item,
    option: Annotated[int, typer.Argument(min=0, help="Number of the option, from 0.")],
    acting: Acting = "",
    as_json: Json = False,
) -> None:
    """Decide which way a run goes on."""
    from app.verbs import decide_item

    with workspace() as ws:
        _show(decide_item(ws, item, option, actor(ws, acting)), as_json)


def _approve(
    approval: Which,
    reason: Annotated[str, typer.Option(help="Why, if you want to say it.")] = "",
    acting: Acting = "",
    as_json: Json = False,
) -> None:
    """The same as `tandem approval grant`, as it was called before."""
    answer_as(approval, True, reason, acting, as_json)


def _refuse(
    approval: Which,
    reason: Annotated[str, typer.Option(help="Why, for whoever does the task now.")],
    acting: Acting = "",
    as_json: Json = False,
) -> None:
    """The same as `tandem approval refuse`, as it was called before."""
    answer_as(approval, False, reason, acting, as_json)


def _show(item: WorkItem, as_json: bool) -> None:
    if as_json:
        show_json(item)
    else:
        console().print(f"{item.label} ({item.id}) is {item.status}.", markup=False)
