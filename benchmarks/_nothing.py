"""The agent of `agents`: it does nothing. Light, because it is loaded in a process of its own."""

from __future__ import annotations

from orchestrator.runtimes.values import AgentProposal, AgentTask


def nothing(task: AgentTask) -> AgentProposal:
    """Proposes what was there already."""
    return AgentProposal(changes={"amount": task.context["amount"]})


def idle(_task: AgentTask) -> AgentProposal:
    """Proposes nothing at all."""
    return AgentProposal()
