"""When work is ready in the time of its run: after everything that the tree puts before it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.machine.timing import lies_in, part_before, ready

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
PATHS = st.lists(st.integers(0, 3), max_size=4).map(lambda steps: ".".join(map(str, [0, *steps])))


@pytest.mark.parametrize(
    ("done", "offered", "part"),
    [
        ("0.0", "0.1", "0.0"),  # next in a sequence
        ("0.1.1", "0.2", "0.1"),  # after a parallel block: all of it
        ("0.1.0.3", "0.1.1.0", "0.1.0"),  # inside a loop: its body
        ("0.1", "0.1.2", "0.1"),  # a decision that offers one of its children
        ("0.1.0", "0.1", "0.1.0"),  # the body of a loop, before its decision
        ("0.3", "0.3", "0.3"),  # offered again
    ],
)
def test_what_comes_before(done: str, offered: str, part: str) -> None:
    assert part_before(done, offered) == part


def test_the_slowest_branch_counts_whichever_was_reported_last() -> None:
    ends = [("0.0", NOON), ("0.1.0", NOON + timedelta(hours=5)), ("0.1.1", NOON + timedelta(hours=1))]
    assert ready(ends, "0.1.1", "0.2", NOON) == NOON + timedelta(hours=5)
    assert ready(ends, "0.0", "0.1.1", NOON) == NOON
    assert ready([], "0.0", "0.1", NOON) == NOON


@given(PATHS, PATHS)
def test_what_was_done_always_lies_in_the_part_before(done: str, offered: str) -> None:
    part = part_before(done, offered)
    assert lies_in(done, part)
    assert part == done or not lies_in(offered, part)
