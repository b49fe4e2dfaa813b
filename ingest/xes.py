"""Reads XES into the table `raw`: through r4pm, piece by piece, refusing what is not whole."""

from __future__ import annotations

import codecs
import re
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import accumulate, chain, count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from core.errors import BadInput
from ingest.encodings import as_utf8, text_encoding
from ingest.source import Source
from ingest.values import Finding, Progress, Reading, Treatment, counted
from ingest.xes_load import Outcome, load_pieces
from ingest.xes_pool import PiecePool, pool
from ingest.xes_text import pieces, ranges, root_of
from ingest.xes_worker import UNREADABLE, meaning

_DECLARED = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
_SHOWN = 10
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_xes(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    *,
    encoding: str | None = None,
    head_only: bool = False,
    progress: Progress | None = None,
) -> Reading:
    """What `source` holds, now in the table `raw` of `connection`; with `head_only` a first few thousand events.

    Raises BadInput for text that is not well-formed XML, is no XES, or holds events that would not be read.
    """
    with TemporaryDirectory(prefix="tandem-xes-") as name, pool(Path(name)) as workers:
        folder = Path(name)
        outcomes = None
        if not head_only:
            outcomes = _in_place(source, encoding, workers, folder, progress)
        if outcomes is None:
            outcomes = _streamed(source, encoding, workers, folder, head_only, progress)
        total = _Total.of(outcomes)
        if not total.rows:
            found = counted(total.traces, "trace")
            raise BadInput(f"`{source.path}` is an empty event log: it has {found} and no event.")
        columns, mixed = load_pieces(connection, outcomes)
    facts = {"traces": total.traces}
    return Reading(columns, total.rows, source.path, "XES", findings=tuple(total.findings(mixed)), facts=facts)


@dataclass(frozen=True)
class _Total:
    """Counts over all pieces."""

    rows: int
    traces: int
    empty_traces: int
    children: int
    doubled: int  # attributes with the key and type of another
    unnamed: int  # traces without a name
    unreadable: int  # attributes that are lists or containers

    @classmethod
    def of(cls, outcomes: list[Outcome]) -> _Total:
        names = {name for outcome in outcomes for name in outcome["columns"]}

        def summed(key: str) -> int:
            return sum(outcome[key] for outcome in outcomes)

        return cls(
            summed("rows"),
            summed("traces"),
            summed("empty_traces"),
            summed("children"),
            summed("doubled"),
            summed("unnamed"),
            sum(meaning(name)[1] in UNREADABLE for name in names),
        )

    def findings(self, mixed: int) -> Iterator[Finding]:
        """What is said of the counts; `mixed` attributes have the key of another and a different type."""
        if doubled := self.doubled + mixed:
            has = "attribute has" if doubled == 1 else "attributes have"
            message = f"{doubled:,} {has} the key of another in the same trace or event; one value of each key is kept."
            yield Finding("doubled_keys", Treatment.DROPPED, doubled, message)
        if self.unnamed:
            has = "trace has" if self.unnamed == 1 else "traces have"
            message = f"{self.unnamed:,} {has} no name; each is a case, named by its place in the log."
            yield Finding("unnamed_traces", Treatment.REPAIRED, self.unnamed, message)
        if self.empty_traces:
            message = f"{self.empty_traces:,} traces have no event; they are no cases."
            yield Finding("empty_traces", Treatment.DROPPED, self.empty_traces, message)
        if self.children:
            message = f"{self.children:,} attributes have attributes of their own, which are not kept."
            yield Finding("nested_attributes", Treatment.DROPPED, self.children, message)
        if self.unreadable:
            message = f"{self.unreadable:,} attributes are lists or containers, which are not kept."
            yield Finding("list_attributes", Treatment.DROPPED, self.unreadable, message)


def _in_place(
    source: Source, encoding: str | None, workers: PiecePool, folder: Path, progress: Progress | None
) -> list[Outcome] | None:
    """What became of the pieces of a plain file, read where they lie; None where the file must be streamed.

    That is: compressed, in another encoding, or broken, if only by a cut through a comment; streaming tells.
    """
    if source.compressed:
        return None
    with source.path.open("rb") as handle:
        head = handle.read(4096)
    if _encoding(head, encoding) != "utf-8":
        return None
    _check_root(source, head)
    parts = ranges(source.path)
    requests = (
        _request(source.path, start, end, folder, number, last=number == len(parts) - 1)
        for number, (start, end) in enumerate(parts)
    )
    outcomes = list(_answers(workers, requests, progress))
    return None if any("error" in outcome for outcome in outcomes) else [_whole(source, o, 0) for o in outcomes]


def _streamed(
    source: Source, encoding: str | None, workers: PiecePool, folder: Path, head_only: bool, progress: Progress | None
) -> list[Outcome]:
    """What became of the pieces, each written to `folder` first. Raises BadInput that names the line that is wrong."""
    lines: list[int] = []
    texts = pieces(_utf8(source, encoding), **({"size": 1 << 16} if head_only else {}))
    requests = _written(source, texts, folder, lines, head_only)
    outcomes = list(_answers(workers, requests, progress))
    above = [0, *accumulate(lines)]
    return [_whole(source, outcome, before) for outcome, before in zip(outcomes, above, strict=False)]


def _written(
    source: Source, texts: Iterator[bytes], folder: Path, lines: list[int], head_only: bool
) -> Iterator[dict[str, Any]]:
    """The requests for `texts`; `lines` gets the number of lines of each."""
    following = next(texts)
    _check_root(source, following)
    for number in count():
        text, following = following, next(texts, b"")
        path = folder / f"{number}.xes"
        path.write_bytes(text)
        lines.append(text.count(b"\n"))
        yield _request(path, 0, len(text), folder, number, last=not following)
        if not following or head_only:
            return


def _request(path: Path, start: int, end: int, folder: Path, number: int, *, last: bool) -> dict[str, Any]:
    table = str(folder / f"{number}.parquet")
    return {"file": str(path), "start": start, "end": end, "first": number == 0, "last": last, "table": table}


def _answers(workers: PiecePool, requests: Iterable[dict[str, Any]], progress: Progress | None) -> Iterator[Outcome]:
    """The outcome of each of `requests`, in order, with its table; what lay on disk for it is removed."""
    waiting: deque[tuple[dict[str, Any], Future[dict[str, Any]]]] = deque()
    rows = 0
    for request in chain(requests, [None]):
        if request is not None:
            waiting.append((request, workers.submit(request)))
        while waiting and (request is None or waiting[0][1].done()):
            asked, future = waiting.popleft()
            outcome = future.result() | {"table": asked["table"]}
            if Path(asked["file"]).parent == Path(asked["table"]).parent:
                Path(asked["file"]).unlink()  # written for this, and read
            rows += outcome.get("rows", 0)
            if progress:
                progress("Reading events", rows)
            yield outcome


def _whole(source: Source, outcome: Outcome, lines_before: int) -> Outcome:
    """`outcome` itself when the piece was read whole. Raises BadInput that says where it is broken."""
    line = lines_before + outcome.get("line", 0)
    if "lost" in outcome:
        listed = ", ".join(f"{lines_before + each:,}" for each in outcome["lost"][:_SHOWN])
        more = len(outcome["lost"]) - _SHOWN
        raise BadInput(
            f"`{source.path}` is not valid XES: {counted(len(outcome['lost']), 'event')} "
            f"stand{'s' * (len(outcome['lost']) == 1)} outside a trace or without attributes, in line {listed}"
            f"{f' and {more:,} more' if more > 0 else ''}. Nothing was stored."
        )
    if "bytes" in outcome:
        raise BadInput(
            f"`{source.path}` is not UTF-8: line {line:,} has the bytes `{outcome['bytes']}`. "
            "Give the encoding it has, such as `--encoding windows-1252`."
        )
    if "line" in outcome:
        raise BadInput(
            f"`{source.path}` is broken or truncated: it is not well-formed XML at line {line:,}, "
            f"column {outcome['column']:,} ({outcome['error']}). Export or copy it again; nothing was stored."
        )
    if "error" in outcome:
        raise BadInput(f"`{source.path}` cannot be read as XES: {outcome['error']}.")
    if outcome["rows"] != outcome["events"]:
        raise BadInput(
            f"`{source.path}` is not valid XES: {outcome['events'] - outcome['rows']:,} of {outcome['events']:,} "
            f"events after line {lines_before:,} stand outside a trace or have no attributes."
        )
    return outcome


def _check_root(source: Source, piece: bytes) -> None:
    root = root_of(piece)
    if root is None:
        raise BadInput(f"`{source.path}` is not XES: it has no XML element.")
    if root != "log":
        raise BadInput(f"`{source.path}` is not XES: its root element is `{root}`, where XES has `log`.")


def _encoding(head: bytes, said: str | None) -> str:
    """The encoding of a text that begins with `head`: what was said, else its mark, else what the XML declares."""
    bom = next((name for mark, name in _BOMS if head.startswith(mark)), None)
    declared = _DECLARED.match(head.removeprefix(codecs.BOM_UTF8).lstrip())
    name = said or bom or (declared[1].decode() if declared else "utf-8")
    known = text_encoding(name)
    if known is None:
        raise BadInput(f"The XML declares the encoding `{name}`, which does not exist. Give `--encoding`.")
    return known.removesuffix("-sig").replace("ascii", "utf-8")


def _utf8(source: Source, said: str | None) -> Iterator[bytes]:
    """The content of `source` as UTF-8."""
    chunks = source.chunks()
    first = next(chunks, b"")
    name = _encoding(first, said)
    if name == "utf-8":
        yield first
        yield from chunks
        return
    yield from as_utf8(source.path, chain([first], chunks), name)
