"""The first record of a CSV file: the names of its columns, what splits them, and where it stands."""

from __future__ import annotations

import codecs
import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from core.errors import BadInput

_BOMS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DELIMITERS = (",", ";", "\t", "|")
_SAID = re.compile(r'"?sep=(.)"?', re.IGNORECASE)  # what Excel writes above the header, and reads there
_LONGEST = 1 << 20


@dataclass(frozen=True)
class Head:
    """What the first record says."""

    names: list[str]  # of the columns, as they stand
    delimiter: str
    line: int  # in which it stands
    start: int  # bytes above it


def read_head(told: Path, path: Path) -> Head:
    """The head of the plain text at `path`, for people the file `told`. Blank lines and `sep=;` may stand above it.

    Raises BadInput for what is not UTF-8, and for line ends that no reader takes.
    """
    said, line, start = None, 1, 0
    with path.open("rb") as handle:
        while True:
            first = _record(handle)
            text = _text(told, first, line)
            found = _SAID.fullmatch(text) if said is None else None
            if found:
                said = found[1]
            elif text.strip() or not first:
                break
            line, start = line + first.count(b"\n"), start + len(first)
    delimiter = said or _delimiter(text)
    return Head(_fields(text, delimiter), delimiter, line, start)


def not_utf8(told: Path, where: str, position: int, found: bytes) -> BadInput:
    """The error that the file `told` is not UTF-8, with the bytes that show it."""
    return BadInput(
        f"`{told}` is not UTF-8: {where}, byte {position:,} is 0x{found.hex().upper() or '??'}. "
        "Give the encoding it has, such as `--encoding windows-1252` or `--encoding latin-1`, or save it as UTF-8."
    )


def _record(handle: BinaryIO) -> bytes:
    """The next record, which may have line breaks within quotes."""
    first = handle.readline(_LONGEST)
    while first.count(b'"') % 2 and (more := handle.readline(_LONGEST)):
        first += more
    return first


def _text(told: Path, first: bytes, line: int) -> str:
    guess = next((name for mark, name in _BOMS if first.startswith(mark)), None)
    if guess or b"\x00" in first:
        raise BadInput(
            f"`{told}` is not UTF-8: byte 0 is 0x{first[0]:02X}, and it looks like UTF-16. "
            "Give `--encoding utf-16`, or save it as UTF-8."
        )
    try:
        header = first.removeprefix(codecs.BOM_UTF8).decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise not_utf8(told, f"row {line:,}", error.start, first[error.start : error.end]) from None
    if "\r" in header and '"' not in header:
        raise BadInput(f"`{told}` ends its lines with a carriage return alone. Save it with usual line ends.")
    return header


def _delimiter(header: str) -> str:
    """The character that splits the header into the most columns."""
    widths = {mark: len(_fields(header, mark)) for mark in _DELIMITERS}
    return max(_DELIMITERS, key=lambda mark: widths[mark])


def _fields(header: str, delimiter: str) -> list[str]:
    return next(csv.reader([header], delimiter=delimiter), [])
