"""Tasks bound: every task has someone who can do it, and someone to turn to when that fails."""

from __future__ import annotations

import json

from core.tree import Operator
from governance import PrincipalKind
from governance.amounts import is_currency
from orchestrator.machine.named import is_name
from orchestrator.machine.task import Doer, TaskSpec
from orchestrator.promotion.gates.candidate import Candidate, Gate, gate


def tasks_bound(candidate: Candidate) -> Gate:
    """Whether every task is bound to an active agent of its role or to a role of people, and escalates to people."""
    workflow = candidate.workflow
    leaves = [(node, tree.label) for node, tree in workflow.tree.nodes() if tree.operator is Operator.TASK]
    problems = [f"`{label}` is not bound to a role or agent" for node, label in leaves if node not in workflow.tasks]
    problems += [f"the map has no activity `{label}`, which is bound" for label in sorted(candidate.surplus)]
    problems += _undecided(candidate)
    for task in workflow.tasks.values():
        problems += _names(task)
        problems += _agent(candidate, task) if task.doer is Doer.AGENT else _people(candidate, task)
        if task.effect is not None:
            problems += [f"the effect of `{task.label}`: {said}" for said in candidate.unusable_effect(task.effect)]
        for role in task.escalation:
            problems += [f"`{task.label}` escalates to {problem}" for problem in candidate.unusable(role)]
    doubts = [
        f"the effect of `{task.label}`: {said}"
        for task in workflow.tasks.values()
        if task.effect is not None
        for said in candidate.doubtful_effect(task.effect)
    ]
    agents = sum(task.doer is Doer.AGENT for task in workflow.tasks.values())
    return gate("tasks bound", problems, f"{agents} tasks to agents, {len(workflow.tasks) - agents} to people", doubts)


def _names(task: TaskSpec) -> list[str]:
    """What the task calls a field and is written as none, and a currency that is none."""
    given = (*task.fields, *(task.answer_fields or ()), *((task.amount_field,) if task.amount_field else ()))
    problems = [
        f"`{task.label}` names the field `{name}`; write it like `vendor.name` or `items[].price`"
        for name in given
        if not is_name(name)
    ]
    if task.currency is not None and not is_currency(task.currency):
        problems.append(f"`{task.label}` has the currency `{task.currency}`; write it like `EUR`")
    return problems


def _people(candidate: Candidate, task: TaskSpec) -> list[str]:
    return [f"`{task.label}` is bound to {problem}" for problem in candidate.unusable(task.role)]


def _undecided(candidate: Candidate) -> list[str]:
    """The roles of which nobody can say which agent does their tasks, each once with its tasks."""
    waiting: dict[str, list[str]] = {}
    for task in candidate.workflow.tasks.values():
        if task.doer is Doer.AGENT and task.agent is None:
            waiting.setdefault(task.role, []).append(f"`{task.label}`")
    problems = []
    for role, labels in waiting.items():
        tasks = ", ".join(dict.fromkeys(labels))
        agents = sorted(
            p.name for p in candidate.principals if p.kind is PrincipalKind.AGENT and p.active and role in p.roles
        )
        if agents:
            first = f"write `agent = {json.dumps(agents[0], ensure_ascii=False)}`"
            named = ", ".join(f"`{name}`" for name in agents)
            are = "agents have" if len(agents) > 1 else "agent has"
            problems.append(f"{len(agents)} {are} the role `{role}`: {named}; {first} in the bindings of: {tasks}")
        else:
            problems.append(f"no active agent has the role `{role}`, which is to do: {tasks}")
    return problems


def _agent(candidate: Candidate, task: TaskSpec) -> list[str]:
    if task.agent is None:
        return []  # said of its role
    agent = next((p for p in candidate.principals if p.id == task.agent), None)
    if agent is None:
        return [f"`{task.label}` is bound to the agent `{task.agent}`, who is not known"]
    bound = f"`{task.label}` is bound to `{agent.name}`"
    problems = []
    if agent.kind is not PrincipalKind.AGENT:
        problems.append(f"{bound}, a person, where its allocation needs an agent")
    if not agent.active:
        problems.append(f"{bound}, who is not active")
    if task.role not in agent.roles:
        problems.append(f"{bound}, who does not have the role `{task.role}`")
    return problems
