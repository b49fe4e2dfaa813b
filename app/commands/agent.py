"""`tandem agent`: software principals, who answers for them, and how far they may go alone."""

from __future__ import annotations

from typing import Annotated

import typer

from app.context import Acting, All, Json, actor, workspace
from app.output import console, show_json, show_table

Agent = Annotated[str, typer.Argument(help="Name or id of the agent.")]
Roles = Annotated[list[str] | None, typer.Option("--role", help="Role of the agent; give it again for more.")]
Owner = Annotated[str, typer.Option(help="Person who answers for what the agent does.")]
Sponsor = Annotated[str, typer.Option(help="Person who wants the agent and pays for it.")]
Runtime = Annotated[
    str,
    typer.Option(
        help="Its address: `python:module:function`, or `python:` and an entry point of the group `tandem.agents`."
    ),
]


def register(app: typer.Typer) -> None:
    """Add `tandem agent` and its verbs."""
    noun = typer.Typer(help="Add, list and show agents, change their autonomy level.", no_args_is_help=True)
    for name, verb in (("add", _add), ("list", _list), ("show", _show), ("level", _level)):
        noun.command(name)(verb)
    app.add_typer(noun, name="agent")


def _add(
    name: Annotated[str, typer.Argument(help="Name of the agent; no two principals share one.")],
    owner: Owner,
    sponsor: Sponsor,
    runtime: Runtime,
    role: Roles = None,
    level: Annotated[
        int, typer.Option(help="1 suggests, 2 acts after approval, 3 acts and is reviewed, 4 acts alone.")
    ] = 2,
    simulated: Annotated[bool, typer.Option("--simulated", help="Mark the agent as simulated.")] = False,
    acting: Acting = "",
    as_json: Json = False,
) -> None:
    """Add an agent."""
    from app.verbs import add_agent

    with workspace() as ws:
        agent = add_agent(
            ws,
            name,
            owner=owner,
            sponsor=sponsor,
            roles=role or (),
            runtime=runtime,
            autonomy_level=level,
            simulated=simulated,
            by=actor(ws, acting),
        )
    if as_json:
        return show_json(agent)
    return console().print(f"Added {agent.name} ({agent.id}).", markup=False)


def _list(every: All = False, as_json: Json = False) -> None:
    """List the agents with their roles and autonomy levels."""
    from app.simulation import marked_names
    from governance import PrincipalKind, principals

    with workspace() as ws:
        names = marked_names(ws)
        found = principals(ws, kind=PrincipalKind.AGENT)
    if as_json:
        return show_json(found)
    rows = [
        (
            p.name,
            p.id,
            ", ".join(p.roles),
            p.autonomy_level,
            names.get(p.owner or ""),
            p.runtime,
            ("active" if p.active else "stopped") + (", simulated" if p.simulated else ""),
        )
        for p in found
    ]
    headings = ("name", "id", "roles", "level", "owner", "runtime", "state")
    return show_table(headings, rows, empty="There are no agents yet. Add one: tandem agent add.", every=every)


def _show(agent: Agent, as_json: Json = False) -> None:
    """Show an agent, what its roles let it ask for, and what it did last."""
    from governance import audit_records, get_principal, roles

    with workspace() as ws:
        found = get_principal(ws, agent)
        actions = sorted({action for role in roles(ws) if role.name in found.roles for action in role.actions})
        last = audit_records(ws, principal=found.id, kind="attempt", limit=10)
    if as_json:
        return show_json({"agent": found, "actions": actions, "attempts": last})
    console().print(f"{found.name} ({found.id})", style="bold", markup=False)
    console().print(
        f"  Autonomy level {found.autonomy_level}. Roles: {', '.join(found.roles) or 'none'}.", markup=False
    )
    console().print(f"  May ask for: {', '.join(actions) or 'nothing'}.", markup=False)
    rows = [(r.number, r.at.isoformat(" ", "seconds"), r.action, r.resource_id, r.effect, r.outcome) for r in last]
    headings = ("record", "at", "action", "resource", "decision", "outcome")
    return show_table(headings, rows, empty="  It has attempted nothing yet.")


def _level(
    agent: Agent,
    level: Annotated[int, typer.Argument(help="1 suggests, 2 after approval, 3 reviewed, 4 alone.")],
    reason: Annotated[str, typer.Option(help="Why, for those who read it later.")],
    acting: Acting = "",
    as_json: Json = False,
) -> None:
    """Change the autonomy level of an agent."""
    from app.verbs import set_autonomy_level

    with workspace() as ws:
        found = set_autonomy_level(ws, agent, level, reason=reason, by=actor(ws, acting))
    if as_json:
        return show_json(found)
    return console().print(f"{found.name} now has autonomy level {found.autonomy_level}.", markup=False)
