"""`tandem role`: responsibilities, permitted actions and expectations, and who has which."""

from __future__ import annotations

from typing import Annotated

import typer

from app.context import Acting, All, Json, actor, workspace
from app.output import console, show_json, show_table

Role = Annotated[str, typer.Argument(help="Name of the role.")]
Who = Annotated[str, typer.Argument(help="Name or id of the person or agent.")]


def register(app: typer.Typer) -> None:
    """Add `tandem role` and its verbs."""
    noun = typer.Typer(help="Add, list, give and withdraw roles.", no_args_is_help=True)
    for name, verb in (("add", _add), ("list", _list), ("assign", _assign), ("withdraw", _withdraw)):
        noun.command(name)(verb)
    app.add_typer(noun, name="role")


def _add(
    name: Role,
    purpose: Annotated[str, typer.Argument(help="What the role is for, in one sentence.")],
    responsibility: Annotated[
        list[str] | None, typer.Option("--responsibility", help="A responsibility; give it again for more.")
    ] = None,
    action: Annotated[
        list[str] | None,
        typer.Option("--action", help="An action that agents with this role may ask for; give it again for more."),
    ] = None,
    expectation: Annotated[
        list[str] | None, typer.Option("--expectation", help="A performance expectation; give it again for more.")
    ] = None,
    acting: Acting = "",
    as_json: Json = False,
) -> None:
    """Add a role."""
    from app.verbs import add_role

    with workspace() as ws:
        role = add_role(
            ws,
            name,
            purpose,
            responsibilities=responsibility or (),
            actions=action or (),
            expectations=expectation or (),
            by=actor(ws, acting),
        )
    if as_json:
        return show_json(role)
    return console().print(f"Added the role {role.name}.", markup=False)


def _list(every: All = False, as_json: Json = False) -> None:
    """List the roles with their actions and who has them."""
    from governance import principals, roles

    with workspace() as ws:
        found, everyone = roles(ws), principals(ws)
    holders = {role.name: [p.name for p in everyone if role.name in p.roles] for role in found}
    if as_json:
        return show_json([{"role": role, "holders": holders[role.name]} for role in found])
    rows = [(r.name, r.purpose, ", ".join(r.actions), ", ".join(holders[r.name])) for r in found]
    return show_table(("role", "purpose", "actions", "holders"), rows, empty="There are no roles yet.", every=every)


def _assign(who: Who, role: Role, acting: Acting = "", as_json: Json = False) -> None:
    """Give a role to a person or an agent."""
    from app.verbs import assign_role

    with workspace() as ws:
        found = assign_role(ws, who, role, by=actor(ws, acting))
    if as_json:
        return show_json(found)
    return console().print(f"{found.name} now has the role {role}.", markup=False)


def _withdraw(who: Who, role: Role, acting: Acting = "", as_json: Json = False) -> None:
    """Take a role from a person or an agent."""
    from app.verbs import withdraw_role

    with workspace() as ws:
        found = withdraw_role(ws, who, role, by=actor(ws, acting))
    if as_json:
        return show_json(found)
    return console().print(f"{found.name} no longer has the role {role}.", markup=False)
