"""What is known of one activity when it is allocated: its profile, and what its log says beyond it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from mining.allocation.weights import KNOWN
from mining.map.profile import ActivityProfile


@dataclass(frozen=True)
class TaskEvidence:
    """An activity as its log shows it. None: the log does not say. Who did the work stands in the profile only."""

    profile: ActivityProfile
    next_bits: float | None = None  # entropy of what follows
    before_bits: float | None = None  # entropy of what stands before
    once: float | None = None  # share of its instances that are the first of their case
    drift: float | None = None  # range of its share of cases over the quarters of the cases
    opens: float = 0.0  # share of the cases that begin with it
    clocked: bool = True  # whether the log's service times can be believed
    monthly: float | None = None  # instances a month; None where the log covers less than a day
    burst: float | None = None  # sign of automation: share of instances that end in a burst
    instant: float | None = None  # sign of automation: share of instances that take no time
    samples: tuple[str, ...] = ()  # cases to look at

    @property
    def activity(self) -> str:
        """Its name."""
        return self.profile.activity

    @property
    def by_systems(self) -> float:
        """Share of its instances done by systems; 0 where too little is known."""
        return (self.profile.system_share or 0.0) if self.profile.kind_known_share >= KNOWN else 0.0

    @property
    def by_agents(self) -> float:
        """Share of its instances done by agents; 0 where too little is known."""
        return (self.profile.agent_share or 0.0) if self.profile.kind_known_share >= KNOWN else 0.0

    def to_dict(self) -> dict[str, Any]:
        """It as JSON."""
        return {**asdict(self), "samples": list(self.samples)}

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> TaskEvidence:
        """The evidence that `to_dict` wrote."""
        profile = ActivityProfile.from_dict(data["profile"])
        return TaskEvidence(**{**data, "profile": profile, "samples": tuple(data["samples"])})
