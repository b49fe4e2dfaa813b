"""Draws cases from an event log: what the simulated runs are modelled on. The same seed draws the same cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from app.demo.sql import rows
from data.draws import Draws

if TYPE_CHECKING:
    import duckdb

_BATCH = 250
MOST_FACTS = 12  # of a case that go into the context of its run


@dataclass(frozen=True)
class Instance:
    """One activity instance of a drawn case that did not fail."""

    activity: str
    start: datetime  # where the log has no starts, its end
    end: datetime
    cost: float | None
    by_system: bool
    failures: int = 0  # failed instances of the same activity right before it


@dataclass(frozen=True)
class Case:
    """A case of the log."""

    case_id: str
    started: datetime
    instances: tuple[Instance, ...]
    facts: Mapping[str, Any]  # its further attributes

    @property
    def seconds(self) -> float:
        """Its cycle time."""
        return (max(i.end for i in self.instances) - self.started).total_seconds()


def draw(connection: duckdb.DuckDBPyConnection, cases: int, seed: str) -> Iterator[Case]:
    """All of the log's `cases` cases in a random order that `seed` decides, read as they are asked for."""
    order = shuffled(cases, Draws("demo", seed))
    for start in range(0, cases, _BATCH):
        batch = order[start : start + _BATCH]
        found = read_cases(connection, batch)
        yield from (found[number] for number in batch if number in found)


def shuffled(count: int, draws: Draws) -> list[int]:
    """0 to `count` - 1 in a random order (Fisher and Yates)."""
    numbers = list(range(count))
    for last in range(count - 1, 0, -1):
        other = int(draws.unit() * (last + 1))
        numbers[last], numbers[other] = numbers[other], numbers[last]
    return numbers


def read_cases(connection: duckdb.DuckDBPyConnection, numbers: Sequence[int]) -> dict[int, Case]:
    """The cases with these numbers; without those of which nothing succeeded."""
    instances_of = rows(connection, "instances", cases=list(numbers))
    facts = _facts(connection, numbers)
    found = {}
    for number, group in groupby(instances_of, key=lambda row: int(row["case_no"])):
        of_case = list(group)
        instances = _without_failures(of_case)
        if instances:
            started = _utc(of_case[0]["case_started"])
            found[number] = Case(of_case[0]["case_id"], started, instances, facts.get(number, {}))
    return found


def _without_failures(of_case: Sequence[Mapping[str, Any]]) -> tuple[Instance, ...]:
    """The instances that succeeded, each with how often the activity had failed before."""
    failed: dict[str, int] = {}
    instances = []
    for row in of_case:
        activity = row["activity"]
        if row["failed"]:
            failed[activity] = failed.get(activity, 0) + 1
            continue
        end = _utc(row["ended"])
        start = _utc(row["started"]) if row["started"] else end
        seen = Instance(activity, start, end, row["cost"], row["by_system"])
        instances.append(replace(seen, failures=failed.pop(activity, 0)))
    return tuple(instances)


def _facts(connection: duckdb.DuckDBPyConnection, numbers: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The further attributes of the cases by name, those of the case before those of its first event."""
    found: dict[int, dict[str, Any]] = {}
    for query in ("facts_of_cases", "facts_of_events"):
        for row in rows(connection, query, cases=list(numbers)):
            facts = found.setdefault(int(row["case_no"]), {})
            for column, value in row.items():
                name = column.removeprefix("@")
                if column != name and isinstance(value, str | int | float | bool) and len(facts) < MOST_FACTS:
                    facts.setdefault(name, value)
    return found


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)
