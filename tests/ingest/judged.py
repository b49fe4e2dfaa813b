"""What the quality report finds in small logs made by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from core.clock import FixedClock
from core.settings import Settings
from core.view import View
from core.workspace import Workspace, open_workspace
from ingest import QualityFinding, quality_report
from tests.ingest.stored import Row, stored

NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)


def for_a_module(folders: pytest.TempPathFactory) -> Iterator[Workspace]:
    """One workspace for all logs of a module, each under a name of its own."""
    home = folders.mktemp("soundness")
    workspace = open_workspace(Settings(user="Ada", home=home, database_url="", duckdb_threads=1), FixedClock(NOW))
    yield workspace
    workspace.close()


def found(ws: Workspace, rows: list[Row], code: str, **how: object) -> list[QualityFinding]:
    version = stored(ws, rows, **how)  # type: ignore[arg-type]
    return [finding for finding in quality_report(ws, View(version.log)).findings if finding.code == code]


def one(ws: Workspace, rows: list[Row], code: str, **how: object) -> QualityFinding:
    (finding,) = found(ws, rows, code, **how)
    assert finding.share == finding.count / finding.total
    assert 1 <= len(finding.examples) <= 5
    return finding
