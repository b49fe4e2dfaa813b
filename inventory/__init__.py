"""The pilots of the organisation: imported, linked to mined work, with their overlaps, gaps and risks."""

from inventory.columns import COLUMNS, SheetColumn
from inventory.demand import demand_from_log, demand_from_logs
from inventory.gap import gaps
from inventory.importing import import_pilots
from inventory.linking import links
from inventory.overlap import overlaps
from inventory.risks import risks
from inventory.store import list_pilots
from inventory.values import (
    ActivityDemand,
    Gap,
    GapReport,
    Link,
    Orphan,
    Overlap,
    Overlaps,
    Pilot,
    PilotFacts,
    PilotImport,
    Risk,
    Sensitivity,
    Shared,
    Status,
    Suggestion,
    TouchedKind,
)

__all__ = [
    "COLUMNS",
    "ActivityDemand",
    "Gap",
    "GapReport",
    "Link",
    "Orphan",
    "Overlap",
    "Overlaps",
    "Pilot",
    "PilotFacts",
    "PilotImport",
    "Risk",
    "Sensitivity",
    "Shared",
    "SheetColumn",
    "Status",
    "Suggestion",
    "TouchedKind",
    "demand_from_log",
    "demand_from_logs",
    "gaps",
    "import_pilots",
    "links",
    "list_pilots",
    "overlaps",
    "risks",
]
