"""The service verbs of soundness: the quality report of a stored version, and what it cannot carry."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import duckdb
from pydantic import TypeAdapter

from core.eventlog import LogVersion
from core.kept import kept
from core.queries import load
from core.selection.selection import Selection
from core.trust import carrying, judge, prepare
from core.view import View
from core.workspace import Workspace
from core.zones import zone_of
from ingest.soundness.findings import clear, findings
from ingest.soundness.measure import SoundnessCounts, measure
from ingest.soundness.registry import rules
from ingest.soundness.values import QualityReport, Rule

_RULES = ("ingest.soundness", "ingest.soundness.rules", "ingest.soundness.sql", "core.trust", "core.trust.sql")


def quality_rules() -> tuple[Rule, ...]:
    """Every rule of the quality report, with the words that the user reads, by code."""
    return rules()


def quality_report(ws: Workspace, view: View) -> QualityReport:
    """How far the log version of `view` can be trusted: findings, the gravest first, and withheld results.

    Computed from what is stored, whatever it was made from, and kept in the home: the second call reads a file. What
    lies in the future is told from the moment at which the version was stored, so that a report never changes.
    Raises NotFound for a log or version that does not exist.
    """
    found = ws.logs.get(view.log, view.version)
    told = _kept(ws, found, view.selection, "report", lambda c: {"measured": asdict(measure(c)), "counts": carrying(c)})
    measured: SoundnessCounts = TypeAdapter(SoundnessCounts).validate_python(told["measured"])
    told_of = findings(measured, rules(), found.created_at)
    return QualityReport(
        found.log, found.version, told_of, clear(rules(), told_of), measured.columns, judge(told["counts"]).withheld,
        ws.logs.meta(found).completeness,
    )  # fmt: skip


def _kept(ws: Workspace, version: LogVersion, selection: Selection, what: str, make: Any) -> Any:
    def asked() -> Any:
        with _prepared(ws, version, selection) as connection:
            return make(connection)

    return kept(ws.settings.home, version, what, _RULES, asked) if selection.is_whole else asked()


@contextmanager
def _prepared(ws: Workspace, version: LogVersion, selection: Selection) -> Iterator[duckdb.DuckDBPyConnection]:
    timezone = zone_of(ws.logs.meta(version).timezone)
    with ws.logs.select(version, selection) as connection:
        prepare(connection, timezone, version.created_at)
        connection.execute(load("ingest.soundness.sql", "resolution").sql)
        yield connection
