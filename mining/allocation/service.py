"""Allocations of a workflow map: computed and stored, asked about, overridden by a person. Nothing is ever changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.actor.values import Actor
from core.actor.verb import Act, Verb, act, permit
from core.errors import BadInput, not_found
from core.selection.selection import Selection
from core.view import View
from core.workspace import Workspace
from mining.allocation.assess import assess
from mining.allocation.flows import FlowCounter
from mining.allocation.observe import by_activity, observe
from mining.allocation.stored import (
    Allocation,
    add_allocation,
    add_answer,
    answers_of,
    assessed,
    evidence_of,
    read_allocations,
    stored_rows,
)
from mining.allocation.uncertainty import firmness, redraw
from mining.allocation.values import AllocationOutcome, TaskAnswer, TaskQuestion
from mining.allocation.weights import RULES
from mining.map.maps import WorkflowMap, get_map, read_map
from mining.map.variant import variants
from mining.tables import map_override

ALLOCATE, OVERRIDE = Verb("map.allocate", "WorkflowMap"), Verb("map.override", "WorkflowMap")
ANSWER = Verb("map.answer", "WorkflowMap")
Answers = Mapping[str, Mapping[TaskQuestion, TaskAnswer]]  # by activity


def allocate(ws: Workspace, map_name: str, map_version: int | None = None, *, by: Actor) -> tuple[Allocation, ...]:
    """The allocations of the map's activities (those of its tree, by falling frequency), computed and stored.

    Computing again with the same rules gives and stores nothing new. What people answered about an earlier version of
    the map holds for this one. Raises NotFound, and BadInput for a map of a simulated log.
    """
    permit(ws, by, ALLOCATE, map_name)
    found = get_map(ws, map_name, map_version)
    with ws.database.read() as connection:
        there = bool(stored_rows(connection, found, RULES))
        answers = answers_of(connection, found)
    if not there:
        _refuse_simulated(ws, found)
    rows = [] if there else _computed(ws, found, answers)
    with act(ws, by, ALLOCATE, map_name) as doing:
        doing.resource = f"{found.name} {found.version}"
        doing.idle = there or bool(stored_rows(doing.connection, found, RULES))
        if not doing.idle and rows:
            add_allocation(doing.connection, found, rows, RULES, ws.clock.now(), doing.principal)
        return read_allocations(doing.connection, found)


def allocations(ws: Workspace, map_name: str, map_version: int | None = None) -> tuple[Allocation, ...]:
    """The stored allocations of the map, by the newest rules they were computed with; empty before `allocate`."""
    with ws.database.read() as connection:
        return read_allocations(connection, read_map(connection, map_name, map_version))


def answer_task(
    ws: Workspace,
    map_name: str,
    map_version: int | None,
    activity: str,
    question: TaskQuestion,
    answer: TaskAnswer,
    reason: str = "",
    *,
    by: Actor,
) -> Allocation:
    """The allocation of `activity` after a person's answer to one question about it; the latest answer counts.

    Raises NotFound for a map, version or activity that is not there, BadInput before `allocate` by the present rules.
    """
    permit(ws, by, ANSWER, map_name)
    question, answer = TaskQuestion(question), TaskAnswer(answer)
    found = get_map(ws, map_name, map_version)
    with ws.database.read() as connection:
        row = _row_of(stored_rows(connection, found, RULES), found, activity)
        answers = {**answers_of(connection, found).get(activity, {}), question: answer}
    evidence = evidence_of(row)
    assert evidence is not None  # rows of these rules have it
    with ws.logs.open(_view(found)) as opened:
        redrawn = redraw(FlowCounter(variants(opened.connection)))
    assessment = assess(evidence, answers)
    kept = assessed(assessment, firmness(evidence, assessment, answers, redrawn))
    with act(ws, by, ANSWER, map_name) as doing:
        doing.resource = f"{found.name} {found.version}"
        doing.payload = _said(activity, reason, question=question.value, answer=answer.value)
        row = {
            **kept, "rules": RULES, "activity": activity, "question": question.value, "answer": answer.value,
            "reason": reason.strip(), "created_at": ws.clock.now(), "created_by": doing.principal,
        }  # fmt: skip
        add_answer(doing.connection, found, row)
        return _one(doing.connection, found, activity)


def override(
    ws: Workspace,
    map_name: str,
    map_version: int | None,
    activity: str,
    outcome: AllocationOutcome,
    reason: str,
    by: Actor,
) -> Allocation:
    """The allocation of `activity` with `outcome` in force from now on; the computed one stays beside it.

    Raises NotFound for a map, version or activity that is not there, BadInput without a reason or before `allocate`.
    """
    with act(ws, by, OVERRIDE, map_name) as doing:
        if not reason.strip():
            raise BadInput(f"An override of `{activity}` needs a reason.")
        found = read_map(doing.connection, map_name, map_version)
        doing.resource = f"{found.name} {found.version}"
        doing.payload = _said(activity, reason, outcome=AllocationOutcome(outcome).value)
        _row_of(stored_rows(doing.connection, found), found, activity)
        doing.connection.execute(sa.insert(map_override).values(**_override(ws, doing, found)))
        return _one(doing.connection, found, activity)


def _said(activity: str, reason: str, **more: str) -> dict[str, Any]:
    return {"activity": activity, **more, "reason": reason.strip()}


def _override(ws: Workspace, doing: Act, found: WorkflowMap) -> dict[str, Any]:
    return {
        "map_name": found.name, "map_version": found.version, **doing.payload,
        "created_at": ws.clock.now(), "created_by": doing.principal,
    }  # fmt: skip


def _one(connection: Connection, found: WorkflowMap, activity: str) -> Allocation:
    return next(a for a in read_allocations(connection, found) if a.activity == activity)


def _row_of(rows: Iterable[Any], found: WorkflowMap, activity: str) -> Any:
    """The stored row of `activity`. Raises BadInput where the map is not allocated, NotFound for another activity."""
    known = {row["activity"]: row for row in rows}
    if not known:
        raise BadInput(
            f"Map `{found.name}` version {found.version} is not allocated yet by the present rules. Allocate it first."
        )
    if activity not in known:
        raise not_found(f"activity in map `{found.name}`", activity, known)
    return known[activity]


def _refuse_simulated(ws: Workspace, found: WorkflowMap) -> None:
    """Raise BadInput where simulated performers did the work: then automating it is worth nothing that is known."""
    if ws.logs.trust(ws.logs.get(found.log, found.log_version)).simulated:
        raise BadInput(
            f"Simulated performers did work in the event log `{found.log}` version {found.log_version}, so what "
            f"automating it is worth is not known. Allocate a map of a log of real work."
        )


def _view(found: WorkflowMap) -> View:
    """What the map was discovered in."""
    return View(found.log, found.log_version, Selection.parse(found.selection))


def _computed(ws: Workspace, found: WorkflowMap, answers: Answers) -> list[dict[str, Any]]:
    """The rows of the map's tasks, from its log and what people answered."""
    tasks = set(found.tree.labels())
    profiles = [profile for profile in found.profiles if profile.activity in tasks]
    with ws.logs.open(_view(found)) as opened:
        flows = FlowCounter(variants(opened.connection))
        known = by_activity(observe(opened, profiles, flows))
    redrawn, rows = redraw(flows), []
    for profile in profiles:
        evidence, given = known[profile.activity], answers.get(profile.activity, {})
        assessment = assess(evidence, given)
        row = assessed(assessment, firmness(evidence, assessment, given, redrawn))
        row["details"]["evidence"] = evidence.to_dict()
        rows.append({"activity": profile.activity, **row})
    return rows
