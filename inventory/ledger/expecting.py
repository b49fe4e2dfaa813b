"""Freezing what is expected, at a decision, a promotion or a scenario; reading it back."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.actor.acting import find
from core.actor.values import Actor
from core.actor.verb import Verb, act
from core.errors import BadInput
from core.workspace import Workspace
from inventory.ledger.metrics import subject_in_words
from inventory.ledger.tables import pilot_expectation
from inventory.ledger.values import Expectation, LedgerEntry
from inventory.values import BenefitEvidence

EXPECT = Verb("pilots.expect", "Ledger")
_LONGEST = {"subject": 200, "metric": 100, "unit": 50}


def expect(
    ws: Workspace, subject: str, expectations: Sequence[Expectation], *, note: str = "", by: Actor
) -> tuple[LedgerEntry, ...]:
    """The expectations of `subject`, frozen: they can be scored from now on, and never be changed.

    A subject is `pilot:12`, `log:procurement` or any other text; `metrics.METRICS` and the KPIs say what can be
    scored of it. `note` says where they come from, such as the scenario. Raises BadInput with every problem, NotFound
    for a pilot or log that there is not; then nothing is stored.
    """
    with act(ws, by, EXPECT, subject[:200]) as doing:
        problems = wrong(subject, expectations)
        if problems:
            raise BadInput("Nothing was frozen in the ledger.", problems=problems)
        subject_in_words(ws, doing.connection, subject)
        doing.payload = {"expected": [told(one) for one in expectations], "note": note}
        ids = freeze(doing.connection, subject, expectations, None, note, ws.clock.now(), doing.principal)
        found = read_entries(ws, doing.connection)
        return tuple(one for one in found if one.id in ids)


def wrong(subject: str, expectations: Sequence[Expectation]) -> list[str]:
    """Everything that is wrong with what somebody expects, in words."""
    problems = []
    if not subject.strip() or len(subject) > _LONGEST["subject"]:
        problems.append("The subject is empty or longer than 200 characters. Say `pilot:12` or `log:procurement`.")
    if not expectations:
        problems.append("Nothing is expected. Give at least one metric with its value.")
    for one in expectations:
        numbers = [n for n in (one.low, one.value, one.high) if n is not None]
        if not one.metric.strip() or len(one.metric) > _LONGEST["metric"] or len(one.unit) > _LONGEST["unit"]:
            problems.append(f"`{one.metric}`: a metric has from 1 to 100 characters, its unit up to 50.")
        if not all(map(math.isfinite, numbers)):
            problems.append(f"`{one.metric}`: a value that is not a finite number cannot be expected.")
        elif numbers != sorted(numbers):
            problems.append(f"`{one.metric}`: {one.value:g} does not lie from {one.low} to {one.high}.")
    return problems


def freeze(
    connection: Connection, subject: str, expectations: Sequence[Expectation], decision: int | None, note: str,
    now: datetime, by: str,
) -> tuple[int, ...]:  # fmt: skip
    """The ids of the rows that were stored, inside a transaction of a verb."""
    made = sa.insert(pilot_expectation).returning(pilot_expectation.c.id)
    return tuple(
        int(
            connection.execute(
                made.values(
                    subject=subject, metric=one.metric, value=one.value, low=one.low, high=one.high, unit=one.unit,
                    evidence=one.evidence.value, note=note, decision_id=decision, created_at=now, created_by=by,
                )
            ).scalar_one()
        )
        for one in expectations
    )  # fmt: skip


def told(one: Expectation) -> dict[str, object]:
    """An expectation as the audit log keeps it."""
    return {"metric": one.metric, "value": one.value, "low": one.low, "high": one.high, "unit": one.unit,
            "evidence": one.evidence.value}  # fmt: skip


def entries(ws: Workspace) -> tuple[LedgerEntry, ...]:
    """Everything that was ever expected, the oldest first."""
    with ws.database.read() as connection:
        return read_entries(ws, connection)


def read_entries(ws: Workspace, connection: Connection) -> tuple[LedgerEntry, ...]:
    """As `entries`, inside a transaction."""
    rows = connection.execute(sa.select(pilot_expectation).order_by(pilot_expectation.c.id)).all()
    names = {by: (found.name if (found := find(connection, by)) else by) for by in {row.created_by for row in rows}}
    about = {s: subject_in_words(ws, connection, s, strict=False) for s in {row.subject for row in rows}}
    return tuple(
        LedgerEntry(
            row.id, row.subject,
            Expectation(row.metric, row.value, row.low, row.high, row.unit, BenefitEvidence(row.evidence)),
            row.decision_id, row.note, row.created_at, row.created_by, names[row.created_by], about[row.subject],
        )
        for row in rows
    )  # fmt: skip
