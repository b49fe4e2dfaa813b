"""Stored runs and findings, and what is made of them, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from inventory.discovery.values import AgentFinding


class FindingState(StrEnum):
    """What was done about a finding."""

    OPEN = "open"
    REGISTERED = "registered"  # a pilot was made of it
    MATCHED = "matched"  # a person said which pilot it is
    DISMISSED = "dismissed"


@dataclass(frozen=True)
class PilotMatch:
    """A pilot that a finding may be."""

    pilot: int
    pilot_name: str
    score: float  # 0 to 1, to rank by: no probability
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class ProposedField:
    """One column of a pilot that could be made of a finding, and how it is known."""

    column: str
    value: str
    known: str  # declared, read from code, observed or assumed


@dataclass(frozen=True)
class StoredFinding:
    """A finding and what became of it."""

    id: int
    finding: AgentFinding
    first_seen: datetime
    last_seen: datetime
    changed: bool  # in the last scan of its source
    new: bool  # in the last scan of its source
    gone: bool  # the last scan of its source saw it no more
    state: FindingState  # a dismissal that has ended is open
    pilot: int | None  # where registered or matched
    reason: str | None  # of the dismissal
    until: date | None  # the last day of the dismissal
    matches: tuple[PilotMatch, ...] = ()  # of an open one, the likeliest first
    proposed: tuple[ProposedField, ...] = ()  # of an open one


@dataclass(frozen=True)
class DiscoveryRun:
    """What one stored scan found, against the scan before of the same sources."""

    id: int
    sources: tuple[str, ...]
    files: int
    found: int
    new: tuple[int, ...]  # ids of findings
    changed: tuple[int, ...]
    gone: tuple[int, ...]
    unchanged: int
    notes: tuple[str, ...]
    created_at: datetime
    created_by: str


@dataclass(frozen=True)
class DeclaredAgainstObserved:
    """One column of a registered pilot: what the registry says against what was found."""

    pilot: int
    pilot_name: str
    column: str  # model, vendor, systems or actions
    both: tuple[str, ...]
    observed_only: tuple[str, ...]  # found, and not in the registry
    declared_only: tuple[str, ...]  # in the registry, and not found: not found is not absent
    findings: tuple[int, ...]
