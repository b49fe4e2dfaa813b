"""Reads pieces of XES at the same time, one for each core: in threads, and what is unusual in processes."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from core.children import Children, Died
from ingest import xes_worker
from ingest.xes_regular import convert_regular

MOST = 4


class PiecePool:
    """Takes pieces and gives what became of them, in order."""

    def __init__(self, folder: Path, size: int) -> None:
        self._children = Children(xes_worker.__file__, size, lambda n: [str(folder / f"process-{n}.xes")])
        self._room = threading.Semaphore(size * 2)

    def submit(self, request: dict[str, Any]) -> Future[dict[str, Any]]:
        """What becomes of the piece that `request` names; waits while two for each process are on their way."""
        self._room.acquire()
        future = self._children.submit(self._read, request)
        future.add_done_callback(lambda _: self._room.release())
        return future

    def _read(self, request: dict[str, Any]) -> dict[str, Any]:
        regular = convert_regular(request)
        if regular:
            return regular
        try:
            answer: dict[str, Any] = self._children.ask(request)
        except Died as died:
            return {"error": f"the reading process ended with status {died.status}"}
        return answer

    def close(self) -> None:
        """End every process, also in the middle of its work."""
        self._children.close()


@contextmanager
def pool(folder: Path) -> Iterator[PiecePool]:
    """A pool that puts its files in `folder`, ended at the end of the block."""
    opened = PiecePool(folder, min(os.cpu_count() or 1, MOST))
    try:
        yield opened
    finally:
        opened.close()
