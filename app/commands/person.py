"""`tandem person`: people who act, with their roles."""

from __future__ import annotations

from typing import Annotated

import typer

from app.context import Acting, All, Json, actor, workspace
from app.output import console, show_json, show_table

Roles = Annotated[list[str] | None, typer.Option("--role", help="Role of the person; give it again for more.")]


def register(app: typer.Typer) -> None:
    """Add `tandem person` and its verbs."""
    noun = typer.Typer(help="Add and list people, stop and start principals.", no_args_is_help=True)
    for name, verb in (("add", _add), ("list", _list), ("stop", _stop), ("start", _start)):
        noun.command(name)(verb)
    app.add_typer(noun, name="person")


def _add(
    name: Annotated[str, typer.Argument(help="Name of the person; no two principals share one.")],
    role: Roles = None,
    email: Annotated[str | None, typer.Option(help="E-mail address.")] = None,
    simulated: Annotated[bool, typer.Option("--simulated", help="Mark the person as simulated.")] = False,
    acting: Acting = "",
    as_json: Json = False,
) -> None:
    """Add a person. The first command of a fresh installation makes TANDEM_USER its administrator."""
    from app.verbs import add_person

    with workspace() as ws:
        by = actor(ws, acting)
        person = add_person(ws, name, email=email, roles=role or (), simulated=simulated, by=by)
    if as_json:
        return show_json(person)
    return console().print(f"Added {person.name} ({person.id}).", markup=False)


def _list(every: All = False, as_json: Json = False) -> None:
    """List the people with their roles."""
    from governance import PrincipalKind, principals

    with workspace() as ws:
        found = principals(ws, kind=PrincipalKind.PERSON)
    if as_json:
        return show_json(found)
    rows = [(p.name, p.id, ", ".join(p.roles), _state(p.active, p.simulated)) for p in found]
    return show_table(
        ("name", "id", "roles", "state"),
        rows,
        empty="There are no people yet. Add one: tandem person add.",
        every=every,
    )


def _state(active: bool, simulated: bool) -> str:
    return ("active" if active else "stopped") + (", simulated" if simulated else "")


Who = Annotated[str, typer.Argument(help="Name or id of the person or agent.")]
Why = Annotated[str, typer.Option("--reason", help="Why, for those who read it later.")]


def _stop(who: Who, reason: Why, acting: Acting = "", as_json: Json = False) -> None:
    """Stop a person or an agent: every further request of theirs is denied."""
    _set_active(who, False, reason, acting, as_json)


def _start(who: Who, reason: Why, acting: Acting = "", as_json: Json = False) -> None:
    """Let a stopped person or agent act again."""
    _set_active(who, True, reason, acting, as_json)


def _set_active(who: str, active: bool, reason: str, acting: str, as_json: bool) -> None:
    from app.verbs import set_active

    with workspace() as ws:
        found = set_active(ws, who, active=active, reason=reason, by=actor(ws, acting))
    if as_json:
        return show_json(found)
    return console().print(f"{found.name} is {_state(found.active, found.simulated)}.", markup=False)
