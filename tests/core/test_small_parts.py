"""Settings, errors, clock and named queries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.clock import FixedClock
from core.errors import BadInput, not_found
from core.queries import parse
from core.settings import Settings, load_settings


def test_settings_come_from_the_environment_and_are_frozen(settings: Settings) -> None:
    assert settings.user == "Ada"
    assert settings.database.endswith("/home/tandem.sqlite")
    with pytest.raises(ValueError, match="frozen"):
        settings.user = "Eve"


def test_every_unusable_setting_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TANDEM_PORT", "99999")
    monkeypatch.setenv("TANDEM_WORKER_CONCURRENCY", "many")
    with pytest.raises(BadInput) as caught:
        load_settings()
    assert "`TANDEM_PORT`" in str(caught.value)
    assert "`TANDEM_WORKER_CONCURRENCY`" in str(caught.value)
    assert caught.value.exit_status == 2


def test_not_found_ends_in_the_valid_names() -> None:
    assert str(not_found("event log", "a", ["c", "b"])) == "There is no event log `a`. Known: `b`, `c`."
    assert str(not_found("event log", "a", [])) == "There is no event log `a`. There is no event log yet."


def test_a_fixed_clock_moves_only_forward() -> None:
    clock = FixedClock(datetime(2026, 1, 1, tzinfo=UTC))
    clock.advance(timedelta(hours=1))
    assert clock.now() == datetime(2026, 1, 1, 1, tzinfo=UTC)
    with pytest.raises(ValueError, match="backwards"):
        clock.advance(timedelta(seconds=-1))


def test_a_query_keeps_its_header() -> None:
    query = parse(
        "q", "-- title: Cycle time\n-- definition: From start\n--   to end.\n-- unit: seconds\nSELECT 1\n-- no"
    )
    assert query["title"] == "Cycle time"
    assert query["definition"] == "From start to end."
    assert query.get("needs", "nothing") == "nothing"
    assert query.sql == "SELECT 1\n-- no"
