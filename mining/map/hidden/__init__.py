"""Hidden steps: what an event log does not show, told from what it does show."""

from mining.map.hidden.service import map_hidden
from mining.map.hidden.values import Confidence, FindingFigure, Hidden, HiddenFinding, HiddenKind, NotJudged, Strength

__all__ = [
    "Confidence",
    "FindingFigure",
    "Hidden",
    "HiddenFinding",
    "HiddenKind",
    "NotJudged",
    "Strength",
    "map_hidden",
]
