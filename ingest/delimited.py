"""Reads CSV and TSV into the table `raw`, every value as the text it is; refuses rows of the wrong width."""

from __future__ import annotations

import codecs
import csv
import glob
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from core import BadInput
from core.queries import load
from ingest.bounds import refuse_nul
from ingest.encodings import as_utf8
from ingest.source import Source
from ingest.values import Column, Reading, counted

_BOMS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DELIMITERS = (",", ";", "\t", "|")
_SHOWN = 10
_HEAD_ROWS = 10_000
_HEADER_BYTES = 1 << 20


def read_delimited(
    connection: duckdb.DuckDBPyConnection, source: Source, *, encoding: str | None = None, head_only: bool = False
) -> Reading:
    """What `source` holds, now in the table `raw` of `connection`; with `head_only` its first ten thousand rows.

    Raises BadInput for a wrong encoding, doubled column names and rows that have more or fewer values than columns.
    """
    with TemporaryDirectory(prefix="tandem-csv-") as folder:
        path = _plain(source, encoding, Path(folder))
        header = _first_record(source, path)
        if not head_only:
            refuse_nul(source.path, path)
        delimiter = _delimiter(header)
        names = _names(source, _fields(header, delimiter))
        columns = tuple(Column(f"c{number}", name) for number, name in enumerate(names))
        _read(connection, source, path, delimiter, columns, head_only)
        _refuse_rejected(connection, source, delimiter, len(columns))
    rows = connection.execute("SELECT count(*) FROM raw").fetchall()[0][0]
    if not rows:
        raise BadInput(f"`{source.path}` is an empty event log: it has a header and no row below it.")
    return Reading(
        columns, rows, source.path, "CSV", first_row=2, facts={"delimiter": delimiter, "encoding": encoding or "utf-8"}
    )


def _plain(source: Source, encoding: str | None, folder: Path) -> Path:
    """The path of the content as plain UTF-8: the file itself where it is that already."""
    name = encoding or "utf-8"
    if codecs.lookup(name).name in ("utf-8", "utf-8-sig", "ascii") and not source.compressed:
        return source.path
    path = folder / "plain.csv"
    with path.open("wb") as handle:
        handle.writelines(as_utf8(source.path, source.chunks(), name) if encoding else source.chunks())
    return path


def _first_record(source: Source, path: Path) -> str:
    """The header, which may have line breaks within quotes."""
    with path.open("rb") as handle:
        first = handle.readline(_HEADER_BYTES)
        while first.count(b'"') % 2 and (more := handle.readline(_HEADER_BYTES)):
            first += more
    guess = next((name for mark, name in _BOMS if first.startswith(mark)), None)
    if guess or b"\x00" in first:
        raise BadInput(
            f"`{source.path}` is not UTF-8: byte 0 is 0x{first[0]:02X}, and it looks like UTF-16. "
            "Give `--encoding utf-16`, or save it as UTF-8."
        )
    try:
        header = first.removeprefix(codecs.BOM_UTF8).decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise _not_utf8(source, "row 1", error.start, first[error.start : error.end]) from None
    if "\r" in header and '"' not in header:
        raise BadInput(f"`{source.path}` ends its lines with a carriage return alone. Save it with usual line ends.")
    return header


def _delimiter(header: str) -> str:
    """The character that splits the header into the most columns."""
    widths = {mark: len(_fields(header, mark)) for mark in _DELIMITERS}
    return max(_DELIMITERS, key=lambda mark: widths[mark])


def _fields(header: str, delimiter: str) -> list[str]:
    return next(csv.reader([header], delimiter=delimiter), [])


def _names(source: Source, header: list[str]) -> list[str]:
    names = [name.strip() or f"column {number}" for number, name in enumerate(header, 1)]
    doubled = sorted(name for name, times in Counter(names).items() if times > 1)
    if doubled:
        listed = ", ".join(f"`{name}`" for name in doubled)
        raise BadInput(f"`{source.path}` has more than one column called {listed}. Give every column its own name.")
    if len(names) < 3:
        listed = ", ".join(f"`{name}`" for name in names)
        raise BadInput(
            f"`{source.path}` has {counted(len(names), 'column')} in its first row: {listed}. "
            "An event log needs a case, an activity and an end, split by comma, semicolon, tab or `|`."
        )
    return names


def _read(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    path: Path,
    delimiter: str,
    columns: tuple[Column, ...],
    head_only: bool,
) -> None:
    limit = _HEAD_ROWS if head_only else None
    types = {column.key: "VARCHAR" for column in columns}
    try:
        connection.execute(
            load("ingest.sql", "read_delimited").sql,
            {"path": glob.escape(str(path)), "delimiter": delimiter, "columns": types, "most": limit},
        )
    except (duckdb.InvalidInputException, duckdb.IOException) as error:
        raise BadInput(f"`{source.path}` cannot be read as CSV: {str(error).splitlines()[0]}") from None


def _refuse_rejected(connection: duckdb.DuckDBPyConnection, source: Source, delimiter: str, width: int) -> None:
    """Raise BadInput if rows were rejected, with how many and the first ten."""
    rejected = connection.execute(load("ingest.sql", "rejected_rows").sql, {"most": _SHOWN}).fetchall()
    if not rejected:
        return
    line, kind, position, _, _, rows = rejected[0]
    if kind == "INVALID ENCODING":
        raise _not_utf8(source, f"row {line:,}", position, _byte_at(source, position))
    problems = [
        f"row {line:,}: {message} (`{text.strip().splitlines()[0][:100]}`)" for line, _, _, message, text, _ in rejected
    ]
    raise BadInput(
        f"`{source.path}` has {counted(rows, 'row')} without its {width} columns, which `{delimiter}` splits. "
        "Correct them; nothing was stored.",
        problems=problems,
    )


def _byte_at(source: Source, position: int) -> bytes:
    done = 0
    for chunk in source.chunks():
        if position < done + len(chunk):
            return chunk[position - done : position - done + 1]
        done += len(chunk)
    return b""


def _not_utf8(source: Source, where: str, position: int, found: bytes) -> BadInput:
    return BadInput(
        f"`{source.path}` is not UTF-8: {where}, byte {position:,} is 0x{found.hex().upper() or '??'}. "
        "Give the encoding it has, such as `--encoding windows-1252` or `--encoding latin-1`, or save it as UTF-8."
    )
