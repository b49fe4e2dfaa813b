"""Reads a source of any format into the table `raw`."""

from __future__ import annotations

import re

import duckdb

from core.errors import BadInput
from core.queries import load
from ingest.bounds import LONGEST_VALUE
from ingest.delimited import read_delimited
from ingest.excel import read_excel, sheets
from ingest.formats import OCEL, Format
from ingest.json_lines import read_json_lines
from ingest.ocel.read import parts_of_ocel, read_ocel
from ingest.parquet import read_parquet
from ingest.rows import check_width
from ingest.source import Source
from ingest.values import Part, Progress, Reading
from ingest.xes import read_xes

_LENGTH = re.compile(r"Max String Length: (\d+)")


def read(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    *,
    encoding: str | None = None,
    part: str | None = None,
    head_only: bool = False,
    progress: Progress | None = None,
) -> Reading:
    """What `source` holds, now in the table `raw`, and the macros that read its stamps; nothing outlives `connection`.

    `part` is a sheet or an object type; with `head_only` a few thousand rows are read. Raises BadInput for what cannot
    be read whole.
    """
    connection.execute(load("ingest.sql", "stamps").sql)
    if part is not None and source.format is not Format.EXCEL and source.format not in OCEL:
        raise BadInput(f"`{source.path}` is {source.format.value} and has no parts such as `{part}` to choose from.")
    if progress:
        progress("Reading rows", 0)
    reading = _read(connection, source, encoding, part, head_only, progress)
    check_width(source.path, len(reading.columns))
    refuse_long_values(connection, reading)
    return reading


def parts(source: Source) -> tuple[Part, ...]:
    """The sheets or object types of `source`; none for a file that is one table."""
    if source.format is Format.EXCEL:
        return sheets(source)
    return parts_of_ocel(source) if source.format in OCEL else ()


def refuse_long_values(connection: duckdb.DuckDBPyConnection, reading: Reading) -> None:
    """Raise BadInput for a value that is longer than any value of a log; the table's statistics know the longest."""
    listed = ", ".join(f"stats({column.key})" for column in reading.columns)
    found = connection.execute(f"SELECT {listed} FROM raw LIMIT 1").fetchall()  # noqa: S608
    for column, told in zip(reading.columns, found[0] if found else (), strict=False):
        length = _LENGTH.search(told or "")
        if length and int(length[1]) > LONGEST_VALUE:
            row = connection.execute(
                f"SELECT rowid FROM raw WHERE strlen({column.key}) > $most LIMIT 1",  # noqa: S608
                {"most": LONGEST_VALUE},
            ).fetchall()
            raise BadInput(
                f"`{reading.path}`, row {row[0][0] + reading.first_row:,}, has {int(length[1]):,} bytes in "
                f"`{column.label}`; Tandem takes {LONGEST_VALUE:,} in one value. A quotation mark may be missing, or "
                "the column holds documents: leave it out. Nothing was stored."
            )


def _read(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    encoding: str | None,
    part: str | None,
    head_only: bool,
    progress: Progress | None,
) -> Reading:
    match source.format:
        case Format.XES:
            return read_xes(connection, source, encoding=encoding, head_only=head_only, progress=progress)
        case Format.CSV:
            return read_delimited(connection, source, encoding=encoding, head_only=head_only)
        case Format.PARQUET:
            return read_parquet(connection, source, head_only=head_only)
        case Format.EXCEL:
            return read_excel(connection, source, sheet=part, head_only=head_only)
        case Format.JSON_LINES:
            return read_json_lines(connection, source, encoding=encoding, head_only=head_only, progress=progress)
        case Format.OCEL_SQLITE | Format.OCEL_JSON | Format.OCEL_XML:
            return read_ocel(connection, source, object_type=part)
