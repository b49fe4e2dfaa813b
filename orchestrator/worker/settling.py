"""The one writer of a worker: whatever waits to be written is settled in one transaction.

Threads that wait for each other's locks and commits are slower the more there are; here they only wait for a result. If
a group fails, each of its members is done alone, so that an error reaches the member that caused it and no other.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, Protocol, TypeVar

from sqlalchemy.engine import Connection

from governance.gate import foresee
from orchestrator.running.batch import open_batch
from orchestrator.running.step import Runner
from orchestrator.runtimes.protocol import Closed
from orchestrator.worker.waiting import passes

T = TypeVar("T")
_LOG = logging.getLogger("tandem.worker")
MOST = 64  # operations settled in one transaction
_LINGER_SECONDS = 0.001  # for others to come, while any are at work
_TRIES = 5  # of a transaction that failed for a reason that passes
_FIRST_PAUSE_SECONDS = 0.05  # doubled with every try


@dataclass(frozen=True)
class About:
    """What an operation will ask the database for, so that it is read with that of others."""

    run: str
    item: str  # id of a work item
    key: str  # of the attempt at the gate, and of the event that ends it


class Settling(Protocol):
    """How the acts of a task are written."""

    def do(self, about: About, act: Callable[[Connection], T]) -> T:
        """What `act` returns, once its transaction is committed. It may be called again after a failure."""
        ...

    def room(self, patience: float | None = None) -> AbstractContextManager[bool]:
        """Whether an agent may be asked now."""
        ...

    @property
    def stopping(self) -> bool:
        """Whether nothing new is to be begun."""
        ...


@dataclass(frozen=True)
class _Operation:
    about: About
    act: Callable[[Connection], Any]
    done: Future[Any] = field(default_factory=Future)


class Alone:
    """Each act in a transaction of its own, in the thread that asks."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner

    def room(self, patience: float | None = None) -> AbstractContextManager[bool]:
        """There always is."""
        return nullcontext(True)

    @property
    def stopping(self) -> bool:
        """It never is."""
        return False

    def do(self, about: About, act: Callable[[Connection], T]) -> T:
        """What `act` returns, once its transaction is committed."""
        operation = _Operation(about, act)
        settle(self._runner, [operation])
        result: T = operation.done.result()
        return result


class Writer:
    """The thread that settles what other threads give to it, and the limit of how many of those ask an agent."""

    def __init__(self, runner: Runner, at_once: int) -> None:
        self._runner = runner
        self._at_once, self._active = at_once, 0
        self._room = threading.Condition()
        self._waiting: SimpleQueue[_Operation | None] = SimpleQueue()
        self._stopping = self._closed = False
        self._thread = threading.Thread(target=self._write, name="tandem-writer", daemon=True)
        self._thread.start()

    @contextmanager
    def room(self, patience: float | None = None) -> Iterator[bool]:
        """Whether there is room for asking one more agent, for which it is waited, at most `patience` seconds.

        False where that was not enough, and where the worker is stopping.
        """
        with self._room:
            free = self._room.wait_for(lambda: self._stopping or self._active < self._at_once, patience)
            taken = free and not self._stopping
            self._active += taken
        try:
            yield taken
        finally:
            with self._room:
                self._active -= taken
                self._room.notify()

    @property
    def stopping(self) -> bool:
        """Whether nothing new is to be begun."""
        return self._stopping

    def do(self, about: About, act: Callable[[Connection], T]) -> T:
        """What `act` returns, once the transaction of its group is committed. Raises Closed."""
        operation = _Operation(about, act)
        with self._room:
            if self._closed:
                raise Closed("The worker has stopped.")
            self._waiting.put(operation)
        result: T = operation.done.result()
        return result

    def stop(self) -> None:
        """Begin nothing new: whoever waits for room goes home."""
        with self._room:
            self._stopping = True
            self._room.notify_all()

    def close(self) -> None:
        """Settle what was given before, and end the thread."""
        self.stop()
        with self._room:
            self._closed = True
            self._waiting.put(None)
        self._thread.join()

    def _write(self) -> None:
        while (first := self._waiting.get()) is not None:
            group, last = self._gathered(first)
            settle(self._runner, group)
            if last:
                return

    def _gathered(self, first: _Operation) -> tuple[list[_Operation], bool]:
        """The operations that are settled together, and whether none will follow."""
        group, until = [first], time.monotonic() + _LINGER_SECONDS
        while len(group) < MOST:
            try:
                following = self._waiting.get_nowait()
            except Empty:
                left = until - time.monotonic()
                if left <= 0 or not self._active:
                    break
                try:
                    following = self._waiting.get(timeout=left)
                except Empty:
                    break
            if following is None:
                return group, True
            group.append(following)
        return group, False


def settle(runner: Runner, group: list[_Operation]) -> None:
    """Do the operations in one transaction; if that fails, each in its own. All of them have a result then."""
    try:
        results = _together(runner, group)
    except BaseException as error:  # noqa: BLE001 (whoever waits for it gets it)
        if len(group) == 1:
            _again(runner, group[0], error)
        else:
            for operation in group:
                settle(runner, [operation])
        return
    for operation, result in zip(group, results, strict=True):
        operation.done.set_result(result)


def _together(runner: Runner, group: list[_Operation]) -> list[Any]:
    with runner.begin() as connection:
        open_batch(connection, [(o.about.run, o.about.item, o.about.key) for o in group])
        foresee(connection, dict.fromkeys(o.about.key for o in group))
        return [operation.act(connection) for operation in group]


def _again(runner: Runner, operation: _Operation, error: BaseException) -> None:
    """Do the operation once more while what it failed for may pass; else it ends in its error."""
    for attempt in range(_TRIES - 1):
        if not passes(error):
            break
        _LOG.info("A step of run `%s` is done again: %s", operation.about.run, error)
        time.sleep(_FIRST_PAUSE_SECONDS * 2**attempt)
        try:
            (result,) = _together(runner, [operation])
        except BaseException as other:  # noqa: BLE001
            error = other
        else:
            operation.done.set_result(result)
            return
    operation.done.set_exception(error)
