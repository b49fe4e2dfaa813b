"""What a log can carry: each result that is withheld, with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from core.clock import FixedClock
from core.settings import Settings
from core.trust import Result, Withheld
from core.workspace import Workspace, open_workspace
from tests.ingest.stored import Row, at, row, sound, stored


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """One workspace for all logs of this module, each under a name of its own."""
    settings = Settings(user="Ada", home=tmp_path_factory.mktemp("trust"), database_url="", duckdb_threads=1)
    workspace = open_workspace(settings, FixedClock(datetime(2026, 1, 5, 8, tzinfo=UTC)))
    yield workspace
    workspace.close()


def trust(ws: Workspace, log: str) -> dict[Result, Withheld | None]:
    """Every result, with why the newest version of `log` cannot carry it."""
    withheld = ws.logs.trust(ws.logs.get(log)).withheld
    return {result: withheld.get(result) for result in Result}


def test_what_a_log_cannot_carry(ws: Workspace) -> None:
    rows = [row(f"c{n}", name, f"2025-03-{n + 1:02} 00:00") for n in range(20) for name in ("Register", "Check", "Pay")]
    log = stored(ws, rows).log
    asked = trust(ws, log)
    assert set(asked) == set(Result)
    held = {result: reason for result, reason in asked.items() if reason}
    assert "no starts" in held[Result.SERVICE_TIME].reason
    assert held[Result.WAITING_TIME].below == 86_400
    assert held[Result.ORDER].reason.startswith("100 %")
    for result in (Result.PERFORMERS, Result.HAND_OVERS, Result.COST, Result.ERRORS, Result.SLA, Result.SYSTEMS):
        assert result in held
    assert Result.ACTIVITIES not in held
    assert Result.THROUGHPUT not in held


def test_what_a_log_can_carry(ws: Workspace) -> None:
    rows = [{**r, "cost": 1.0, "system": "ERP", "failed": False} for r in sound()]
    log = stored(ws, rows, cases={"c0": {"due": datetime(2026, 1, 1)}}).log  # noqa: DTZ001
    assert [result for result, reason in trust(ws, log).items() if reason] == []


@pytest.mark.parametrize(
    ("rows", "result", "words"),
    [
        ([row(f"c{n}", "Check", at(n)) for n in range(3)], Result.CYCLE_TIME, "one activity instance"),
        ([row("c", "Check", at(n), at(n), "Ada") for n in range(3)], Result.SERVICE_TIME, "in the moment they start"),
        ([row("c", "Check", at(n), None, "Ada") for n in range(3)], Result.HAND_OVERS, "One performer"),
        ([row("c", "Check", at(n), None, None if n else "Ada") for n in range(3)], Result.HAND_OVERS, "Only 33 %"),
        ([row("c", "Check", at(n)) for n in range(3)], Result.THROUGHPUT, "a single day"),
    ],
)
def test_each_reason_to_withhold(ws: Workspace, rows: list[Row], result: Result, words: str) -> None:
    log = stored(ws, rows).log
    held = trust(ws, log)[result]
    assert held is not None
    assert words in held.reason


def test_days_only_hide_no_graver_reason(ws: Workspace) -> None:
    rows = [row(f"c{n}", "Check", f"2025-03-{n + 1:02} 00:00") for n in range(20)]
    log = stored(ws, rows, cases={f"c{n}": {"complete": False} for n in range(20)}).log
    held = trust(ws, log)
    for result in (Result.WAITING_TIME, Result.CYCLE_TIME):
        why = held[result]
        assert why is not None
        assert why.below is None
        assert "nothing lies between" in why.reason
    pairs = [row(f"c{n}", a, f"2025-03-{n + d:02} 00:00") for n in range(20) for d, a in ((1, "Check"), (3, "Pay"))]
    log = stored(ws, pairs, cases={f"c{n}": {"complete": False} for n in range(20)}).log
    held = trust(ws, log)
    cycle, waiting = held[Result.CYCLE_TIME], held[Result.WAITING_TIME]
    assert cycle is not None
    assert (cycle.reason[:34], cycle.below) == ("No case is known to be complete. W", None)
    assert waiting is not None
    assert waiting.below == 86_400
