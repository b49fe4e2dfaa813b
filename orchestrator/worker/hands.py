"""Which queue entries are in this worker's hands, and which it only seems to have: DBOS took them and never began them.

DBOS notes an entry as taken before it dispatches it. Where dispatching fails, because the database did not answer or
what is stored with the entry is gone, the entry would stay taken for ever, and its task with it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from orchestrator.running.queue import TaskQueue

_LOG = logging.getLogger("tandem.worker")


class Hands:
    """The entries that are being performed, by id. Every method may be called by several threads at once."""

    def __init__(self, executor: str) -> None:
        self._executor = executor
        self._held: set[str] = set()
        self._seen: frozenset[str] = frozenset()
        self._lock = threading.Lock()

    @contextmanager
    def holding(self, entry: str) -> Iterator[None]:
        """Have `entry` in hand for the length of the block."""
        with self._lock:
            self._held.add(entry)
        try:
            yield
        finally:
            with self._lock:
                self._held.discard(entry)

    def let_go(self, queue: TaskQueue) -> int:
        """How many entries were removed that were taken, and in nobody's hands, when this was called last and are now.

        What they stood for has no living entry any more, so that it is queued again.
        """
        with self._lock:
            held = frozenset(self._held)
        idle = frozenset(queue.taken(self._executor)) - held
        with self._lock:
            idle -= self._held
        lost = idle & self._seen
        self._seen = idle - lost
        for entry in sorted(lost):
            _LOG.warning("The queue entry `%s` was taken and could not be begun; its task is queued again.", entry)
        if lost:
            queue.forget(lost)
        return len(lost)
