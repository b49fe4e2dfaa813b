"""Pilots and what is found about them, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Status(StrEnum):
    """Where a pilot stands."""

    IDEA = "idea"
    PILOT = "pilot"
    PRODUCTION = "production"
    PAUSED = "paused"
    STOPPED = "stopped"


class Sensitivity(StrEnum):
    """The most sensitive data that a pilot handles, from the least to the most."""

    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"
    PERSONAL = "personal"


class RiskTier(StrEnum):
    """How much harm a pilot may do; also in the words of the EU AI Act (minimal, limited, high, unacceptable)."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    PROHIBITED = "prohibited"


class BenefitEvidence(StrEnum):
    """What stands behind the benefit of a pilot."""

    CLAIMED = "claimed"  # somebody said so
    ESTIMATED = "estimated"  # worked out from assumptions
    MEASURED = "measured"  # found in data
    NONE = "none"


class CostPeriod(StrEnum):
    """What period the cost of a pilot is billed for."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def months(self) -> int:
        """How many months it has."""
        return {CostPeriod.MONTH: 1, CostPeriod.QUARTER: 3, CostPeriod.YEAR: 12}[self]


class TouchedKind(StrEnum):
    """The kinds of things that a pilot touches."""

    ACTIVITY = "activity"
    SYSTEM = "system"
    DATA = "data"


@dataclass(frozen=True)
class PilotFacts:
    """What is known about one pilot. None: not known."""

    name: str
    department: str
    reference: str | None = None  # the organisation's own id
    owner: str | None = None  # who answers for it
    sponsor: str | None = None  # who pays for it
    status: Status | None = None  # its stage
    purpose: str | None = None
    activities: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    data_sensitivity: Sensitivity | None = None
    vendor: str | None = None
    model: str | None = None
    started: date | None = None
    monthly_cost: float | None = None  # in `currency`
    currency: str | None = None  # ISO 4217
    monthly_benefit: float | None = None  # claimed, in `currency`
    users: int | None = None
    human_review: bool | None = None  # whether a person checks what it does
    autonomy_level: int | None = None  # 1 suggests to 4 acts alone
    workflow: str | None = None  # that its activities belong to
    actions: tuple[str, ...] = ()  # that it may do, such as `purchase_order.draft`
    data_classes: tuple[str, ...] = ()  # such as health or payroll
    model_version: str | None = None
    platform: str | None = None  # where the model runs
    runtime: str | None = None  # how the agent is asked, such as `http:...`
    risk_tier: RiskTier | None = None
    risk_drivers: tuple[str, ...] = ()  # why it has that tier
    monthly_runs: int | None = None
    success_rate: float | None = None  # share of its runs, 0 to 1
    cost_period: CostPeriod | None = None  # that it is billed for; `monthly_cost` is of a month whatever this is
    benefit_evidence: BenefitEvidence | None = None
    reviewed: date | None = None  # last
    ended: date | None = None
    approvals: tuple[str, ...] = ()
    log_location: str | None = None
    exit_plan: str | None = None
    links: tuple[str, ...] = ()

    def touched(self, kind: TouchedKind) -> tuple[str, ...]:
        """The things of this kind that it touches, as the sheet writes them."""
        return {TouchedKind.ACTIVITY: self.activities, TouchedKind.SYSTEM: self.systems, TouchedKind.DATA: self.data}[
            kind
        ]


@dataclass(frozen=True)
class Pilot:
    """An AI experiment or deployment in the inventory."""

    id: int
    facts: PilotFacts
    revision: int  # from 1, one more with each import or edit that changed it
    digest: str  # SHA-256 of the facts
    created_at: datetime
    created_by: str
    updated_at: datetime
    updated_by: str

    @property
    def active(self) -> bool:
        """Whether it is not stopped; a stopped pilot overlaps with nothing and covers no gap."""
        return self.facts.status is not Status.STOPPED


@dataclass(frozen=True)
class ActivityDemand:
    """The work that one mined activity makes."""

    activity: str
    log: str
    count: int  # activity instances
    human_share: float | None  # done by people, of those whose performer kind is known; None where none is
    service_seconds: float | None  # mean of an instance done by people; None where the log has none
    waiting_seconds: float | None = None  # mean waiting time before one instance
    kinds_known: bool = field(default=False, compare=False)  # whether every instance says what kind of performer did it


@dataclass(frozen=True)
class Suggestion:
    """A mined activity or system that a name may stand for. Only a suggestion: nothing is linked by it."""

    label: str
    log: str
    score: float  # 0 to 1, to rank by: no probability


@dataclass(frozen=True)
class Link:
    """A name in a pilot's sheet, and what was mined under the same name or chosen for it by a person."""

    pilot: int
    pilot_name: str
    kind: TouchedKind
    label: str
    logs: tuple[str, ...]  # event logs that have it; empty: linked to nothing
    suggestions: tuple[Suggestion, ...] = ()  # only where it is linked to nothing
    chosen: str | None = None  # the mined activity that a person said it stands for; then `logs` is that one's


@dataclass(frozen=True)
class Orphan:
    """A pilot whose stated activities and systems stand in no event log."""

    pilot: int
    pilot_name: str
    department: str
    links: tuple[Link, ...]
    reason: str
