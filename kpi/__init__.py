"""Five KPIs over any event log, their frozen baselines, and baseline against now."""

from kpi.comparison import compare, incomparable, like, selection_of
from kpi.definitions import KEYS, definition, definitions
from kpi.drill import by_activity, cases
from kpi.freeze import baselines, freeze_baseline, get_baseline
from kpi.hold_out import HoldOut, compare_arms
from kpi.measure import measure
from kpi.trend import trend
from kpi.values import (
    ActivityValue,
    Baseline,
    Bucket,
    CaseValue,
    Comparison,
    Definition,
    Direction,
    EvidenceClass,
    KpiCases,
    Measurement,
    TrendPoint,
)
from kpi.verdict.values import Conclusion, Rules, Verdict
from kpi.words import beside_in_words, doubts_in_words, evidence_in_words, in_words, interval_in_words

__all__ = [
    "KEYS",
    "ActivityValue",
    "Baseline",
    "Bucket",
    "CaseValue",
    "Comparison",
    "Conclusion",
    "Definition",
    "Direction",
    "EvidenceClass",
    "HoldOut",
    "KpiCases",
    "Measurement",
    "Rules",
    "TrendPoint",
    "Verdict",
    "baselines",
    "beside_in_words",
    "by_activity",
    "cases",
    "compare",
    "compare_arms",
    "definition",
    "definitions",
    "doubts_in_words",
    "evidence_in_words",
    "freeze_baseline",
    "get_baseline",
    "in_words",
    "incomparable",
    "interval_in_words",
    "like",
    "measure",
    "selection_of",
    "trend",
]
