"""What the data of a log version can carry: results, why one is withheld, what puts one in doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Result(StrEnum):
    """What is read off a log, and can be in doubt."""

    CYCLE_TIME = "cycle time"
    WAITING_TIME = "waiting time"
    SERVICE_TIME = "service time"
    THROUGHPUT = "throughput"
    ACTIVITIES = "activity counts"
    ORDER = "order and paths"
    VARIANTS = "variants"
    PERFORMERS = "performers"
    HAND_OVERS = "hand-overs"
    FOUR_EYES = "four eyes"
    SHARED_WORK = "shared work"
    SYSTEMS = "systems"
    COST = "cost"
    ERRORS = "error rate"
    SLA = "SLA adherence"
    ATTRIBUTES = "attributes"


TIMES = (Result.CYCLE_TIME, Result.WAITING_TIME, Result.SERVICE_TIME)


@dataclass(frozen=True)
class Withheld:
    """Why a log cannot carry a result; with `below`, only what is shorter than so many seconds is withheld."""

    reason: str
    below: int | None = None


@dataclass(frozen=True)
class Doubt:
    """What a reader of some results must know: they are told all the same."""

    results: tuple[Result, ...]
    words: str


@dataclass(frozen=True)
class Trust:
    """What the data of a log version can carry."""

    withheld: Mapping[Result, Withheld] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    simulated: int = 0  # activity instances that simulated performers did
    instances: int = 0  # all

    @property
    def tells_from(self) -> int | None:
        """The length in seconds below which no duration can be told; None: every duration can."""
        return max((w.below for w in self.withheld.values() if w.below), default=None)

    def why_not(self, result: Result) -> str | None:
        """Why there is no figure of `result` at all; None where there is one, if only from some length on."""
        found = self.withheld.get(result)
        return found.reason if found is not None and found.below is None else None

    def of(self, *results: Result) -> dict[Result, Withheld]:
        """Those of `results` that are withheld, in part or altogether."""
        return {result: self.withheld[result] for result in results if result in self.withheld}

    def doubts_of(self, *results: Result) -> tuple[str, ...]:
        """What must be known of any of `results`, each once."""
        return tuple(dict.fromkeys(d.words for d in self.doubts if set(d.results) & set(results)))


TRUSTED = Trust()
