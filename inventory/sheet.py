"""Reads a CSV file into rows of cells, strictly: what cannot be read is said, and nothing is guessed away."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

from core.errors import BadInput, NotFound

DELIMITERS = (",", ";", "\t", "|")
LARGEST = 50_000_000  # bytes; an inventory of pilots is not larger


@dataclass(frozen=True)
class Sheet:
    """A CSV file's header and rows."""

    file: str
    digest: str  # SHA-256 of its bytes
    header: tuple[str, ...]
    rows: tuple[
        tuple[int, tuple[str, ...]], ...
    ]  # line on which the row ends, from 1, and its cells; empty rows left out


def read_sheet(path: Path) -> Sheet:
    """The rows of the CSV file at `path`: UTF-8, delimiter found out from the header.

    Raises NotFound or BadInput: no such file, not UTF-8, broken quotes, no rows, rows of another width than the header.
    """
    text, digest = _text(path)
    lines = _lines(text, path.name)
    if not lines:
        raise BadInput(f"`{path.name}` is empty. Its first line must name the columns.")
    header, rows = lines[0][1], lines[1:]
    problems = [
        f"Row {line} has {len(cells)} cells, the header has {len(header)}. Quote cells that contain the delimiter."
        for line, cells in rows
        if len(cells) != len(header)
    ]
    if problems:
        raise BadInput(f"`{path.name}` cannot be read; nothing was stored.", problems=problems)
    if not rows:
        raise BadInput(f"`{path.name}` has a header and no pilots below it.")
    return Sheet(path.name, digest, header, rows)


def _text(path: Path) -> tuple[str, str]:
    if not path.is_file():
        raise NotFound(f"There is no file `{path}`.")
    if path.stat().st_size > LARGEST:
        raise BadInput(f"`{path.name}` has more than {LARGEST // 10**6} MB. Is it a pilots sheet?")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadInput(f"`{path}` cannot be read: {error.strerror}.") from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        byte = content[error.start]
        raise BadInput(f"`{path.name}` is not UTF-8: byte 0x{byte:02x} in row {row}. Save it as CSV UTF-8.") from None
    if "\0" in text:
        raise BadInput(f"`{path.name}` is not a text file. Save the sheet as CSV UTF-8.")
    return text, hashlib.sha256(content).hexdigest()


def _lines(text: str, file: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The rows that have a cell, each with the line on which it ends."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    lines = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append((reader.line_num, tuple(cell.strip() for cell in cells)))
    except csv.Error as error:
        raise BadInput(f"`{file}` is not proper CSV in row {reader.line_num}: {error}. Check its quotes.") from None
    return tuple(lines)


def _delimiter(text: str) -> str:
    """The delimiter that cuts the first line into most cells outside quotes; the comma where none does."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=lambda sign: len(next(csv.reader([first], delimiter=sign), [])))
