"""How long a test waits for what takes its time: as long as this machine needs.

A limit only tells a test that hangs from one that is slow; whoever waits looks often, so a long limit costs nothing
where all is well. It is several times what a quiet machine needs, and more where this one is measured to be slower.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache

_QUIET_SECONDS = 0.06  # that `_work` takes on a quiet machine of a usual kind
_LEAST, _MOST = 6.0, 30.0  # ten busy processes on two cores leave a sixth
_LOOK_EVERY = 0.02


def patience(seconds: float) -> float:
    """The limit for what takes up to `seconds` on a quiet machine."""
    return seconds * _slowness()


def wait_until(done: Callable[[], bool], seconds: float, what: str) -> None:
    """Return as soon as `done`; fail, saying `what` did not come, after the patience for `seconds`."""
    deadline = time.monotonic() + patience(seconds)
    while not done():
        assert time.monotonic() < deadline, f"{what} within {patience(seconds):.0f} s"
        time.sleep(_LOOK_EVERY)


@cache
def _slowness() -> float:
    """How many times longer than a quiet machine this one takes, measured once a process."""
    begun = time.perf_counter()
    _work()
    return min(_MOST, max(_LEAST, (time.perf_counter() - begun) / _QUIET_SECONDS))


def _work() -> int:
    return sum(n % 7 for n in range(1_000_000))
