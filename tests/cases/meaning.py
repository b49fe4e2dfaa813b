"""What tests of meaning share: a file or lines imported as the log `x`, and what is stored of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.actor.values import local
from core.workspace import Workspace
from ingest import ImportResult, import_log
from tests.cases.reading import shared_case as case_file
from tests.cases.reading import stored
from tests.ingest.files import csv_file

__all__ = ["case_file", "column", "imported", "stored", "told"]


def imported(ws: Workspace, source: Path | str, folder: Path, **options: Any) -> ImportResult:
    """The import of the file at a path, or of the lines of a CSV, as the log `x`."""
    path = csv_file(folder / "x.csv", source) if isinstance(source, str) else source
    return import_log(ws, path, log="x", by=local("Ada"), **options)


def column(ws: Workspace, expression: str) -> list[Any]:
    """One value of each event, in the order of the file."""
    query = f"SELECT {expression} FROM event LEFT JOIN performer USING (performer_no) ORDER BY source_row"
    return [value for (value,) in stored(ws, query)]


def told(done: ImportResult, code: str) -> list[str]:
    """The messages of the findings of one kind."""
    return [finding["message"] for finding in done.quality["findings"] if finding["code"] == code]
