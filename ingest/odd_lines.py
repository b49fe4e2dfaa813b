"""Odd lines of a CSV file made usual before it is read: blank lines, and line ends of two kinds."""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from pathlib import Path

from core import BadInput

_CHUNK = 4 << 20
_BLANK = rb"(?<=\n)(?:[ \t\x1a]*\r?(?=\n)|[ \t\x1a]+\r?\Z)"  # Ctrl-Z was the end mark of files on old systems
_BLANK_LINE = re.compile(_BLANK)
_SPACES = (b"\n ", b"\n\t", b"\n\x1a")


def has_blank_lines(path: Path, most: int | None = None) -> bool:
    """Whether the file at `path` seems to have lines of blanks, in its first `most` bytes.

    It may be a line within quotation marks. Usual files are asked in the time of a look for two signs.
    """
    carry, done = b"", 0
    with path.open("rb") as handle:
        while (most is None or done < most) and (chunk := handle.read(_CHUNK)):
            done += len(chunk)
            text = carry + chunk
            if b"\n\n" in text or b"\n\r\n" in text:
                return True
            if any(sign in text for sign in _SPACES) and _BLANK_LINE.search(text):
                return True
            carry = text[text.rfind(b"\n", -200) :] if b"\n" in text[-200:] else b""
    return False


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
