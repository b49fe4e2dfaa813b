"""Processes of our own that answer questions: one line of JSON in, one line of JSON out, ended with the work.

They hold no secrets and run our code; the code of agents runs in `orchestrator.runtimes`, behind a boundary.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


class Died(Exception):
    """The process ended instead of answering."""

    def __init__(self, status: int) -> None:
        super().__init__(f"the process ended with status {status}")
        self.status = status


class Children:
    """Up to `size` processes of one script, started when there is work for them, and a thread for each."""

    def __init__(
        self, script: str, size: int, arguments: Callable[[int], Sequence[str]], *, first: str | None = None
    ) -> None:
        """`arguments` gives those of the process with a number; `first` is a line that each is told at its start."""
        self._script, self._arguments, self._first = script, arguments, first
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="child")
        self._idle: list[subprocess.Popen[str]] = []
        self._started: list[subprocess.Popen[str]] = []
        self._lock = threading.Lock()

    def submit(self, work: Callable[..., T], *arguments: Any) -> Future[T]:
        """`work` in one of the threads."""
        return self._threads.submit(work, *arguments)

    def ask(self, question: Any) -> Any:
        """The answer of a process that has nothing else to do. Raises Died where it ended before it answered."""
        process, before = self._take()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(f"{before}{json.dumps(question)}\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except (BrokenPipeError, ValueError):  # a ValueError: its pipe was closed by `close`
            line = ""
        if not line:
            raise Died(process.wait())
        with self._lock:
            self._idle.append(process)
        return json.loads(line)

    def _take(self) -> tuple[subprocess.Popen[str], str]:
        """An idle process, or a new one with what it must be told first."""
        with self._lock:
            if self._idle:
                return self._idle.pop(), ""
            process = subprocess.Popen(
                [sys.executable, "-P", self._script, *self._arguments(len(self._started))],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
            )  # fmt: skip
            self._started.append(process)
        return process, "" if self._first is None else f"{self._first}\n"

    def close(self) -> None:
        """End every process, also in the middle of its work."""
        for process in self._started:
            process.kill()
        self._threads.shutdown(cancel_futures=True)
        for process in self._started:
            process.communicate()
