"""Which format a file has: by its name, checked against what its first bytes say."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

from core.errors import BadInput


class Format(StrEnum):
    """The file formats that can be imported."""

    XES = "XES"
    CSV = "CSV"
    PARQUET = "Parquet"
    EXCEL = "Excel"
    JSON_LINES = "JSON lines"
    OCEL_SQLITE = "OCEL 2.0 (SQLite)"
    OCEL_JSON = "OCEL 2.0 (JSON)"
    OCEL_XML = "OCEL 2.0 (XML)"


BY_SUFFIX = {".xes": Format.XES, ".csv": Format.CSV, ".tsv": Format.CSV, ".txt": Format.CSV}
BY_SUFFIX |= {".parquet": Format.PARQUET, ".pq": Format.PARQUET}
BY_SUFFIX |= dict.fromkeys((".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"), Format.EXCEL)
BY_SUFFIX |= dict.fromkeys((".jsonl", ".ndjson"), Format.JSON_LINES)
BY_SUFFIX |= dict.fromkeys((".sqlite", ".sqlite3", ".db"), Format.OCEL_SQLITE)
BY_SUFFIX |= {".jsonocel": Format.OCEL_JSON, ".json": Format.OCEL_JSON}
BY_SUFFIX |= {".xmlocel": Format.OCEL_XML, ".xml": Format.OCEL_XML}
OCEL = (Format.OCEL_SQLITE, Format.OCEL_JSON, Format.OCEL_XML)

_SIGNATURES = (
    (b"PAR1", "a Parquet file"),
    (b"PK\x03\x04", "a zip file, such as a workbook"),
    (b"PK\x05\x06", "an empty zip file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or password-protected Office file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x1f\x8b", "a gzip file in a gzip file"),
    (b"%PDF", "a PDF"),
)
_TEXT = "text"
_FITTING = {
    Format.EXCEL: (_SIGNATURES[1][1], _SIGNATURES[3][1]),
    Format.PARQUET: (_SIGNATURES[0][1],),
    Format.OCEL_SQLITE: (_SIGNATURES[4][1],),
}
_OCEL_ELEMENT = re.compile(rb"<(object-types|event-types|objects|events)\b")
_XES_ELEMENT = re.compile(rb"<(trace|extension|global|classifier)\b|xes\.version|xes-standard\.org")
_OCEL_KEY = re.compile(rb'"(objectTypes|eventTypes|objects|events)"\s*:')


def format_of(path: Path, head: bytes, *, compressed: bool) -> Format:
    """The format of the file at `path`, whose content begins with `head`. Raises BadInput where the two disagree."""
    content = next((words for mark, words in _SIGNATURES if head.startswith(mark)), _TEXT)
    if content == _SIGNATURES[0][1] and not compressed:
        return Format.PARQUET
    suffixes = [s.lower() for s in path.suffixes if s.lower() != ".gz"]
    found = BY_SUFFIX.get(suffixes[-1]) if suffixes else None
    if found is None:
        raise BadInput(
            f"`{path}` has no suffix that Tandem knows. Known: {', '.join(f'`{s}`' for s in BY_SUFFIX)}, `.gz`."
        )
    if found is Format.PARQUET and content == _TEXT:
        raise BadInput(f"`{path}` is not a Parquet file: it does not begin with `PAR1`.")
    if content not in _FITTING.get(found, (_TEXT,)):
        raise BadInput(
            f"`{path}` is called `{suffixes[-1]}`, but it is {_shown(content, head)}. Give it the name of what it is, "
            "or save it again as what it is called."
        )
    if compressed and found in (Format.EXCEL, Format.PARQUET):
        raise BadInput(f"`{path}` is packed by gzip, which its format does by itself. Unpack it and import that.")
    return _by_content(found, suffixes[-1], head)


def _by_content(found: Format, suffix: str, head: bytes) -> Format:
    """What a `.json` or `.xml` file is, which many formats are called."""
    if suffix == ".xml" and not _OCEL_ELEMENT.search(head) and _XES_ELEMENT.search(head):
        return Format.XES
    if suffix == ".json" and not _OCEL_KEY.search(head) and head.lstrip().startswith(b"{") and b"}\n{" in head:
        return Format.JSON_LINES
    return found


def _shown(content: str, head: bytes) -> str:
    if content != _TEXT:
        return content
    line = re.split(rb"[\r\n]", head.strip(), maxsplit=1)[0][:40].decode("utf-8", "replace")
    return f"text that begins with `{''.join(c if c.isprintable() else '?' for c in line)}`"
