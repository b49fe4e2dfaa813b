"""The service verbs of soundness: the quality report of a stored version, and what it cannot carry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import Any

import duckdb
from pydantic import TypeAdapter

from core import LogVersion, Selection, View, Workspace
from core.kept import kept
from core.trust import Result, carrying, judge, prepare
from ingest.soundness.measure import Found, Measured, measure
from ingest.soundness.registry import rules
from ingest.soundness.suggest import suggested
from ingest.soundness.values import QualityFinding, QualityReport, Rule, Severity

_DOUBTS = {  # what a missing value puts in doubt, by its column
    "performer": (Result.PERFORMERS, Result.HAND_OVERS),
    "started": (Result.SERVICE_TIME, Result.WAITING_TIME),
    "system": (Result.SYSTEMS,),
    "failed": (Result.ERRORS,),
    "cost": (Result.COST,),
}
_GRAVITY = list(Severity)
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
    measured: Measured = TypeAdapter(Measured).validate_python(told["measured"])
    findings = sorted(
        (_finding(one, measured, found.created_at) for one in measured.found),
        key=lambda f: (_GRAVITY.index(f.severity), -f.share, f.code, f.subject or ""),
    )
    loud = {finding.code for finding in findings}
    return QualityReport(
        found.log, found.version, tuple(findings), tuple(rule.title for rule in rules() if rule.code not in loud),
        measured.columns, judge(told["counts"]).withheld,
    )  # fmt: skip


def _kept(ws: Workspace, version: LogVersion, selection: Selection, what: str, make: Any) -> Any:
    def asked() -> Any:
        with _prepared(ws, version, selection) as connection:
            return make(connection)

    return kept(ws.settings.home, version, what, _RULES, asked) if selection.is_whole else asked()


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
