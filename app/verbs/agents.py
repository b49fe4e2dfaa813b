"""Adding an agent: its address is checked by the room that will ask it, then governance adds the principal."""

from __future__ import annotations

from collections.abc import Iterable

from core.actor.values import Actor
from core.actor.verb import permit
from core.workspace import Workspace
from governance import Principal
from governance import add_agent as add_principal
from governance.verbs import ADD_AGENT
from orchestrator.runtimes.agents import registered


def add_agent(
    ws: Workspace, name: str, *, owner: str, sponsor: str, roles: Iterable[str] = (), runtime: str,
    autonomy_level: int = 2, simulated: bool = False, by: Actor,
) -> Principal:  # fmt: skip
    """The agent that was added, under the address that a worker will ask it by.

    Who may not add one has no code loaded either. Raises BadInput for an address that no worker can ask, and what
    governance raises.
    """
    permit(ws, by, ADD_AGENT, "principals")
    address = registered(runtime, ws.settings)
    return add_principal(
        ws, name, owner=owner, sponsor=sponsor, roles=roles, runtime=address, autonomy_level=autonomy_level,
        simulated=simulated, by=by,
    )  # fmt: skip
