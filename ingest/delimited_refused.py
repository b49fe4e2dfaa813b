"""What DuckDB did not take from a CSV file, told by row."""

from __future__ import annotations

import re

import duckdb

from core.errors import BadInput
from core.queries import load
from ingest.delimited_head import Head, not_utf8
from ingest.source import Source
from ingest.values import counted

_SHOWN = 10
_FOUND = re.compile(r"Found: (\d+)")


def refuse_rejected(connection: duckdb.DuckDBPyConnection, source: Source, head: Head, width: int) -> None:
    """Raise BadInput if rows below `head` were rejected, with how many and the first ten."""
    rejected = connection.execute(load("ingest.sql", "rejected_rows").sql, {"most": _SHOWN}).fetchall()
    if not rejected:
        return
    above = head.line - 1
    line, kind, position, _, _, rows = rejected[0]
    if kind == "INVALID ENCODING":
        at = position + head.start
        raise not_utf8(source.path, f"row {line + above:,}", at, _byte_at(source, at))
    problems = [
        f"row {line + above:,}: {_said(kind, message, width)} (`{_first_line(text)}`)"
        for line, kind, _, message, text, _ in rejected
    ]
    raise BadInput(
        f"`{source.path}` has {counted(rows, 'row')} without its {width} columns, which `{head.delimiter}` splits. "
        "Correct them; nothing was stored.",
        problems=problems,
    )


def _said(kind: str, message: str, width: int) -> str:
    found = _FOUND.search(message)
    if kind == "TOO MANY COLUMNS":
        return f"more than {counted(width, 'value')}"
    if kind == "MISSING COLUMNS" and found:
        return f"{counted(int(found[1]), 'value')} instead of {width}"
    return message.rstrip(".")


def _first_line(text: str) -> str:
    return (text.strip().splitlines() or [""])[0][:100]


def _byte_at(source: Source, position: int) -> bytes:
    done = 0
    for chunk in source.chunks():
        if position < done + len(chunk):
            return chunk[position - done : position - done + 1]
        done += len(chunk)
    return b""
