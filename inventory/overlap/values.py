"""What is found about pilots that do the same work, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from core.figures import per_cent
from inventory.costs import MonthlyCost

PairKey = tuple[int, int]  # pilot ids, the lower first
Matrix = NDArray[np.float32]  # pilots x pilots, symmetric
Column = NDArray[np.float64]  # one number a pair


@dataclass(frozen=True)
class Overlap:
    """Two pilots that may do the same work: a proposal, never a fact."""

    first: int  # pilot ids, the lower first
    second: int
    first_name: str
    second_name: str
    departments: tuple[str, ...]  # one, or two that differ
    probability: float  # 0 to 1, that they do the same work, with all answers so far
    unaided: float  # 0 to 1, without any answer
    shown: bool  # in one cluster: told as the same work
    tasks: tuple[str, ...]  # mined activities that both name or were linked to by a person
    activities: tuple[str, ...]  # other activity names that both have
    systems: tuple[str, ...]
    data: tuple[str, ...]
    same: int  # answers that say the same work
    different: int  # answers that say other work
    reason: str  # in words


@dataclass(frozen=True)
class TaskProof:
    """Mined work that pilots of one cluster name: what they compete for."""

    activity: str
    log: str
    pilots: tuple[int, ...]
    cases_a_month: float | None  # None: the log covers less than a day
    hours_a_month: float | None  # of people's service time; None: the log has no service times

    def in_words(self) -> str:
        """It in words: the activity, its log, cases and hours a month."""
        cases = "cases a month not known" if self.cases_a_month is None else f"{self.cases_a_month:,.1f} cases a month"
        hours = (
            "hours not known" if self.hours_a_month is None else f"{self.hours_a_month:,.1f} hours of people a month"
        )
        return f"{self.activity} ({self.log}): {cases}, {hours}"


@dataclass(frozen=True)
class PilotCluster:
    """Pilots that are proposed to do the same work."""

    pilots: tuple[int, ...]
    names: tuple[str, ...]
    departments: tuple[str, ...]
    statuses: tuple[str, ...]  # one a pilot; "unknown" where the sheet says none
    users: int | None  # sum of those that are known; None: of no pilot
    users_known: int  # pilots whose users are known
    costs: tuple[MonthlyCost, ...]
    costs_known: int  # pilots whose cost is known
    probability: float  # mean over its pairs
    answered: int  # pairs on which somebody answered
    proof: tuple[TaskProof, ...]
    reasons: tuple[str, ...]  # in words, strongest first


@dataclass(frozen=True)
class PrecisionSoFar:
    """How often what is shown as the same work was confirmed, from answers alone."""

    shown: int  # pairs that were shown without any answer, and that were answered on since
    confirmed: int  # of those, called the same work by more answers than not
    share: float | None  # confirmed / shown; None where nothing was answered
    low: float | None  # 95 % interval (Wilson 1927)
    high: float | None
    tick_lists: int  # answered so far

    def in_words(self) -> str:
        """It in a sentence, with its interval."""
        lists = f"{self.tick_lists} tick-list{'' if self.tick_lists == 1 else 's'}"
        if self.share is None or self.low is None or self.high is None:
            return f"{lists} answered; nothing that was shown has been answered on yet."
        return (
            f"Precision so far: {self.confirmed} of {self.shown} answered pairs that were shown do the same work, "
            f"{per_cent(self.share)} ({per_cent(self.low)} to {per_cent(self.high)}), after {lists}."
        )


@dataclass(frozen=True)
class Overlaps:
    """What pilots do the same work, as far as it is known."""

    pairs: tuple[Overlap, ...]  # same mined task first, then the likeliest
    clusters: tuple[PilotCluster, ...]  # of most pilots first, then the likeliest
    precision: PrecisionSoFar
    encoder: str | None  # the sentence encoder that was used; None: words and letters alone
    note: str  # in words: what the figures can bear


@dataclass(frozen=True)
class TickAnswer:
    """One answered tick-list: of the pilots asked about, those that do the same work."""

    asked: tuple[int, ...]  # pilot ids
    ticked: tuple[int, ...]  # those that do one and the same work; empty: no two of them do
    id: int = 0
    at: datetime | None = None
    by: str = ""


@dataclass(frozen=True)
class TickList:
    """A question to a person: which of these do the same work?"""

    pilots: tuple[int, ...]
    names: tuple[str, ...]
    departments: tuple[str, ...]
    purposes: tuple[str, ...]  # or activities, where the sheet states no purpose
