"""Promotion, the run state machine, work items, agents, the worker, and the way from runs back to event logs.

What needs a database library is imported when it is first asked for: the process of an agent needs none of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from orchestrator.machine.advance import advance, offers
    from orchestrator.machine.scenarios import default_decisions, scenario_of
    from orchestrator.machine.serial import (
        event_from_dict,
        event_name,
        event_to_dict,
        state_from_dict,
        state_to_dict,
        workflow_from_dict,
        workflow_to_dict,
    )
    from orchestrator.machine.values import (
        AskDecision,
        Cancelled,
        Command,
        Decided,
        DecidedBy,
        DecisionSpec,
        Doer,
        EndRun,
        ItemStatus,
        Note,
        OfferTask,
        OpenItem,
        Paused,
        Resumed,
        Retried,
        RunEvent,
        RunState,
        RunStatus,
        Started,
        TaskCompleted,
        TaskFailed,
        TaskSpec,
        TaskTimedOut,
        Withdraw,
        Workflow,
    )
    from orchestrator.monitoring.baselines import RunsBaseline, baseline_of_runs, baselines_of_runs
    from orchestrator.monitoring.export import export_runs, runs_log
    from orchestrator.promotion.binding_file import read_bindings
    from orchestrator.promotion.bindings import TaskBinding, as_before, binding_of, doer_of
    from orchestrator.promotion.drafting import agent_role, draft_policies, draft_roles, staff_role, with_note
    from orchestrator.promotion.gates import Gate
    from orchestrator.promotion.planning import Plan, suggest_bindings, systems_of, workflow_tree
    from orchestrator.promotion.preparing import OWNER_ROLE, Prepared, prepare
    from orchestrator.promotion.promote import gates, promote, sign
    from orchestrator.promotion.workflows import Proposal, WorkflowStatus, get_proposal, get_workflow, list_workflows
    from orchestrator.running.approving import answer
    from orchestrator.running.inbox import EntryKind, InboxEntry, claim, complete, decide_item, inbox, reject, release
    from orchestrator.running.queue import foreign_entries
    from orchestrator.running.records import ItemKind, Run, RunRecord, Work, WorkItem
    from orchestrator.running.runs import (
        cancel_run,
        count_runs,
        get_run,
        list_runs,
        pause_run,
        resume_run,
        retry_run,
        start_run,
        start_runs,
    )
    from orchestrator.runtimes.values import AgentFailed, AgentProposal, AgentTask
    from orchestrator.worker.working import work

__all__ = [
    "OWNER_ROLE",
    "AgentFailed",
    "AgentProposal",
    "AgentTask",
    "AskDecision",
    "Cancelled",
    "Command",
    "Decided",
    "DecidedBy",
    "DecisionSpec",
    "Doer",
    "EndRun",
    "EntryKind",
    "Gate",
    "InboxEntry",
    "ItemKind",
    "ItemStatus",
    "Note",
    "OfferTask",
    "OpenItem",
    "Paused",
    "Plan",
    "Prepared",
    "Proposal",
    "Resumed",
    "Retried",
    "Run",
    "RunEvent",
    "RunRecord",
    "RunState",
    "RunStatus",
    "RunsBaseline",
    "Started",
    "TaskBinding",
    "TaskCompleted",
    "TaskFailed",
    "TaskSpec",
    "TaskTimedOut",
    "Withdraw",
    "Work",
    "WorkItem",
    "Workflow",
    "WorkflowStatus",
    "advance",
    "agent_role",
    "answer",
    "as_before",
    "baseline_of_runs",
    "baselines_of_runs",
    "binding_of",
    "cancel_run",
    "claim",
    "complete",
    "count_runs",
    "decide_item",
    "default_decisions",
    "doer_of",
    "draft_policies",
    "draft_roles",
    "event_from_dict",
    "event_name",
    "event_to_dict",
    "export_runs",
    "foreign_entries",
    "gates",
    "get_proposal",
    "get_run",
    "get_workflow",
    "inbox",
    "list_runs",
    "list_workflows",
    "offers",
    "pause_run",
    "prepare",
    "promote",
    "read_bindings",
    "reject",
    "release",
    "resume_run",
    "retry_run",
    "runs_log",
    "scenario_of",
    "sign",
    "staff_role",
    "start_run",
    "start_runs",
    "state_from_dict",
    "state_to_dict",
    "suggest_bindings",
    "systems_of",
    "with_note",
    "work",
    "workflow_from_dict",
    "workflow_to_dict",
    "workflow_tree",
]

_FROM = {
    "orchestrator.machine.advance": (
        "advance",
        "offers",
    ),
    "orchestrator.machine.scenarios": (
        "default_decisions",
        "scenario_of",
    ),
    "orchestrator.machine.serial": (
        "event_from_dict",
        "event_name",
        "event_to_dict",
        "state_from_dict",
        "state_to_dict",
        "workflow_from_dict",
        "workflow_to_dict",
    ),
    "orchestrator.machine.values": (
        "AskDecision",
        "Cancelled",
        "Command",
        "Decided",
        "DecidedBy",
        "DecisionSpec",
        "Doer",
        "EndRun",
        "ItemStatus",
        "Note",
        "OfferTask",
        "OpenItem",
        "Paused",
        "Resumed",
        "Retried",
        "RunEvent",
        "RunState",
        "RunStatus",
        "Started",
        "TaskCompleted",
        "TaskFailed",
        "TaskSpec",
        "TaskTimedOut",
        "Withdraw",
        "Workflow",
    ),
    "orchestrator.monitoring.baselines": (
        "RunsBaseline",
        "baseline_of_runs",
        "baselines_of_runs",
    ),
    "orchestrator.monitoring.export": (
        "export_runs",
        "runs_log",
    ),
    "orchestrator.promotion.binding_file": ("read_bindings",),
    "orchestrator.promotion.bindings": (
        "binding_of",
        "TaskBinding",
        "as_before",
        "binding_of",
        "doer_of",
    ),
    "orchestrator.promotion.gates": ("Gate",),
    "orchestrator.promotion.drafting": (
        "agent_role",
        "draft_policies",
        "draft_roles",
        "staff_role",
        "with_note",
    ),
    "orchestrator.promotion.preparing": (
        "OWNER_ROLE",
        "Prepared",
        "prepare",
    ),
    "orchestrator.promotion.planning": (
        "Plan",
        "suggest_bindings",
        "systems_of",
        "workflow_tree",
    ),
    "orchestrator.promotion.promote": (
        "gates",
        "promote",
        "sign",
    ),
    "orchestrator.promotion.workflows": (
        "Proposal",
        "WorkflowStatus",
        "get_proposal",
        "get_workflow",
        "list_workflows",
    ),
    "orchestrator.running.approving": ("answer",),
    "orchestrator.running.inbox": (
        "EntryKind",
        "InboxEntry",
        "claim",
        "complete",
        "decide_item",
        "inbox",
        "reject",
        "release",
    ),
    "orchestrator.running.queue": ("foreign_entries",),
    "orchestrator.running.records": (
        "ItemKind",
        "Run",
        "RunRecord",
        "Work",
        "WorkItem",
    ),
    "orchestrator.running.runs": (
        "cancel_run",
        "count_runs",
        "get_run",
        "list_runs",
        "pause_run",
        "resume_run",
        "retry_run",
        "start_run",
        "start_runs",
    ),
    "orchestrator.runtimes.values": (
        "AgentFailed",
        "AgentProposal",
        "AgentTask",
    ),
    "orchestrator.worker.working": ("work",),
}
_LATER = {name: module for module, names in _FROM.items() for name in names}


def __getattr__(name: str) -> Any:
    """An export that was not asked for before. Raises AttributeError for what the orchestrator does not have."""
    if name not in _LATER:
        raise AttributeError(f"module `orchestrator` has no attribute `{name}`")
    globals()[name] = found = getattr(import_module(_LATER[name]), name)
    return found
