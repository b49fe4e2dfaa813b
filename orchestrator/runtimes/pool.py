"""The children that are kept warm. One child serves one agent acting as one principal, and one question at a time."""

from __future__ import annotations

import json
import logging
import threading
import time
from dataclasses import dataclass
from itertools import count

from core.errors import BadInput, TandemError
from orchestrator.runtimes.checking import checked
from orchestrator.runtimes.child import Child, Code, Ended, Late
from orchestrator.runtimes.limits import Limits
from orchestrator.runtimes.protocol import Answer, Closed
from orchestrator.runtimes.values import AgentFailed, AgentTask
from orchestrator.runtimes.wire import frame, task_to_dict

_LOG = logging.getLogger("tandem.agent")


@dataclass(frozen=True)
class Seat:
    """For whom a child is: no two agents and no two principals share one."""

    code: Code
    principal: str


class Unusable(BadInput):
    """The agent's code cannot be loaded; `missing` where trying again will not help."""

    def __init__(self, message: str, *, missing: bool) -> None:
        super().__init__(message)
        self.missing = missing


class ChildPool:
    """Children by seat. Every method may be called by several threads at once."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._idle: list[tuple[Seat, Child]] = []  # the one used last stands last
        self._busy: dict[int, tuple[str, Child]] = {}  # by question: its key, and who has it
        self._numbers = count(1)
        self._closed = False

    def ask(self, code: Code, question: AgentTask, deadline: float) -> Answer:
        """What the agent says. A child that does anything else than answer is ended, and the attempt has failed."""
        number = next(self._numbers)
        try:
            body = frame({"id": number, "question": task_to_dict(question)})
            seat = Seat(code, question.principal.id)
            return self._answered(seat, number, question.key, body, deadline)
        except Late:
            return Answer(late=True)
        except Unusable as error:
            return Answer(failure=AgentFailed(error.message, retry=not error.missing), unusable=True)
        except (Ended, BadInput) as error:
            if self._closed:
                raise Closed("The worker is stopping.") from None
            return Answer(failure=AgentFailed(error.message))

    def _answered(self, seat: Seat, number: int, key: str, body: bytes, deadline: float) -> Answer:
        child = self._take(seat, number, key, deadline)
        good = False
        try:
            answer = checked(child.ask(body, deadline), number)
            good = True
            return answer
        finally:
            if printed := child.printed():
                _LOG.info("`%s` printed: %s", seat.principal, printed)
            self._give_back(seat, number, child, good=good)

    def try_out(self, code: Code, seconds: float) -> None:
        """Load the agent's code in a child that is then ended. Raises BadInput where that does not work."""
        name = f"{code.module}:{code.attribute}"
        child: Child | None = None
        try:
            child = Child(code, self._limits)
            _load(child, code, time.monotonic() + seconds)
        except Late:
            raise BadInput(f"The agent `{name}` was not loaded within {seconds:g} seconds.") from None
        except Ended as error:
            last = child.printed().rpartition("\n")[2] if child else ""
            raise BadInput(f"The agent `{name}` cannot be loaded. {error.message} {last}".rstrip()) from None
        finally:
            if child is not None:
                child.kill()

    def cancel(self, key: str) -> bool:
        """Whether a child had the question with this key; it is ended."""
        with self._lock:
            found = [child for asked, child in self._busy.values() if asked == key]
        for child in found:
            child.stop()
        return bool(found)

    def close(self) -> None:
        """End every child."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            busy = [child for _, child in self._busy.values()]
        for child in busy:
            child.stop()  # whoever asks it then ends it
        for _, child in idle:
            child.kill()

    def _take(self, seat: Seat, number: int, key: str, deadline: float) -> Child:
        """A child for the seat: a warm one, else a new one, for which one that is idle elsewhere makes room."""
        while (kept := self._kept(seat, number, key)) is not None:
            if kept.fit:
                return kept
            self._give_back(seat, number, kept, good=False)
        child = Child(seat.code, self._limits)
        with self._lock:
            self._busy[number] = (key, child)
            surplus = self._surplus()
        for each in surplus:
            each.kill()
        try:
            if self._closed:
                raise Ended("The worker is stopping.")
            _load(child, seat.code, deadline)
        except TandemError:
            self._give_back(seat, number, child, good=False)
            raise
        return child

    def _kept(self, seat: Seat, number: int, key: str) -> Child | None:
        with self._lock:
            for place in range(len(self._idle) - 1, -1, -1):
                if self._idle[place][0] == seat:
                    _, child = self._idle.pop(place)
                    self._busy[number] = (key, child)
                    return child
        return None

    def _give_back(self, seat: Seat, number: int, child: Child, *, good: bool) -> None:
        with self._lock:
            self._busy.pop(number, None)
            keep = good and not self._closed
            if keep:
                self._idle.append((seat, child))
            surplus = self._surplus()
        for each in surplus if keep else [*surplus, child]:
            each.kill()

    def _surplus(self) -> list[Child]:
        """Idle children beyond the most that are kept, those unused for longest; no longer among the idle."""
        more = max(0, min(len(self._idle), len(self._idle) + len(self._busy) - self._limits.children))
        surplus = [child for _, child in self._idle[:more]]
        del self._idle[:more]
        return surplus


def _load(child: Child, code: Code, deadline: float) -> None:
    """Wait until the child has loaded the agent's code."""
    try:
        said = json.loads(child.ask(b"", deadline))
        ready = said == {"ready": True}
        why = "" if ready else str(said["unusable"])
        missing = not ready and said["missing"] is True
    except (ValueError, RecursionError, TypeError, KeyError):
        raise Ended("The agent's process said something else than that it is ready.") from None
    if not ready:
        raise Unusable(f"The agent `{code.module}:{code.attribute}` cannot be loaded. {why[:500]}", missing=missing)
