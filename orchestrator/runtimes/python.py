"""Python agents: `python:<entry point>` or `python:<module>:<function>`, each in a child process of its own.

Entry points stand in the group `tandem.agents`. Their names and modules are read here; their code never is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.metadata import entry_points

from core.errors import BadInput, not_found
from orchestrator.runtimes.child import Code
from orchestrator.runtimes.limits import Limits
from orchestrator.runtimes.looking import is_there
from orchestrator.runtimes.pool import ChildPool
from orchestrator.runtimes.protocol import Answer
from orchestrator.runtimes.values import AgentTask

GROUP = "tandem.agents"
BEFORE = {"simulated": "app.demo.agents:simulated"}  # entry points of earlier releases, which homes still name
_FUNCTION = re.compile(r"^(?P<module>[^\W\d]\w*(\.[^\W\d]\w*)*):(?P<attribute>[^\W\d]\w*(\.[^\W\d]\w*)*)$")
_LOADED_WITHIN = 30.0  # seconds, when an agent is registered


class PythonRuntime:
    """Python functions in child processes that are kept warm."""

    def __init__(self, limits: Limits) -> None:
        self._pool = ChildPool(limits)
        self._elsewhere = bool(limits.python)  # another interpreter, which looks for modules in places of its own

    def parse(self, rest: str) -> str:
        """`rest` as it is asked. Raises BadInput or NotFound for no entry point and no function."""
        code_of(rest, installed())
        return rest

    def check(self, rest: str) -> None:
        """Load the function in a child. Raises BadInput with what went wrong."""
        self._pool.try_out(code_of(rest, installed()), _LOADED_WITHIN)

    def find(self, rest: str) -> None:
        """See whether the module is where Python looks. Raises BadInput or NotFound where it is not."""
        code = code_of(rest, installed())
        if self._elsewhere:
            self._pool.try_out(code, _LOADED_WITHIN)
        elif not is_there(code.module):
            raise BadInput(f"There is no module `{code.module}` where Python looks.")

    def ask(self, rest: str, question: AgentTask, deadline: float) -> Answer:
        """What the function proposes. Raises NotFound where it is no longer installed."""
        return self._pool.ask(code_of(rest, installed()), question, deadline)

    def cancel(self, key: str) -> bool:
        """Whether a question with this key was being asked; its child is ended."""
        return self._pool.cancel(key)

    def close(self) -> None:
        """End every child."""
        self._pool.close()


@cache
def installed() -> Mapping[str, str]:
    """Module and function of each installed entry point, by name."""
    return {point.name: f"{point.module}:{point.attr}" for point in entry_points(group=GROUP)}


def code_of(rest: str, known: Mapping[str, str]) -> Code:
    """The function that an address names, `known` being the entry points.

    Raises BadInput for what is no name of a function, NotFound for an entry point that is not installed.
    """
    said = known.get(rest) or BEFORE.get(rest)
    if said is None and ":" not in rest:
        raise not_found("agent runtime", rest, known)
    match = _FUNCTION.match(said or rest)
    if match is None:
        raise BadInput(
            f"The address `python:{rest}` names no function. Write `python:` and the name of an entry point of the "
            f"group `{GROUP}`, or `python:module:function`."
        )
    return Code(match["module"], match["attribute"])
