"""What is asked of governance for a task that the task alone does not tell: who may have drafted, who approves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from orchestrator.machine.task import TaskSpec
from orchestrator.machine.values import Workflow

if TYPE_CHECKING:
    from governance import Decision

DRAFT = ".draft"  # an action with this ending drafts what later actions on the same type of resource act on


def drafting(tasks: Mapping[str, TaskSpec], task: TaskSpec) -> list[str]:
    """The nodes of the tasks that draft what `task` acts on."""
    return [n for n, t in tasks.items() if t.action.endswith(DRAFT) and t.resource_type == task.resource_type]


def approver_role(workflow: Workflow, task: TaskSpec, decision: Decision) -> str:
    """Whose people are asked to approve: the first role that the policies name, else the one the task escalates to."""
    return (*decision.approvers, *task.escalation, workflow.owner_role)[0]
