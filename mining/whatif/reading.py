"""Reads a process from a log that is open: its cases as they can be played again, its performers, its working week."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from core.eventlog.opened import Opened
from core.queries import load
from core.trust import Result, group_label
from mining.whatif.formulas.extraneous import extraneous_delay, full_times
from mining.whatif.formulas.hours import WEEK, hours_of_week
from mining.whatif.formulas.pools import pools
from mining.whatif.formulas.takes import takes_at_once
from mining.whatif.values import CasePlan, PlayedStep, Process
from mining.whatif.week import HOUR, MONDAY, WorkingWeek

MOST = 150_000  # activity instances that are read
LONGEST = 8 * 3600.0  # seconds of working time: a median above it is time that passed, not time worked
_UNTIMED = (
    "The log does not say when work begins, so service times and queues are not simulated: all time before the end of "
    "a task is played as it was, and an agent saves none of it unless you say what share it does not need."
)


@dataclass(frozen=True, slots=True)
class LoggedInstance:
    """One activity instance as the log has it; moments in seconds since 1970."""

    activity: int
    performer: int  # -1: none, or one that stands for many
    kind: str
    started: float | None
    ended: float
    cost: float | None
    failed: bool | None
    pause: bool

    @property
    def by_person(self) -> bool:
        """Whether a person does it, as far as is known: what nobody says is taken for a person's."""
        return self.kind in ("human", "unknown") and not self.pause

    @property
    def begins(self) -> float:
        """Its start, else its end."""
        return self.ended if self.started is None else self.started


@dataclass(frozen=True)
class LogCases:
    """The complete cases of a view, as the log has them."""

    activities: tuple[str, ...]
    cases: tuple[tuple[LoggedInstance, ...], ...]  # by arrival
    left_out: int  # cases that are not complete, or whose times cannot be believed
    newest_of: int | None  # of how many complete cases these are the newest; None: all of them

    def process(self, pooled: bool = False) -> Process:
        """What they say about the process; `pooled`: whether work goes to whoever of a pool has room."""
        return process_of(self.activities, self.cases, pooled=pooled, left_out=self.left_out, newest_of=self.newest_of)


def read_cases(opened: Opened) -> LogCases:
    """The complete cases of the view."""
    names = [name for (name,) in opened.connection.execute("SELECT name FROM activity ORDER BY activity_no").fetchall()]
    rows = opened.connection.execute(load("mining.sql", "whatif_instances").sql, {"most": MOST}).fetchall()
    every, complete = opened.connection.execute(load("mining.sql", "whatif_cases").sql).fetchall()[0]
    clocked = opened.trust.why_not(Result.SERVICE_TIME) is None
    grouped = group_label(opened.connection) is not None
    cases = [
        tuple(sorted((_instance(row, clocked, grouped) for row in rows_of), key=lambda i: (i.begins, i.ended)))
        for _, rows_of in groupby(rows, key=lambda row: row[0])
    ]
    cases.sort(key=lambda case: case[0].begins)
    return LogCases(tuple(names), tuple(cases), every - complete, complete if len(cases) < complete else None)


def _instance(row: Sequence[Any], clocked: bool, grouped: bool) -> LoggedInstance:
    _, activity, performer, kind, started, ended, _, cost, failed, pause = row
    nobody = performer is None or grouped
    begun = started if clocked else None
    return LoggedInstance(activity, -1 if nobody else performer, kind or "unknown", begun, ended, cost, failed, pause)


def process_of(
    names: Sequence[str],
    cases: Sequence[Sequence[LoggedInstance]],
    *,
    pooled: bool = False,
    left_out: int = 0,
    newest_of: int | None = None,
) -> Process:
    """The process of `cases`, by arrival, each with its instances in the order of their starts."""
    people = [i for case in cases for i in case if i.by_person]
    week = _week(people)
    spans = _spans(people, week)
    takes = {performer: takes_at_once(found) for performer, found in spans.items()}
    if pooled:
        mapped = pools(_counts(people))
        cases = [[replace(i, performer=mapped.get(i.performer, i.performer)) for i in case] for case in cases]
        people = [i for case in cases for i in case if i.by_person]
        spans = _spans(people, week)
        room: dict[int, int] = defaultdict(int)
        for performer, most in takes.items():
            room[mapped[performer]] += most
        takes = dict(room)
    full = {performer: full_times(found, takes[performer]) for performer, found in spans.items()}
    timed = _timed(people, week)
    plans = [_plan(case, week, timed, full) for case in cases]
    everything = frozenset(i.activity for case in cases for i in case if i.started is not None and not i.by_person)
    return Process(
        tuple(names), tuple(plans), takes, week, timed | everything,
        _notes(names, people, timed, spans, newest_of), left_out,
    )  # fmt: skip


def _week(people: Sequence[LoggedInstance]) -> WorkingWeek:
    counts = [0] * WEEK
    for instance in people:
        for moment in {instance.begins, instance.ended}:
            counts[int((moment - MONDAY) // HOUR) % WEEK] += 1
    return WorkingWeek(hours_of_week(counts))


def _spans(people: Sequence[LoggedInstance], week: WorkingWeek) -> dict[int, list[tuple[float, float]]]:
    """By performer their work in working time."""
    found: defaultdict[int, list[tuple[float, float]]] = defaultdict(list)
    for i in people:
        if i.performer >= 0 and i.started is not None:
            begun = week.passed(i.started)
            found[i.performer].append((begun, begun + _worked(i, week)))
    return dict(found)


def _counts(people: Sequence[LoggedInstance]) -> dict[int, Counter[int]]:
    found: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for i in people:
        if i.performer >= 0:
            found[i.performer][i.activity] += 1
    return dict(found)


def _worked(instance: LoggedInstance, week: WorkingWeek) -> float:
    """Its service time in working seconds; what is worked before the day begins counts too."""
    assert instance.started is not None
    overtime = max(0.0, min(instance.ended, week.on_duty(instance.started)) - instance.started)
    return max(0.0, week.passed(instance.ended) - week.passed(instance.started)) + overtime


def _timed(people: Sequence[LoggedInstance], week: WorkingWeek) -> frozenset[int]:
    """The activities of people of which nearly all starts are known, and whose median is no time that only passed."""
    times: defaultdict[int, list[float]] = defaultdict(list)
    counts: defaultdict[int, int] = defaultdict(int)
    for i in people:
        counts[i.activity] += 1
        if i.started is not None:
            times[i.activity].append(_worked(i, week))
    return frozenset(
        activity for activity, found in times.items()
        if len(found) >= _NEARLY_ALL * counts[activity] and statistics.median(found) <= LONGEST
    )  # fmt: skip


_NEARLY_ALL = 0.8


def _plan(
    case: Sequence[LoggedInstance],
    week: WorkingWeek,
    timed: frozenset[int],
    full: Mapping[int, Sequence[tuple[float, float]]],
) -> CasePlan:
    arrived = case[0].begins
    steps: list[PlayedStep] = []
    for at, i in enumerate(case):
        after, enabled = -1, arrived
        for before in range(at):  # the latest end that lies at or before its start
            if case[before].ended <= i.begins and (after < 0 or case[before].ended >= case[after].ended):
                after = before
        if after >= 0:
            enabled = case[after].ended
        steps.append(_step(i, after, enabled, week, timed, full))
    following: list[list[int]] = [[] for _ in range(len(steps) + 1)]
    for at, step in enumerate(steps):
        following[step.after].append(at)
    return CasePlan(arrived, tuple(steps), tuple(map(tuple, following)))


def _step(
    i: LoggedInstance, after: int, enabled: float, week: WorkingWeek, timed: frozenset[int],
    full: Mapping[int, Sequence[tuple[float, float]]],
) -> PlayedStep:  # fmt: skip
    person = i.by_person
    if i.started is None:
        delay = week.passed(i.ended) - week.passed(enabled) if person else i.ended - enabled
        return PlayedStep(i.activity, after, max(0.0, delay), 0.0, -1, person, person, False, i.cost, i.failed)
    if not person:
        return PlayedStep(
            i.activity, after, i.started - enabled, i.ended - i.started, -1, False, False, True, i.cost, i.failed
        )
    begun, waited = week.passed(i.started), week.passed(enabled)
    known = i.activity in timed
    queued = i.performer if known else -1  # in time that only passed nobody is busy
    delay = extraneous_delay(full.get(queued, ()), waited, begun) if queued >= 0 else begun - waited
    return PlayedStep(i.activity, after, max(0.0, delay), _worked(i, week), queued, True, True, known, i.cost, i.failed)


def _notes(
    names: Sequence[str], people: Sequence[LoggedInstance], timed: frozenset[int], spans: Mapping[int, object],
    newest_of: int | None,
) -> tuple[str, ...]:  # fmt: skip
    said = []
    starts = any(i.started is not None for i in people)
    if not starts:
        said.append(_UNTIMED)
    elif untimed := sorted({names[i.activity] for i in people if i.activity not in timed}):
        listed = ", ".join(untimed[:_FEW]) + (f" and {len(untimed) - _FEW} more" if len(untimed) > _FEW else "")
        said.append(
            f"Time that passed is played as it was, and counts as nobody's work, for {listed}: starts are missing or a "
            "median is above 8 working hours."
        )
    if starts and not spans:
        said.append("Who did the work cannot be told apart, so queues are not simulated: waiting stays as it was.")
    if newest_of is not None:
        said.append(f"Read are the newest of {newest_of:,} complete cases, with {MOST:,} activity instances.")
    return tuple(said)


_FEW = 4
