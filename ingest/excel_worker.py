"""Reads one workbook in a process of its own, whose memory is bounded: a hostile workbook ends it, and not Tandem.

It is run as a file and imports nothing of Tandem. Arguments: workbook, sheet (empty: the first with a table), most
rows (empty: all; `0`: only look; `grid`: every cell as it is typed, merged ones filled), and the file that gets the
rows as CSV without a header, of a grid as JSON. Answers in JSON.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import math
import re
import sys
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

_MEMORY = 4 << 30
_SECONDS = 3600
_SHOWN = 10


class WorkbookRefused(Exception):
    """What is wrong with the workbook, and where in it."""


def main(arguments: list[str]) -> None:
    """Answer what the arguments ask for."""
    _bound()
    path, sheet, most, target = arguments
    try:
        if most == "grid":
            answer = _grid(path, sheet or None, Path(target))
        else:
            answer = _answer(path, sheet or None, int(most) if most else None, Path(target))
    except WorkbookRefused as error:
        answer = {"error": str(error)}
    except MemoryError:
        raise
    except BaseException as error:  # noqa: BLE001 - the reader's own panics are not even Exceptions
        kind = type(error).__name__
        answer = {"password": True} if kind == "PasswordError" else {"broken": str(error).splitlines()[:1] or [kind]}
    sys.stdout.write(json.dumps(answer))


def _bound() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such bounds
        return
    for limit, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _SECONDS), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(limit, (most, most))


def _answer(path: str, wanted: str | None, most: int | None, target: Path) -> dict[str, Any]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    with CalamineWorkbook.from_path(path) as book:
        names = [each.name for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
        if most == 0:
            tables = [_Table(name, book.get_sheet_by_name(name)) for name in names]
            return {"sheets": [{"name": table.name, "rows": table.body} for table in tables]}
        if wanted is not None and wanted not in names:
            return {"unknown": names}
        for name in [wanted] if wanted is not None else names:
            table = _Table(name, book.get_sheet_by_name(name))
            if wanted is not None or table.is_one:
                errors = _error_cells(path, name) if most is None else []
                return table.write(most, target) | {"sheets": names, "errors": len(errors), "first": errors[:_SHOWN]}
    return {"empty": names}


def _grid(path: str, wanted: str | None, target: Path) -> dict[str, Any]:
    """Write every cell of a sheet (default: the first with two rows) to `target`: its text, and whether typed."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    with CalamineWorkbook.from_path(path) as book:
        names = [each.name for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
        if wanted is not None and wanted not in names:
            return {"unknown": names}
        for name in [wanted] if wanted is not None else names:
            sheet = book.get_sheet_by_name(name)
            if wanted is None and (not sheet.start or not sheet.end or sheet.end[0] == sheet.start[0]):
                continue
            rows = [[(_text(cell).strip(), not isinstance(cell, str)) for cell in row] for row in sheet.iter_rows()]
            left = sheet.start[1] if sheet.start else 0
            merged = _fill_merged(rows, left, sheet.merged_cell_ranges or ())
            target.write_text(json.dumps(rows), encoding="utf-8")
            return {"sheet": name, "sheets": names, "left": left, "merged": merged, "errors": _error_cells(path, name)}
    return {"empty": names}


def _fill_merged(rows: list[list[tuple[str, bool]]], left: int, ranges: Any) -> int:
    """How many cells got the value of the first of the merged cells that they belong to; a row's own are left."""
    filled = 0
    for (top, first), (bottom, last) in ranges:
        if not (top < len(rows) and 0 <= first - left < len(rows[top])):
            continue
        for row in range(top + 1, min(bottom + 1, len(rows))):
            for column in range(first - left, min(last - left + 1, len(rows[row]))):
                rows[row][column] = rows[top][first - left]
                filled += 1
    return filled


_ERROR = re.compile(
    rb"""<(?:\w+:)?c\b(?=[^>]*\st=["']e["'])[^>]*?\sr=["']([A-Z]+[0-9]+)["'][^>]*>(?:(?!</(?:\w+:)?c>).)*?"""
    rb"""<(?:\w+:)?v>([^<]*)</""",
    re.DOTALL,
)
_CHUNK = 1 << 20
_TAG = 64  # bytes that hold the beginning of a cell


def _error_cells(path: str, sheet: str) -> list[str]:
    """The cells of `sheet` that hold an error, as "C2 (#N/A)": the reader gives them as empty.

    Only Office Open XML says where they are in a way that is read here; of other workbooks the list is empty.
    """
    from xml.etree.ElementTree import ParseError

    try:
        with zipfile.ZipFile(path) as book:
            return [error for piece in _cells(book, _part_of(book, sheet)) for error in _errors_in(piece)]
    except (zipfile.BadZipFile, KeyError, ParseError):
        return []


def _errors_in(piece: bytes) -> Iterator[str]:
    if b't="e"' in piece or b"t='e'" in piece:
        yield from (f"{found[1].decode()} ({found[2].decode(errors='replace')})" for found in _ERROR.finditer(piece))


def _cells(book: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The sheet's XML in pieces, each cut where a cell begins."""
    rest = b""
    with book.open(part) as handle:
        while chunk := handle.read(_CHUNK):
            rest += chunk
            cell = max(rest.rfind(b"<c "), rest.rfind(b":c "))
            cut = rest.rfind(b"<", 0, cell + 1) if cell >= 0 else max(0, len(rest) - _TAG)
            yield rest[:cut]
            rest = rest[cut:]
    yield rest


def _part_of(book: zipfile.ZipFile, sheet: str) -> str:
    """The path of the sheet's XML in the workbook. Raises KeyError where it is no Office Open XML."""
    from xml.etree import ElementTree

    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    named = {
        each.get("name"): each.get(relation)
        for each in ElementTree.fromstring(book.read("xl/workbook.xml")).iter()
        if each.tag.endswith("}sheet")
    }
    targets = {each.get("Id"): each.get("Target", "")
               for each in ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))}  # fmt: skip
    target = targets[named[sheet]]
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


class _Table:
    """The table of a sheet: its first row that is not empty is its header."""

    def __init__(self, name: str, sheet: Any) -> None:
        self.name = name
        self._sheet = sheet
        self._left = sheet.start[1] if sheet.start else 0
        self.head = sheet.start[0] if sheet.start else 0  # from 0
        self.body = sheet.end[0] - self.head if sheet.start else 0

    @property
    def is_one(self) -> bool:
        """Whether it has a row below its header, and at least three columns."""
        return self.body > 0 and self._sheet.width >= 3

    def write(self, most: int | None, target: Path) -> dict[str, Any]:
        """What was written to `target`."""
        if not self.body:
            raise WorkbookRefused(f"sheet `{self.name}` is empty: it has no row below a header")
        self._refuse_merged()
        rows = iter(self._sheet.iter_rows())
        for _ in range(self.head):
            next(rows)
        header = [_text(cell).strip() for cell in next(rows)]
        used = [bool(name) for name in header]
        count, last = 0, 0
        long: list[str] = []  # cells
        with target.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
            waiting: list[list[str]] = []
            for row in rows:
                texts = [_text(cell) for cell in row]
                odd = [n for n, text in enumerate(texts) if len(text) > 15 and _loses_digits(row[n])]
                long += [f"{self._letter(n)}{self.head + count + 2}" for n in odd]
                used = [was or bool(text) for was, text in zip(used, texts, strict=True)]
                waiting.append(texts)
                if any(texts):
                    writer.writerows(waiting)
                    waiting.clear()
                    last = count + 1
                count += 1
                if most is not None and count >= most:
                    break
        return {"sheet": self.name, "names": self._names(header, used), "rows": last, "first_row": self.head + 2,
                "width": len(header), "used": used, "long": len(long), "first_long": long[:_SHOWN]}  # fmt: skip

    def _names(self, header: list[str], used: list[bool]) -> list[str]:
        nameless = [self._letter(n) for n, name in enumerate(header) if used[n] and not name]
        if nameless:
            listed = ", ".join(nameless[:_SHOWN])
            raise WorkbookRefused(
                f"sheet `{self.name}` has values in column {listed}, but row {self.head + 1:,}, taken for its header, "
                "has no name there. Give every column a name, and remove titles above the table"
            )
        return header

    def _refuse_merged(self) -> None:
        merged = [
            f"{self._letter(left - self._left)}{top + 1}:{self._letter(right - self._left)}{bottom + 1}"
            for (top, left), (bottom, right) in self._sheet.merged_cell_ranges or ()
        ]
        if merged:
            more = f" and {len(merged) - _SHOWN} more" if len(merged) > _SHOWN else ""
            raise WorkbookRefused(
                f"sheet `{self.name}` has merged cells: {', '.join(merged[:_SHOWN])}{more}. Only the first of them "
                "holds a value. Unmerge them and fill every cell"
            )

    def _letter(self, number: int) -> str:
        number, letters = number + self._left + 1, ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(65 + rest) + letters
        return letters


def _text(cell: object) -> str:
    """A cell as text: moments as ISO 8601 writes them, whole numbers without a fraction."""
    if isinstance(cell, str):
        if "\x00" in cell:
            raise WorkbookRefused("a cell has a NUL character")
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return _plain(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


def _plain(number: float) -> str:
    """A number without an exponent, and without a fraction where it is whole."""
    if not math.isfinite(number) or not 1e-15 <= abs(number) < 1e25:
        return "0" if number == 0 else repr(number)
    text = format(Decimal(repr(number)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _loses_digits(cell: object) -> bool:
    """Whether a cell is a whole number of more than fifteen digits: spreadsheets keep fifteen."""
    return isinstance(cell, int | float) and abs(cell) >= 1e15 and (isinstance(cell, int) or cell.is_integer())


if __name__ == "__main__":
    main(sys.argv[1:])
