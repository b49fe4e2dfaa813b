"""Synthetic logs with hidden steps planted in them, and without: seeded, so that every count is known."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from core.eventlog import LogVersion
from core.workspace import Workspace

CLERKS = tuple(f"clerk {n}" for n in range(1, 9))
STEPS = (("register", "CRM"), ("check", "CRM"), ("decide", "ERP"), ("notify", "ERP"))
OPEN, CLOSE = 8, 17

_STAGE = """
CREATE TABLE staged AS
SELECT case_id::VARCHAR AS case_id, activity, started::TIMESTAMP AS started, ended::TIMESTAMP AS ended,
       NULL::SMALLINT AS started_offset, NULL::SMALLINT AS ended_offset, performer::VARCHAR AS performer,
       performer_kind::VARCHAR AS performer_kind, false AS simulated, system::VARCHAR AS system, NULL::DOUBLE AS cost,
       NULL::BOOLEAN AS failed, row_number() OVER () AS source_row
FROM frame
"""


@dataclass
class Office:
    """A process of four steps in two systems, done by eight clerks on working days from 8 to 17."""

    seed: int
    cases: int = 400
    gap: bool = False  # between check and decide something takes 5 to 6 hours
    skipper: str | None = None  # in whose checked cases nobody notifies
    callers: tuple[str, ...] = ()  # the only ones who call back, in a third of the cases that they checked
    nights: int = 0  # cases with an adjustment on a Sunday at 3
    swivels: int = 0  # cases that go back to CRM and again to ERP
    rows: list[tuple[Any, ...]] = field(default_factory=list)

    def build(self, ws: Workspace, log: str = "office") -> LogVersion:
        """The log, published."""
        dice = random.Random(self.seed)
        for number in range(self.cases):
            self._case(dice, number)
        return published(ws, self.rows, log)

    def _case(self, dice: random.Random, number: int) -> None:
        at = datetime(2026, 1, 5, OPEN) + timedelta(days=number // 4, minutes=dice.uniform(0, 480))  # noqa: DTZ001
        checker = dice.choice(CLERKS)
        for activity, system in STEPS:
            if activity == "notify" and checker == self.skipper:
                continue
            performer = checker if activity == "check" else dice.choice(CLERKS)
            wait = dice.uniform(5, 6) * 60 if self.gap and activity == "decide" else dice.expovariate(1 / 45)
            at = self._do(dice, number, activity, performer, system, at + timedelta(minutes=wait))
            if activity == "check" and checker in self.callers and number % 3 == 0:
                at = self._do(dice, number, "call back", checker, system, at + timedelta(minutes=5))
            if activity == "decide" and number < self.swivels:
                for extra, place in (("look up", "CRM"), ("correct", "ERP")):
                    at = self._do(dice, number, extra, performer, place, at + timedelta(minutes=3))
        if number < self.nights:
            sunday = at + timedelta(days=7 - at.isoweekday() % 7)
            night = sunday.replace(hour=3, minute=dice.randrange(60))
            self.rows.append((f"case {number}", "adjust", night, night, "clerk 1", "human", "ERP"))

    def _do(
        self, dice: random.Random, number: int, activity: str, performer: str, system: str, at: datetime
    ) -> datetime:
        began = in_hours(at, dice)
        ended = began + timedelta(minutes=dice.expovariate(1 / 8))
        self.rows.append((f"case {number}", activity, began, ended, performer, "human", system))
        return ended


def published(ws: Workspace, rows: Sequence[tuple[Any, ...]], log: str) -> LogVersion:
    """A log of `rows`: (case, activity, started, ended, performer, kind, system), staged at once."""
    import pandas as pd

    names = ["case_id", "activity", "started", "ended", "performer", "performer_kind", "system"]
    frame = pd.DataFrame(rows, columns=names)
    with ws.logs.draft(log) as draft:
        draft.connection.register("frame", frame)
        draft.connection.execute(_STAGE)
        draft.connection.unregister("frame")
        return draft.publish(source="planted", digest=log, created_by="tester", event_rows=len(frame), meta={})


def in_hours(at: datetime, dice: random.Random) -> datetime:
    """`at`, or soon after the next opening where it lies outside working hours."""
    if at.isoweekday() <= 5 and OPEN <= at.hour < CLOSE - 1:
        return at
    morning = (at + timedelta(days=1 if at.hour >= CLOSE - 1 else 0)).replace(hour=OPEN, minute=0)
    while morning.isoweekday() > 5:
        morning += timedelta(days=1)
    return morning + timedelta(minutes=min(400.0, dice.expovariate(1 / 60)))
