"""Reads a sheet of a workbook (.xlsx, .xlsm, .xlsb, .xls, .ods) into the table `raw`."""

from __future__ import annotations

import glob
import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from core.errors import BadInput, not_found
from ingest import excel_worker
from ingest.bounds import check_archive
from ingest.formats import Format
from ingest.rows import check_width
from ingest.source import Source
from ingest.values import Column, Finding, Part, Reading, Treatment

_HEAD_ROWS = 10_000
_ZIP = b"PK"


def read_excel(
    connection: duckdb.DuckDBPyConnection, source: Source, *, sheet: str | None = None, head_only: bool = False
) -> Reading:
    """What `sheet` holds (default: the first sheet with a table), now in the table `raw` of `connection`.

    Dates become moments without an offset, formulas their values. Raises BadInput for damaged, locked and hostile
    workbooks, merged cells, and columns without a name or with the name of another.
    """
    with TemporaryDirectory(prefix="tandem-excel-") as folder:
        target = Path(folder) / "rows.csv"
        found = _ask(source, sheet, str(_HEAD_ROWS) if head_only else "", target)
        if "empty" in found:
            listed = ", ".join(f"`{name}`" for name in found["empty"]) or "none"
            raise BadInput(
                f"`{source.path}` has no sheet with a table: a header of at least three columns and a row below it. "
                f"Sheets: {listed}."
            )
        columns = _columns(source, found)
        keys = [column.key for column in columns]
        types = {f"c{number}": "VARCHAR" for number in range(found["width"])}
        connection.execute(
            f"CREATE TEMP TABLE raw AS SELECT {', '.join(keys)} FROM {_CSV}",  # noqa: S608
            {"path": glob.escape(str(target)), "columns": types},
        )
    facts = {"sheet": found["sheet"], "sheets": len(found["sheets"])}
    return Reading(
        columns, found["rows"], source.path, "Excel", first_row=found["first_row"], facts=facts, part=found["sheet"],
        findings=(*_error_cells(found), *_long_numbers(found)),
    )  # fmt: skip


def _error_cells(found: dict[str, Any]) -> tuple[Finding, ...]:
    """What is said of cells that hold an error, which are read as empty."""
    if not found["errors"]:
        return ()
    count, more = found["errors"], found["errors"] - len(found["first"])
    cells = f"{count:,} cells hold" if count > 1 else "1 cell holds"
    listed = ", ".join(found["first"]) + (f" and {more:,} more" if more else "")
    message = f"{cells} an error instead of a value and {'were' if count > 1 else 'was'} read as empty: {listed}."
    return (Finding("error_cells", Treatment.DROPPED, count, message),)


def _long_numbers(found: dict[str, Any]) -> tuple[Finding, ...]:
    """What is said of whole numbers of more than fifteen digits, such as identifiers that were typed as numbers."""
    count = found["long"]
    if not count:
        return ()
    more = count - len(found["first_long"])
    cells = f"{count:,} cells hold whole numbers" if count > 1 else "1 cell holds a whole number"
    listed = ", ".join(found["first_long"]) + (f" and {more:,} more" if more else "")
    message = (
        f"{cells} of more than 15 digits, of which a spreadsheet keeps 15: {listed}. Digits behind these are lost in "
        "the file itself; identifiers are kept whole where their column is text."
    )
    return (Finding("long_numbers", Treatment.WARNING, count, message),)


def sheets(source: Source) -> tuple[Part, ...]:
    """The sheets of a workbook and how many rows each has below its header."""
    with TemporaryDirectory(prefix="tandem-excel-") as folder:
        found = _ask(source, None, "0", Path(folder) / "rows.csv")
    return tuple(Part(each["name"], "sheet", each["rows"]) for each in found["sheets"])


@dataclass(frozen=True)
class SheetGrid:
    """Every cell of a sheet, before anybody knows which row is its header."""

    sheet: str
    sheets: tuple[str, ...]  # of the workbook
    left: int  # number of the first column that is used, from 0
    rows: tuple[tuple[tuple[str, bool], ...], ...]  # each cell's text, and whether it was typed: no text
    merged: int  # cells that got the value of those they were merged with
    errors: tuple[str, ...]  # cells that hold an error, and were read as empty


def read_grid(path: Path, sheet: str | None = None) -> SheetGrid:
    """The cells of `sheet` (default: the first with two rows). Numbers have decimal points, dates are ISO 8601.

    Raises BadInput for damaged, locked and hostile workbooks and one without such a sheet, NotFound for a sheet that
    is not there.
    """
    with TemporaryDirectory(prefix="tandem-excel-") as folder:
        target = Path(folder) / "rows.json"
        found = _ask(Source(path, Format.EXCEL, compressed=False), sheet, "grid", target)
        if "empty" in found:
            raise BadInput(f"`{path}` has no sheet with a header and a row below it.")
        rows = json.loads(target.read_text("utf-8"))
    return SheetGrid(
        found["sheet"], tuple(found["sheets"]), found["left"],
        tuple(tuple((text, typed) for text, typed in row) for row in rows), found["merged"], tuple(found["errors"]),
    )  # fmt: skip


_CSV = (
    "read_csv($path, header = false, delim = ',', quote = '\"', escape = '\"', auto_detect = false, "
    "columns = $columns, max_line_size = 67108864, compression = 'none', hive_partitioning = false)"
)


def _ask(source: Source, sheet: str | None, most: str, target: Path) -> dict[str, Any]:
    """What the worker answers. Raises BadInput for what it could not read, and where it did not live to say so."""
    with source.path.open("rb") as handle:
        if handle.read(2) == _ZIP:
            check_archive(source.path)
    command = [sys.executable, "-P", excel_worker.__file__, str(source.path.absolute()), sheet or "", most, str(target)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    try:
        found: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise BadInput(
            f"`{source.path}` cannot be read: it needs more than 4 GB of memory, as a cell far outside of the table "
            "makes it, or is damaged. Clear all that is outside of the table, or save the sheet as CSV."
        ) from None
    if "password" in found:
        raise BadInput(f"`{source.path}` is protected by a password. Remove the password and import it again.")
    if "broken" in found:
        raise BadInput(f"`{source.path}` is no readable workbook: {found['broken'][0].rstrip('.')}. Save it again.")
    if "error" in found:
        raise BadInput(f"`{source.path}`: {found['error']}; nothing was stored.")
    if "unknown" in found:
        raise not_found(f"sheet in `{source.path.name}` called", sheet or "", found["unknown"])
    return found


def _columns(source: Source, found: dict[str, Any]) -> tuple[Column, ...]:
    """The columns that have a name or values. Raises BadInput for names that come twice."""
    names = [name for name, used in zip(found["names"], found["used"], strict=True) if used]
    doubled = sorted(name for name, times in Counter(names).items() if times > 1)
    if doubled:
        listed = ", ".join(f"`{name}`" for name in doubled)
        raise BadInput(
            f"`{source.path}`, sheet `{found['sheet']}`, has more than one column called {listed}. "
            "Give every column its own name."
        )
    check_width(source.path, len(names))
    if not found["rows"]:
        raise BadInput(f"`{source.path}`, sheet `{found['sheet']}`, is empty: it has no row below its header.")
    return tuple(
        Column(f"c{number}", name)
        for number, (name, used) in enumerate(zip(found["names"], found["used"], strict=True))
        if used
    )
