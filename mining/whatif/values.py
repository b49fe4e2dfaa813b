"""A what-if as values: the process as the log shows it, what is changed, what a simulation gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from mining.whatif.week import WorkingWeek


@dataclass(frozen=True, slots=True)
class PlayedStep:
    """One activity instance of a case of the log, as it is played again. Times in seconds."""

    activity: int
    after: int  # the step of the case on whose end it waits; -1: the arrival
    delay: float  # extraneous: neither service time nor queue
    service: float
    performer: int  # in whose queue it waits; -1: in nobody's
    working: bool  # whether its times are working time; else they pass by day and night
    by_person: bool
    timed: bool  # whether its start is known; else all its time stands in `delay`
    cost: float | None
    failed: bool | None


@dataclass(frozen=True, slots=True)
class CasePlan:
    """One case of the log, as it is played again."""

    arrived: float  # seconds since 1970
    steps: tuple[PlayedStep, ...]
    next: tuple[tuple[int, ...], ...]  # for each step those that wait on its end; the last: those on the arrival


@dataclass(frozen=True)
class ProcessFacts:
    """Which figures a process can carry."""

    hours: bool  # whether it is known how long people work at anything
    costs: str  # "log", "rate" (hours of people x rate, assumed), or "" where there are none
    errors: bool  # whether the log says of nearly all instances whether they failed


KNOWN = 0.8  # share of instances that must have a fact before a figure is made of it


@dataclass(frozen=True)
class Process:
    """What a log says about its process, ready to be simulated."""

    activities: tuple[str, ...]
    cases: tuple[CasePlan, ...]  # complete ones, by arrival
    takes: Mapping[int, int]  # by performer: how many activity instances at once
    week: WorkingWeek
    timed: frozenset[int]  # activities whose service time is known and believed
    notes: tuple[str, ...]  # what is not simulated, in words
    left_out: int = 0  # cases that are not complete
    made: dict[int, Any] = field(default_factory=dict, compare=False, repr=False)  # cases as they are played, once made

    @cached_property
    def facts(self) -> ProcessFacts:
        """Which figures it can carry."""
        steps = [step for case in self.cases for step in case.steps]
        people = [step for step in steps if step.by_person]
        timed = sum(step.timed for step in people)
        costs = "rate" if people and timed >= KNOWN * len(people) else ""
        if sum(step.cost is not None for step in steps) >= KNOWN * len(steps):
            costs = "log"
        return ProcessFacts(timed > 0, costs, sum(step.failed is not None for step in steps) >= KNOWN * len(steps))


@dataclass(frozen=True)
class TaskByAgent:
    """An agent as the performer of one task. Assumed, but for what its `sources` call measured."""

    activity: str
    seconds: float = 60.0  # that it takes
    cost_each: float = 0.05  # money
    cost_month: float = 100.0  # money: licence, watching, upkeep
    error: float = 0.05  # share of its results that a person does again
    escalated: float = 0.1  # share that it hands to a person, who does it as before
    approved: float = 0.0  # share that waits for a person's approval
    reviewed: float = 0.0  # share that a person looks at afterwards; the case does not wait
    approval_delay: float = 3600.0  # working seconds until somebody gets to an approval
    review_seconds: float = 60.0  # a person's, for each approval and each review
    keeps: float = 1.0  # share of the delay before the task that stays
    sources: Mapping[str, str] = field(default_factory=dict)  # by name where it comes from: "measured", else assumed


@dataclass(frozen=True)
class HelpedTask:
    """A person who is helped by an agent."""

    activity: str
    saved: float = 0.14  # share of the service time; assumed
    cost_each: float = 0.05
    cost_month: float = 100.0


@dataclass(frozen=True)
class DroppedTask:
    """A task that nobody does any more; the time before it stays."""

    activity: str


Change = TaskByAgent | HelpedTask | DroppedTask


@dataclass(frozen=True)
class ExpectedKpi:
    """One expected KPI: a plain value, for whoever keeps it."""

    metric: str
    value: float | None  # None: withheld
    low: float | None
    high: float | None
    unit: str
    before: float | None  # of the simulated as-is
    change: float | None  # scenario less as-is, of paired replications
    change_low: float | None
    change_high: float | None
    withheld: str = ""  # why there is no value
    evidence: str = "estimated"


@dataclass(frozen=True)
class Measure:
    """One measure of fit: the simulated as-is against the part of the log that was held out."""

    name: str
    simulated: float | None
    chance: float | None  # the same between halves of what was held out: less cannot be asked
    earlier: float | None  # the same between the earlier part as it was and what was held out: what time changed
    unit: str
    verdict: str  # good, fair, bad
    text: str


@dataclass(frozen=True)
class Fit:
    """How well the simulated as-is resembles cases that it was not made from."""

    measures: tuple[Measure, ...]
    verdict: str  # good, fair, bad: the worst of them
    trained: int  # cases
    held_out: int
    replications: int
    reasons: tuple[str, ...] = ()  # why it is bad
    pooled: bool = False  # whether work goes to whoever of a pool has room; else to whom it went in the log


@dataclass(frozen=True)
class WhatIf:
    """The answer to a what-if."""

    log: str
    log_version: int
    fit: Fit
    changes: tuple[Change, ...]
    expected: tuple[ExpectedKpi, ...]  # empty where the fit is bad: then `withheld` says why
    withheld: str
    replications: int
    weeks: int  # of each replication, measured
    cases: int  # mean of the cases that arrive in them
    seed: int
    notes: tuple[str, ...]
    cycle_times: Mapping[str, Sequence[float]] = field(default_factory=dict)  # seconds, some of "as-is" and "scenario"


PROOF = (
    "A good fit says that the simulation plays the process as it was. It is no proof of how a changed process runs: "
    "people, cases and errors may answer to the change in ways that no log shows."
)
