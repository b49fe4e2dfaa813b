"""The connectors that are set up: a file each in `TANDEM_HOME/connectors`, its name that of the connector."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from core.errors import BadInput, not_found
from core.workspace import Workspace
from orchestrator.connectors.http import HttpConnector, HttpSetup
from orchestrator.connectors.protocol import Connector
from orchestrator.machine.task import EffectSpec

_KINDS: Mapping[str, Callable[[Any], Connector]] = {
    "http": lambda data: HttpConnector(HttpSetup.model_validate(data)),
}


class Connectors:
    """The connectors of a workspace, read when they are first asked for; `given` stand in the place of files."""

    def __init__(self, ws: Workspace, given: Mapping[str, Connector] | None = None) -> None:
        self._folder = ws.settings.home / "connectors"
        self._known: dict[str, Connector] = dict(given or {})

    def get(self, name: str) -> Connector:
        """The connector set up as `name`. Raises NotFound that names those there are, BadInput for a file that cannot
        be used, with everything that is wrong with it."""
        if name not in self._known:
            path = self._folder / f"{name}.json"
            if path.parent != self._folder or not path.is_file():
                raise not_found("connector", name, self.names())
            self._known[name] = _read(path)
        return self._known[name]

    def names(self) -> list[str]:
        """The names of those that are set up."""
        return sorted({*self._known, *(path.stem for path in self._folder.glob("*.json"))})

    def unset(self, name: str) -> tuple[str, ...]:
        """The variables that the connector needs and that this process's environment lacks. Raises as `get` does."""
        found = self.get(name)
        return found.unset if isinstance(found, HttpConnector) else ()

    def doubts(self, effect: EffectSpec) -> list[str]:
        """What may keep `effect` from being performed, one line each: the worker's environment may be another one."""
        try:
            unset = self.unset(effect.connector)
        except BadInput:  # which `problems` tells
            return []
        return [
            f"the connector `{effect.connector}` needs `{name}`, which is not set here: set it where the worker runs"
            for name in unset
        ]

    def problems(self, effect: EffectSpec) -> list[str]:
        """What is wrong with `effect`, one line each: no such connector or action, arguments that are not its own."""
        try:
            actions = self.get(effect.connector).actions
        except BadInput as error:
            return [error.message]
        shape = actions.get(effect.action)
        if shape is None:
            return [not_found(f"action of the connector `{effect.connector}`", effect.action, actions).message]
        missing = sorted(set(shape.arguments) - set(effect.arguments))
        surplus = sorted(set(effect.arguments) - set(shape.arguments))
        unknown = sorted(set(effect.results.values()) - set(shape.results))
        told = ((missing, "needs the arguments"), (surplus, "has no arguments"), (unknown, "gives no results"))
        return [
            f"`{effect.connector}.{effect.action}` {said} {', '.join(f'`{name}`' for name in names)}"
            for names, said in told
            if names
        ]


def _read(path: Path) -> Connector:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        kind = str(data.get("kind")) if isinstance(data, dict) else ""
        if kind not in _KINDS:
            known = ", ".join(f"`{name}`" for name in _KINDS)
            raise BadInput(f"`{path}` sets up a connector of no kind that is known. Known: {known}.")
        return _KINDS[kind](data)
    except (OSError, ValueError) as error:
        if isinstance(error, ValidationError):
            problems = [f"`{'.'.join(map(str, e['loc']))}`: {e['msg']}" for e in error.errors()]
            raise BadInput(f"`{path}` sets up no connector.", problems=problems) from None
        raise BadInput(f"`{path}` cannot be read: {error}.") from None
