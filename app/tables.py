"""Tables as plain lines: words are never broken, so that ids and names can be copied. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from core.visible import visible_line

GAP = 2  # blanks between columns
_NUMBER = re.compile(r"^([-–]?|[-+−]?[0-9][0-9,]*(\.[0-9]+)?( ?%|( .*)?))$")
_LONGEST_NUMBER = 32  # with its unit; what is longer and begins with a digit is a sentence

Row = Sequence[str]


@dataclass(frozen=True)
class Lines:
    """A table, line by line."""

    heading: tuple[str, ...]
    lines: tuple[str, ...]


def table(columns: Row, rows: Sequence[Row], width: int) -> Lines:
    """`rows` under `columns`, in at most `width` columns of the screen; columns without any content are left out.

    Cells are wrapped between words. Where even that is too wide, each row becomes a block of `column  value` lines.
    """
    used = [n for n in range(len(columns)) if any(row[n] for row in rows)] or [0]
    heads = [columns[n] for n in used]
    cells = [[visible_line(row[n]) for n in used] for row in rows]
    widths = _widths([heads, *cells], width)
    if widths is None:
        return Lines((), tuple(_blocks(heads, cells, width)))
    right = [all(_numeric(row[n]) for row in cells) for n in range(len(used))]
    return Lines(
        tuple(_wrapped(heads, widths, right)), tuple(line for row in cells for line in _wrapped(row, widths, right))
    )


def _widths(rows: Sequence[Row], width: int) -> list[int] | None:
    """The width of each column, the widest narrowed first; None where unbroken words do not fit."""
    found = [max(map(cell_len, cells)) for cells in zip(*rows, strict=True)]
    least = [max(_longest_word(cell) for cell in cells) for cells in zip(*rows, strict=True)]
    excess = sum(found) + GAP * (len(found) - 1) - width
    while excess > 0:
        loose = [n for n in range(len(found)) if found[n] > least[n]]
        if not loose:
            return None
        found[max(loose, key=lambda n: found[n])] -= 1
        excess -= 1
    return found


def _wrapped(row: Row, widths: Sequence[int], right: Sequence[bool]) -> list[str]:
    """The lines of one row."""
    columns = [wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
    height = max(len(column) for column in columns)
    lines = []
    for number in range(height):
        parts = [column[number] if number < len(column) else "" for column in columns]
        padded = map(_padded, parts, widths, right)
        lines.append((" " * GAP).join(padded).rstrip())
    return lines


def _blocks(heads: Row, rows: Sequence[Row], width: int) -> list[str]:
    """Each row as lines of column and value, with an empty line between rows."""
    margin = max(map(cell_len, heads)) + GAP
    lines: list[str] = []
    for row in rows:
        lines += [""] if lines else []
        for head, cell in zip(heads, row, strict=True):
            first, *rest = wrap(cell, max(20, width - margin))
            if cell:
                lines.append(f"{_padded(head, margin, right=False)}{first}")
                lines += [" " * margin + line for line in rest]
    return lines


def wrap(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width`, broken between words only; at least one line."""
    if cell_len(text) <= width:
        return [text]
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and cell_len(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _padded(text: str, width: int, right: bool) -> str:
    blanks = " " * (width - cell_len(text))
    return blanks + text if right else text + blanks


def _numeric(cell: str) -> bool:
    return len(cell) <= _LONGEST_NUMBER and _NUMBER.match(cell) is not None


def _longest_word(cell: str) -> int:
    return max(map(cell_len, cell.split()), default=0)
