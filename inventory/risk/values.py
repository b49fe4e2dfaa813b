"""Rules, findings and mutes, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from inventory.risk.conditions import Condition


class RiskSeverity(StrEnum):
    """How bad it is, from the least to the most."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """Its place, from 0 for low."""
        return list(RiskSeverity).index(self)


@dataclass(frozen=True)
class RiskRule:
    """One rule, as its file says it."""

    id: str
    severity: RiskSeverity
    text: str  # what is demanded
    wrong: str  # what is wrong with a pilot that breaks it
    todo: str  # what to do about it
    condition: Condition  # when it is broken
    file: str  # that it stands in; of the organisation's own with its folder
    source: str | None = None  # where the demand comes from, such as a law


@dataclass(frozen=True)
class FieldSeen:
    """A field of a pilot that made a finding."""

    field: str
    value: Any  # as JSON has it; None: not known
    words: tuple[str, ...]  # that were found in it; empty where none were looked for
    said: str  # in words


@dataclass(frozen=True)
class RiskMute:
    """Who said that a finding is known and may wait, why, and until which day it does."""

    reason: str
    until: date  # the last day
    by: str  # id of the principal
    by_name: str
    at: datetime


@dataclass(frozen=True)
class Risk:
    """One rule that one pilot breaks."""

    pilot: int
    pilot_name: str
    department: str
    rule: str  # the rule's id
    text: str  # what the rule demands
    finding: str  # what about this pilot breaks it, with the fields that made it
    severity: RiskSeverity = RiskSeverity.MEDIUM
    todo: str = ""  # what to do
    fields: tuple[FieldSeen, ...] = ()
    source: str | None = None  # where the demand comes from, such as a law
    muted: RiskMute | None = None  # while somebody muted it
    wrong: str = ""  # what is wrong, without the fields that made it
