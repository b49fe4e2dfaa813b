"""The small files of `../shared/cases`, read in place, and what an import stores of a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from core import Workspace
from ingest import ImportResult, import_log
from tests.ingest.files import csv_file

CASES = Path(__file__).parents[2].parent / "shared" / "cases"


def case_file(name: str) -> Path:
    """The path of the file `name`, such as `figures/na.csv`; the test is skipped where the folder is absent."""
    path = CASES / name
    if not path.exists():
        pytest.skip(f"{name} is not here: ../shared/cases is absent")
    return path


def imported(ws: Workspace, source: Path | str, folder: Path, **options: Any) -> ImportResult:
    """The import of the file at a path, or of the lines of a CSV, as the log `x`."""
    path = csv_file(folder / "x.csv", source) if isinstance(source, str) else source
    return import_log(ws, path, log="x", by="Ada", **options)


def stored(ws: Workspace, query: str) -> list[tuple[Any, ...]]:
    """What `query` gives on the newest version of the log `x`."""
    with ws.logs.read(ws.logs.get("x")) as connection:
        return connection.execute(query).fetchall()


def column(ws: Workspace, expression: str) -> list[Any]:
    """One value of each event, in the order of the file."""
    query = f"SELECT {expression} FROM event LEFT JOIN performer USING (performer_no) ORDER BY source_row"
    return [value for (value,) in stored(ws, query)]


def told(done: ImportResult, code: str) -> list[str]:
    """The messages of the findings of one kind."""
    return [finding["message"] for finding in done.quality["findings"] if finding["code"] == code]
