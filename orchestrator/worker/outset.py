"""What a worker says when it starts: which agents and connectors it will not be able to ask, and what to do."""

from __future__ import annotations

import logging

from core.errors import BadInput
from core.workspace import Workspace
from governance import PrincipalKind, principals
from orchestrator.connectors.registry import Connectors
from orchestrator.runtimes.agents import Agents

_LOG = logging.getLogger("tandem.worker")


def tell_of_connectors(connectors: Connectors) -> None:
    """Log a warning for each connector whose file cannot be used or whose variables the environment lacks."""
    for name in connectors.names():
        try:
            unset = connectors.unset(name)
        except BadInput as error:
            _LOG.warning("The connector `%s` cannot be used. %s", name, error)
            continue
        if unset:
            _LOG.warning(
                "The connector `%s` needs %s, which the environment of the worker lacks, so what it is asked for is "
                "refused. Set it and start the worker again.",
                name, ", ".join(f"`{variable}`" for variable in unset),
            )  # fmt: skip


def tell_of_agents(ws: Workspace, agents: Agents) -> None:
    """Log a warning for each active agent that cannot be asked."""
    for principal in principals(ws):
        if principal.kind is PrincipalKind.AGENT and principal.active and principal.runtime:
            agents.look_for(principal.name, principal.runtime)
