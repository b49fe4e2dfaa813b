"""Values that are typed on a command line: `name=value`, or a JSON file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from core.errors import BadInput


def read_values(file: Path | None, assignments: Iterable[str]) -> dict[str, Any]:
    """The values in `file`, then those of `assignments`; a value that is no JSON is text. Raises BadInput."""
    values = {} if file is None else _of_file(file)
    for assignment in assignments:
        name, equals, text = assignment.partition("=")
        if not equals or not name.strip():
            raise BadInput(f"`{assignment}` is not name=value.")
        values[name.strip()] = _value(text)
    return values


def _value(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=str)
    except ValueError:
        return text


def _of_file(file: Path) -> dict[str, Any]:
    try:
        values = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BadInput(f"`{file}` cannot be read as JSON: {error}") from None
    if not isinstance(values, dict):
        raise BadInput(f"`{file}` holds no JSON object.")
    return values
