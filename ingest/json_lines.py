"""Reads JSON lines, one object a row, into the table `raw`."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from itertools import islice

import duckdb

from core.errors import BadInput
from ingest.encodings import as_utf8
from ingest.json_values import LineParser, Unreadable, flat
from ingest.rows import TableWriter, check_width
from ingest.source import Source
from ingest.values import Column, Finding, Progress, Reading, Treatment, counted

_LONGEST_LINE = 16 << 20
_SHOWN = 10
_HEAD_ROWS = 10_000
_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_json_lines(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    *,
    encoding: str | None = None,
    head_only: bool = False,
    progress: Progress | None = None,
) -> Reading:
    """What `source` holds, now in the table `raw` of `connection`; with `head_only` its first ten thousand rows.

    An object within an object gives columns named `outer.inner`; a list is kept as its text. Raises BadInput that names
    the first ten lines that are no JSON objects.
    """
    chunks = source.chunks() if encoding is None else as_utf8(source.path, source.chunks(), encoding)
    lines = ((number, line) for number, line in _lines(source, chunks) if line.strip())
    rows = _Rows(connection, source)
    for number, line in islice(lines, _HEAD_ROWS if head_only else None):
        rows.add(number, line)
        if progress and not number % 50_000:
            progress("Reading rows", number)
    return rows.done()


class _Rows:
    """The rows that were read, and the lines that could not be."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, source: Source) -> None:
        self._source = source
        self._keys: dict[str, int] = {}
        self._writer = TableWriter(connection, "raw", ("c0",))
        self._problems: list[str] = []
        self._broken = 0
        self._parser = LineParser()
        self._doubled: list[tuple[int, str]] = []  # line and key

    def add(self, number: int, line: bytes) -> None:
        try:
            value = self._parser.parse(line.decode("utf-8"))
            if not isinstance(value, dict):
                raise Unreadable("is not an object `{...}`")
            self._write(list(flat(value)))
            if self._parser.doubled:
                self._doubled += [(number, key) for key in self._parser.doubled]
                self._parser.doubled.clear()
        except UnicodeDecodeError as error:
            found = f"byte {error.start + 1:,} is 0x{line[error.start]:02X}"
            self._refuse(number, f"is not UTF-8: {found}; give its encoding, such as `--encoding windows-1252`")
        except Unreadable as error:
            self._refuse(number, str(error))

    def _write(self, cells: list[tuple[str, str | None]]) -> None:
        row: list[str | None] = [None] * len(self._keys)
        seen = set()
        for name, text in cells:
            if name in seen:
                raise Unreadable(f"gives `{name[:100]}` twice, once by a dotted name")
            seen.add(name)
            if name not in self._keys:
                self._new(name)
                row.append(None)
            row[self._keys[name]] = text
        self._writer.add(row)

    def _new(self, name: str) -> None:
        self._keys[name] = len(self._keys)
        check_width(self._source.path, len(self._keys))
        if len(self._keys) > 1:
            self._writer.widen(f"c{self._keys[name]}")

    def _refuse(self, number: int, what: str) -> None:
        self._broken += 1
        if len(self._problems) < _SHOWN:
            self._problems.append(f"line {number:,} {what}")

    def done(self) -> Reading:
        path = self._source.path
        if self._broken:
            raise BadInput(
                f"`{path}` has {counted(self._broken, 'line')} that cannot be read as a JSON object. "
                "Correct them; nothing was stored.",
                problems=self._problems,
            )
        if not self._writer.count:
            raise BadInput(f"`{path}` is an empty event log: it has no JSON object.")
        self._writer.flush()
        columns = tuple(Column(f"c{number}", name) for name, number in self._keys.items())
        return Reading(columns, self._writer.count, path, "JSON lines", findings=tuple(self._findings()))

    def _findings(self) -> Iterator[Finding]:
        if self._doubled:
            count, more = len(self._doubled), len(self._doubled) - _SHOWN
            listed = ", ".join(f"`{key[:100]}` in line {number:,}" for number, key in self._doubled[:_SHOWN])
            message = (
                f"{counted(count, 'value')} {'has' if count == 1 else 'have'} the key of another in the same object; "
                f"the last one is kept: {listed}{f' and {more:,} more' if more > 0 else ''}."
            )
            yield Finding("doubled_keys", Treatment.DROPPED, count, message)


def _lines(source: Source, chunks: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines with their numbers. Raises BadInput for UTF-16 and for lines without an end in sight."""
    number, carry = 0, b""
    for chunk in chunks:
        if not number and not carry:
            if chunk.startswith(_BOMS):
                raise BadInput(
                    f"`{source.path}` is not UTF-8: it looks like UTF-16. Give `--encoding utf-16`, "
                    "or save it as UTF-8."
                )
            chunk = chunk.removeprefix(codecs.BOM_UTF8)
        *whole, carry = (carry + chunk).split(b"\n")
        for line in whole:
            number += 1
            yield number, line
        if len(carry) > _LONGEST_LINE:
            raise BadInput(
                f"`{source.path}` has more than {_LONGEST_LINE >> 20} MB in line {number + 1:,}. JSON lines have one "
                "object a line: a file that is one list, or one object over many lines, has to be written so first."
            )
    if carry:
        yield number + 1, carry
