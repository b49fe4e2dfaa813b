"""Values that are typed: `name=value` or a JSON file on a command line, fields of a page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from core.errors import BadInput
from orchestrator.machine.named import way_of

_OPENS = ("{", "[")  # what begins so is meant as JSON


def read_values(file: Path | None, assignments: Iterable[str]) -> dict[str, Any]:
    """The values in `file`, then those of `assignments`, in which `supplier.name=ACME` is `name` inside `supplier`; a
    value that is no JSON is text. Raises BadInput, also for assignments of which one would undo another."""
    values = {} if file is None else _of_file(file)
    return within(values, read_assignments(assignments))


def read_assignments(assignments: Iterable[str]) -> dict[str, Any]:
    """The value of every assignment by its name, as it is typed. Raises BadInput."""
    said: dict[str, Any] = {}
    for assignment in assignments:
        name, equals, text = assignment.partition("=")
        name = name.strip()
        if not equals or not name:
            raise BadInput(f"`{assignment}` is not name=value.")
        if name in said:
            raise BadInput(f"`{name}` is given twice. Give it once.")
        said[name] = value_of(name, text)
    return said


def within(values: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """`values` with each of `said` where its name says, objects on the way to it made. Raises BadInput."""
    made: dict[str, Any] = dict(values)
    given: dict[tuple[str, ...], str] = {}
    for name, value in said.items():
        way = way_of(name)
        if not way:
            raise BadInput(
                f"`{name}` names no field. Write it like `vendor.name`; a key that has a dot, bracket or quote itself "
                'stands in quotes (`"a.b"`), and a list is given whole, as JSON.'
            )
        for other, called in given.items():
            if other[: len(way)] == way:
                raise BadInput(f"`{name}` would undo `{called}`, which is given too. Give one of them.")
        given[way] = name
        made = _put(made, way, value, name)
    return made


def beside(context: Mapping[str, Any], changes: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """`changes`, and each of `said` put where its name says: what stands beside it in `context` is kept. Raises
    BadInput."""
    made = within({**context, **changes}, said)
    touched = {*changes, *(way_of(name)[0] for name in said)}
    return {name: value for name, value in made.items() if name in touched}


def value_of(name: str, text: str) -> Any:
    """`text` as the JSON value that it is, else as text. Raises BadInput for what begins as JSON and is none."""
    try:
        return json.loads(text, parse_constant=str)
    except ValueError as error:
        if not text.lstrip().startswith(_OPENS):
            return text
        raise BadInput(
            f"The value of `{name}` begins like JSON and is none: {error}. Mend it; text that begins so stands in "
            "double quotes."
        ) from None


def _put(values: Mapping[str, Any], way: tuple[str, ...], value: Any, name: str) -> dict[str, Any]:
    """A copy of `values` with `value` at the end of the way."""
    first, *rest = way
    if not rest:
        return {**values, first: value}
    inner = values.get(first)
    if inner is not None and not isinstance(inner, dict):
        raise BadInput(f"`{name}` is a field inside `{first}`, and `{first}` holds a value, not an object.")
    return {**values, first: _put(inner or {}, tuple(rest), value, name)}


def _of_file(file: Path) -> dict[str, Any]:
    try:
        values = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BadInput(f"`{file}` cannot be read as JSON: {error}") from None
    if not isinstance(values, dict):
        raise BadInput(f"`{file}` holds no JSON object.")
    return values
