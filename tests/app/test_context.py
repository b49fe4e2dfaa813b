"""What a page is about when it opens, without a browser: the link, else what was used last, else the newest log."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.pages.context.arrival import completed
from app.pages.context.kept import _read
from app.pages.context.missing import in_words
from core.clock import FixedClock
from core.eventlog import LogVersion
from core.workspace import Workspace
from tests.builders import staged_log

NOTHING = {"log": None, "version": None, "f": None, "calendar": None}


@pytest.fixture
def versions(ws: Workspace, clock: FixedClock) -> tuple[LogVersion, ...]:
    """`orders` in two versions, then `claims`, which is the newest."""
    for name in ("orders", "orders", "claims"):
        staged_log(ws, [(str(len(ws.logs.versions())), "x", None, "2026-01-05 08:00")], name)
        clock.advance(timedelta(minutes=1))
    return tuple(ws.logs.versions())


def test_a_bare_link_shows_the_newest_log(versions: tuple[LogVersion, ...]) -> None:
    assert completed(NOTHING, versions, {}) == {**NOTHING, "log": "claims", "version": "v1"}


def test_a_bare_link_shows_what_was_used_last_with_its_filters(versions: tuple[LogVersion, ...]) -> None:
    last = {"log": "orders", "version": "v1", "f": "~x", "calendar": "office"}
    assert completed(NOTHING, versions, last) == last


def test_what_was_used_last_and_is_gone_gives_way_to_the_newest(versions: tuple[LogVersion, ...]) -> None:
    last = {"log": "gone", "version": "v1", "f": "~x"}
    assert completed(NOTHING, versions, last) == {**NOTHING, "log": "claims", "version": "v1"}


def test_a_link_that_names_a_log_takes_nothing_of_what_was_used_last(versions: tuple[LogVersion, ...]) -> None:
    last = {"log": "claims", "version": "v1", "f": "~x", "calendar": "office"}
    assert completed({**NOTHING, "log": "orders"}, versions, last) == {**NOTHING, "log": "orders", "version": "v2"}
    assert completed({**NOTHING, "f": "~y"}, versions, last)["f"] == "~y"


def test_what_a_link_names_and_is_not_there_stays(versions: tuple[LogVersion, ...]) -> None:
    for said in ({**NOTHING, "log": "nothing"}, {**NOTHING, "log": "orders", "version": "v9"}):
        assert completed(said, versions, {"log": "claims", "version": "v1"}) == said


def test_without_any_log_there_is_no_context() -> None:
    assert completed(NOTHING, (), {"log": "orders", "version": "v1"}) == NOTHING


@pytest.mark.parametrize("cookie", ["", "x", "%7B", "[1]", "null", '{"acting_as": 3}', "<MagicMock>"])
def test_a_cookie_that_others_wrote_keeps_nothing(cookie: str) -> None:
    assert _read(cookie) == {}


def test_what_is_missing_is_said_as_it_was_named() -> None:
    assert in_words("calendar", "a`b") == "This link names the calendar `a'b`, which is not here."
