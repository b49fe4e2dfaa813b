"""`tandem approval`: answers to the exact requests that policies send for approval."""

from __future__ import annotations

from typing import Annotated

import typer

from app.context import Acting, All, Json, actor, workspace
from app.output import console, show_json, show_table

Which = Annotated[str, typer.Argument(help="Id of the approval.")]


def register(app: typer.Typer) -> None:
    """Add `tandem approval` and its verbs."""
    noun = typer.Typer(help="List approvals, grant and refuse them.", no_args_is_help=True)
    for name, verb in (("list", _list), ("grant", _grant), ("refuse", _refuse)):
        noun.command(name)(verb)
    app.add_typer(noun, name="approval")


def _list(
    status: Annotated[str | None, typer.Option(help="Only these: pending, granted, refused, expired or used.")] = None,
    every: All = False,
    as_json: Json = False,
) -> None:
    """List approvals, newest first, each with what exactly is asked for."""
    from app.reasons import of_approval
    from app.simulation import marked_names
    from core.errors import not_found
    from governance import ApprovalStatus, approvals

    if status is not None and status not in set(ApprovalStatus):
        raise not_found("status of approvals", status, [known.value for known in ApprovalStatus])
    with workspace() as ws:
        names = marked_names(ws)
        found = approvals(ws, status)
    if as_json:
        return show_json(found)
    rows = [
        (
            a.id,
            a.status.value,
            names.get(a.request.principal, a.request.principal),
            a.request.action,
            a.request.resource_id,
            a.role,
            " ".join(of_approval(a)),
        )
        for a in found
    ]
    headings = ("id", "status", "for", "action", "resource", "role", "why")
    return show_table(headings, rows, empty="There are no such approvals.", every=every)


def _grant(
    approval: Which,
    reason: Annotated[str, typer.Option(help="Why, if you want to say it.")] = "",
    acting: Acting = "",
    as_json: Json = False,
) -> None:
    """Grant an approval: exactly what was asked for is done, once."""
    answer_as(approval, True, reason, acting, as_json)


def _refuse(
    approval: Which,
    reason: Annotated[str, typer.Option(help="Why, for whoever asked.")],
    acting: Acting = "",
    as_json: Json = False,
) -> None:
    """Refuse an approval, with the reason: a task that waited for it goes to a person."""
    answer_as(approval, False, reason, acting, as_json)


def answer_as(approval: str, grant: bool, reason: str, acting: str, as_json: bool) -> None:
    """Answer an approval for a command, and show what came of it."""
    from app.verbs import answer

    with workspace() as ws:
        found = answer(ws, approval, grant=grant, reason=reason, by=actor(ws, acting))
    if as_json:
        return show_json(found)
    return console().print(f"The approval {found.id} is {found.status.value}.", markup=False)
