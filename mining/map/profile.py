"""What an event log version says about each of its activities: who, where, how often, how long, how regularly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from core.coarse import Seconds
from core.queries import load
from mining.map.dfg import Dfg

if TYPE_CHECKING:
    import duckdb

MOST_DOERS = 20  # performers and systems kept by name for each activity


@dataclass(frozen=True)
class DoneBy:
    """A performer of an activity, or a system that it was done in."""

    name: str
    kind: str  # human, agent, system or unknown
    count: int  # activity instances


@dataclass(frozen=True)
class Neighbour:
    """The activity that most often stands before (or after) another; None is the start (or end) of the case."""

    activity: str | None
    share: float  # of the activity instances


@dataclass(frozen=True)
class ActivityProfile:
    """An activity as the log shows it. Times are in seconds; None means that the log does not say."""

    activity: str
    count: int  # activity instances
    cases: int
    cases_share: float  # of all cases
    service_q1: Seconds | None
    service_median: Seconds | None
    service_q3: Seconds | None
    service_share: float | None  # of the service time of the whole log
    waiting_median: Seconds | None
    waiting_share: float | None  # of the waiting time of the whole log
    cost_mean: float | None
    cost_share: float | None  # of the cost of the whole log
    repeated_share: float  # instances that are rework
    self_loop_share: float | None  # instances that follow the same activity by the same performer
    handover_before_share: float | None  # of the instances with a performer here and before
    handover_after_share: float | None
    failed_share: float | None
    performers: int
    performer_known_share: float
    human_share: float | None  # of the instances whose performer's kind is known
    agent_share: float | None
    system_share: float | None
    kind_known_share: float
    before: Neighbour | None = None
    after: Neighbour | None = None
    people: tuple[DoneBy, ...] = ()  # the most frequent performers, at most MOST_DOERS
    systems: tuple[DoneBy, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """It as JSON."""
        return asdict(self)

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> ActivityProfile:
        """The profile that `to_dict` wrote."""
        fields = dict(data)
        for side in ("before", "after"):
            fields[side] = Neighbour(**fields[side]) if fields.get(side) else None
        for doers in ("people", "systems"):
            fields[doers] = tuple(DoneBy(**doer) for doer in fields.get(doers, ()))
        return ActivityProfile(**fields)


def profiles(connection: duckdb.DuckDBPyConnection, dfg: Dfg) -> tuple[ActivityProfile, ...]:
    """The profile of every activity of the log that `connection` has open and `dfg` was discovered from."""
    cursor = connection.execute(load("mining.sql", "profiles").sql)
    names = [column[0] for column in cursor.description or ()]
    rows = cursor.fetchall()
    people, systems = _doers(connection)
    found = []
    for row in rows:
        facts = dict(zip(names, row, strict=True))
        activity = facts["activity"]
        before, after = neighbours(dfg, activity)
        found.append(
            ActivityProfile(
                **facts, before=before, after=after,
                people=tuple(people[activity]), systems=tuple(systems[activity]),
            )
        )  # fmt: skip
    return tuple(found)


def neighbours(dfg: Dfg, activity: str) -> tuple[Neighbour | None, Neighbour | None]:
    """What most often stands directly before and directly after `activity`, start and end of the case included."""
    before: dict[str | None, int] = {p.source: p.count for p in dfg.paths if p.target == activity}
    before.update((None, s.cases) for s in dfg.starts if s.activity == activity)
    after: dict[str | None, int] = {p.target: p.count for p in dfg.paths if p.source == activity}
    after.update((None, e.cases) for e in dfg.ends if e.activity == activity)
    return _top(before), _top(after)


def _top(counts: Mapping[str | None, int]) -> Neighbour | None:
    if not counts:
        return None
    name, count = min(counts.items(), key=lambda item: (-item[1], item[0] or ""))
    return Neighbour(name, count / sum(counts.values()))


def _doers(
    connection: duckdb.DuckDBPyConnection,
) -> tuple[defaultdict[str, list[DoneBy]], defaultdict[str, list[DoneBy]]]:
    people: defaultdict[str, list[DoneBy]] = defaultdict(list)
    systems: defaultdict[str, list[DoneBy]] = defaultdict(list)
    rows = connection.execute(load("mining.sql", "doers").sql, {"most": MOST_DOERS}).fetchall()
    for activity, what, name, kind, count in rows:
        (people if what == "performer" else systems)[activity].append(DoneBy(name, kind, count))
    return people, systems
