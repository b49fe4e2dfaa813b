"""Decisions as they are stored: which stand, which are over, what is due after them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from core.actor.acting import find
from core.errors import not_found
from core.workspace import Workspace
from inventory.decisions.tables import pilot_decision, pilot_decision_pilot, pilot_follow_up
from inventory.decisions.values import DecisionState, FollowUp, PilotDecision, PilotOutcome
from inventory.tables import pilot


@dataclass(frozen=True)
class DueFollowUp:
    """A follow-up that is not done, with the decision that it belongs to."""

    decision: int
    pilots: tuple[str, ...]  # names
    outcome: PilotOutcome
    follow_up: FollowUp
    overdue: bool


def decisions(ws: Workspace) -> tuple[PilotDecision, ...]:
    """Every decision about pilots, the newest first."""
    with ws.database.read() as connection:
        return tuple(reversed(read_decisions(connection, ws.clock.now().date())))


def get_decision(ws: Workspace, number: int) -> PilotDecision:
    """The decision with this number. Raises NotFound."""
    found = {one.id: one for one in decisions(ws)}
    if number not in found:
        raise not_found("decision", str(number), map(str, found))
    return found[number]


def standing(found: Sequence[PilotDecision]) -> dict[int, PilotDecision]:
    """By pilot id, the decision that counts: the newest that is neither withdrawn nor replaced, expired or not."""
    told: dict[int, PilotDecision] = {}
    for one in sorted(found, key=lambda d: d.id):
        if one.state is not DecisionState.WITHDRAWN:
            told |= dict.fromkeys(one.pilots, one)
    return told


def due_follow_ups(found: Sequence[PilotDecision], today: date) -> tuple[DueFollowUp, ...]:
    """What is not done of the decisions that were not withdrawn, the earliest due first."""
    open_ = [
        DueFollowUp(one.id, one.names, one.outcome, step, step.due < today)
        for one in found
        if one.state is not DecisionState.WITHDRAWN
        for step in one.follow_ups
        if step.done_at is None
    ]
    return tuple(sorted(open_, key=lambda d: (d.follow_up.due, d.decision, d.follow_up.number)))


def read_decisions(connection: Connection, today: date) -> tuple[PilotDecision, ...]:
    """Every decision, the oldest first."""
    rows = connection.execute(sa.select(pilot_decision).order_by(pilot_decision.c.id)).all()
    about, steps = defaultdict[int, list[int]](list), defaultdict[int, list[Row[Any]]](list)
    table = pilot_decision_pilot.c
    for row in connection.execute(sa.select(pilot_decision_pilot).order_by(table.decision_id, table.pilot_id)):
        about[row.decision_id].append(row.pilot_id)
    after = pilot_follow_up.c
    for row in connection.execute(sa.select(pilot_follow_up).order_by(after.decision_id, after.number)):
        steps[row.decision_id].append(row)
    called = {row.id: row.name for row in connection.execute(sa.select(pilot.c.id, pilot.c.name))}
    people = {row.created_by for row in rows} | {row.withdrawn_by for row in rows}
    people |= {step.done_by for found in steps.values() for step in found}
    names = {by: (found.name if (found := find(connection, by)) else by) for by in people if by is not None}
    newest = {p: row.id for row in rows if row.withdrawn_at is None for p in about[row.id]}
    return tuple(
        _decision(row, about[row.id], steps[row.id], called, names, _state(row, about[row.id], newest, today))
        for row in rows
    )


def _state(row: Row[Any], pilots: Sequence[int], newest: dict[int, int], today: date) -> DecisionState:
    if row.withdrawn_at is not None:
        return DecisionState.WITHDRAWN
    if all(newest[p] != row.id for p in pilots):
        return DecisionState.REPLACED
    return DecisionState.EXPIRED if row.until <= today else DecisionState.STANDS


def _decision(
    row: Row[Any], pilots: Sequence[int], steps: Sequence[Row[Any]], called: dict[int, str], names: dict[str, str],
    state: DecisionState,
) -> PilotDecision:  # fmt: skip
    told = tuple(
        FollowUp(s.what, s.who, s.due, s.number, s.done_at, names.get(s.done_by or "", s.done_by), s.note)
        for s in steps
    )
    return PilotDecision(
        row.id, tuple(pilots), tuple(called[p] for p in pilots), PilotOutcome(row.outcome), row.into_id,
        called.get(row.into_id), row.rationale, row.until, told, row.evidence,
        tuple(row.evidence[str(p)]["assessment"]["suggestion"] for p in pilots), row.created_at, row.created_by,
        names[row.created_by], state, row.withdrawn_at, names.get(row.withdrawn_by or "", row.withdrawn_by),
        row.withdrawn_reason,
    )  # fmt: skip
