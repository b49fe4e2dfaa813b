"""The service verbs of soundness: the quality report of a stored version, and which results it cannot carry."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import duckdb
from pydantic import TypeAdapter

from core import NO_SELECTION, LogVersion, Selection, Workspace
from ingest.soundness.findings import clear, findings
from ingest.soundness.kept import kept
from ingest.soundness.measure import Measured, carrying, measure, prepare
from ingest.soundness.registry import rules
from ingest.soundness.trusting import withheld
from ingest.soundness.values import QualityReport, Result, Rule, Withheld


def quality_rules() -> tuple[Rule, ...]:
    """Every rule of the quality report, with the words that the user reads, by code."""
    return rules()


def quality_report(
    ws: Workspace, log: str, version: int | None = None, *, selection: Selection = NO_SELECTION
) -> QualityReport:
    """How far `version` of `log` (None: the newest) can be trusted: findings, the gravest first, and withheld results.

    Computed from what is stored, whatever it was made from, and kept in the home: the second call reads a file. What
    lies in the future is told from the moment at which the version was stored, so that a report never changes.
    Raises NotFound for a log or version that does not exist.
    """
    found = ws.logs.get(log, version)
    told = _kept(ws, found, selection, "report", lambda c: {"measured": asdict(measure(c)), "counts": carrying(c)})
    measured: Measured = TypeAdapter(Measured).validate_python(told["measured"])
    told_of = findings(measured, rules(), found.created_at)
    return QualityReport(
        found.log, found.version, told_of, clear(rules(), told_of), measured.columns, withheld(told["counts"])
    )


def trust(
    ws: Workspace, log: str, version: int | None = None, *, selection: Selection = NO_SELECTION
) -> dict[Result, Withheld | None]:
    """For every result, why `version` of `log` (None: the newest) cannot carry it; None where it can.

    Pages ask before they show a result. Raises NotFound for a log or version that does not exist.
    """
    found = ws.logs.get(log, version)
    counts = _kept(ws, found, selection, "trust", carrying)
    reasons = withheld(counts)
    return {result: reasons.get(result) for result in Result}


def _kept(ws: Workspace, version: LogVersion, selection: Selection, what: str, make: Any) -> Any:
    def asked() -> Any:
        with _prepared(ws, version, selection) as connection:
            return make(connection)

    return kept(ws, version, what, asked) if selection.is_whole else asked()


@contextmanager
def _prepared(ws: Workspace, version: LogVersion, selection: Selection) -> Iterator[duckdb.DuckDBPyConnection]:
    timezone = str(ws.logs.meta(version).get("timezone") or "UTC")
    with ws.logs.select(version, selection) as connection:
        prepare(connection, timezone, version.created_at)
        yield connection
