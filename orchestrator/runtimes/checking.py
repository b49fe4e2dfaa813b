"""What an agent answered, checked: the agent is foreign code, and so is every byte of it.

Messages name the part that is wrong, never its value.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.errors import BadInput
from orchestrator.runtimes.limits import DEPTH, NAMES, TEXT, VALUES
from orchestrator.runtimes.protocol import Answer
from orchestrator.runtimes.values import AgentFailed, AgentProposal

_PROPOSAL = frozenset({"changes", "answer", "cost", "confidence", "note", "occurred"})
_FAILURE = frozenset({"cause", "retry", "cost", "occurred"})


def checked(body: bytes, number: int) -> Answer:
    """The answer that `body` gives to question `number`. Raises BadInput for what is none."""
    data = _read(body)
    _bounded(data)
    if data.get("id") != number or isinstance(data.get("id"), bool):
        raise BadInput("The agent answered another question than the one it was asked.")
    said = set(data) - {"id"}
    if said == {"proposal"} and isinstance(data["proposal"], dict):
        return Answer(proposal=_proposal(data["proposal"]))
    if said == {"failure"} and isinstance(data["failure"], dict):
        return Answer(failure=_failure(data["failure"]))
    raise BadInput("The agent's answer is neither a proposal nor a failure.")


def _read(body: bytes) -> dict[str, Any]:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise BadInput("The agent's answer is no JSON, or is nested too deeply.") from None
    if not isinstance(data, dict):
        raise BadInput("The agent's answer is no JSON object.")
    return data


def _bounded(data: dict[str, Any]) -> None:
    """Raises BadInput where there is too much of it: levels, names or values."""
    names = values = 0
    level: list[Any] = [data]
    for _ in range(DEPTH + 3):  # three levels are the envelope's
        following: list[Any] = []
        for each in level:
            if isinstance(each, dict):
                names += len(each)
                following += each.values()
            elif isinstance(each, list):
                following += each
        values += len(following)
        if names > NAMES + 10 or values > VALUES + 10:
            raise BadInput(f"The agent's answer has more than {NAMES:,} fields or {VALUES:,} values.")
        if not following:
            return
        level = following
    raise BadInput(f"The agent's answer is nested in more than {DEPTH} levels.")


def _proposal(said: dict[str, Any]) -> AgentProposal:
    _known(said, _PROPOSAL, "proposal")
    return AgentProposal(
        changes=_object(said, "changes"),
        answer=_object(said, "answer"),
        cost=_number(said, "cost"),
        confidence=_number(said, "confidence", 1),
        note=_text(said, "note"),
        occurred=_occurred(said),
    )


def _failure(said: dict[str, Any]) -> AgentFailed:
    """A failure stays one, whatever is wrong with what it says beside."""
    _known(said, _FAILURE, "failure")
    cause = said.get("cause")
    if not isinstance(cause, str):
        raise BadInput("The cause of the failure is no text.")
    wrong: list[str] = []
    cost = occurred = None
    try:
        cost, occurred = _number(said, "cost"), _occurred(said)
    except BadInput as error:
        wrong.append(error.message)
    cut = cause if len(cause) <= TEXT else f"{cause[:TEXT]}..."
    return AgentFailed(
        "; ".join([cut, *wrong]), retry=said.get("retry", True) is not False, cost=cost, occurred=occurred
    )


def _known(said: Mapping[str, Any], names: frozenset[str], what: str) -> None:
    if set(said) - names:
        raise BadInput(f"The agent's {what} has parts that none has. It may have {', '.join(sorted(names))}.")


def _object(said: Mapping[str, Any], part: str) -> dict[str, Any]:
    value = said.get(part, {})
    if not isinstance(value, dict):
        raise BadInput(f"The {part} are no object of fields and their values.")
    return value  # a number that is not finite is for the gate to deny and to record


def _number(said: Mapping[str, Any], part: str, most: float = math.inf) -> float | None:
    value = said.get(part)
    if value is None:
        return None
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not 0 <= value <= most or value == math.inf:
        limit = "" if most == math.inf else f" to {most:g}"
        raise BadInput(f"The {part} is no finite number from 0{limit}.")
    return value if isinstance(value, float) else _whole(value, part)


def _whole(value: int, part: str) -> float:
    if value > 2**53:
        raise BadInput(f"The {part} is too large to be kept exactly.")
    return value


def _text(said: Mapping[str, Any], part: str) -> str | None:
    value = said.get(part)
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadInput(f"The {part} is no text.")
    if len(value) > TEXT:
        raise BadInput(f"The {part} is longer than {TEXT:,} characters.")
    return value.encode(errors="replace").decode().replace("\0", "?")


def _occurred(said: Mapping[str, Any]) -> tuple[datetime, datetime] | None:
    value = said.get("occurred")
    if value is None:
        return None
    try:
        if not isinstance(value, list):
            raise ValueError
        started, ended = (datetime.fromisoformat(each) for each in value)
    except (ValueError, TypeError):
        raise BadInput("The times of the work (`occurred`) are not a start and an end.") from None
    return started, ended
