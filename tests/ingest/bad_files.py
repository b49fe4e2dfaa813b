"""The corpus of bad files: each made by code, with what the message about it has to say."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.ingest.bad_ocel import OCEL
from tests.ingest.files import Bad, event, xes_text
from tests.ingest.ocel_files import sqlite_bytes
from tests.ingest.office import encrypted, ods, repacked, xls, xlsx

HEAD = b"case,activity,end\n"
ROW = b"1,a,2026-01-05\n"
PLAIN = xes_text(
    [(f"c{n}", [event("a", "2026-01-05T08:00:00Z"), event("b", "2026-01-05T09:00:00Z")]) for n in range(9)]
)
XES = PLAIN.encode()
PACKED = gzip.compress(XES, mtime=0)
LAUGHS = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
LOST = b'<event><string key="concept:name" value="lost"/></event>'
LONG = b"x" * (10 << 20)
ZEROS = 20 << 20  # more than the tests allow any file to unpack to

MORNING = datetime(2026, 1, 5, 8)  # noqa: DTZ001 - as a workbook has it: without a time zone
ROWS: list[list[Any]] = [
    ["case", "activity", "end"],
    ["1", "a", MORNING],
    ["1", "b", MORNING],
]
TEXTS: list[list[Any]] = [["case", "activity", "end"], ["1", "a", "2026-01-05 08:00:00"]]
BOOK = xlsx({"Orders": ROWS})
SHEET = "xl/worksheets/sheet1.xml"
LINE = b'{"case": "1", "activity": "a", "end": "2026-01-05T08:00:00Z"}\n'


def _gzip_bomb(first: bytes) -> bytes:
    return gzip.compress(first + b" " * ZEROS)


def _doctype(inside: str) -> bytes:
    return PLAIN.replace("<log", f"<!DOCTYPE log [{inside}]><log").encode()


def _parquet(folder: Path, rows: str = "('1', 'a', TIMESTAMP '2026-01-05')") -> bytes:
    import duckdb

    path = folder / "making.parquet"
    with duckdb.connect() as connection:
        table = f'(VALUES {rows}) t("case", activity, "end")'
        connection.execute(f"COPY (FROM {table} WHERE activity <> 'none') TO '{path}' (FORMAT parquet)")
    data = path.read_bytes()
    path.unlink()
    return data


def _zip(name: str, content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return target.getvalue()


def _damaged_book() -> bytes:
    """A workbook with one byte of its sheet changed."""
    with zipfile.ZipFile(io.BytesIO(BOOK)) as archive:
        entry = archive.getinfo(SHEET)
    at = entry.header_offset + 30 + len(SHEET) + entry.compress_size // 2
    return BOOK[:at] + bytes([BOOK[at] ^ 0x55]) + BOOK[at + 1 :]


def _lying_book() -> bytes:
    """A workbook whose sheet says that it is of a hundred bytes, and unpacks to eighty megabytes."""
    book = repacked(BOOK, {SHEET: bytes(ZEROS)})
    for true, claimed in ((ZEROS, 100), (zlib.crc32(bytes(ZEROS)), zlib.crc32(bytes(100)))):
        book = book.replace(struct.pack("<I", true), struct.pack("<I", claimed))
    return book


def _locked_book() -> bytes:
    """A workbook in a zip file whose entries say that they are encrypted."""
    book = bytearray(BOOK)
    at = -1
    while (at := book.find(b"PK\x01\x02", at + 1)) >= 0:
        book[at + 8] |= 1
    return bytes(book)


def _far_book() -> bytes:
    """A workbook with a cell in the last row and column, which a dense table of all cells cannot hold."""
    with zipfile.ZipFile(io.BytesIO(BOOK)) as archive:
        sheet = archive.read(SHEET)
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return repacked(BOOK, {SHEET: sheet.replace(b"</sheetData>", far)})


def _repeating_ods() -> bytes:
    """An OpenDocument spreadsheet of one kilobyte that says it has seventeen billion cells."""
    book = ods(TEXTS)
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        content = archive.read("content.xml")
    cell = b'<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p>'
    row = b'<table:table-row table:number-rows-repeated="1048576">' + cell + b"</table:table-cell></table:table-row>"
    return repacked(book, {"content.xml": content.replace(b"</table:table>", row + b"</table:table>")})


def _lines(second: bytes) -> bytes:
    return LINE + second + b"\n" + LINE


BOM = "utf-16"

CSV: dict[str, Bad] = {
    "no bytes": Bad("x.csv", b"", "is empty: it has 0 bytes"),
    "no bytes in gzip": Bad("x.csv.gz", gzip.compress(b""), "unpacked it has 0 bytes"),
    "only a header": Bad("x.csv", HEAD, "a header and no row"),
    "one column": Bad("x.csv", b"foo\n1\n", "has 1 column in its first row: `foo`"),
    "unknown suffix": Bad("x.doc", b"hello", "no suffix that Tandem knows"),
    "no roles": Bad("x.csv", b"foo,bar,baz\n1,2,3\n", "--case COLUMN --activity COLUMN --end COLUMN"),
    "doubled names": Bad("x.csv", b"case,activity,case,end\n1,a,2,2026-01-05\n", "more than one column called `case`"),
    "names doubled but for spaces": Bad("x.csv", b"case,activity,end, case \n1,a,2026-01-05,2\n", "called `case`"),
    "wrong widths": Bad("x.csv", HEAD + b"1,a,2026-01-05\n1,b\n1,a,b,c\n", "has 2 rows without its 3 columns"),
    "open quote": Bad("x.csv", HEAD + b'1,"a,2026-01-05\n', "unterminated quote"),
    "latin-1": Bad("x.csv", HEAD + ROW + b"2,\xe9,2026-01-05\n", "is not UTF-8: row 3, byte 35 is 0xE9"),
    "latin-1 header": Bad("x.csv", b"case,activit\xe9,end\n1,a,2026-01-05\n", "is not UTF-8: row 1, byte 12 is 0xE9"),
    "UTF-16": Bad("x.csv", "case,activity,end\n".encode(BOM), "looks like UTF-16"),
    "UTF-16 cut off": Bad("x.csv", (HEAD + ROW).decode().encode(BOM)[:-1], "is not `utf-16`", {"encoding": BOM}),
    "not as said": Bad("x.csv", HEAD + b"2,\x81,2026-01-05\n", "is not `cp1252`", {"encoding": "cp1252"}),
    "mixed stamps": Bad("x.csv", HEAD + ROW * 3 + b"1,b,05/31/2026 8:00 PM\n", "row 5, end: `05/31/2026 8:00 PM`"),
    "a moment no calendar has": Bad("x.csv", HEAD + ROW + b"1,b,2026-02-30 10:00:00\n", "`2026-02-30 10:00:00`"),
    "truncated gzip": Bad("x.csv.gz", gzip.compress(HEAD + ROW * 99)[:-9], "is truncated"),
    "gzip in gzip": Bad("x.csv.gz", gzip.compress(gzip.compress(HEAD + ROW)), "a gzip file in a gzip file"),
    "gzip bomb": Bad("x.csv.gz", lambda _: _gzip_bomb(HEAD), "as a decompression bomb does"),
    "NUL": Bad("x.csv", HEAD + ROW + b"1,b\x00,2026-01-05\n", "has a NUL byte in line 3"),
    "NUL in gzip": Bad("x.csv.gz", gzip.compress(HEAD + ROW + b"1,b\x00,2026-01-05\n"), "has a NUL byte in line 3"),
    "10 MB field": Bad("x.csv", HEAD[:-1] + b",n\n" + ROW[:-1] + b"," + LONG, "has 10,485,760 bytes in `n`"),
    "10 MB field by a lost quote": Bad(
        "x.csv", HEAD + ROW + b'1,"' + (b"a,2026-01-05\n" * 800_000) + b'",2026-01-05\n', "bytes in `activity`"
    ),
    "old Macintosh lines": Bad("x.csv", (HEAD + ROW).replace(b"\n", b"\r"), "carriage return alone"),
    "5,000 columns": Bad("x.csv", HEAD[:-1] + b"".join(b",k%d" % n for n in range(5000)) + b"\n" + ROW[:-1]
                         + b",1" * 5000 + b"\n", "has 5,003 columns"),
    "no row with a case": Bad("x.csv", HEAD + b",a,2026-01-05\n,b,2026-01-05\n", "--case COLUMN"),
    "a PDF": Bad("x.csv", b"%PDF-1.7\n", "it is a PDF"),
    "a workbook called .csv": Bad("x.csv", BOOK, "is called `.csv`, but it is a zip file"),
    "a database called .csv": Bad("x.csv", sqlite_bytes, "but it is an SQLite database"),
    "a part of a table": Bad("x.csv", HEAD + ROW, "has no parts such as `Orders`", {"part": "Orders"}),
}  # fmt: skip

XES_FILES: dict[str, Bad] = {
    "truncated gzip": Bad("x.xes.gz", PACKED[:-9], "is truncated"),
    "damaged gzip": Bad("x.xes.gz", PACKED[:-8] + b"\0\0\0\0" + PACKED[-4:], "damaged gzip"),
    "cut in an event": Bad("x.xes", XES[:900], "is broken or truncated"),
    "cut after a trace": Bad("x.xes", XES[: PLAIN.rindex("</log>")], "is broken or truncated"),
    "wrong tags": Bad("x.xes", PLAIN.replace("</event>", "</evnt>", 1).encode(), "line 8, column"),
    "not UTF-8": Bad("x.xes", XES.replace(b"c3", b"c\xf3"), "has the bytes `F3`"),
    "HTML": Bad("x.xes", b"<html><body/></html>", "root element is `html`"),
    "no XML": Bad("x.xes", b"hello", "no XML element"),
    "no traces": Bad("x.xes", b"<log/>", "empty event log: it has 0 traces"),
    "no events": Bad("x.xes", b"<log><trace/></log>", "empty event log: it has 1 trace"),
    "events outside traces": Bad("x.xes", b'<log><event><string key="a" value="b"/></event></log>', "outside a trace"),
    "events before a trace": Bad("x.xes", XES.replace(b"<trace>", LOST + b"<trace>", 1), "outside a trace"),
    "billion laughs": Bad("x.xes", _doctype(f'<!ENTITY a "ha">{LAUGHS}'), "document type"),
    "one entity": Bad("x.xes", _doctype('<!ENTITY a "ha">').replace(b'"a"', b'"&a;"'), "document type"),
    "a file as entity": Bad("x.xes", _doctype('<!ENTITY a SYSTEM "/etc/x">'), "document type"),
    "an entity without a document type": Bad("x.xes", XES.replace(b'"a"', b'"&a;"'), "is broken or truncated"),
    "a control sign": Bad("x.xes", XES.replace(b"</event>\n<event>", b"</event>\x1c<event>"), "not well-formed"),
    "NUL": Bad("x.xes", XES.replace(b'"a"', b'"a\x00"'), "is broken or truncated"),
    "text after the log": Bad("x.xes", XES + "\u00a0".encode(), "not well-formed"),
    "gzip bomb": Bad("x.xes.gz", lambda _: gzip.compress(XES[:-7] + b" " * ZEROS + b"</log>"), "decompression bomb"),
}  # fmt: skip

PARQUET: dict[str, Bad] = {
    "no Parquet": Bad("x.parquet", b"hello", "does not begin with `PAR1`"),
    "damaged": Bad("x.parquet", b"PAR1helloPAR1", "cannot be read as Parquet"),
    "cut off": Bad("x.parquet", lambda folder: _parquet(folder)[:-40], "cannot be read as Parquet"),
    "no rows": Bad("x.parquet", lambda folder: _parquet(folder, "('1', 'none', TIMESTAMP '2026-01-05')"), "has no row"),
    "packed again": Bad("x.parquet.gz", lambda folder: gzip.compress(_parquet(folder)), "is packed by gzip"),
    "a database": Bad("x.parquet", sqlite_bytes, "but it is an SQLite database"),
}

EXCEL: dict[str, Bad] = {
    "CSV called .xlsx": Bad("x.xlsx", HEAD + ROW, "but it is text that begins with `case,activity,end`"),
    "HTML called .xls": Bad("x.xls", b"<html><table/></html>", "but it is text that begins with `<html>"),
    "a zip file without a workbook": Bad("x.xlsx", _zip("hello.txt", b"hello"), "is no readable workbook"),
    "an empty zip file": Bad("x.xlsx", b"PK\x05\x06" + bytes(18), "but it is an empty zip file"),
    "truncated": Bad("x.xlsx", BOOK[:-200], "damaged or truncated workbook"),
    "cut in half": Bad("x.xlsx", BOOK[: len(BOOK) // 2], "damaged or truncated workbook"),
    "one byte changed": Bad("x.xlsx", _damaged_book(), "damaged or truncated workbook"),
    "protected by a password": Bad("x.xlsx", encrypted(), "protected by a password"),
    "locked zip entries": Bad("x.xlsx", _locked_book(), "protected by a password"),
    "an empty sheet": Bad("x.xlsx", xlsx({"Orders": []}), "has no sheet with a table"),
    "an empty sheet by name": Bad("x.xlsx", xlsx({"A": ROWS, "B": []}), "sheet `B` is empty", {"part": "B"}),
    "only a header": Bad("x.xlsx", xlsx({"Orders": ROWS[:1]}), "has no sheet with a table"),
    "no such sheet": Bad("x.xlsx", BOOK, "There is no sheet in `x.xlsx` called `orders`", {"part": "orders"}),
    "a title above the header": Bad(
        "x.xlsx", xlsx({"Orders": [["Orders of 2026"], *ROWS]}), "has values in column B, C"
    ),
    "a column without a name": Bad("x.xlsx", xlsx({"O": [["case", None, "end"], *ROWS[1:]]}), "has values in column B"),
    "merged header": Bad("x.xlsx", xlsx({"O": [[], *ROWS]}, merged=[(0, 0, 0, 2)]), "has merged cells: A1:C1"),
    "merged cases": Bad("x.xlsx", xlsx({"Orders": ROWS[:1]}, merged=[(1, 0, 2, 0)]), "has merged cells: A2:A3"),
    "doubled names": Bad(
        "x.xlsx", xlsx({"O": [["case", "end", "end"], *ROWS[1:]]}), "more than one column called `end`"
    ),
    "numbers for dates": Bad("x.xlsx", xlsx({"O": [ROWS[0], ["1", "a", 46027.5]]}), "row 2, end: `46027.5`"),
    "a bomb": Bad("x.xlsx", lambda _: repacked(BOOK, {SHEET: bytes(ZEROS)}), "as a decompression bomb does"),
    "a bomb that lies": Bad("x.xlsx", lambda _: _lying_book(), "as a decompression bomb does"),
    "a far cell": Bad("x.xlsx", _far_book(), "it needs more than 4 GB of memory, as a cell far outside"),
    "a broken sheet": Bad("x.xlsx", repacked(BOOK, {SHEET: b"<worksheet><sheetData><row"}), "is no readable workbook"),
    "packed again": Bad("x.xlsx.gz", gzip.compress(BOOK), "is packed by gzip"),
    "10 MB cell": Bad(
        "x.ods", lambda _: ods([[*TEXTS[0], "n"], [*TEXTS[1], LONG.decode()]]), "10,485,760 bytes in `n`"
    ),
    "a cell repeated without end": Bad("x.ods", _repeating_ods(), "Cell limit exceeded"),
    "a broken OpenDocument": Bad("x.ods", _zip("content.xml", b"<office:"), "is no readable workbook"),
    "an old workbook cut off": Bad("x.xls", xls(TEXTS)[:1100], "is no readable workbook"),
    "an old Office file that is no workbook": Bad("x.xls", encrypted()[:8] + bytes(2000), "is no readable workbook"),
}

JSON_LINES: dict[str, Bad] = {
    "a broken line": Bad("x.jsonl", _lines(b'{"case": "2", "activity": }'), "line 2 is not JSON"),
    "cut off": Bad("x.jsonl", LINE * 2 + LINE[:30], "line 3 is not JSON"),
    "truncated gzip": Bad("x.ndjson.gz", gzip.compress(LINE * 99)[:-9], "is truncated"),
    "lists for objects": Bad("x.jsonl", _lines(b'["2", "b"]'), "line 2 is not an object"),
    "one list over many lines": Bad("x.jsonl", b"[\n" + LINE.strip() + b",\n" + LINE + b"]\n", "line 1 is not JSON"),
    "nested deep": Bad("x.jsonl", _lines(b'{"a":' * 50 + b"1" + b"}" * 50), "line 2 nests objects more than 20 deep"),
    "nested without end": Bad(
        "x.jsonl", _lines(b'{"a":' + b"[" * 100_000), "line 2 nests objects or lists hundreds deep"
    ),
    "lists in lists": Bad("x.jsonl", _lines(b'{"a":' + b"[" * 50 + b"]" * 50 + b"}"), "nests lists more than 20 deep"),
    "NaN": Bad("x.jsonl", _lines(b'{"case": NaN}'), "line 2 has `NaN`, which is no JSON"),
    "a name twice by dots": Bad("x.jsonl", _lines(b'{"a.b": 1, "a": {"b": 2}}'), "line 2 gives `a.b` twice"),
    "a name of nothing": Bad("x.jsonl", _lines(b'{"": 1}'), "line 2 has a value without a readable name"),
    "NUL": Bad("x.jsonl", _lines(b'{"case": "1\\u0000"}'), "line 2 has a NUL character"),
    "half a character": Bad("x.jsonl", _lines(b'{"case": "\\ud83d"}'), "line 2 has half a surrogate pair"),
    "latin-1": Bad("x.jsonl", _lines(b'{"case": "\xe9"}'), "line 2 is not UTF-8: byte 11 is 0xE9"),
    "UTF-16": Bad("x.jsonl", LINE.decode().encode(BOM), "looks like UTF-16"),
    "only empty lines": Bad("x.jsonl", b"\n\n\n", "it has no JSON object"),
    "10 MB field": Bad("x.jsonl", LINE[:-2] + b', "note": "' + LONG + b'"}\n', "has 10,485,760 bytes in `note`"),
    "a line without end": Bad("x.jsonl", lambda _: b"[" + (b"1," * (10 << 20)), "has more than 16 MB in line 1"),
    "600 names": Bad("x.jsonl", b"".join(b'{"k%d": 1}\n' % n for n in range(600)), "has 501 columns"),
    "gzip bomb": Bad(
        "x.jsonl.gz",
        lambda _: gzip.compress(LINE + (b" " * 2000 + b"\n") * (ZEROS // 2000)),
        "as a decompression bomb does",
    ),
    "no roles": Bad("x.jsonl", b'{"a": "1"}\n{"a": "2"}\n', "--case COLUMN --activity COLUMN --end COLUMN"),
}

CORPUS: dict[str, Bad] = {
    f"{kind}: {name}": bad
    for kind, files in (
        ("CSV", CSV), ("XES", XES_FILES), ("Parquet", PARQUET), ("Excel", EXCEL), ("JSON lines", JSON_LINES),
        ("OCEL", OCEL),
    )
    for name, bad in files.items()
}  # fmt: skip
