"""The service verbs of soundness: the quality report of a stored version, and which results it cannot carry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import Any

import duckdb
from pydantic import TypeAdapter

from core import NO_SELECTION, LogVersion, Selection, Workspace
from ingest.soundness.kept import kept
from ingest.soundness.measure import Found, Measured, carrying, measure, prepare
from ingest.soundness.registry import rules
from ingest.soundness.suggest import suggested
from ingest.soundness.trusting import withheld
from ingest.soundness.values import QualityFinding, QualityReport, Result, Rule, Severity, Withheld

_DOUBTS = {  # what a missing value puts in doubt, by its column
    "performer": (Result.PERFORMERS, Result.HAND_OVERS),
    "started": (Result.SERVICE_TIME, Result.WAITING_TIME),
    "system": (Result.SYSTEMS,),
    "failed": (Result.ERRORS,),
    "cost": (Result.COST,),
}
_GRAVITY = list(Severity)


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
    findings = sorted(
        (_finding(one, measured, found.created_at) for one in measured.found),
        key=lambda f: (_GRAVITY.index(f.severity), -f.share, f.code, f.subject or ""),
    )
    loud = {finding.code for finding in findings}
    return QualityReport(
        found.log, found.version, tuple(findings), tuple(rule.title for rule in rules() if rule.code not in loud),
        measured.columns, withheld(told["counts"]),
    )  # fmt: skip


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


def _finding(found: Found, measured: Measured, stored_at: datetime) -> QualityFinding:
    rule = _by_code()[found.code]
    severity, doubts = rule.severity, rule.doubts
    if found.code == "missing_values":
        doubts = _DOUBTS.get(found.subject or "", doubts)
        severity = Severity.WARNING if found.subject in _DOUBTS else Severity.NOTE
    elif found.subject == "cost":
        doubts = (Result.COST,)
    return QualityFinding(
        rule.code, rule.title, rule.why, severity, found.subject, found.count, found.total, rule.of, found.examples,
        doubts, rule.advice, suggested(found, measured, stored_at),
    )  # fmt: skip


def _by_code() -> Mapping[str, Rule]:
    return {rule.code: rule for rule in rules()}
