"""The directly-follows graph of an event log version, read from its DuckDB file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from core.coarse import Seconds
from core.queries import load

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class DfgActivity:
    """An activity of the graph."""

    name: str
    count: int  # activity instances
    cases: int | None = None  # cases that contain it; None where they were not counted


@dataclass(frozen=True)
class DfgPath:
    """Two activities seen next to each other in a case, in this order."""

    source: str
    target: str
    count: int
    cases: int | None = None  # cases that contain it; None where they were not counted
    median_seconds: Seconds | None = None  # waiting time, exact; None where times were not asked for
    p95_seconds: Seconds | None = None  # waiting time, 95th percentile, exact


@dataclass(frozen=True)
class Boundary:
    """An activity that cases start (or end) with."""

    activity: str
    cases: int


@dataclass(frozen=True)
class Dfg:
    """A directly-follows graph. Everything in it stands by falling frequency, then by name."""

    activities: tuple[DfgActivity, ...]
    paths: tuple[DfgPath, ...]
    starts: tuple[Boundary, ...]
    ends: tuple[Boundary, ...]

    def to_dict(self) -> dict[str, Any]:
        """It as JSON."""
        return asdict(self)

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Dfg:
        """The graph that `to_dict` wrote."""
        return Dfg(
            tuple(DfgActivity(**a) for a in data["activities"]),
            tuple(DfgPath(**p) for p in data["paths"]),
            tuple(Boundary(**b) for b in data["starts"]),
            tuple(Boundary(**b) for b in data["ends"]),
        )


def discover_dfg(connection: duckdb.DuckDBPyConnection) -> Dfg:
    """The directly-follows graph of the event log version that `connection` has open.

    Counts and times are exact. Waiting time is in seconds; where the log has no start timestamps it runs to the end
    of the target and so includes its service time.
    """
    boundaries = _rows(connection, "boundaries")
    return Dfg(
        tuple(DfgActivity(*row) for row in _rows(connection, "activities")),
        tuple(DfgPath(*row) for row in _rows(connection, "paths")),
        tuple(Boundary(name, cases) for side, name, cases in boundaries if side == "start"),
        tuple(Boundary(name, cases) for side, name, cases in boundaries if side == "end"),
    )


def _rows(connection: duckdb.DuckDBPyConnection, name: str) -> list[Any]:
    return connection.execute(load("mining.sql", name).sql).fetchall()
