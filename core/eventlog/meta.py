"""What is kept beside the events of a version: who made it, how it was read, and what its figures need to know.

`Meta` is read by every room; what one room alone keeps for itself stands in `more` under that room's key.
docs/event-log.md lists the keys.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.eventlog.completeness import BY_THE_LOG, Completeness

if TYPE_CHECKING:
    import duckdb

RUNS = "runs"  # the kind of a log that was made from runs
UNSEEN = "unseen"


@dataclass(frozen=True)
class Meta:
    """The facts of one version. What nobody said is None or empty."""

    form: int = 1  # of the stored tables
    has_start: bool = False
    start_share: float = 0.0  # of the activity instances
    completeness: Completeness = BY_THE_LOG
    sound_between: tuple[datetime | None, datetime | None] = (None, None)  # naive UTC
    ends: tuple[str, ...] = ()  # the activities that end a case, as said; `*`: whichever is last
    pauses: tuple[str, ...] = ()  # the activities that wait for somebody outside
    known_until: datetime | None = None
    timezone: str | None = None
    currency: str | None = None
    kind: str | None = None  # RUNS, or None for what was imported
    workflow: str | None = None  # whose runs they are
    unseen: str = ""  # what must be said of runs that the log cannot hold
    source_digest: str | None = None
    mapping: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # role to column and reason
    attributes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # name to column and what it is of
    more: Mapping[str, Any] = field(default_factory=dict)
    stored: Mapping[str, Any] = field(default_factory=dict)  # all of it, as JSON has it

    @staticmethod
    def of(stored: Mapping[str, Any]) -> Meta:
        """What `stored` says, as it was written by any release."""
        rest = dict(stored)
        low, high = rest.pop("sound_between", (None, None))
        until = rest.pop("known_until", None)
        told = rest.pop("completeness", None)
        return Meta(
            form=int(rest.pop("form", 1)),
            has_start=bool(rest.pop("has_start", False)),
            start_share=float(rest.pop("start_share", 0.0)),
            completeness=BY_THE_LOG if told is None else Completeness.from_json(told),
            sound_between=(low and datetime.fromisoformat(low), high and datetime.fromisoformat(high)),
            ends=tuple(rest.pop("ends", ())),
            pauses=tuple(rest.pop("pauses", ())),
            known_until=until and datetime.fromisoformat(until),
            timezone=rest.pop("timezone", None),
            currency=rest.pop("currency", None),
            kind=rest.pop("kind", None),
            workflow=rest.pop("workflow", None),
            unseen=rest.pop(UNSEEN, ""),
            source_digest=rest.pop("source_digest", None),
            mapping=rest.pop("mapping", {}),
            attributes=rest.pop("attributes", {}),
            more=rest,
            stored=stored,
        )


def read_meta(connection: duckdb.DuckDBPyConnection) -> Meta:
    """The facts of the version that is open on `connection`."""
    return Meta.of({key: json.loads(value) for key, value in connection.execute("FROM meta").fetchall()})


def write_meta(connection: duckdb.DuckDBPyConnection, facts: Mapping[str, Any]) -> None:
    """Keep `facts` beside the events of the version that is open for writing on `connection`."""
    rows: Iterable[list[str]] = [[key, json.dumps(value)] for key, value in facts.items()]
    connection.executemany("INSERT INTO meta VALUES (?, ?)", list(rows))
