"""What the ledger can score, of a pilot and of an event log, and how a subject reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.errors import NotFound, not_found
from core.workspace import Workspace
from inventory.tables import pilot
from kpi import Direction, definitions

PILOT, LOG = "pilot:", "log:"


@dataclass(frozen=True)
class LedgerMetric:
    """One figure that can be scored."""

    key: str
    of: str  # PILOT or LOG
    higher: bool  # is better
    words: str  # what is looked up
    column: str | None = None  # of the registry


METRICS: tuple[LedgerMetric, ...] = (
    LedgerMetric("monthly_benefit", PILOT, True, "benefit a month, measured, as the registry says", "monthly_benefit"),
    LedgerMetric("monthly_cost", PILOT, False, "cost a month in the registry; 0 once it is stopped", "monthly_cost"),
    LedgerMetric("monthly_runs", PILOT, True, "runs a month in the registry", "monthly_runs"),
    LedgerMetric("success_rate", PILOT, True, "share of runs that succeed in the registry, 0 to 1", "success_rate"),
    LedgerMetric("users", PILOT, True, "users in the registry", "users"),
    LedgerMetric("hours_a_month", PILOT, False, "hours of people a month on its tasks, from event logs"),
    LedgerMetric("hours_saved_a_month", PILOT, True, "hours of people saved a month against before it started, "
                 "from event logs"),
)  # fmt: skip


def metric_of(subject: str, key: str) -> LedgerMetric | None:
    """What is known about a metric of this subject; None where it cannot be scored."""
    if subject.startswith(LOG):
        found = next((d for d in definitions() if d.key == key), None)
        return (
            None
            if found is None
            else LedgerMetric(key, LOG, found.direction is Direction.HIGHER, f"{found.title} of cases that end")
        )
    return next((m for m in METRICS if subject.startswith(m.of) and m.key == key), None)


def what_can_be_scored() -> Mapping[str, str]:
    """Every metric that can be scored, as `pilot: users`, with what is looked up."""
    return {f"{m.of} {m.key}": m.words for m in METRICS} | {
        f"{LOG} {d.key}": f"{d.title} of cases that end, in {d.unit}" for d in definitions()
    }


def pilot_id(subject: str) -> int | None:
    """The pilot that a subject names; None where it names none."""
    number = subject.removeprefix(PILOT)
    return int(number) if subject.startswith(PILOT) and number.isdecimal() and len(number) < 10 else None


def subject_in_words(ws: Workspace, connection: Connection, subject: str, *, strict: bool = True) -> str:
    """The subject for people. Raises NotFound for a pilot or an event log that there is not, unless not `strict`."""
    if subject.startswith(PILOT):
        names = {row.id: row.name for row in connection.execute(sa.select(pilot.c.id, pilot.c.name))}
        name = names.get(pilot_id(subject) or 0)
        if name is None and strict:
            raise not_found("pilot", subject.removeprefix(PILOT), map(str, names))
        return name or subject
    if subject.startswith(LOG) and strict:
        try:
            ws.logs.get(subject.removeprefix(LOG))
        except NotFound as error:
            raise NotFound(error.message) from None
    return subject.removeprefix(LOG)
