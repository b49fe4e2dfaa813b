"""A process that turns pieces of an XES file into Parquet files, one request a line on its standard input.

It runs by its path, not as a module of the package, so that it starts in a fifth of a second: it imports the
standard library, r4pm and polars. It is a process because r4pm holds Python's lock while it reads, so that threads
would not help, and because r4pm writes remarks to standard output.

r4pm forgets a date's offset from UTC, and it turns a number or an id that it cannot read into zero. So dates are
handed to it as strings whose key tells what they are (`tandem-date:`), and where r4pm remarks on anything, or where
an attribute is a list, the piece is read again with every attribute handed over in this way. The text is then intact,
and what it means is Tandem's own business.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

MARK = "tandem-"
TYPES = ("date", "int", "float", "boolean", "id", "list", "container")
UNREADABLE = ("list", "container")

_KEY = rb"""<%s((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*?\s+)key\s*=\s*(["'])"""


def main() -> None:
    """Answer requests until standard input ends."""
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    remarks = Path(sys.argv[1]).open("w+b")  # noqa: SIM115 - r4pm writes to it until the process ends
    os.dup2(remarks.fileno(), 1)
    os.dup2(remarks.fileno(), 2)
    for line in sys.stdin:
        replies.write(json.dumps(answer(json.loads(line), remarks)) + "\n")
        replies.flush()


def answer(request: dict[str, Any], remarks: IO[bytes]) -> dict[str, Any]:
    """What became of one piece: its counts, or `error` with the `line` of the piece that it stands on.

    The request gives `piece`, which is removed, and `table`, which is made: paths.
    """
    piece = Path(request["piece"])
    text = piece.read_bytes()
    try:
        return malformed(text) or _converted(piece, text, Path(request["table"]), remarks)
    except BaseException as error:  # noqa: BLE001 - a panic of r4pm is no Exception; the parent reports every failure
        return {"error": f"the reader failed: {error}"}
    finally:
        piece.unlink()


def malformed(text: bytes) -> dict[str, Any] | None:
    """Why, on which line and in which column `text` is not well-formed XML in UTF-8; None when it is."""
    parser = expat.ParserCreate("utf-8")
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        return {"error": expat.errors.messages[error.code], "line": error.lineno, "column": error.offset + 1} | _bytes(
            text
        )
    return None


def _bytes(text: bytes) -> dict[str, Any]:
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        return {"line": line, "bytes": text[error.start : error.end].hex(" ").upper()}
    return {}


def _converted(piece: Path, text: bytes, table: Path, remarks: IO[bytes]) -> dict[str, Any]:
    from r4pm.df import import_xes

    events, traces = text.count(b"<event"), text.count(b"<trace")
    counts = {"events": events, "traces": traces, "empty_traces": traces, "children": 0, "rows": 0, "columns": []}
    if not events:
        return counts
    piece.write_bytes(marked(text, ("date",)))
    frame, _ = import_xes(str(piece))
    if remarks.tell() or any(odd in text for odd in (b"<list", b"<container", b'<string key="case:')):
        piece.write_bytes(marked(text, TYPES))
        frame, _ = import_xes(str(piece))
        remarks.seek(0)
        remarks.truncate()
    # DuckDB takes `Cost` and `cost` for one column: names go into the table spelled in hexadecimal.
    frame.rename({name: name.encode().hex() for name in frame.columns}).write_parquet(
        table, compression="uncompressed", statistics=False
    )
    children = 0 if text.count(b"</") == events + traces + 1 else _children(text)
    empty = sum(b"<event" not in trace for trace in text.split(b"</trace")[:-1])
    return counts | {"rows": frame.height, "columns": frame.columns, "empty_traces": empty, "children": children}


def _children(text: bytes) -> int:
    """How many attributes of traces and events have attributes of their own: their end tag does not follow at once."""
    text = text[text.find(b"<trace") :]
    ends = ((b"</%s>" % kind.encode(), b"></%s>" % kind.encode()) for kind in ("string", *TYPES))
    return sum(text.count(end) - text.count(at_once) for end, at_once in ends)


def marked(text: bytes, types: tuple[str, ...]) -> bytes:
    """`text` with every attribute of `types` a string whose key tells the type that it was declared with."""
    if len(types) > 1:
        text = text.replace(b'<string key="case:', b'<string key="%sstring:case:' % MARK.encode())
    for name in types:
        kind = name.encode()
        new = b'<string key="%s%s:' % (MARK.encode(), kind)
        text = text.replace(b'<%s key="' % kind, new)
        if b"<%s" % kind in text:
            text = re.sub(_KEY % kind, rb"<string\1key=\2%s%s:" % (MARK.encode(), kind), text)
        text = text.replace(b"</%s>" % kind, b"</string>")
    return text


def meaning(name: str) -> tuple[bool, str, str]:
    """Of the attribute that r4pm calls `name`: whether it is the trace's, its declared type (or "") and its key."""
    of_trace = name.startswith("case:")
    name = name.removeprefix("case:") if of_trace else name
    declared, mark, key = name.removeprefix(MARK).partition(":")
    if name.startswith(MARK) and mark and declared in ("string", *TYPES):
        return of_trace, declared, key
    return of_trace, "", name


if __name__ == "__main__":
    main()
