"""The pilots of the organisation: a registry with history, linked to mined work, with overlaps, gaps and risks."""

from inventory.changing import add_pilot, edit_pilot, edit_pilots
from inventory.choosing import ChosenLink, link_activity, unlink_activity
from inventory.columns import COLUMNS, ColumnKind, SheetColumn
from inventory.demand import demand_from_log, demand_from_logs
from inventory.discovery.deciding import dismiss_finding, match_finding, register_finding
from inventory.discovery.reading import declared_against_observed, findings
from inventory.discovery.records import (
    DeclaredAgainstObserved,
    DiscoveryRun,
    FindingState,
    PilotMatch,
    ProposedField,
    StoredFinding,
)
from inventory.discovery.scanning import DiscoverySources, scan
from inventory.discovery.storing import discover_agents, store_discovery
from inventory.discovery.values import AgentFinding, Declared, FindingKind, Scan, Sighting, Sureness
from inventory.exporting import ExportForm, cell_text, export_pilots, template
from inventory.finding import PilotFilter, filter_pilots, get_pilot
from inventory.gap import gaps
from inventory.history import history
from inventory.importing import import_pilots, plan_import
from inventory.layouts import SheetLayout, forget_layout, list_layouts
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
from inventory.plain_facts import plain_facts
from inventory.records import (
    FieldChange,
    ImportPlan,
    PilotChange,
    PilotImport,
    PilotRevision,
    PlannedPilot,
    RevisionWay,
)
from inventory.risks import risks
from inventory.sheets.values import MappedColumn, SheetProblem, SheetReading
from inventory.store import list_pilots
from inventory.values import (
    ActivityDemand,
    BenefitEvidence,
    CostPeriod,
    Gap,
    GapReport,
    Link,
    Orphan,
    Pilot,
    PilotFacts,
    Risk,
    RiskTier,
    Sensitivity,
    Status,
    Suggestion,
    TouchedKind,
)

__all__ = [
    "COLUMNS",
    "ActivityDemand",
    "AgentFinding",
    "BenefitEvidence",
    "ChosenLink",
    "ColumnKind",
    "CostPeriod",
    "Declared",
    "DeclaredAgainstObserved",
    "DiscoveryRun",
    "DiscoverySources",
    "ExportForm",
    "FieldChange",
    "FindingKind",
    "FindingState",
    "Gap",
    "GapReport",
    "ImportPlan",
    "Link",
    "MappedColumn",
    "MonthlyCost",
    "Orphan",
    "Overlap",
    "Overlaps",
    "Pilot",
    "PilotChange",
    "PilotCluster",
    "PilotFacts",
    "PilotFilter",
    "PilotImport",
    "PilotMatch",
    "PilotRevision",
    "PlannedPilot",
    "PrecisionSoFar",
    "ProposedField",
    "RevisionWay",
    "Risk",
    "RiskTier",
    "Scan",
    "Sensitivity",
    "SheetColumn",
    "SheetLayout",
    "SheetProblem",
    "SheetReading",
    "Sighting",
    "Status",
    "StoredFinding",
    "Suggestion",
    "Sureness",
    "TaskProof",
    "TickAnswer",
    "TickList",
    "TouchedKind",
    "add_pilot",
    "answer_tick_list",
    "cell_text",
    "declared_against_observed",
    "demand_from_log",
    "demand_from_logs",
    "discover_agents",
    "dismiss_finding",
    "edit_pilot",
    "edit_pilots",
    "export_pilots",
    "filter_pilots",
    "findings",
    "forget_layout",
    "gaps",
    "get_pilot",
    "history",
    "import_pilots",
    "link_activity",
    "links",
    "list_layouts",
    "list_pilots",
    "match_finding",
    "overlaps",
    "plain_facts",
    "plan_import",
    "register_finding",
    "risks",
    "scan",
    "store_discovery",
    "template",
    "tick_answers",
    "tick_lists",
    "unlink_activity",
]
