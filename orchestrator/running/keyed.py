"""Runs that were started before with a key: the same start gives the same run, and another one is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.errors import BadInput
from orchestrator.machine.serial import event_name
from orchestrator.machine.values import Started
from orchestrator.running.tables import run, run_event

_MOST = 20  # fields that a message names


@dataclass(frozen=True)
class Start:
    """One run that is to be started."""

    workflow: str
    version: int | None  # as it was asked for; None: whichever is the newest
    context: Mapping[str, Any]
    key: str | None


def started_before(connection: Connection, start: Start) -> str | None:
    """The id of the run that was started with the key of `start`; None where there is none.

    Raises BadInput, with what differs, where it was started with another context or another version than is asked for.
    """
    if start.key is None:
        return None
    query = (
        sa.select(run.c.id, run.c.version, run_event.c.payload)
        .join(run_event, run_event.c.run == run.c.id)
        .where(run.c.workflow == start.workflow, run.c.key == start.key)
        .where(run_event.c.kind == event_name(Started({})))
    )
    found = connection.execute(query).first()
    if found is None:
        return None
    before = Start(start.workflow, found.version, found.payload["context"], start.key)
    _demand_same(before, start, f"Run `{found.id}` of `{start.workflow}` was started before with the key `{start.key}`")
    return str(found.id)


def demand_same_within(starts: list[Start]) -> None:
    """Raises BadInput where two of `starts` have the same key and other values."""
    seen: dict[str, Start] = {}
    for start in starts:
        if start.key is not None:
            first = seen.setdefault(start.key, start)
            _demand_same(first, start, f"Two runs of `{start.workflow}` are to be started with the key `{start.key}`")


def _demand_same(before: Start, now: Start, said: str) -> None:
    problems = list(_differing(before, now))
    if problems:
        more = [f"and {len(problems) - _MOST:,} more"] if len(problems) > _MOST else []
        raise BadInput(
            f"{said}, and not with the same values. A key stands for one start: use another key, or the same values.",
            problems=[*problems[:_MOST], *more],
        )


def _differing(before: Start, now: Start) -> Iterator[str]:
    """What is not the same, one line each; a version that nobody asks for is."""
    if now.version not in (None, before.version):
        yield f"version: {before.version} then, {now.version} now"
    for name in sorted({*before.context, *now.context}):
        if name not in now.context:
            yield f"`{name}`: given then, left out now"
        elif name not in before.context:
            yield f"`{name}`: left out then, given now"
        elif _written(before.context[name]) != _written(now.context[name]):
            yield f"`{name}`: another value then"


def _written(value: Any) -> str:
    """The value as JSON, by which 1 and true are two."""
    return json.dumps(value, sort_keys=True)
