"""The pilots of the organisation: a registry with history, linked to mined work, with overlaps, gaps and risks."""

from inventory.board.minutes import BoardMinutes, minutes
from inventory.board.portfolio import (
    DepartmentShare,
    PilotPortfolio,
    PortfolioPoint,
    RoadmapKind,
    RoadmapStep,
    portfolio,
)
from inventory.board.words import number_in_words
from inventory.board.writing import MinutesForm, write_minutes
from inventory.changing import add_pilot, edit_pilot, edit_pilots
from inventory.choosing import ChosenLink, link_activity, unlink_activity
from inventory.columns import BY_NAME, COLUMNS, GROUPED, ColumnGroup, ColumnKind, SheetColumn
from inventory.costs import MonthlyCost, monthly_costs
from inventory.decisions.anchor import AnchorTasks, PilotAnchor, WorkflowRuns, anchor
from inventory.decisions.assessing import assess
from inventory.decisions.deciding import decide, finish_follow_up, withdraw_decision
from inventory.decisions.listing import DueFollowUp, decisions, due_follow_ups, get_decision, standing
from inventory.decisions.rubric import Rubric, RubricCriterion, rubric
from inventory.decisions.values import (
    AxisScore,
    ClaimCheck,
    CriterionResult,
    DecisionState,
    FollowUp,
    PilotAssessment,
    PilotDecision,
    PilotOutcome,
    RubricAxis,
)
from inventory.demand import demand_from_log, demand_from_logs, mined_activities
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
from inventory.finding import PilotFilter, filter_pilots, fitting, get_pilot
from inventory.gap.service import gaps
from inventory.gap.values import (
    FOR_AGENTS,
    Gap,
    GapCandidate,
    GapReport,
    GapWorth,
    NotForAgents,
    NotLive,
    TaskAllotment,
    UnallocatedLog,
)
from inventory.history import history
from inventory.hour_rate import HourRate, hour_rate
from inventory.importing import import_pilots, plan_import
from inventory.layouts import SheetLayout, forget_layout, list_layouts
from inventory.ledger.expecting import entries, expect
from inventory.ledger.metrics import what_can_be_scored
from inventory.ledger.recalibrating import correction
from inventory.ledger.scoring import scored
from inventory.ledger.values import (
    Expectation,
    LedgerCorrection,
    LedgerEntry,
    LedgerScore,
    LedgerVerdict,
    ScoredEntry,
)
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
from inventory.risk.muting import mute_risk, unmute_risk
from inventory.risk.reading import OWN_RULES, RuleSet, rules_of
from inventory.risk.service import risks
from inventory.risk.values import FieldSeen, Risk, RiskMute, RiskRule, RiskSeverity
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
    "BY_NAME",
    "COLUMNS",
    "FOR_AGENTS",
    "GROUPED",
    "OWN_RULES",
    "ActivityDemand",
    "AgentFinding",
    "AnchorTasks",
    "AxisScore",
    "BenefitEvidence",
    "BoardMinutes",
    "ChosenLink",
    "ClaimCheck",
    "ColumnGroup",
    "ColumnKind",
    "CostPeriod",
    "CriterionResult",
    "DecisionState",
    "Declared",
    "DeclaredAgainstObserved",
    "DepartmentShare",
    "DiscoveryRun",
    "DiscoverySources",
    "DueFollowUp",
    "Expectation",
    "ExportForm",
    "FieldChange",
    "FieldSeen",
    "FindingKind",
    "FindingState",
    "FollowUp",
    "Gap",
    "GapCandidate",
    "GapReport",
    "GapWorth",
    "HourRate",
    "ImportPlan",
    "LedgerCorrection",
    "LedgerEntry",
    "LedgerScore",
    "LedgerVerdict",
    "Link",
    "MappedColumn",
    "MinutesForm",
    "MonthlyCost",
    "NotForAgents",
    "NotLive",
    "Orphan",
    "Overlap",
    "Overlaps",
    "Pilot",
    "PilotAnchor",
    "PilotAssessment",
    "PilotChange",
    "PilotCluster",
    "PilotDecision",
    "PilotFacts",
    "PilotFilter",
    "PilotImport",
    "PilotMatch",
    "PilotOutcome",
    "PilotPortfolio",
    "PilotRevision",
    "PlannedPilot",
    "PortfolioPoint",
    "PrecisionSoFar",
    "ProposedField",
    "RevisionWay",
    "Risk",
    "RiskMute",
    "RiskRule",
    "RiskSeverity",
    "RiskTier",
    "RoadmapKind",
    "RoadmapStep",
    "Rubric",
    "RubricAxis",
    "RubricCriterion",
    "RuleSet",
    "Scan",
    "ScoredEntry",
    "Sensitivity",
    "SheetAsk",
    "SheetColumn",
    "SheetLayout",
    "SheetProblem",
    "SheetQuestion",
    "SheetReading",
    "Sighting",
    "Status",
    "StoredFinding",
    "Suggestion",
    "Sureness",
    "TaskAllotment",
    "TaskProof",
    "TickAnswer",
    "TickList",
    "TouchedKind",
    "UnallocatedLog",
    "WorkflowRuns",
    "add_pilot",
    "anchor",
    "answer_tick_list",
    "assess",
    "cell_text",
    "correction",
    "decide",
    "decisions",
    "declared_against_observed",
    "demand_from_log",
    "demand_from_logs",
    "discover_agents",
    "dismiss_finding",
    "due_follow_ups",
    "edit_pilot",
    "edit_pilots",
    "entries",
    "expect",
    "export_pilots",
    "filter_pilots",
    "findings",
    "finish_follow_up",
    "fitting",
    "forget_layout",
    "gaps",
    "get_decision",
    "get_pilot",
    "history",
    "hour_rate",
    "import_pilots",
    "link_activity",
    "links",
    "list_layouts",
    "list_pilots",
    "match_finding",
    "mined_activities",
    "minutes",
    "monthly_costs",
    "mute_risk",
    "number_in_words",
    "overlaps",
    "plain_facts",
    "plan_import",
    "portfolio",
    "register_finding",
    "registry_stamp",
    "risks",
    "rubric",
    "rules_of",
    "said_columns",
    "scan",
    "scored",
    "standing",
    "store_discovery",
    "template",
    "tick_answers",
    "tick_lists",
    "unlink_activity",
    "unmute_risk",
    "value_in_words",
    "values_of",
    "what_can_be_scored",
    "withdraw_decision",
    "without_options",
    "write_minutes",
]
