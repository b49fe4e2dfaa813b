"""Cuts the text of an XES file into pieces of whole traces, each a small XES document of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

PIECE = 8 << 20  # bytes: large enough that starting a read costs nothing, small enough that memory stays flat

_ASIDE = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.DOTALL)
_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]*)")


def pieces(chunks: Iterable[bytes], size: int = PIECE) -> Iterator[bytes]:
    """The documents that `chunks` are cut into, in order. Together they are well-formed if and only if the whole is.

    The first keeps the head of the log, the last ends as the file ends, so that a truncated file stays truncated.
    """
    carry, opening = b"", b""
    for chunk in chunks:
        carry = _without_asides(carry + chunk)
        cut = _end_of_last_trace(carry) if len(carry) >= size else 0
        if cut:
            yield opening + carry[:cut] + b"</log>"
            carry, opening = carry[cut:], b"<log>"
    yield opening + carry


def root_of(text: bytes) -> str | None:
    """The name of the first element in `text`, None where there is none."""
    found = _ROOT.search(_without_asides(text))
    return found[1].decode() if found else None


def _without_asides(text: bytes) -> bytes:
    """`text` without whole comments and CDATA, their line breaks kept: what stands in one is no trace."""
    if b"<!" not in text:
        return text
    return _ASIDE.sub(lambda found: b"\n" * found[0].count(b"\n"), text)


def _end_of_last_trace(text: bytes) -> int:
    """Where the last whole trace of `text` ends, before any comment that is still open; 0 if there is none."""
    limit = text.rfind(b"<!")
    start = text.rfind(b"</trace", 0, limit if limit >= 0 else len(text))
    return text.find(b">", start) + 1 if start >= 0 else 0
