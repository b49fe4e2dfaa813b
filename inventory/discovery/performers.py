"""Performers of an event log that behave like software though the log says that they are people, or says nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from core.queries import load
from core.workspace import Workspace
from inventory.discovery.masking import masked
from inventory.discovery.signs import LEAST_EVENTS, Behaviour, JudgedPerformer, judge, usual
from inventory.discovery.values import AgentFinding, Declared, FindingKind, Sighting


@dataclass(frozen=True)
class PerformerJudged:
    """One performer of a log: how it behaves."""

    name: str
    kind: str  # as the log says
    activities: tuple[str, ...]  # the five that it does most
    behaviour: Behaviour
    judged: JudgedPerformer | None  # None: nothing speaks for software, or not enough


def behaviours(ws: Workspace, log: str, version: int | None = None) -> tuple[PerformerJudged, ...]:
    """How each performer of an event log behaves of whom the log does not say that it is software. Raises NotFound."""
    found = ws.logs.get(log, version)
    with ws.logs.read(found) as connection:
        cursor = connection.execute(load("inventory.discovery.sql", "performers").sql)
        names = [column[0] for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    every = [_behaviour(row) for row in rows]
    return tuple(
        PerformerJudged(row["name"], row["kind"], tuple(row["does"] or ()), one, judge(one, usual(_without(every, n))))
        for n, (row, one) in enumerate(zip(rows, every, strict=True))
    )


def _without(every: Sequence[Behaviour], number: int) -> list[Behaviour]:
    return [*every[:number], *every[number + 1 :]]


def _behaviour(row: dict[str, Any]) -> Behaviour:
    spread = None
    if row["timed"] >= LEAST_EVENTS and row["service"]:
        spread = (row["service_spread"] or 0.0) / row["service"]
    days = max(1.0, (row["last"] - row["first"]).total_seconds() / 86_400)
    return Behaviour(
        events=row["events"], days=row["days"], span_days=days, follows=row["follows"],
        instant=_share(row["instant"], row["follows"]), burst=_share(row["burst"], row["events"]), timed=row["timed"],
        zero=_share(row["zero"], row["timed"]), spread=spread, weekend=_share(row["weekend"], row["events"]),
        exact=_share(row["exact"], row["events"]), rest=rest_of(row["hours"]),
    )  # fmt: skip


def rest_of(hours: Sequence[int]) -> int:
    """The longest run of hours of the day, midnight passed over, in which less than a hundredth of the work is done.

    24 hours of counts; each hour of the run has less than a fifth of an even share (a hundred and twentieth of all).
    """
    total = sum(hours)
    if not total:
        return 24
    quiet = [count < total / 120 for count in hours]
    longest = run = 0
    for one in (*quiet, *quiet):
        run = run + 1 if one else 0
        longest = max(longest, run)
    return min(longest, 24)


def find_performers(ws: Workspace, log: str) -> Iterator[AgentFinding]:
    """The performers of the newest version of an event log that behave like software. Raises NotFound."""
    for one in behaviours(ws, log):
        judged = one.judged
        if judged is None:
            continue
        said = "says that it is a person" if one.kind == "human" else "does not say what it is"
        yield AgentFinding(
            FindingKind.PERFORMER, masked(one.name)[:120], f"log:{log}", "", None, judged.confidence,
            f"The log {said}. {judged.reason}",
            Declared(facts=(("does", "; ".join(one.activities)), ("events", f"{one.behaviour.events:,}"))),
            tuple(Sighting(text) for text in judged.evidence),
        )  # fmt: skip


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
