"""The protocol of runtimes: one implementation a scheme, such as `python`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from core.errors import TandemError
from orchestrator.runtimes.values import AgentFailed, AgentProposal, AgentTask


@dataclass(frozen=True)
class Usage:
    """What the runtime itself measured of one question, where it can: an agent's own word is in its proposal."""

    tokens: int | None = None
    cost: float | None = None  # in the currency of the workflow's log


@dataclass(frozen=True)
class Answer:
    """What came of asking: a proposal, or a failure in words, or nothing before the deadline."""

    proposal: AgentProposal | None = None
    failure: AgentFailed | None = None
    late: bool = False
    unusable: bool = False  # it failed because the agent's code cannot be loaded
    usage: Usage = Usage()


class Closed(TandemError):
    """The worker is stopping: the question was not answered and is asked again by the next worker."""


class Runtime(Protocol):
    """How agents of one scheme are asked."""

    def parse(self, rest: str) -> str:
        """`rest` of an address, after the scheme, as it is asked. Runs no code of the agent.

        Raises BadInput or NotFound, in words, for what cannot be an agent of this scheme.
        """
        ...

    def check(self, rest: str) -> None:
        """Try to reach the agent, when it is registered. Raises BadInput with what went wrong."""
        ...

    def find(self, rest: str) -> None:
        """See whether the agent is there, as far as that shows without running its code in this process.

        Raises BadInput or NotFound, in words, where it is not.
        """
        ...

    def ask(self, rest: str, question: AgentTask, deadline: float) -> Answer:
        """What the agent says to `question` before `deadline`, in seconds of `time.monotonic`.

        Whatever the agent does is an answer; raises only what `parse` raises, and Closed.
        """
        ...

    def cancel(self, key: str) -> bool:
        """Whether a question with this key was being asked; it now comes to nothing."""
        ...

    def close(self) -> None:
        """End whatever the runtime holds. Questions being asked raise Closed."""
        ...
