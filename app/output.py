"""What commands print: one JSON value with `--json`, else plain tables and lines for people."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from rich.console import Console
from rich.text import Text

from core.visible import visible, visible_json

if TYPE_CHECKING:
    from rich.status import Status

MOST = 20  # of one list that a person is shown unasked: about a screen
EVERY = 2**31 - 1  # as the limit of a query: no limit
_T = TypeVar("_T")


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


class Terminal(Console):
    """A console that shows text as it is: nothing in it steers the terminal, and nothing is read as markup."""

    def print(self, *objects: Any, **options: Any) -> None:
        """Print `objects` as Rich does; of texts, what could steer the terminal is written out."""
        super().print(*map(_shown, objects), **{"markup": False, "emoji": False, **options})

    def status(self, status: Any, **options: Any) -> Status:
        """A sign of life beside `status`, on a terminal only."""
        from app.working import Working

        return Working(status, console=self, **options)


def _shown(value: Any) -> Any:
    return visible(value) if isinstance(value, str) else value


def text_of(value: Any) -> Any:
    """A text that Rich does not read as markup."""
    return Text(visible(value)) if isinstance(value, str) else value


def console(*, apart: bool = False) -> Terminal:
    """A console on standard output, `apart` on standard error."""
    return Terminal(highlight=False, soft_wrap=True, stderr=apart)


def show_json(value: Any) -> None:
    """Print `value` as one JSON value."""
    console().print(visible_json(json.dumps(plain(value), ensure_ascii=False, indent=2)))


def show_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, empty: str, every: bool = True, what: str = ""
) -> None:
    """Print `rows` under `columns` as wide as the screen, or the sentence `empty` where there are none.

    Without `every`, only the first `MOST` of them, and how many more there are; `what` they are, where one command
    lists several things.
    """
    from app.tables import table

    out = console()
    every_row = list(rows)
    if not every_row:
        out.print(empty, markup=False)
        return
    filled = [tuple("" if cell is None else str(cell) for cell in row) for row in top(every_row, every)]
    found = table(columns, filled, out.width)
    for line in found.heading:
        out.print(line, style="bold", markup=False, emoji=False)
    for line in found.lines:
        out.print(line, markup=False, emoji=False)
    say_rest(len(filled), len(every_row), what)


def top(items: Sequence[_T], every: bool) -> Sequence[_T]:
    """`items`, or without `every` the first `MOST` of them."""
    return items if every else items[:MOST]


def say_rest(shown: int, of: int, what: str = "") -> None:
    """Say how many of a list were shown and how to have the rest; nothing where all were."""
    if shown < of:
        named = f" {what}" if what else ""
        console().print(f"{shown:,} of {of:,}{named} are listed; `--all` gives every one.", markup=False)


def rest_of(shown: int, of: int) -> str:
    """How to have the rest of a list, to end a sentence that has told its counts; empty where all is shown."""
    return " `--all` gives every one." if shown < of else ""


def say_more(shown: int) -> None:
    """Say that the first of a list were shown and how to have the rest, where nobody has counted them."""
    console().print(f"The first {shown:,} are listed; `--all` gives every one.", markup=False)


def limited(limit: int | None, every: bool) -> int:
    """The limit of a query: as it was given, else `MOST`; none where every one is asked for."""
    return EVERY if every else MOST if limit is None else limit


def few(names: Sequence[str], every: bool) -> str:
    """`names` in one line, or without `every` the first `MOST` of them and how many more there are."""
    more = len(names) - len(top(names, every))
    return ", ".join(top(names, every)) + (f" and {more:,} more; `--all` names every one" if more else "")
