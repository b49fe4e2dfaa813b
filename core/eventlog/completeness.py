"""With which activities the cases of a log are over, where nobody says it: those after which old cases do not grow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from core.errors import not_found
from core.queries import load

ENDS = "ends"  # meta key, written by who makes a version: the activities that end a case, `*` for whichever is last
COMPLETENESS = "completeness"  # meta key: how it was told which cases are complete
EVERY = "*"
_MOSTLY = 0.5  # of the old cases with an activity, the share that it must have been the last of


@dataclass(frozen=True)
class Ending:
    """An activity that cases ended with."""

    activity: str
    cases: int  # that ended with it
    share: float | None  # of old cases with it, those that it was the last of; None: no old case has it
    over: bool  # whether a case that ended with it is taken to be complete


@dataclass(frozen=True)
class Completeness:
    """How it is known which cases of a log are complete."""

    told: str  # "log": the log says it; "said": whoever imported it; "seen": by the ends of old cases
    endings: tuple[Ending, ...] = ()  # by falling number of cases; empty where the log says it

    @property
    def words(self) -> str:
        """How it is known, in a sentence."""
        return _HOW[self.told]

    def to_json(self) -> dict[str, Any]:
        """It as it is kept in `meta`."""
        return {"told": self.told, "endings": [vars(ending) for ending in self.endings]}

    @staticmethod
    def from_json(kept: Mapping[str, Any]) -> Completeness:
        """What `to_json` wrote."""
        return Completeness(kept["told"], tuple(Ending(**ending) for ending in kept["endings"]))


BY_THE_LOG = Completeness("log")

_HOW = {
    "log": "The log says which cases are complete.",
    "said": "Whoever imported the log said with which activities a case is over.",
    "seen": "Nobody says which cases are complete: an activity ends a case where more than half of the old cases that "
    "had it did not go on. Import with `--ends` to say otherwise.",
}


def tell_completeness(connection: duckdb.DuckDBPyConnection, said: list[str]) -> Completeness:
    """How completeness is known; sets the variables `told`, `ends` and `quiet_since` that case_.sql reads.

    `said` names the activities that end a case; empty: nobody said so. Raises NotFound for a name that ends no case.
    """
    told = connection.execute("SELECT count(*) > 0 FROM staged_case WHERE complete IS NOT NULL OR state IS NOT NULL")
    if told.fetchall()[0][0]:
        _set(connection, told=True, ends=[], horizon=0.0)
        return Completeness("log")
    rows = connection.execute(load("core.eventlog.sql", "ending").sql).fetchall()
    names = [name for name, *_ in rows]
    for name in said:
        if name not in (*names, EVERY):
            raise not_found("activity that ends a case", name, names)
    endings = tuple(
        Ending(name, cases, share, _over(name, share, said)) for name, cases, share, _ in rows
    )  # fmt: skip
    _set(connection, told=False, ends=[e.activity for e in endings if e.over], horizon=rows[0][3] if rows else 0.0)
    return Completeness("said" if said else "seen", endings)


def _over(name: str, share: float | None, said: list[str]) -> bool:
    return name in said or EVERY in said if said else (share or 0.0) > _MOSTLY


def _set(connection: duckdb.DuckDBPyConnection, *, told: bool, ends: list[str], horizon: float) -> None:
    connection.execute("SET VARIABLE told = $told", {"told": told})
    numbers = "SELECT coalesce(list(activity_no), []) FROM activity WHERE list_contains($ends::VARCHAR[], name)"
    connection.execute(f"SET VARIABLE ends = ({numbers})", {"ends": ends})
    edge = "SELECT max(ended) FILTER (sound) - to_microseconds(($horizon::DOUBLE * 1e6)::BIGINT) FROM event"
    connection.execute(f"SET VARIABLE quiet_since = ({edge})", {"horizon": horizon})
