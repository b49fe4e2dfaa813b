"""Allocations as they are stored and read back: rows are only ever added, and say by which rules they were made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.intervals import Interval
from mining.allocation.asking import AskedQuestion
from mining.allocation.assess import Assessment
from mining.allocation.criteria import Criterion
from mining.allocation.evidence import TaskEvidence
from mining.allocation.formulas.net_value import NetValue
from mining.allocation.uncertainty import Firmness
from mining.allocation.values import AllocationOutcome, NoTask, TaskAnswer, TaskQuestion
from mining.map.maps import WorkflowMap
from mining.tables import map_allocation, map_answer, map_override


@dataclass(frozen=True)
class Override:
    """What a person put in the place of the computed outcome."""

    outcome: AllocationOutcome
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class AnsweredQuestion:
    """What a person answered about a task."""

    question: TaskQuestion
    answer: TaskAnswer
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Allocation:
    """Who should do one task of a workflow map, with the evidence."""

    activity: str
    outcome: AllocationOutcome  # in force: the override's, else the computed one
    computed: AllocationOutcome  # what the rules said, with the answers given so far
    suitability: float | None  # 0 to 100; None where the log has data for none of its criteria
    value: float | None  # 0 to 100; None where volume or service time is not known
    coverage: float  # share of the weight of suitability for which the log had data, 0 to 1
    value_coverage: float
    criteria: tuple[Criterion, ...]
    reasons: tuple[str, ...]  # of the computed outcome
    override: Override | None  # the latest one
    rules: int = 1  # version of the rules that it was made by; 1 had no gates, no interval and no questions
    no_task: NoTask | None = None  # why it is no task; None: it is one
    questions: tuple[AskedQuestion, ...] = ()  # that nobody has answered, and whose answer would change the outcome
    answers: tuple[AnsweredQuestion, ...] = ()  # the latest to each question
    worth: NetValue | None = None
    firmness: Firmness | None = None
    samples: tuple[str, ...] = ()  # cases to look at


def assessed(assessment: Assessment, firm: Firmness) -> dict[str, Any]:
    """What is stored of `assessment`: the columns that rows of allocations and of answers share."""
    return {
        "computed": assessment.outcome.value,
        "suitability": assessment.suitability,
        "value": assessment.value or 0.0,  # with no coverage: it is not known
        "coverage": assessment.coverage,
        "value_coverage": assessment.value_coverage,
        "criteria": [criterion.to_dict() for criterion in assessment.criteria],
        "reasons": list(assessment.reasons),
        "details": {
            "no_task": assessment.no_task.value if assessment.no_task else None,
            "questions": [question.to_dict() for question in assessment.questions],
            "worth": asdict(assessment.worth) if assessment.worth else None,
            "firmness": asdict(firm),
        },
    }


def add_allocation(
    connection: Connection, found: WorkflowMap, rows: Sequence[Mapping[str, Any]], rules: int, at: datetime, by: str
) -> None:
    """Store the rows of a map: each an `assessed` with `activity` and, in its details, the evidence."""
    named = {"map_name": found.name, "map_version": found.version, "rules": rules, "created_at": at, "created_by": by}
    connection.execute(
        sa.insert(map_allocation), [{**named, "position": n, **row} for n, row in enumerate(rows)]
    )  # fmt: skip


def add_answer(connection: Connection, found: WorkflowMap, row: Mapping[str, Any]) -> None:
    """Store an answer with the assessment that follows from it."""
    named = {"map_name": found.name, "map_version": found.version}
    kept = {"assessment": {key: row[key] for key in _ASSESSED}}
    rest = {key: value for key, value in row.items() if key not in _ASSESSED}
    connection.execute(sa.insert(map_answer).values(**named, **kept, **rest))


_ASSESSED = ("computed", "suitability", "value", "coverage", "value_coverage", "criteria", "reasons", "details")


def stored_rows(connection: Connection, found: WorkflowMap, rules: int | None = None) -> Sequence[Any]:
    """The stored rows of the map by `rules`; None: by the newest that it was allocated with."""
    table = map_allocation.c
    of_map = (table.map_name == found.name, table.map_version == found.version)
    if rules is None:
        rules = connection.execute(sa.select(sa.func.max(table.rules)).where(*of_map)).scalar()
    query = sa.select(map_allocation).where(*of_map, table.rules == rules).order_by(table.position)
    return connection.execute(query).mappings().all()


def evidence_of(row: Any) -> TaskEvidence | None:
    """The evidence that a stored row was computed from; None for one of earlier rules."""
    kept = (row["details"] or {}).get("evidence")
    return TaskEvidence.from_dict(kept) if kept else None


def answers_of(connection: Connection, found: WorkflowMap) -> dict[str, dict[TaskQuestion, TaskAnswer]]:
    """By activity what people have answered, on this version of the map or an earlier one; the latest counts."""
    given: defaultdict[str, dict[TaskQuestion, TaskAnswer]] = defaultdict(dict)
    for activity, listed in _answered(connection, found).items():
        given[activity] = {one.question: one.answer for one in listed}
    return given


def read_allocations(connection: Connection, found: WorkflowMap) -> tuple[Allocation, ...]:
    """The stored allocations of the map, by the newest rules; empty where there are none."""
    rows = stored_rows(connection, found)
    answered, overrides = _answered(connection, found), _overrides(connection, found)
    later = _reassessed(connection, found)
    read = []
    for row in rows:
        activity = row["activity"]
        kept = {**row, **later.get((activity, row["rules"]), {})}
        one = replace(_allocation(kept), samples=_samples(row), answers=tuple(answered.get(activity, ())))
        over = overrides.get(activity)
        read.append(replace(one, outcome=over.outcome, override=over) if over else one)
    return tuple(read)


def _allocation(row: Mapping[str, Any]) -> Allocation:
    computed = AllocationOutcome(row["computed"])
    details = row["details"] or {}
    firm = details.get("firmness")
    return Allocation(
        row["activity"], computed, computed, row["suitability"], row["value"] if row["value_coverage"] else None,
        row["coverage"], row["value_coverage"], tuple(Criterion.from_dict(c) for c in row["criteria"]),
        tuple(row["reasons"]), None, row["rules"],
        NoTask(details["no_task"]) if details.get("no_task") else None,
        tuple(AskedQuestion.from_dict(question) for question in details.get("questions", ())),
        worth=NetValue(**details["worth"]) if details.get("worth") else None,
        firmness=_firmness(firm) if firm else None,
    )  # fmt: skip


def _firmness(kept: Mapping[str, Any]) -> Firmness:
    interval, otherwise = kept["interval"], kept["otherwise"]
    return Firmness(
        Interval(**interval) if interval else None, kept["cases_hold"], kept["weights_hold"],
        AllocationOutcome(otherwise) if otherwise else None,
    )  # fmt: skip


def _samples(row: Any) -> tuple[str, ...]:
    evidence = evidence_of(row)
    return evidence.samples if evidence else ()


def _reassessed(connection: Connection, found: WorkflowMap) -> dict[tuple[str, int], Any]:
    """By activity and rules what the latest answer made of its allocation."""
    table = map_answer.c
    query = sa.select(map_answer).where(table.map_name == found.name, table.map_version == found.version)
    rows = connection.execute(query.order_by(table.id)).mappings()
    return {(row["activity"], row["rules"]): row["assessment"] for row in rows}


def _answered(connection: Connection, found: WorkflowMap) -> dict[str, list[AnsweredQuestion]]:
    """The latest answer to each question about each activity, in the order of the questions."""
    table = map_answer.c
    query = sa.select(map_answer).where(table.map_name == found.name, table.map_version <= found.version)
    latest: defaultdict[str, dict[TaskQuestion, AnsweredQuestion]] = defaultdict(dict)
    for row in connection.execute(query.order_by(table.map_version, table.id)).mappings():
        question = TaskQuestion(row["question"])
        latest[row["activity"]][question] = AnsweredQuestion(
            question, TaskAnswer(row["answer"]), row["reason"], row["created_by"], row["created_at"]
        )
    return {activity: [given[q] for q in TaskQuestion if q in given] for activity, given in latest.items()}


def _overrides(connection: Connection, found: WorkflowMap) -> dict[str, Override]:
    """The latest override of each activity."""
    table = map_override.c
    query = sa.select(map_override).where(table.map_name == found.name, table.map_version == found.version)
    return {
        row["activity"]: Override(
            AllocationOutcome(row["outcome"]), row["reason"], row["created_by"], row["created_at"]
        )
        for row in connection.execute(query.order_by(table.id)).mappings()
    }
