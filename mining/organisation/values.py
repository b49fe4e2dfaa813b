"""What is known of how work passes between performers and systems, as values. Times are in seconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.coarse import Seconds
from core.trust import TRUSTED, Trust


@dataclass(frozen=True)
class HandoverUnit:
    """One row and column of a hand-over matrix: a performer, a performer kind, a system, or a role or department."""

    name: str
    kind: str  # human, agent, system or unknown
    given: int  # hand-overs from it
    taken: int  # hand-overs to it


@dataclass(frozen=True)
class Handover:
    """One cell of a hand-over matrix."""

    source: str
    target: str
    count: int
    cases: int
    median_seconds: Seconds | None  # None: of none is it known how long it waited
    total_seconds: Seconds


@dataclass(frozen=True)
class Handovers:
    """Who hands work to whom. `units` stand by falling hand-overs, `handovers` by falling count."""

    by: str  # performer, kind, system, or @attribute
    units: tuple[HandoverUnit, ...]
    handovers: tuple[Handover, ...]
    count: int
    cases: int  # cases with at least one
    all_cases: int
    steps: int  # from one activity instance to the next of its case
    known_steps: int  # of these, with both performers (or systems) known
    total_seconds: Seconds  # waiting time of all hand-overs
    includes_service: bool  # the log has no starts: waiting time runs to the end of the target
    starts: tuple[tuple[str, int], ...] = ()  # who (or what) does the first instance of cases, and of how many
    ends: tuple[tuple[str, int], ...] = ()  # the same for the last
    withheld: str | None = None  # why there is nothing to show
    trust: Trust = TRUSTED


@dataclass(frozen=True)
class Return:
    """Work that went from one performer (or activity) to another and straight back."""

    one: str
    other: str
    count: int
    cases: int
    median_seconds: Seconds  # added time: end of the first to start of the third of the three instances
    total_seconds: Seconds
    activity: str  # the activity that is most often handed on, and the one that most often answers it
    answer: str


@dataclass(frozen=True)
class PingPong:
    """All such returns, by performers or by activities."""

    by: str  # performer or activity
    returns: tuple[Return, ...]
    count: int
    cases: int
    total_seconds: Seconds  # a stretch that two returns share counts once
    withheld: str | None = None
    trust: Trust = TRUSTED


@dataclass(frozen=True)
class Transfer:
    """Consecutive activity instances of a case in two systems; `manual` where a person did the second."""

    source: str
    target: str
    count: int
    cases: int
    manual: int
    manual_cases: int
    unknown: int  # the log does not say what did the second
    automatic: int  # an agent or a system did it
    swivel: int  # of the manual ones: the same person did both, so keyed it in again
    unknown_swivel: int  # the same performer of unknown kind did both
    median_seconds: Seconds | None  # waiting time of the manual ones
    total_seconds: Seconds


@dataclass(frozen=True)
class Carrier:
    """A performer who takes work over from one system into another."""

    name: str
    kind: str  # human or unknown
    count: int
    cases: int
    swivel: int  # did the instance before as well
    source: str  # the pair of systems it is most often
    target: str


@dataclass(frozen=True)
class Transfers:
    """Work between systems, and who carries it."""

    transfers: tuple[Transfer, ...]
    carriers: tuple[Carrier, ...]
    withheld: str | None = None
    without_kinds: str | None = None  # why nothing can be called manual
    trust: Trust = TRUSTED


@dataclass(frozen=True)
class Load:
    """What one performer did."""

    name: str
    kind: str  # of a mixed performer: the one that the log tells most often
    simulated: bool
    instances: int
    cases: int
    activities: int
    days: int  # days with at least one end
    service_seconds: Seconds | None  # summed; None without starts
    timed: int  # instances with a service time
    first: datetime  # UTC
    last: datetime
    kinds: tuple[tuple[str, int], ...] = ()  # how many instances as which kind, by falling number

    @property
    def kind_in_words(self) -> str:
        """The kind, or of a performer that is now one and now another `mixed`, with how often it is which."""
        if len([kind for kind, _ in self.kinds if kind != "unknown"]) < 2:
            return self.kind
        return f"mixed: {', '.join(f'{count:,} {kind}' for kind, count in self.kinds)}"


@dataclass(frozen=True)
class Alike:
    """Two performers and how alike their work is."""

    one: str
    other: str
    similarity: float  # cosine of their counts by activity, 0 to 1
    cases: int | None  # cases that both worked in; None beyond the busiest performers


@dataclass(frozen=True)
class Dependence:
    """How much an activity depends on one performer."""

    activity: str
    instances: int  # with a known performer
    performers: int
    top: str  # who did most of them
    top_kind: str
    top_share: float
    top_cases: int

    @property
    def at_risk(self) -> bool:
        """Whether only one person (or performer of unknown kind) ever did it, at least LEAST_INSTANCES times."""
        return self.performers == 1 and self.top_kind in ("human", "unknown") and self.instances >= LEAST_INSTANCES


LEAST_INSTANCES = 5
"""An activity done fewer times than this says nothing about who can do it."""


@dataclass(frozen=True)
class SharedWork:
    """Who does the same work, what only one performer does, and how much each does."""

    loads: tuple[Load, ...]  # by falling instances
    alike: tuple[Alike, ...]  # by falling similarity
    dependences: tuple[Dependence, ...]  # those at risk first
    compared: int  # performers that were compared with each other: the busiest
    withheld: str | None = None
    trust: Trust = TRUSTED

    @property
    def why_none_at_risk(self) -> str:
        """Why no activity is listed as done by only one person; empty where one is."""
        alone = [d for d in self.dependences if d.performers == 1]
        if any(d.at_risk for d in alone):
            return ""
        if not alone:
            return "Every activity is done by several performers."
        few = sum(d.instances < LEAST_INSTANCES for d in alone)
        rarely = f"{_activities(few)} by only one performer, but fewer than {LEAST_INSTANCES} times."
        machine = f"{_activities(len(alone) - few)} by only one agent or system."
        return " ".join([*([rarely] if few else []), *([machine] if few < len(alone) else [])])


def _activities(number: int) -> str:
    return f"{number:,} activity is done" if number == 1 else f"{number:,} activities are done"


@dataclass(frozen=True)
class EyePair:
    """Two activities that one performer should not do in one case."""

    first: str
    second: str
    cases: int  # cases with both, by known performers
    breaches: int  # cases in which one performer did both


@dataclass(frozen=True)
class Breach:
    """One case in which one performer did both activities."""

    case_id: str
    performer: str
    kind: str
    first_ended: datetime  # the last time, UTC
    second_ended: datetime


@dataclass(frozen=True)
class FourEyes:
    """Pairs of activities with their breaches; `breaches` lists those of `listed`."""

    pairs: tuple[EyePair, ...]
    listed: EyePair | None
    breaches: tuple[Breach, ...]
    suggested: bool  # the pairs were suggested from the words of the activities, not chosen
    activities: tuple[str, ...]  # all, by falling number of cases
    withheld: str | None = None
    trust: Trust = TRUSTED
