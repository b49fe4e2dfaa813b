"""The findings of a report from what was counted: one a rule, with the columns that it was found in. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from ingest.soundness.measure import Found, SoundnessCounts
from ingest.soundness.suggest import suggested
from ingest.soundness.values import FindingPlace, QualityFinding, Rule
from ingest.soundness.weight import consequence_of, doubts_of, gravity, severity


def findings(measured: SoundnessCounts, rules: Sequence[Rule], stored_at: datetime) -> tuple[QualityFinding, ...]:
    """What was found, the gravest first, then what touches most of the log; within a finding, so are its columns."""
    by_code: dict[str, list[Found]] = {}
    for one in measured.found:
        by_code.setdefault(one.code, []).append(one)
    known = {rule.code: rule for rule in rules}
    told = (_finding(known[code], found, measured, stored_at) for code, found in by_code.items())
    return tuple(sorted(told, key=lambda f: (gravity(f.severity), -f.worst.touched, f.code)))


def _finding(rule: Rule, found: Sequence[Found], measured: SoundnessCounts, stored_at: datetime) -> QualityFinding:
    places = sorted((_place(rule, one, measured, stored_at) for one in found), key=_order)
    return QualityFinding(rule.code, rule.title, rule.why, tuple(places), rule.of, rule.advice)


def _place(rule: Rule, found: Found, measured: SoundnessCounts, stored_at: datetime) -> FindingPlace:
    touched = found.count / found.total if found.touched is None and found.total else found.touched or 0.0
    grave = severity(consequence_of(rule.consequence, rule.code, found.subject), touched)
    doubts = doubts_of(rule.doubts, rule.code, found.subject)
    told = suggested(found, measured, stored_at)
    return FindingPlace(
        found.subject, grave, found.count, found.total, touched, found.examples, doubts, told.offers, told.withheld
    )


def _order(place: FindingPlace) -> tuple[int, float, str]:
    return gravity(place.severity), -place.touched, place.column or ""


def clear(rules: Sequence[Rule], found: Sequence[QualityFinding]) -> tuple[str, ...]:
    """The titles of the rules that found nothing."""
    loud: Mapping[str, QualityFinding] = {finding.code: finding for finding in found}
    return tuple(rule.title for rule in rules if rule.code not in loud)
