"""Where to cut the text of an XES file, so that its pieces can be read at the same time."""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from ingest.xes_worker import ROOT, without_asides

PIECE = 8 << 20  # bytes: large enough that starting on one costs nothing, small enough to stay near the processor


def ranges(path: Path, size: int = PIECE) -> list[tuple[int, int]]:
    """Start and end of each piece of the file at `path`: whole traces, as long as no comment speaks of traces."""
    cuts = [0]
    with path.open("rb") as handle, mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as text:
        while cuts[-1] + size < len(text):
            start = text.rfind(b"</trace", cuts[-1], cuts[-1] + size)
            end = text.find(b">", start) + 1 if start >= 0 else 0
            if not end:
                break
            cuts.append(end)
        cuts.append(len(text))
    return list(pairwise(cuts))


def pieces(chunks: Iterable[bytes], size: int = PIECE) -> Iterator[bytes]:
    """The pieces of the text that `chunks` make up, without comments; all but the last end with a whole trace."""
    carry = b""
    for chunk in chunks:
        carry = without_asides(carry + chunk)
        cut = _end_of_last_trace(carry) if len(carry) >= size else 0
        if cut:
            yield carry[:cut]
            carry = carry[cut:]
    yield carry


def root_of(text: bytes) -> str | None:
    """The name of the first element in `text` without a prefix, None where there is none."""
    found = ROOT.search(without_asides(text))
    return found[1].decode().rpartition(":")[2] if found else None


def _end_of_last_trace(text: bytes) -> int:
    """Where the last whole trace of `text` ends, before any comment that is still open; 0 if there is none."""
    limit = text.rfind(b"<!")
    start = text.rfind(b"</trace", 0, limit if limit >= 0 else len(text))
    return text.find(b">", start) + 1 if start >= 0 else 0
