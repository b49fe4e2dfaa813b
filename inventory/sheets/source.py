"""A file of pilots as rows of cells: CSV with any delimiter, a workbook, JSON or YAML."""

from __future__ import annotations

import hashlib
from pathlib import Path

from core.errors import BadInput, NotFound
from ingest.excel import read_grid as workbook_grid
from inventory.sheets.delimited import lines_of
from inventory.sheets.records import json_lines, yaml_lines
from inventory.sheets.texts import text_of
from inventory.sheets.values import EMPTY, Grid, SheetCell, SheetLine, SheetReading

LARGEST = 50_000_000  # bytes; an inventory of pilots is not larger
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SPLIT = {",": "comma", ";": "semicolon", "\t": "tab"}


def read_grid(path: Path, reading: SheetReading) -> Grid:
    """The rows of the file at `path` that have something in them.

    Raises NotFound where there is none, and BadInput for what cannot be read: empty, too large, no text, damaged, or
    without such a sheet.
    """
    content = _content(path)
    digest = hashlib.sha256(content).hexdigest()
    if content.startswith((_ZIP, _OLE)):
        return _workbook(path, digest, reading)
    if path.suffix.lower() in WORKBOOKS:
        raise BadInput(
            f"`{path.name}` is called `{path.suffix}`, but it is no workbook. Give it the name of what it is."
        )
    if reading.sheet is not None:
        raise BadInput(f"`{path.name}` is no workbook, so it has no sheet `{reading.sheet}`.")
    text, encoding, note = text_of(content, path.name, reading.encoding)
    notes = (note,) if note else ()
    suffix = path.suffix.lower()
    if suffix in (".json", ".jsonl", ".ndjson"):
        return Grid(path.name, digest, "JSON", json_lines(text, path.name), notes=notes, headed=True, name_row="Object")
    if suffix in (".yaml", ".yml"):
        return Grid(path.name, digest, "YAML", yaml_lines(text, path.name), notes=notes, headed=True, name_row="Object")
    lines, delimiter = lines_of(text, path.name, reading.delimiter)
    if not lines:
        raise BadInput(f"`{path.name}` is empty. Its first line must name the columns.")
    form = f"CSV in {encoding.removesuffix('-sig')}, {_SPLIT.get(delimiter, f'`{delimiter}`')} between the cells"
    return Grid(path.name, digest, form, lines, notes=notes)


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise NotFound(f"There is no file `{path}`.")
    if path.stat().st_size > LARGEST:
        raise BadInput(f"`{path.name}` has more than {LARGEST // 10**6} MB. Is it a pilots sheet?")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadInput(f"`{path}` cannot be read: {error.strerror}.") from None
    if not content.strip():
        raise BadInput(f"`{path.name}` is empty. Its first line must name the columns.")
    return content


def _workbook(path: Path, digest: str, reading: SheetReading) -> Grid:
    found = workbook_grid(path, reading.sheet)
    blank = (EMPTY,) * found.left  # so that a place is counted as the spreadsheet counts it
    lines = tuple(
        SheetLine(number, (*blank, *(SheetCell(text, typed) for text, typed in row)))
        for number, row in enumerate(found.rows, 1)
        if any(text for text, _ in row)
    )
    notes = []
    if len(found.sheets) > 1 and reading.sheet is None:
        others = ", ".join(f"`{name}`" for name in found.sheets if name != found.sheet)
        notes.append(f"Sheet `{found.sheet}` was read. Others, by `--sheet`: {others}.")
    if found.merged:
        notes.append(f"{found.merged} merged cell(s) were filled with the value of the cell they belong to.")
    if found.errors:
        notes.append(f"Cells that hold an error were read as empty: {', '.join(found.errors[:10])}.")
    return Grid(path.name, digest, "Excel", lines, found.sheet, tuple(notes), sheets=tuple(found.sheets))
