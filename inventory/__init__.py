"""The pilots of the organisation: a registry with history, linked to mined work, with overlaps, gaps and risks."""

from inventory.changing import add_pilot, edit_pilot, edit_pilots
from inventory.choosing import ChosenLink, link_activity, unlink_activity
from inventory.columns import COLUMNS, ColumnKind, SheetColumn
from inventory.demand import demand_from_log, demand_from_logs
from inventory.exporting import ExportForm, cell_text, export_pilots, template
from inventory.finding import PilotFilter, filter_pilots, get_pilot
from inventory.gap.rate import hour_rate
from inventory.gap.service import gaps
from inventory.gap.values import (
    FOR_AGENTS,
    Candidate,
    Gap,
    GapReport,
    GapWorth,
    HourRate,
    NotForAgents,
    NotLive,
    TaskAllotment,
    UnallocatedLog,
)
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
from inventory.risk.muting import mute_risk, unmute_risk
from inventory.risk.reading import OWN_RULES, RuleSet, rules_of
from inventory.risk.service import risks
from inventory.risk.values import FieldSeen, Risk, RiskMute, RiskRule, Severity
from inventory.sheets.values import MappedColumn, SheetProblem, SheetReading
from inventory.store import list_pilots
from inventory.values import (
    ActivityDemand,
    BenefitEvidence,
    CostPeriod,
    Link,
    Orphan,
    Pilot,
    PilotFacts,
    RiskTier,
    Sensitivity,
    Status,
    Suggestion,
    TouchedKind,
)

__all__ = [
    "COLUMNS",
    "FOR_AGENTS",
    "OWN_RULES",
    "ActivityDemand",
    "BenefitEvidence",
    "Candidate",
    "ChosenLink",
    "ColumnKind",
    "CostPeriod",
    "ExportForm",
    "FieldChange",
    "FieldSeen",
    "Gap",
    "GapReport",
    "GapWorth",
    "HourRate",
    "ImportPlan",
    "Link",
    "MappedColumn",
    "MonthlyCost",
    "NotForAgents",
    "NotLive",
    "Orphan",
    "Overlap",
    "Overlaps",
    "Pilot",
    "PilotChange",
    "PilotCluster",
    "PilotFacts",
    "PilotFilter",
    "PilotImport",
    "PilotRevision",
    "PlannedPilot",
    "PrecisionSoFar",
    "RevisionWay",
    "Risk",
    "RiskMute",
    "RiskRule",
    "RiskTier",
    "RuleSet",
    "Sensitivity",
    "Severity",
    "SheetColumn",
    "SheetLayout",
    "SheetProblem",
    "SheetReading",
    "Status",
    "Suggestion",
    "TaskAllotment",
    "TaskProof",
    "TickAnswer",
    "TickList",
    "TouchedKind",
    "UnallocatedLog",
    "add_pilot",
    "answer_tick_list",
    "cell_text",
    "demand_from_log",
    "demand_from_logs",
    "edit_pilot",
    "edit_pilots",
    "export_pilots",
    "filter_pilots",
    "forget_layout",
    "gaps",
    "get_pilot",
    "history",
    "hour_rate",
    "import_pilots",
    "link_activity",
    "links",
    "list_layouts",
    "list_pilots",
    "mute_risk",
    "overlaps",
    "plain_facts",
    "plan_import",
    "risks",
    "rules_of",
    "template",
    "tick_answers",
    "tick_lists",
    "unlink_activity",
    "unmute_risk",
]
