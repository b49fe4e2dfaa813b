"""Five KPIs over any event log, their frozen baselines, and baseline against now."""

from kpi.comparison import compare, contrast
from kpi.definitions import KEYS, definition, definitions
from kpi.drill import by_activity, cases
from kpi.freeze import baselines, freeze_baseline, get_baseline
from kpi.measure import measure, trend
from kpi.values import (
    ActivityValue,
    Baseline,
    Bucket,
    CasePage,
    CaseValue,
    Comparison,
    Definition,
    Direction,
    Evidence,
    Measurement,
    TrendPoint,
)
from kpi.words import evidence_in_words, in_words, interval_in_words

__all__ = [
    "KEYS",
    "ActivityValue",
    "Baseline",
    "Bucket",
    "CasePage",
    "CaseValue",
    "Comparison",
    "Definition",
    "Direction",
    "Evidence",
    "Measurement",
    "TrendPoint",
    "baselines",
    "by_activity",
    "cases",
    "compare",
    "contrast",
    "definition",
    "definitions",
    "evidence_in_words",
    "freeze_baseline",
    "get_baseline",
    "in_words",
    "interval_in_words",
    "measure",
    "trend",
]
