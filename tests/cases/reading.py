"""What tests of odd files share: where the shared cases lie, and what an import of a file told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from core.actor.values import local
from core.workspace import Workspace
from ingest import ImportResult, import_log

SHARED_CASES = Path(__file__).parents[3] / "shared" / "cases"


def shared_case(name: str) -> Path:
    """The path of the shared case "folder/file"; the test is skipped, saying so, where the folder is absent."""
    path = SHARED_CASES / name
    if not path.exists():
        pytest.skip(f"the case {name} is not here: ../shared/cases is absent")
    return path


def told(done: ImportResult) -> dict[str, int]:
    """The findings of an import and how often each counted."""
    return {finding["code"]: finding["count"] for finding in done.quality["findings"]}


def message(done: ImportResult, code: str) -> str:
    """What the finding `code` says."""
    return next(str(finding["message"]) for finding in done.quality["findings"] if finding["code"] == code)


def imported(ws: Workspace, path: Path, **options: Any) -> ImportResult:
    """What an import of `path` as the log `x` told."""
    return import_log(ws, path, log="x", by=local("Ada"), **options)


def stored(ws: Workspace, query: str) -> list[tuple[Any, ...]]:
    """What `query` gives on the newest version of the log `x`."""
    with ws.logs.read(ws.logs.get("x")) as connection:
        return connection.execute(query).fetchall()


def case_ids(ws: Workspace) -> list[str]:
    """The cases of the log `x`, sorted."""
    return [name for (name,) in stored(ws, "SELECT case_id FROM case_ ORDER BY case_id")]
