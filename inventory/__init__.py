"""The pilots of the organisation: imported, linked to mined work, with their overlaps, gaps and risks."""

from inventory.choosing import ChosenLink, link_activity, unlink_activity
from inventory.columns import COLUMNS, SheetColumn
from inventory.demand import demand_from_log, demand_from_logs
from inventory.gap import gaps
from inventory.importing import import_pilots
from inventory.linking import links
from inventory.overlap.answering import answer_tick_list, tick_answers
from inventory.overlap.service import overlaps, tick_lists
from inventory.overlap.values import (
    MonthlyCost,
    Overlap,
    Overlaps,
    PilotCluster,
    PrecisionSoFar,
    TaskProof,
    TickAnswer,
    TickList,
)
from inventory.risks import risks
from inventory.store import list_pilots
from inventory.values import (
    ActivityDemand,
    Gap,
    GapReport,
    Link,
    Orphan,
    Pilot,
    PilotFacts,
    PilotImport,
    Risk,
    Sensitivity,
    Status,
    Suggestion,
    TouchedKind,
)

__all__ = [
    "COLUMNS",
    "ActivityDemand",
    "ChosenLink",
    "Gap",
    "GapReport",
    "Link",
    "MonthlyCost",
    "Orphan",
    "Overlap",
    "Overlaps",
    "Pilot",
    "PilotCluster",
    "PilotFacts",
    "PilotImport",
    "PrecisionSoFar",
    "Risk",
    "Sensitivity",
    "SheetColumn",
    "Status",
    "Suggestion",
    "TaskProof",
    "TickAnswer",
    "TickList",
    "TouchedKind",
    "answer_tick_list",
    "demand_from_log",
    "demand_from_logs",
    "gaps",
    "import_pilots",
    "link_activity",
    "links",
    "list_pilots",
    "overlaps",
    "risks",
    "tick_answers",
    "tick_lists",
    "unlink_activity",
]
