"""The pilots of the organisation: a registry with history, linked to mined work, with overlaps, gaps and risks."""

from inventory.changing import add_pilot, edit_pilot, edit_pilots
from inventory.choosing import ChosenLink, link_activity, unlink_activity
from inventory.columns import BY_NAME, COLUMNS, GROUPED, ColumnGroup, ColumnKind, SheetColumn
from inventory.costs import MonthlyCost, monthly_costs
from inventory.demand import demand_from_log, demand_from_logs, mined_activities
from inventory.exporting import ExportForm, cell_text, export_pilots, template
from inventory.finding import PilotFilter, filter_pilots, fitting, get_pilot
from inventory.gap import gaps
from inventory.history import history
from inventory.importing import import_pilots, plan_import
from inventory.layouts import SheetLayout, forget_layout, list_layouts
from inventory.linking import links
from inventory.overlap.answering import answer_tick_list, tick_answers
from inventory.overlap.service import overlaps, tick_lists
from inventory.overlap.values import (
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
    value_in_words,
)
from inventory.risks import risks
from inventory.sheets.choosing import said_columns
from inventory.sheets.options import without_options
from inventory.sheets.values import MappedColumn, SheetAsk, SheetProblem, SheetQuestion, SheetReading
from inventory.sheets.words import values_of
from inventory.stamp import registry_stamp
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
    "BY_NAME",
    "COLUMNS",
    "GROUPED",
    "ActivityDemand",
    "BenefitEvidence",
    "ChosenLink",
    "ColumnGroup",
    "ColumnKind",
    "CostPeriod",
    "ExportForm",
    "FieldChange",
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
    "PilotRevision",
    "PlannedPilot",
    "PrecisionSoFar",
    "RevisionWay",
    "Risk",
    "RiskTier",
    "Sensitivity",
    "SheetAsk",
    "SheetColumn",
    "SheetLayout",
    "SheetProblem",
    "SheetQuestion",
    "SheetReading",
    "Status",
    "Suggestion",
    "TaskProof",
    "TickAnswer",
    "TickList",
    "TouchedKind",
    "add_pilot",
    "answer_tick_list",
    "cell_text",
    "demand_from_log",
    "demand_from_logs",
    "edit_pilot",
    "edit_pilots",
    "export_pilots",
    "filter_pilots",
    "fitting",
    "forget_layout",
    "gaps",
    "get_pilot",
    "history",
    "import_pilots",
    "link_activity",
    "links",
    "list_layouts",
    "list_pilots",
    "mined_activities",
    "monthly_costs",
    "overlaps",
    "plain_facts",
    "plan_import",
    "registry_stamp",
    "risks",
    "said_columns",
    "template",
    "tick_answers",
    "tick_lists",
    "unlink_activity",
    "value_in_words",
    "values_of",
    "without_options",
]
