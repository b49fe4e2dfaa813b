"""Which queue entries are in this worker's hands, and which it only seems to have: DBOS took them and never began them.

DBOS notes an entry as taken before it dispatches it. Where dispatching fails, because the database did not answer or
what is stored with the entry is gone, the entry would stay taken for ever, and its task with it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from orchestrator.running.queue import TaskQueue

_NOTED_SECONDS = 600.0  # within which DBOS notes that an entry is done, however many wait to write
_LOG = logging.getLogger("tandem.worker")


class Hands:
    """The entries that are being performed, by id. Every method may be called by several threads at once."""

    def __init__(self, executor: str, threads: int) -> None:
        """`threads` are those of the worker: while all have something in hand, what was taken may wait for one."""
        self._executor, self._threads = executor, threads
        self._held: set[str] = set()
        self._seen: frozenset[str] = frozenset()
        self._ended: dict[str, float] = {}  # when; DBOS may not have noted it yet
        self._gone: frozenset[str] = frozenset()
        self._lock = threading.Lock()

    @contextmanager
    def holding(self, entry: str) -> Iterator[bool]:
        """Have `entry` in hand for the length of the block; False where it was let go, and must not be performed."""
        with self._lock:
            mine = entry not in self._gone
            self._held.add(entry)
        try:
            yield mine
            with self._lock:
                self._ended[entry] = time.monotonic()
        finally:
            with self._lock:
                self._held.discard(entry)

    def let_go(self, queue: TaskQueue) -> int:
        """How many entries were removed that were taken, and in nobody's hands, when this was called last and are now.

        What they stood for has no living entry any more, so that it is queued again.
        """
        with self._lock:
            held = frozenset(self._held)
            if len(held) >= self._threads:
                self._seen = frozenset()
                return 0
        idle = frozenset(queue.taken(self._executor)) - held
        with self._lock:
            past = time.monotonic() - _NOTED_SECONDS
            self._ended = {entry: at for entry, at in self._ended.items() if at > past}
            idle -= self._held | self._ended.keys()
            lost = idle & self._seen
            self._seen = idle - lost
            self._gone |= lost  # what begins now comes too late
        for entry in sorted(lost):
            _LOG.warning("The queue entry `%s` was taken and could not be begun; its task is queued again.", entry)
        if lost:
            queue.forget(lost)
        return len(lost)
