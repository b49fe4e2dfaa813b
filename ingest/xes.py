"""Reads XES into the table `raw`: through r4pm, piece by piece, refusing what is not whole."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from core import BadInput
from ingest.source import Source
from ingest.values import Column, Effect, Finding, Progress, Reading, Scope, counted
from ingest.xes_pool import Pool, pool
from ingest.xes_text import pieces, root_of
from ingest.xes_worker import UNREADABLE, meaning

_DECLARED = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
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
    with TemporaryDirectory(prefix="tandem-xes-") as folder, pool(Path(folder)) as workers:
        parts = pieces(_utf8(source, encoding), **({"size": 1 << 16} if head_only else {}))
        outcomes = _outcomes(source, workers, parts, head_only, progress)
        total = _Total.of(outcomes)
        if not total.rows:
            raise BadInput(
                f"`{source.path}` is an empty event log: it has {counted(total.traces, 'trace')} and no event."
            )
        tables = [str(Path(folder) / f"{i}.parquet") for i, outcome in enumerate(outcomes) if outcome["rows"]]
        columns = _load(connection, tables, [name for outcome in outcomes for name in outcome["columns"]])
    return Reading(
        columns, total.rows, source.path, "XES", findings=tuple(total.findings()), facts={"traces": total.traces}
    )


@dataclass(frozen=True)
class _Total:
    """Counts over all pieces."""

    rows: int
    traces: int
    empty_traces: int
    children: int
    unreadable: int  # attributes that are lists or containers

    @classmethod
    def of(cls, outcomes: list[dict[str, Any]]) -> _Total:
        names = {name for outcome in outcomes for name in outcome["columns"]}
        rows, traces, empty, children = (
            sum(outcome[key] for outcome in outcomes) for key in ("rows", "traces", "empty_traces", "children")
        )
        return cls(rows, traces, empty, children, sum(meaning(name)[1] in UNREADABLE for name in names))

    def findings(self) -> Iterator[Finding]:
        if self.empty_traces:
            message = f"{self.empty_traces:,} traces have no event; they are no cases."
            yield Finding("empty_traces", Effect.DROPPED, self.empty_traces, message)
        if self.children:
            message = f"{self.children:,} attributes have attributes of their own, which are not kept."
            yield Finding("nested_attributes", Effect.DROPPED, self.children, message)
        if self.unreadable:
            message = f"{self.unreadable:,} attributes are lists or containers, which are not kept."
            yield Finding("list_attributes", Effect.DROPPED, self.unreadable, message)


def _outcomes(
    source: Source, workers: Pool, parts: Iterable[bytes], head_only: bool, progress: Progress | None
) -> list[dict[str, Any]]:
    futures: list[Future[dict[str, Any]]] = []
    lines, rows, checked = 0, 0, 0
    starts = []
    for number, piece in enumerate(parts):
        if number == 0:
            _check_root(source, piece)
        futures.append(workers.submit(number, piece))
        starts.append(lines)
        lines += piece.count(b"\n")
        while checked < len(futures) and futures[checked].done():
            rows += _checked(source, futures[checked].result(), starts[checked])["rows"]
            checked += 1
            if progress:
                progress("Reading events", rows)
        if head_only:
            break
    return [_checked(source, future.result(), start) for future, start in zip(futures, starts, strict=True)]


def _checked(source: Source, outcome: dict[str, Any], lines_before: int) -> dict[str, Any]:
    """`outcome` itself when the piece was read whole. Raises BadInput that says where it is broken."""
    line = lines_before + outcome.get("line", 0)
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


def _utf8(source: Source, encoding: str | None) -> Iterator[bytes]:
    """The content of `source` as UTF-8 without a byte order mark."""
    chunks = source.chunks()
    first = next(chunks, b"")
    bom = next((name for mark, name in _BOMS if first.startswith(mark)), None)
    declared = _DECLARED.match(first.removeprefix(codecs.BOM_UTF8).lstrip())
    name = encoding or bom or (declared[1].decode() if declared else "utf-8")
    if codecs.lookup(name).name in ("utf-8", "utf-8-sig", "ascii"):
        yield first.removeprefix(codecs.BOM_UTF8)
        yield from chunks
        return
    decoder = codecs.getincrementaldecoder(name)()
    done = 0
    for chunk in (first, *chunks):
        try:
            yield decoder.decode(chunk).encode()
        except UnicodeDecodeError as error:
            raise BadInput(f"`{source.path}` is not `{name}`: see byte {done + error.start:,}.") from None
        done += len(chunk)
    yield decoder.decode(b"", True).encode()


def _load(connection: duckdb.DuckDBPyConnection, tables: list[str], names: list[str]) -> tuple[Column, ...]:
    """The columns of the new table `raw`; an attribute that was declared with several types is one column of text."""
    spellings: dict[tuple[bool, str], list[str]] = {}
    for name in dict.fromkeys(sorted(names)):
        of_trace, declared, key = meaning(name)
        if declared not in UNREADABLE:
            spellings.setdefault((of_trace, key), []).append(name)
    columns, expressions = [], []
    for number, ((of_trace, key), spelled) in enumerate(spellings.items()):
        columns.append(Column(f"c{number}", key, Scope.CASE if of_trace else Scope.EVENT))
        quoted = [f'"{name.encode().hex()}"' for name in spelled]
        value = quoted[0] if len(quoted) == 1 else f"coalesce({', '.join(f'{q}::VARCHAR' for q in quoted)})"
        expressions.append(f"{value} AS c{number}")
    listed = ", ".join(expressions)
    connection.execute(
        f"CREATE TEMP TABLE raw AS SELECT {listed} FROM read_parquet($tables, union_by_name = true)",  # noqa: S608
        {"tables": tables},
    )
    return tuple(columns)
