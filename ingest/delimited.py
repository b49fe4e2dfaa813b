"""Reads CSV and TSV into the table `raw`, every value as the text it is; refuses rows of the wrong width."""

from __future__ import annotations

import codecs
import glob
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from core.errors import BadInput, first_line
from core.queries import load
from ingest.bounds import refuse_nul
from ingest.delimited_head import Head, read_head
from ingest.delimited_refused import refuse_rejected
from ingest.encodings import as_utf8
from ingest.odd_lines import has_blank_lines, has_two_line_ends, mended
from ingest.source import Source
from ingest.values import Column, Finding, Reading, Treatment, counted

_HEAD_ROWS = 10_000
_HEAD_BYTES = 64 << 20


def read_delimited(
    connection: duckdb.DuckDBPyConnection, source: Source, *, encoding: str | None = None, head_only: bool = False
) -> Reading:
    """What `source` holds, now in the table `raw` of `connection`; with `head_only` its first ten thousand rows.

    Raises BadInput for a wrong encoding, doubled column names and rows that have more or fewer values than columns.
    """
    with TemporaryDirectory(prefix="tandem-csv-") as name:
        folder = Path(name)
        path = _plain(source, encoding, folder)
        head = read_head(source.path, path)
        if not head_only:
            refuse_nul(source.path, path)
        path = _from(path, head.start, folder)
        columns = tuple(Column(f"c{number}", name) for number, name in enumerate(_names(source, head.names)))
        try:
            _read_mended(connection, source, path, head, columns, folder, head_only)
        except (duckdb.InvalidInputException, duckdb.IOException) as error:
            raise BadInput(f"`{source.path}` cannot be read as CSV: {first_line(error)}.") from None
        refuse_rejected(connection, source, head, len(columns))
    blank = _drop_blank_rows(connection, columns)
    rows = connection.execute("SELECT count(*) FROM raw").fetchall()[0][0]
    if not rows:
        raise BadInput(f"`{source.path}` is an empty event log: it has a header and no row below it.")
    facts = {"delimiter": head.delimiter, "encoding": encoding or "utf-8"}
    return Reading(
        columns, rows, source.path, "CSV", first_row=head.line + 1, facts=facts, findings=tuple(_findings(blank))
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


def _from(path: Path, start: int, folder: Path) -> Path:
    """The path of what begins `start` bytes into the text at `path`: itself, or a copy."""
    if not start:
        return path
    copy = folder / "below.csv"
    with path.open("rb") as handle, copy.open("wb") as out:
        handle.seek(start)
        shutil.copyfileobj(handle, out, 1 << 20)
    return copy


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


def _read_mended(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    path: Path,
    head: Head,
    columns: tuple[Column, ...],
    folder: Path,
    head_only: bool,
) -> None:
    """Fill `raw` from `path`, or from a copy of it with usual lines where it has blank ones or two kinds of ends."""
    width, told = len(columns), (source.path, head.line)
    if has_blank_lines(path, _HEAD_BYTES if head_only else None):
        path = mended(path, folder / "filled.csv", head.delimiter, width, line_ends=False, told=told)
    if not _reads_whole(connection, path, head, columns, head_only):
        path = mended(path, folder / "even.csv", head.delimiter, width, line_ends=True, told=told)
        _read(connection, path, head, columns, head_only)


def _reads_whole(
    connection: duckdb.DuckDBPyConnection, path: Path, head: Head, columns: tuple[Column, ...], head_only: bool
) -> bool:
    """Whether `raw` is filled; not where line ends of two kinds stop the reader, or are why it refuses a row."""
    try:
        _read(connection, path, head, columns, head_only)
    except duckdb.InvalidInputException:
        return False
    if not (_refused(connection) and has_two_line_ends(path)):
        return True
    connection.execute("DROP TABLE raw; DROP TABLE reject_errors; DROP TABLE reject_scans")
    return False


def _refused(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether a row was not taken; a line end of the other kind behind a quotation mark is a reason for it."""
    return bool(connection.execute("SELECT 1 FROM reject_errors LIMIT 1").fetchall())


def _read(
    connection: duckdb.DuckDBPyConnection, path: Path, head: Head, columns: tuple[Column, ...], head_only: bool
) -> None:
    connection.execute(
        load("ingest.sql", "read_delimited").sql,
        {
            "path": glob.escape(str(path)),
            "delimiter": head.delimiter,
            "columns": {column.key: "VARCHAR" for column in columns},
            "most": _HEAD_ROWS if head_only else None,
        },
    )


def _drop_blank_rows(connection: duckdb.DuckDBPyConnection, columns: tuple[Column, ...]) -> int:
    """How many rows had nothing but blanks; they are gone from `raw`, and the others keep their `rowid`."""
    blank = " AND ".join(
        f"({c.key} IS NULL OR ({c.key} < '!' AND trim({c.key}, chr(26) || ' ') = ''))"  # a blank sorts before `!`
        for c in columns
    )
    return int(connection.execute(f"DELETE FROM raw WHERE {blank}").fetchall()[0][0])  # noqa: S608


def _findings(blank: int) -> Iterator[Finding]:
    if blank:
        message = f"{counted(blank, 'row')} {'has' if blank == 1 else 'have'} nothing but blanks; skipped."
        yield Finding("blank_rows", Treatment.DROPPED, blank, message)
