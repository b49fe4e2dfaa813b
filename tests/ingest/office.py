"""Workbooks of every kind, made by code: also the kinds that no library here writes, byte by byte."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

Rows = Sequence[Sequence[Any]]
ERRORS = {"=NA()": "#N/A", "=1/0": "#DIV/0!"}

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR = 512


def xlsx(sheets: Mapping[str, Rows], merged: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    """A workbook; dates get a date format, texts that begin with `=` become formulas of value 7, or with an error."""
    import xlsxwriter  # type: ignore[import-untyped]

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "yyyy-mm-dd hh:mm:ss"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, str) and value.startswith("="):
                    sheet.write_formula(number, column, value, None, ERRORS.get(value, 7))
                elif value is not None:
                    sheet.write(number, column, value)
        for top, left, bottom, right in merged:
            sheet.merge_range(top, left, bottom, right, "merged")
    book.close()
    return target.getvalue()


def repacked(book: bytes, changes: Mapping[str, bytes]) -> bytes:
    """`book` with some entries of its zip file replaced or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in changes:
                new.writestr(entry.filename, old.read(entry))
        for name, content in changes.items():
            new.writestr(name, content)
    return target.getvalue()


def ods(rows: Rows, table: str = "Sheet1") -> bytes:
    """An OpenDocument spreadsheet of texts and numbers."""
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    content = (
        '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="{table}">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
    return target.getvalue()


def xls(rows: Rows, sheet: str = "Sheet1") -> bytes:
    """A workbook of Excel 97 (BIFF8 in a compound file) of texts and numbers."""
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)) + _record(
        0x0042, struct.pack("<H", 1200)
    )
    name = sheet.encode("latin-1")
    bound = 4 + 8 + len(name)
    offset = len(start) + bound + 4
    listed = _record(0x0085, struct.pack("<IBBBB", offset, 0, 0, len(name), 0) + name)
    cells = b"".join(_xls_cell(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row))
    width = max(len(row) for row in rows)
    inside = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    inside += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0)) + cells + _record(0x000A, b"")
    return compound({"Workbook": start + listed + _record(0x000A, b"") + inside})


def xlsb(rows: Rows, sheet: str = "Sheet1") -> bytes:
    """A binary workbook of Excel 2007 of texts and numbers."""
    bound = struct.pack("<II", 0, 1) + _wide("rId1") + _wide(sheet)
    book = _part(131) + _part(153, bytes(12)) + _part(143) + _part(156, bound) + _part(144) + _part(132)
    size = struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    lines = b"".join(
        _part(0, struct.pack("<IIHHBI", number, 0, 300, 0, 0, 0))
        + b"".join(_xlsb_cell(column, value) for column, value in enumerate(row))
        for number, row in enumerate(rows)
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATED.format("officeDocument", "xl/workbook.bin"))
        archive.writestr("xl/_rels/workbook.bin.rels", _RELATED.format("worksheet", "worksheets/sheet1.bin"))
        archive.writestr("xl/workbook.bin", book)
        archive.writestr(
            "xl/worksheets/sheet1.bin", _part(129) + _part(148, size) + _part(145) + lines + _part(146) + _part(130)
        )
    return target.getvalue()


def encrypted() -> bytes:
    """What Excel writes for a workbook with a password: a compound file with the two streams of ECMA-376 encryption."""
    info = struct.pack("<HHI", 4, 4, 0x40) + b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><encryption/>'
    return compound({"EncryptionInfo": info, "EncryptedPackage": bytes(range(256)) * 32})


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file (MS-CFB) with `streams`, each long enough to need no mini stream."""
    padded = {name: data.ljust(-(-max(len(data), 4096) // _SECTOR) * _SECTOR, b"\0") for name, data in streams.items()}
    fat, entries, at = [_FAT, _END], [_entry("Root Entry", 5, 1, _END, 0)], 2
    for number, (name, data) in enumerate(padded.items(), 1):
        sectors = len(data) // _SECTOR
        fat += [*range(at + 1, at + sectors), _END]
        right = number + 1 if number < len(padded) else _FREE
        entries.append(_entry(name, 2, _FREE, at, len(data), right))
        at += sectors
    entries += [_entry("", 0, _FREE, 0, 0)] * (4 - len(entries))
    assert len(fat) <= 128
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack("<109I", 0, *[_FREE] * 108)
    table = struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat)))
    return header + table + b"".join(entries) + b"".join(padded.values())


def _entry(name: str, kind: int, child: int, start: int, size: int, right: int = _FREE) -> bytes:
    text = name.encode("utf-16-le")
    length = len(text) + 2 if name else 0
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", length, kind, 1, _FREE, right, child)
    return head + bytes(16 + 4 + 16) + struct.pack("<IQ", start, size)


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _part(kind: int, data: bytes = b"") -> bytes:
    """A record of a binary workbook: its kind and length in seven bits a byte."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    left = len(data)
    while left > 0x7F:
        head += bytes([left & 0x7F | 0x80])
        left >>= 7
    return head + bytes([left]) + data


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _xlsb_cell(column: int, value: Any) -> bytes:
    place = struct.pack("<II", column, 0)
    if isinstance(value, int | float):
        return _part(5, place + struct.pack("<d", value))
    return _part(6, place + _wide(str(value)))


def _xls_cell(row: int, column: int, value: Any) -> bytes:
    if isinstance(value, int | float):
        return _record(0x0203, struct.pack("<HHHd", row, column, 0, value))
    text = str(value).encode("utf-16-le")
    return _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(str(value)), 1) + text)


def _ods_cell(value: Any) -> str:
    kind = f'float" office:value="{value}' if isinstance(value, int | float) else "string"
    if isinstance(value, datetime):
        kind = f'date" office:date-value="{value.isoformat()}'
    text = escape(str(value))
    return f'<table:table-cell office:value-type="{kind}"><text:p>{text}</text:p></table:table-cell>'


_MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
_RELATED = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
    'Target="{}"/></Relationships>'
)
