"""Decision rules: expressions in CEL over plain facts. Same facts, same answer; nothing else can be reached."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from core.errors import BadInput
from orchestrator.machine.budget import FACTS, check_cost, pruned, shape_of

if TYPE_CHECKING:
    from cel import Program

_TYPES = frozenset({"bool", "bytes", "double", "int", "list", "map", "null_type", "string", "type", "uint"})
_BINDING = re.compile(r"\.(?:all|exists|exists_one|filter|map)\(\s*(\w+)\s*,")

# What the evaluator raises: a missing key or index, mixed types, a bad conversion, a division by zero, an unknown name.
_FAILURES = (LookupError, TypeError, ValueError, ArithmeticError, RuntimeError)


@lru_cache(maxsize=1024)
def compiled(rule: str) -> Program:
    """The program of `rule`. Raises BadInput where it is no CEL expression, uses a name that no rule can see, or could
    take long over small facts too."""
    shape_of(rule)
    import cel

    try:
        program = cel.compile(rule)
    except ValueError as error:
        raise BadInput(f"The rule `{rule}` is not a CEL expression: {_short(error)}.") from None
    unknown = set(program.variables()) - FACTS - _TYPES - set(_BINDING.findall(rule))
    if unknown:
        raise BadInput(f"The rule `{rule}` uses {_quoted(unknown)}; a rule can use {_quoted(FACTS)}.")
    return program


class RunFacts:
    """What rules see of a run at one event. Of it only what a rule reads is converted for CEL."""

    def __init__(self, context: Mapping[str, Any], answers: Mapping[str, Any]) -> None:
        self._given = {"context": context, "answers": answers}

    def hold(self, rule: str, *, visits: int, rounds: int = 0) -> bool:
        """Whether `rule` is true of these facts at a node entered `visits` times, whose body was done `rounds` times.

        Raises BadInput where it cannot be evaluated (a field is missing, say), could take too long over these facts,
        or gives anything but true or false.
        """
        program = compiled(rule)
        check_cost(rule, self._given)
        try:
            value = program.execute({**pruned(rule, self._given), "visits": visits, "rounds": rounds})
        except KeyError as error:
            raise BadInput(f"The rule `{rule}` needs `{error.args[0]}`, which is not there.") from None
        except _FAILURES as error:
            raise BadInput(f"The rule `{rule}` cannot be evaluated: {_short(error)}.") from None
        if not isinstance(value, bool):
            raise BadInput(f"The rule `{rule}` gives `{value!r}`; a rule must give true or false.")
        return value


def _quoted(names: set[str] | frozenset[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _short(error: Exception) -> str:
    """The evaluator's first sentence, without the picture of the source below it."""
    line = str(error).strip().splitlines()[0].split(". ")[0]
    return line.split("ERROR: <input>:")[-1].rstrip(".")
