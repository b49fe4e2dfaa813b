"""The agents that this process can have asked, by the address in their principal's `runtime`: `<scheme>:<the rest>`.

An address without a scheme, as releases before 0.3.0 stored it, is an entry point of `python`.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from core.errors import BadInput, NotFound
from core.settings import Settings
from core.visible import visible_line
from orchestrator.runtimes.inside import ask_inside
from orchestrator.runtimes.limits import Limits
from orchestrator.runtimes.protocol import Answer, Runtime
from orchestrator.runtimes.python import PythonRuntime
from orchestrator.runtimes.values import Agent, AgentTask

_LOG = logging.getLogger("tandem.worker")
SCHEMES: dict[str, Callable[[Limits], Runtime]] = {"python": PythonRuntime}


class Agents:
    """Runtimes by scheme, made when they are first needed, and the agents that were handed over by name.

    `given` are addresses by name; a callable among them is asked in this process, which only tests may want.
    """

    def __init__(self, given: Mapping[str, Agent | str] | None = None, limits: Limits | None = None) -> None:
        self._given = dict(given or {})
        self._limits = limits or Limits()
        self._asked: dict[str, None] = {}
        self._lock = threading.Lock()
        self._told: set[tuple[str, str | None]] = set()  # agents of which it was said that they cannot be asked
        self._runtimes: dict[str, Runtime] = {scheme: make(self._limits) for scheme, make in SCHEMES.items()}

    def ask(self, address: str | None, question: AgentTask, deadline: float) -> Answer:
        """What the agent at `address` says before `deadline`, in seconds of `time.monotonic`.

        Raises NotFound or BadInput, naming the agents there are, where the address leads to none; Closed when the
        worker stops meanwhile.
        """
        name = question.principal.name
        try:
            if address is None:
                raise NotFound(
                    "The agent has no runtime, so nothing can do its tasks. Name one: python:module:function."
                )
            given = self._given.get(address.removeprefix("python:"))
            if given is not None and not isinstance(given, str):
                return ask_inside(given, question)
            scheme, rest = split(given or address)
            with self._noted(question.key):
                answer = self._runtimes[scheme].ask(rest, question, deadline)
        except BadInput as error:
            self._tell(name, address, error.message)
            raise
        if answer.unusable and answer.failure is not None:
            self._tell(name, address, answer.failure.message)
        return answer

    @property
    def asked(self) -> tuple[str, ...]:
        """The keys of the questions that are being asked, each once."""
        return tuple(self._asked.copy())

    @contextmanager
    def _noted(self, key: str) -> Iterator[None]:
        self._asked[key] = None
        try:
            yield
        finally:
            self._asked.pop(key, None)

    def look_for(self, name: str, address: str) -> None:
        """Log a warning, once, where the agent `name` cannot be asked at `address`; none of its code runs here."""
        given = self._given.get(address.removeprefix("python:"))
        if given is not None and not isinstance(given, str):
            return
        try:
            scheme, rest = split(given or address)
            self._runtimes[scheme].find(rest)
        except BadInput as error:
            self._tell(name, address, error.message)

    def _tell(self, name: str, address: str | None, why: str) -> None:
        with self._lock:
            known = (name, address) in self._told
            self._told.add((name, address))
        if not known:
            _LOG.warning(
                "The agent `%s` cannot be asked at `%s`, so its tasks fail and go to people. %s Install its module "
                "where the worker runs, or name its folder in PYTHONPATH, and start the worker again.",
                visible_line(name), address or "no address", visible_line(why),
            )  # fmt: skip

    def cancel(self, key: str) -> bool:
        """Whether a question with this key was being asked; it comes to nothing."""
        return True in {runtime.cancel(key) for runtime in self._runtimes.values()}

    def close(self) -> None:
        """End what the runtimes hold; questions being asked raise Closed."""
        for runtime in self._runtimes.values():
            runtime.close()


def split(address: str) -> tuple[str, str]:
    """Scheme and rest of an address. Raises BadInput for a scheme that is not known."""
    scheme, colon, rest = address.partition(":")
    if not colon:
        return "python", address
    if scheme not in SCHEMES or not rest:
        known = ", ".join(f"`{each}:`" for each in SCHEMES)
        hint = f" For a function of a module write `python:{address}`." if rest else ""
        raise BadInput(f"The address `{address}` begins with no known scheme. Known: {known}.{hint}")
    return scheme, rest


def registered(address: str, settings: Settings) -> str:
    """The address as it is kept for an agent that is being registered; its runtime has reached the agent.

    Raises BadInput or NotFound that names what would have worked. The agent's code is loaded in a child, never here.
    """
    scheme, rest = split(address.strip())
    runtime = SCHEMES[scheme](Limits.of(settings))
    try:
        rest = runtime.parse(rest)
        runtime.check(rest)
    finally:
        runtime.close()
    return f"{scheme}:{rest}"
