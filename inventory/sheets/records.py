"""Objects of JSON and YAML as rows: one key a column, an object within an object by the names of both."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import yaml

from core.errors import BadInput, first_line
from inventory.sheets.values import SheetCell, SheetLine

_MOST_DEEP = 6


class _Loader(yaml.SafeLoader):  # type: ignore[misc]  # PyYAML has no types
    """YAML without aliases, which can grow without bound, and without keys that come twice."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """The next node. Raises YAMLError for an alias."""
        if self.check_event(yaml.events.AliasEvent):
            event = self.peek_event()
            raise yaml.YAMLError(f"row {event.start_mark.line + 1} has an alias `*{event.anchor}`; write its value")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        """A mapping. Raises YAMLError for a key that comes twice."""
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        doubled = next((key for n, key in enumerate(keys) if key in keys[:n]), None)
        if doubled is not None:
            raise yaml.YAMLError(f"row {node.start_mark.line + 1}: the key `{doubled}` comes twice")
        found: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        return found


def json_lines(text: str, file: str) -> tuple[SheetLine, ...]:
    """The objects in JSON `text`, below a row with their keys. Also one object a line.

    Raises BadInput for what is no JSON, keys that come twice, and what is no list of objects.
    """
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except ValueError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        try:
            if len(lines) < 2:
                raise
            found = [json.loads(line, object_pairs_hook=_once, parse_constant=_no_number) for line in lines]
        except ValueError:
            raise BadInput(f"`{file}` cannot be read as JSON: {first_line(error)}.") from None
    except RecursionError:
        raise BadInput(f"`{file}` cannot be read as JSON: it is nested too deeply.") from None
    return _rows(found, file)


def yaml_lines(text: str, file: str) -> tuple[SheetLine, ...]:
    """The objects in YAML `text`, below a row with their keys. Raises BadInput as `json_lines` does."""
    try:
        found = yaml.load(text, Loader=_Loader)
    except (yaml.YAMLError, ValueError, TypeError) as error:
        told = " ".join(str(error).split())
        raise BadInput(f"`{file}` cannot be read as YAML: {told[:300]}.") from None
    except RecursionError:
        raise BadInput(f"`{file}` cannot be read as YAML: it is nested too deeply.") from None
    return _rows(found, file)


def cell_of(value: object) -> SheetCell:
    """A value of a program as a cell: numbers and dates are exact, a list is one cell of names."""
    if value is None:
        return SheetCell("")
    if isinstance(value, bool):
        return SheetCell("yes" if value else "no", exact=True)
    if isinstance(value, int | float | Decimal):
        return SheetCell(format(Decimal(str(value)), "f"), exact=True)
    if isinstance(value, datetime):
        return SheetCell(value.date().isoformat(), exact=True)
    if isinstance(value, date):
        return SheetCell(value.isoformat(), exact=True)
    if isinstance(value, list | tuple):
        return SheetCell("".join(f"{cell_of(each).text}; " for each in value).strip())
    return SheetCell(str(value).strip())


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    doubled = next((key for n, key in enumerate(keys) if key in keys[:n]), None)
    if doubled is not None:
        raise ValueError(f"the key `{doubled}` comes twice in one object")
    return dict(pairs)


def _no_number(word: str) -> None:
    raise ValueError(f"`{word}` is no number of JSON")


def _rows(found: Any, file: str) -> tuple[SheetLine, ...]:
    """The rows of a list of objects, of `{"pilots": [...]}`, or of the one list that an object has."""
    if isinstance(found, Mapping):
        lists = [value for value in found.values() if isinstance(value, list) and value and _objects(value)]
        found = found.get("pilots") or (lists[0] if len(lists) == 1 else [found])
    if not isinstance(found, list) or not found:
        raise BadInput(f"`{file}` has no pilots: it must be a list of objects, or an object with `pilots`.")
    wrong = [
        f"Object {n} is not an object of names and values."
        for n, each in enumerate(found, 1)
        if not isinstance(each, Mapping)
    ]
    if wrong:
        raise BadInput(f"`{file}` cannot be read; nothing was stored.", problems=wrong)
    flat = [_flat(each) for each in found]
    keys = list(dict.fromkeys(key for each in flat for key in each))
    header = SheetLine(0, tuple(SheetCell(key) for key in keys))
    rows = (
        SheetLine(n, tuple(cell_of(each[k]) if k in each else None for k in keys)) for n, each in enumerate(flat, 1)
    )
    return (header, *rows)


def _objects(value: list[Any]) -> bool:
    return all(isinstance(each, Mapping) for each in value)


def _flat(each: Mapping[Any, Any], before: str = "", depth: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in each.items():
        name = f"{before} {key}".strip()
        if isinstance(value, Mapping) and depth < _MOST_DEEP:
            found |= _flat(value, name, depth + 1)
        else:
            found[name] = value
    return found
