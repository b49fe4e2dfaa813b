"""What one agent may use, and as which user of the operating system it runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.settings import Settings

ANSWER_BYTES = 1_000_000  # largest answer, as JSON
DEPTH = 20  # of objects and lists in each other
NAMES = 1_000  # of fields in an answer, nested ones counted
VALUES = 20_000  # values in an answer, nested ones counted
TEXT = 2_000  # characters of a note or a cause
FILE_BYTES = 100_000_000  # largest file that an agent may write
FILES = 256  # open at once in one agent
PROCESSES = 256  # more than the user had when the agent was started
LOGGED_BYTES = 4_000  # of what an agent prints during one question


@dataclass(frozen=True)
class Limits:
    """The settings of agents."""

    memory_megabytes: int = 2048
    cpu_seconds: int = 600
    children: int = 16
    user: str = ""
    python: str = ""

    @staticmethod
    def of(settings: Settings) -> Limits:
        """The limits that the settings give."""
        return Limits(
            memory_megabytes=settings.agent_memory_megabytes,
            cpu_seconds=settings.agent_cpu_seconds,
            children=settings.agent_children,
            user=settings.agent_user,
            python=settings.agent_python,
        )
