"""What may be believed: which results the data of a log version can carry, and what must be known of the others."""

from core.trust.judging import NO_PERFORMERS, NONE_COMPLETE, judge
from core.trust.labels import group_label
from core.trust.measure import carrying, prepare
from core.trust.values import TIMES, TRUSTED, Doubt, Result, Trust, Withheld

__all__ = [
    "NONE_COMPLETE",
    "NO_PERFORMERS",
    "TIMES",
    "TRUSTED",
    "Doubt",
    "Result",
    "Trust",
    "Withheld",
    "carrying",
    "group_label",
    "judge",
    "prepare",
]
