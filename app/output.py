"""What commands print: one JSON value with `--json`, else plain tables and lines for people."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table


def plain(value: Any) -> Any:
    """`value` as JSON knows it: dataclasses become objects, enums their values, moments ISO 8601 in UTC."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Mapping):
        return {str(plain(k)): plain(v) for k, v in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(plain(v) for v in value)
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return [plain(v) for v in value]
    return value


def console() -> Console:
    """A console on standard output."""
    return Console(highlight=False, soft_wrap=True)


def show_json(value: Any) -> None:
    """Print `value` as one JSON value."""
    console().print(json.dumps(plain(value), ensure_ascii=False, indent=2), markup=False)


def show_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, empty: str) -> None:
    """Print `rows` under `columns`, or the sentence `empty` where there are none."""
    filled = [tuple("" if cell is None else str(cell) for cell in row) for row in rows]
    if not filled:
        console().print(empty, markup=False)
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for number, column in enumerate(columns):
        numeric = all(_numeric(row[number]) for row in filled)
        table.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in filled:
        table.add_row(*[cell.replace("[", r"\[") for cell in row])
    console().print(table)


def _numeric(cell: str) -> bool:
    return cell[:1].isdigit() or cell[:1] in {"", "-", "–"}
