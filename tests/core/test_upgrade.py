"""Files of event logs that release 0.2.0 wrote: brought to the present form at first opening, with the same facts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from core.clock import FixedClock
from core.eventlog.facts import FORM
from core.settings import Settings
from core.workspace import Workspace, open_workspace
from tests.builders import staged_log

_DOWN = """
ALTER TABLE event DROP COLUMN kind;
ALTER TABLE event DROP COLUMN sound;
UPDATE event SET service = (epoch_us(ended) - epoch_us(started)) / 1e6;
ALTER TABLE case_ DROP COLUMN state;
ALTER TABLE case_ DROP COLUMN sound;
ALTER TABLE case_ DROP COLUMN begun;
ALTER TABLE case_ DROP COLUMN cycle;
ALTER TABLE case_ DROP COLUMN met;
ALTER TABLE activity DROP COLUMN pause;
ALTER TABLE performer DROP COLUMN mixed;
ALTER TABLE performer ALTER COLUMN kind TYPE VARCHAR;
DROP TABLE pause;
DROP TABLE going_on;
DELETE FROM meta WHERE key IN ('form', 'completeness', 'sound_between', 'ends', 'pauses');
"""
_FACTS = (
    "SELECT case_id, started, ended, events, due, complete, state::VARCHAR, sound, begun, cycle, met "
    "FROM case_ ORDER BY 1",
    "SELECT case_no, position, waiting, service, kind::VARCHAR, sound, repeated FROM event ORDER BY 1, 2",
    "FROM activity ORDER BY 1",
    "SELECT performer_no, name, kind::VARCHAR, simulated, events, mixed FROM performer ORDER BY 1",
    "FROM variant ORDER BY 1",
)


def facts(ws: Workspace) -> list[list[tuple[Any, ...]]]:
    with ws.logs.read(ws.logs.get("example")) as connection:
        return [connection.execute(sql).fetchall() for sql in _FACTS]


def as_first_form(path: Path) -> None:
    """Make the file such as release 0.2.0 wrote it."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(_DOWN)


def a_log(ws: Workspace, **said: Any) -> None:
    rows = []
    for n in range(12):
        day = f"2026-01-{n + 1:02}"
        rows += [
            (f"c{n:02}", "ask", f"{day} 08:00", f"{day} 09:00", "Ann", "human"),
            (f"c{n:02}", "check", f"{day} 10:00", f"{day} 09:30" if n == 3 else f"{day} 10:30", "bot", "system"),
        ]
        if n % 3:
            rows.append((f"c{n:02}", "close", f"{day} 11:00", f"{day} 12:00", "Ann", "human"))
    staged_log(ws, rows, due={"c01": "2026-01-02 10:00", "c02": "2026-01-04 10:00"}, **said)


def test_a_file_of_the_first_form_is_brought_to_the_present_one(ws: Workspace, settings: Settings) -> None:
    a_log(ws, told=False)
    before, version = facts(ws), ws.logs.get("example")
    path = ws.logs.folder / version.file
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE case_ SET complete = true")  # as the first form had it where nobody said so
    as_first_form(path)
    again = open_workspace(settings, FixedClock(ws.clock.now()))
    assert facts(again) == before
    assert again.logs.meta(version).stored["form"] == FORM
    assert again.logs.meta(version).stored["completeness"]["told"] == "seen"
    assert list(again.logs.folder.glob(".building-*")) == []
    again.close()


def test_what_the_log_said_of_completeness_stays(ws: Workspace, settings: Settings) -> None:
    a_log(ws, incomplete=["c00", "c03"])
    before = facts(ws)
    as_first_form(ws.logs.folder / ws.logs.get("example").file)
    again = open_workspace(settings, FixedClock(ws.clock.now()))
    assert facts(again) == before
    assert again.logs.meta(again.logs.get("example")).stored["completeness"] == {"told": "log", "endings": []}
    again.close()
