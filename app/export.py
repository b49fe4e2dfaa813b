"""Files for other programs: CSV whose cells no spreadsheet runs as a formula, and Parquet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")  # how a cell begins that a spreadsheet may run (OWASP, "CSV injection")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?([eE][+-]?\d+)?")


def safe_cell(value: object) -> object:
    """`value` for a cell of a CSV: text that a spreadsheet might run as a formula has `'` before it; numbers stay."""
    if isinstance(value, str) and value.startswith(_RUNS) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def csv_file(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """`rows` as CSV in UTF-8 with a byte order mark, which spreadsheets need to see that it is UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    if rows:
        writer.writerow([safe_cell(name) for name in rows[0]])
    writer.writerows([safe_cell(value) for value in row.values()] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def parquet_file(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """`rows` as Parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([dict(row) for row in rows]), buffer, compression="zstd")
    return buffer.getvalue()
