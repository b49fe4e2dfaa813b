"""The rows of a text that signs split: comma, semicolon, tab, `|` or whatever else was said."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from core.errors import BadInput
from inventory.sheets.guards import unguarded
from inventory.sheets.values import SheetCell, SheetLine
from inventory.sheets.words import heading_of, unit_of

DELIMITERS = (",", ";", "\t", "|", ":", "^", "~", "\x1f")
_SAID = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
_HEAD = 40  # rows in which the header is looked for


def lines_of(text: str, file: str, said: str | None) -> tuple[tuple[SheetLine, ...], str]:
    """The rows of `text` that have something in them, and what splits their cells.

    Raises BadInput for broken quotes and for a delimiter of more than one character.
    """
    if said is not None:
        said = {"tab": "\t", "\\t": "\t"}.get(said, said)
        if len(said) != 1 or said in '"\r\n':
            raise BadInput(f"`{said}` cannot split cells: give one character such as `;`, or `tab`.")
    above = _SAID.match(text)
    start = 0
    if above and said in (None, above[1]):
        said, text, start = above[1], text[above.end() :], 1
    delimiter = said or _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines = []
    try:
        for row in reader:
            cells = tuple(SheetCell(unguarded(cell.strip())) for cell in row)
            if any(cell.text for cell in cells):
                lines.append(SheetLine(start + reader.line_num, cells))
    except csv.Error as error:
        raise BadInput(
            f"`{file}` is not proper CSV in row {start + reader.line_num}: {error}. Check its quotes."
        ) from None
    return tuple(lines), delimiter


def _delimiter(text: str) -> str:
    """The sign that gives one of the first rows most known headings, then the most rows the same width."""
    return max(DELIMITERS, key=lambda sign: _fit(text, sign))


def _fit(text: str, sign: str) -> tuple[int, int, int]:
    rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign):
            rows.append(row)
            if len(rows) >= _HEAD:
                break
    except csv.Error:
        pass
    known = max((sum(_known(cell) for cell in row) for row in rows), default=0)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    width, often = widths.most_common(1)[0] if widths else (1, 0)
    return known, often, width


def _known(cell: str) -> bool:
    return 0 < len(cell) < 100 and (heading_of(cell) is not None or unit_of(cell) is not None)
