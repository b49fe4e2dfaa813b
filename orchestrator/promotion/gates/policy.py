"""Policy: the policies in force let every task be done by those who are to do it, or have somebody to approve it."""

from __future__ import annotations

from governance import Decision, Principal, Request, Ruling
from orchestrator.machine.asked import approver_role, drafting
from orchestrator.machine.task import Doer, TaskSpec
from orchestrator.machine.values import Workflow
from orchestrator.promotion.gates.candidate import Candidate, Gate, gate
from orchestrator.running.requesting import DECISION, Asking, ProposalFacts, request_of


def policy(candidate: Candidate) -> Gate:
    """Whether the least that each task needs is allowed, or needs an approval that an active person can give.

    Asked as at run time, with all fields the task may change and answer, no decision, and the amount 0: a policy may
    still stop or send for approval what goes beyond that. Of a role of people, one who is allowed is enough.
    """
    problems: list[str] = []
    approved: set[str] = set()
    for task in candidate.workflow.tasks.values():
        for role, principals in _performers(candidate, task):
            found = _decisions(candidate, task, principals)
            if all(decision.effect is Ruling.DENY for decision in found):
                problems.append(_denied(task, role, found[0]))
            if all(decision.effect is not Ruling.ALLOW for decision in found):
                waiting = [decision for decision in found if decision.effect is Ruling.NEEDS_APPROVAL]
                problems += [p for decision in waiting for p in _unapproved(candidate, task, decision)]
                approved |= {task.label} if waiting else set()
    listed = f"; each time after approval: {', '.join(f'`{label}`' for label in sorted(approved))}" if approved else ""
    return gate("policy", problems, f"policy set {candidate.workflow.policy_set} permits every task{listed}")


def _decisions(candidate: Candidate, task: TaskSpec, principals: list[Principal]) -> list[Decision]:
    """What is decided for each of `principals` in turn, up to the first who is allowed."""
    found = []
    for principal in principals:
        found.append(candidate.check(probe(candidate.workflow, task, principal.id)))
        if found[-1].effect is Ruling.ALLOW:
            break
    return found


def probe(workflow: Workflow, task: TaskSpec, performer: str) -> Request:
    """The request that `performer` would put for `task`: all its fields changed and answered, the amount 0, nothing
    decided, drafted by another."""
    drafted_by = "somebody else" if set(drafting(workflow.tasks, task)) - {task.node} else None
    asking = Asking(workflow, "promotion", f"{task.node}#1", 1, task, {}, drafted_by)
    answers = [name for name in task.answer_fields or () if name != DECISION]
    asked = ProposalFacts(task.fields, answers, amount=0 if task.amount_field else None)
    return request_of(asking, performer, asked, {})


def _performers(candidate: Candidate, task: TaskSpec) -> list[tuple[str, list[Principal]]]:
    """Who may come to do `task`, by role: its own doer, then those it escalates to. Empty roles are another gate's."""
    agents = [p for p in candidate.principals if p.id == task.agent]
    own = agents if task.doer is Doer.AGENT else candidate.people(task.role)
    found = [(task.role, own), *((role, candidate.people(role)) for role in task.escalation)]
    return [(role, principals) for role, principals in found if principals]


def _denied(task: TaskSpec, role: str, decision: Decision) -> str:
    by = f" by {', '.join(f'`{name}`' for name in decision.policies)}" if decision.policies else ""
    return f"`{task.action}` for `{task.label}` is denied to `{role}`{by}: {' '.join(decision.reasons)}"


def _unapproved(candidate: Candidate, task: TaskSpec, decision: Decision) -> list[str]:
    role = approver_role(candidate.workflow, task, decision)
    if candidate.people(role):
        return []
    return [f"`{task.action}` for `{task.label}` needs approval, and no active person has the role `{role}`"]
