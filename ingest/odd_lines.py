"""Odd lines of a CSV file made usual before it is read: blank lines, and line ends of two kinds."""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from pathlib import Path

from core.errors import BadInput

_CHUNK = 4 << 20
_BLANK = rb"(?<=\n)(?:[ \t\x1a]*\r?(?=\n)|[ \t\x1a]+\r?\Z)"  # Ctrl-Z was the end mark of files on old systems
_BLANK_LINE = re.compile(_BLANK)
_NEWLINE, _ODD = 10, tuple(b"\n\r \t\x1a")


def has_blank_lines(path: Path, most: int | None = None) -> bool:
    """Whether the file at `path` has lines of blanks, in its first `most` bytes; one within quotation marks counts.

    Only lines that begin with a blank are looked at one by one, and numpy finds these ten times as fast as a search.
    """
    import numpy as np

    with path.open("rb") as handle, mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as text:
        end = len(text) if most is None else min(most, len(text))
        for start in range(0, end, _CHUNK):
            signs = np.frombuffer(text[start : min(start + _CHUNK, end) + 1], np.uint8)
            begins = np.flatnonzero(signs[:-1] == _NEWLINE) + 1
            odd = begins[np.isin(signs[begins], _ODD)]
            if any(_BLANK_LINE.match(text, start + int(at)) for at in odd):
                return True
    return False


def has_two_line_ends(path: Path) -> bool:
    """Whether some lines of the file at `path` end in a line feed alone and others in a carriage return before it."""
    ends, pairs, before = 0, 0, b""
    with path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            ends += chunk.count(b"\n")
            pairs += chunk.count(b"\r\n") + (before == b"\r" and chunk.startswith(b"\n"))
            before = chunk[-1:]
    return 0 < pairs < ends


def mended(path: Path, target: Path, delimiter: str, width: int, *, line_ends: bool, told: tuple[Path, int]) -> Path:
    """`target`, now the text at `path` with a row of empty values for each blank line, so that rows keep their numbers.

    With `line_ends` all lines end alike. What stands in quotation marks is left alone. Raises BadInput for a carriage
    return that stands alone, which names the line: `told` is the file for people, and the line where `path` begins.
    """
    empty = delimiter.encode() * (width - 1)
    with (
        path.open("rb") as handle,
        mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as text,
        target.open("wb") as out,
    ):
        at = 0
        for start, end, kind in _odd(text, delimiter, line_ends=line_ends):
            if kind == "alone":
                raise _alone(told[0], text[:start].count(b"\n") + told[1])
            out.write(text[at:start])
            out.write(b"\n" if kind == "crlf" else empty + text[start:end].strip(b" \t\x1a"))
            at = end
        out.write(text[at:])
    return target


def _odd(text: mmap.mmap, delimiter: str, *, line_ends: bool) -> Iterator[tuple[int, int, str]]:
    """Where something is to be changed, and what it is."""
    sign = re.escape(delimiter.encode())
    kinds = [
        rb'(?P<quoted>(?:(?<=\n)|(?<=%s)|\A)"(?>[^"]+|"")*")' % sign,
        rb"(?P<blank>%s)" % _BLANK,
        *([rb"(?P<crlf>\r\n)", rb"(?P<alone>\r)"] if line_ends else []),
    ]
    for found in re.finditer(b"|".join(kinds), text):
        if found.lastgroup != "quoted":
            yield found.start(), found.end(), found.lastgroup or ""


def _alone(path: Path, line: int) -> BadInput:
    return BadInput(
        f"`{path}` ends some lines with a carriage return alone, the first in line {line:,}, and others not. "
        "Save it with usual line ends; nothing was stored."
    )
