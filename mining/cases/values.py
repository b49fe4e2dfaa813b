"""What the lists of variants and cases hold, and the story of one case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from core.coarse import Seconds
from core.trust import TRUSTED, Trust


class CaseOrder(StrEnum):
    """What a list of cases is sorted by."""

    STARTED = "started"
    ENDED = "ended"
    CYCLE_TIME = "cycle_time"
    EVENTS = "events"


@dataclass(frozen=True)
class VariantRow:
    """A variant in the list; the most frequent has number 1."""

    number: int
    digest: str  # names it in filters and links
    cases: int
    share: float  # of the cases
    covered: float  # share of the cases that it and those before it have
    trace: tuple[str, ...]
    median_seconds: Seconds | None  # cycle time; None where its cases were seen at one moment only
    p95_seconds: Seconds | None


@dataclass(frozen=True)
class VariantPage:
    """A page of the list of variants."""

    variants: int  # in all
    cases: int  # in all
    rows: tuple[VariantRow, ...]
    trust: Trust = TRUSTED


@dataclass(frozen=True)
class CaseRow:
    """A case in the list."""

    case: str
    started: datetime  # UTC, naive, as the store has it
    ended: datetime
    cycle_seconds: Seconds | None  # None where it was seen at one moment only
    events: int
    waiting_seconds: Seconds | None
    service_seconds: Seconds | None  # None where no activity instance of it has a start
    rework: int
    performers: int
    cost: float | None
    last_activity: str
    complete: bool
    variant: str  # digest


@dataclass(frozen=True)
class CasePage:
    """A page of the list of cases."""

    cases: int  # in all, as searched
    rows: tuple[CaseRow, ...]
    trust: Trust = TRUSTED


@dataclass(frozen=True)
class CaseInstance:
    """One activity instance of a case."""

    position: int
    activity: str
    started: datetime | None
    ended: datetime
    started_offset: int | None  # minutes from UTC in the source
    ended_offset: int | None
    waiting: Seconds | None  # seconds since the one before ended
    service: Seconds | None
    performer: str | None
    performer_kind: str | None
    simulated: bool
    system: str | None
    cost: float | None
    failed: bool | None
    repeated: bool
    source_row: int  # its row or event in the source
    attributes: Mapping[str, Any]  # by name, without `@`


@dataclass(frozen=True)
class CaseStory:
    """One case: what the log says of it, and its activity instances in order."""

    case: str
    started: datetime
    ended: datetime
    due: datetime | None
    complete: bool
    state: str  # complete, open, failed, cancelled or unknown
    cycle: Seconds | None  # seconds; None where it is not over, was seen at one moment only, or has an impossible time
    attributes: Mapping[str, Any]
    instances: tuple[CaseInstance, ...]
    trust: Trust = TRUSTED
