"""A process that turns pieces of an XES file into Parquet files, one request a line on its standard input.

It runs by its path, not as a module of the package, so that it starts in a fifth of a second: it imports the
standard library, r4pm and polars. It is a process because r4pm holds Python's lock while it reads, so that threads
would not help, and because r4pm writes remarks to standard output.

r4pm forgets a date's offset from UTC, turns a number or an id that it cannot read into zero, and gives what it has
when the text breaks off. So the text is parsed first to see whether it is well-formed, and every attribute is handed
to r4pm as a string whose key tells its type (`tandem-date:`). What the text means is then Tandem's own business.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any
from xml.parsers import expat

MARK = "tandem-"
TYPES = ("date", "int", "float", "boolean", "id", "list", "container")
UNREADABLE = ("list", "container")
UNNAMED = "tandem-unnamed"  # the key of what a trace without a name says instead
NOTHING = {"events": 0, "traces": 0, "empty_traces": 0, "children": 0, "doubled": 0, "unnamed": 0, "rows": 0,
           "columns": []}  # fmt: skip
ROOT = re.compile(rb"<([A-Za-z_][\w.:-]*)")
_HEAD = 1 << 16  # bytes that the root stands in

_ASIDE = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.DOTALL)
_GLOBAL = re.compile(rb"<global\b.*?</global\s*>", re.DOTALL)  # r4pm would fill what an event does not say with it
_KEY = rb"""<%s((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*?\s+)key\s*=\s*(["'])"""


def main() -> None:
    """Answer requests until standard input ends; `sys.argv[1]` names the file that r4pm is to read from."""
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    scratch = Path(sys.argv[1])
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    for line in sys.stdin:
        replies.write(json.dumps(answer(json.loads(line), scratch)) + "\n")
        replies.flush()


def answer(request: dict[str, Any], scratch: Path) -> dict[str, Any]:
    """What became of one piece: its counts, or `error`, with `line` and `column` where the text is not well-formed.

    The request names the `file`, `start` and `end` in it, whether the piece is the `first` and the `last`, and the
    `table` to make.
    """
    with Path(request["file"]).open("rb") as handle:
        handle.seek(request["start"])
        text = handle.read(request["end"] - request["start"])
    text = (b"" if request["first"] else b"<log>") + text + (b"" if request["last"] else b"</log>")
    try:
        return _converted(text, request, scratch)
    except BaseException as error:  # noqa: BLE001 - a panic of r4pm is no Exception; the parent reports every failure
        return {"error": f"the reader failed: {error}"}


def _converted(text: bytes, request: dict[str, Any], scratch: Path) -> dict[str, Any]:
    """The counts of any piece, or where it is not well-formed."""
    text = without_prefix(text)
    walk = TagWalk()
    broken = malformed(text, walk)
    if broken:
        return broken
    if walk.lost:
        return {"error": "events are lost", "lost": walk.lost}
    text = _named(text, walk.unnamed, Path(request["table"]).stem)
    text = _GLOBAL.sub(b"", without_asides(text))
    events, traces = text.count(b"<event"), text.count(b"<trace")
    if not events:
        return NOTHING | {"traces": traces, "empty_traces": traces}
    empty = sum(b"<event" not in trace for trace in text.split(b"</trace")[:-1])
    text, closed = re.subn(rb"<trace(\s[^>]*)?/>", b"", text)  # r4pm loses its way at them
    empty += closed
    counts = {"events": events, "traces": traces, "empty_traces": empty, "children": _children(text),
              "doubled": walk.doubled, "unnamed": len(walk.unnamed)}  # fmt: skip
    return counts | store(_read(marked(text), scratch), request["table"])


def malformed(text: bytes, walk: TagWalk | None = None) -> dict[str, Any] | None:
    """Why, on which line and in which column `text` is not well-formed XML in UTF-8; None when it is.

    `walk` sees every tag on the way.
    """
    parser = expat.ParserCreate("utf-8")
    parser.StartDoctypeDeclHandler = _refuse_document_type
    if walk is not None:
        walk.follow(parser)
    try:
        parser.Parse(text, True)
    except DocumentType:
        return {"error": "it has a document type (`<!DOCTYPE`), whose entities r4pm and XES do not know; remove it"}
    except expat.ExpatError as error:
        found = {"error": expat.errors.messages[error.code], "line": error.lineno, "column": error.offset + 1}
        return found | _foreign_bytes(text)
    return None


class TagWalk:
    """What the tags of a text show that r4pm passes over in silence."""

    def __init__(self) -> None:
        self.doubled = 0  # attributes with the key and type of another in the same trace or event
        self.unnamed: list[tuple[int, int]] = []  # of traces with events and no name: where they begin, which they are
        self.lost: list[int] = []  # lines of events outside a trace or without attributes
        self._path: list[str] = []
        self._keys: list[set[tuple[str, str]]] = []  # of the traces and events that are open
        self._traces, self._inside, self._named, self._filled = 0, -1, False, False
        self._lines: list[int] = []

    def follow(self, parser: expat.XMLParserType) -> None:
        """See the tags that `parser` comes by."""
        self._parser = parser
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        parent = self._path[-1] if self._path else ""
        if parent == "trace" and self._inside < 0:
            self._inside = self._parser.CurrentByteIndex
        if name in ("trace", "event"):
            self._open(name, parent)
        elif parent in ("trace", "event") and "key" in attributes:
            found = (name, attributes["key"])
            self.doubled += found in self._keys[-1]
            self._keys[-1].add(found)
            if parent == "trace" and found[1] == "concept:name":
                self._named = self._named or bool(attributes.get("value", "").strip())
        self._path.append(name)

    def _open(self, name: str, parent: str) -> None:
        self._keys.append(set())
        if name == "trace":
            self._traces, self._inside, self._named, self._filled = self._traces + 1, -1, False, False
        else:
            self._filled = True
            self._lines.append(self._parser.CurrentLineNumber)
            if parent != "trace":
                self.lost.append(self._lines[-1])

    def _end(self, name: str) -> None:
        self._path.pop()
        if name == "event":
            line = self._lines.pop()
            if not self._keys.pop() and line not in self.lost[-1:]:
                self.lost.append(line)
        elif name == "trace":
            self._keys.pop()
            if self._filled and not self._named:
                self.unnamed.append((self._inside, self._traces))


def without_prefix(text: bytes) -> bytes:
    """`text` without the prefix that its root has, such as `x:` of `<x:log>`."""
    root = ROOT.search(without_asides(text[:_HEAD]))
    prefix, colon, _ = (root[1] if root else b"").rpartition(b":")
    return re.sub(rb"<(/?)%s:" % re.escape(prefix), rb"<\1", text) if colon else text


def _named(text: bytes, unnamed: list[tuple[int, int]], piece: str) -> bytes:
    """`text` in which every trace without a name says which one of its piece it is, for names given later."""
    parts, done = [], 0
    for start, number in unnamed:
        parts += [text[done:start], b'<string key="%s" value="%s:%d"/>' % (UNNAMED.encode(), piece.encode(), number)]
        done = start
    return b"".join([*parts, text[done:]])


class DocumentType(Exception):
    """A text declares a document type, and with it perhaps entities: no XES, and a way to make a text explode."""


def _refuse_document_type(*_: object) -> None:
    raise DocumentType


def _foreign_bytes(text: bytes) -> dict[str, Any]:
    """The line and the bytes that are not UTF-8, where it is that."""
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        return {"line": line, "bytes": text[error.start : error.end].hex(" ").upper()}
    return {}


def without_asides(text: bytes) -> bytes:
    """`text` without whole comments and CDATA, their line breaks kept: what stands in one is no trace."""
    if b"<!" not in text:
        return text
    return _ASIDE.sub(lambda found: b"\n" * found[0].count(b"\n"), text)


def _read(text: bytes, scratch: Path) -> Any:
    from r4pm.df import import_xes

    scratch.write_bytes(text)
    frame, _ = import_xes(str(scratch))
    return frame


def store(frame: Any, table: str) -> dict[str, Any]:
    """Writes `frame`. DuckDB takes `Cost` and `cost` for one column, so names are spelled in hexadecimal."""
    spelled = frame.rename({name: name.encode().hex() for name in frame.columns})
    spelled.write_parquet(table, compression="uncompressed", statistics=False)
    return {"rows": frame.height, "columns": frame.columns}


def _children(text: bytes) -> int:
    """How many attributes of traces and events have attributes of their own: their end tag does not follow at once."""
    text = text[text.find(b"<trace") :]
    ends = [b"</%s>" % kind.encode() for kind in ("string", *TYPES)]
    return sum(text.count(end) - text.count(b'">' + end) - text.count(b"'>" + end) for end in ends)


def marked(text: bytes) -> bytes:
    """`text` with every attribute a string whose key tells the type that it was declared with."""
    for name in ("string", *TYPES):
        kind = name.encode()
        if name == "string":
            text = text.replace(b'<string key="case:', b'<string key="%sstring:case:' % MARK.encode())
        elif b"<%s" % kind in text:
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
