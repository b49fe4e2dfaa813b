"""One question put to an agent's function, whatever it does: the side of the agent, in its own process."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from orchestrator.runtimes.values import Agent, AgentFailed, AgentProposal
from orchestrator.runtimes.wire import failure_to_dict, frame, proposal_to_dict, task_from_dict


def answer(agent: Agent, number: int, question: Mapping[str, Any]) -> bytes:
    """The frame that answers question `number`: a proposal, or a failure in words."""
    try:
        proposed = agent(task_from_dict(question))
        if not isinstance(proposed, AgentProposal):
            raise AgentFailed(f"The agent returned `{type(proposed).__name__}`, not an AgentProposal.")
        said = {"id": number, "proposal": proposal_to_dict(proposed)}
    except AgentFailed as failure:
        said = {"id": number, "failure": failure_to_dict(failure)}
    except (Exception, SystemExit) as error:  # noqa: BLE001  whatever an agent raises is a failed attempt
        said = {"id": number, "failure": {"cause": f"{type(error).__name__}: {error}"}}
    try:
        return frame(said)
    except (TypeError, ValueError, RecursionError, MemoryError) as error:
        cause = f"What the agent returned cannot be kept as JSON: {error}. Use text, numbers, lists and objects."
        return frame({"id": number, "failure": {"cause": cause}})


def read_question(body: bytes) -> tuple[int, dict[str, Any]]:
    """Number and question of a frame's body."""
    data = json.loads(body)
    return data["id"], data["question"]
