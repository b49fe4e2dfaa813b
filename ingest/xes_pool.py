"""Reads pieces of XES at the same time, one for each core: in threads, and what is unusual in processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ingest import xes_worker
from ingest.xes_regular import convert_regular

MOST = 4


class PiecePool:
    """Takes pieces and gives what became of them, in order. Processes start when there is work for them."""

    def __init__(self, folder: Path, size: int) -> None:
        self._folder, self._size = folder, size
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="xes")
        self._idle: list[subprocess.Popen[str]] = []
        self._started: list[subprocess.Popen[str]] = []
        self._room = threading.Semaphore(size * 2)
        self._lock = threading.Lock()

    def submit(self, request: dict[str, Any]) -> Future[dict[str, Any]]:
        """What becomes of the piece that `request` names; waits while two for each process are on their way."""
        self._room.acquire()
        future = self._threads.submit(self._read, request)
        future.add_done_callback(lambda _: self._room.release())
        return future

    def _read(self, request: dict[str, Any]) -> dict[str, Any]:
        return convert_regular(request) or self._ask(request)

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        process = self._take()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            return {"error": f"the reading process ended with status {process.wait()}"}
        with self._lock:
            self._idle.append(process)
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _take(self) -> subprocess.Popen[str]:
        with self._lock:
            if self._idle:
                return self._idle.pop()
            scratch = self._folder / f"process-{len(self._started)}.xes"
            process = subprocess.Popen(
                [sys.executable, "-P", xes_worker.__file__, str(scratch)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
            )  # fmt: skip
            self._started.append(process)
            return process

    def close(self) -> None:
        """End every process, also in the middle of its work."""
        for process in self._started:
            process.kill()
        self._threads.shutdown(cancel_futures=True)
        for process in self._started:
            process.communicate()


@contextmanager
def pool(folder: Path) -> Iterator[PiecePool]:
    """A pool that puts its files in `folder`, ended at the end of the block."""
    opened = PiecePool(folder, min(os.cpu_count() or 1, MOST))
    try:
        yield opened
    finally:
        opened.close()
