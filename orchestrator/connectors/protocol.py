"""What every connector can do: perform an action under a key, and look up what came of it.

The key stays the same over attempts, take-overs and retries. A connector hands it to the system, so that the same
effect is done once, and finds by it what the system did, so that an unknown outcome is never repeated blindly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True)
class ActionShape:
    """One action of a connector."""

    name: str
    arguments: tuple[str, ...]  # names; every one must be given
    results: tuple[str, ...] = ()  # names of the parts of its result that may be used


@dataclass(frozen=True)
class Call:
    """One effect, as it is asked of a system."""

    key: str  # the same whenever this effect is asked for
    action: str
    arguments: Mapping[str, Any]
    seconds: float  # to wait for an answer


@dataclass(frozen=True)
class Done:
    """The system did it."""

    result: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Refused:
    """The system did not do it, and says so."""

    cause: str
    retry: bool = False  # whether asking again, as it stands, may help


@dataclass(frozen=True)
class Absent:
    """The system knows nothing under the key: nothing was done."""


class Connector(Protocol):
    """A system of record. Whatever it raises leaves the outcome unknown: it is looked up before it is tried again."""

    @property
    def actions(self) -> Mapping[str, ActionShape]:
        """What it can do, by name."""
        ...

    def perform(self, call: Call) -> Done | Refused:
        """What came of doing it, once, under the call's key."""
        ...

    def look_up(self, call: Call) -> Done | Absent:
        """What the system did under the call's key."""
        ...
