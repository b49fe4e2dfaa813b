"""Binds the tasks of a workflow: which role or agent does each, by which action, on what, and what if it fails."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from core.tree import ProcessTree
from mining.allocation import AllocationOutcome
from orchestrator.machine.task import Doer, EffectSpec, TaskSpec
from orchestrator.machine.values import DecisionSpec, Workflow

_BY_AGENT = frozenset(
    {AllocationOutcome.RULE_AUTOMATION, AllocationOutcome.AGENT, AllocationOutcome.AGENT_WITH_APPROVAL}
)


@dataclass(frozen=True)
class TaskBinding:
    """How one activity of the map becomes a task. Who does it, an agent or a person, follows from its allocation."""

    role: str  # the agent's role, or that of the people who may take it
    action: str  # action for the policy
    resource_type: str = "Case"
    agent: str | None = None  # id or name of the agent; None: the one active agent of `role`
    fields: tuple[str, ...] = ()  # context fields it may change, at any depth: `vendor.name`, `items[].price`
    answer_fields: tuple[str, ...] = ()  # what it may answer; `decision` only where it may decide the next choice
    amount_field: str | None = None  # where the amount is; of several (`items[].price`) the sum
    currency: str | None = None  # of the amount, such as "EUR"
    system: str | None = None  # where the work is done; None: in Tandem itself
    effect: EffectSpec | None = None  # what Tandem does there once it is allowed
    sla_seconds: float | None = None
    timeout_seconds: float = 3600.0  # of an agent's attempt
    people_timeout_seconds: float | None = None  # of people, at each role that is asked; None: they have all the time
    max_attempts: int = 3
    retry_delay_seconds: float = 1.0
    escalation: tuple[str, ...] = ()  # roles of people, asked in this order


def doer_of(outcome: AllocationOutcome) -> Doer:
    """Who does a task with this allocation. An eliminated task has no doer and is not in the workflow."""
    return Doer.AGENT if outcome in _BY_AGENT else Doer.PERSON


def bind(node: str, label: str, outcome: AllocationOutcome, binding: TaskBinding, agent: str | None) -> TaskSpec:
    """The task at `node`, done by the principal `agent` where its allocation says that an agent does it."""
    doer = doer_of(outcome)
    return TaskSpec(
        node=node,
        label=label,
        doer=doer,
        role=binding.role,
        action=binding.action,
        resource_type=binding.resource_type,
        outcome=outcome.value,
        agent=agent if doer is Doer.AGENT else None,
        fields=binding.fields,
        answer_fields=binding.answer_fields,
        amount_field=binding.amount_field,
        currency=binding.currency,
        system=binding.system,
        effect=binding.effect,
        sla_seconds=binding.sla_seconds,
        timeout_seconds=binding.timeout_seconds,
        people_timeout_seconds=binding.people_timeout_seconds,
        max_attempts=binding.max_attempts,
        retry_delay_seconds=binding.retry_delay_seconds,
        escalation=binding.escalation,
    )


def binding_of(task: TaskSpec) -> TaskBinding:
    """The binding that made `task`; one of before 0.3.0 named no answers, and neither does its binding."""
    return TaskBinding(**{f.name: getattr(task, f.name) for f in fields(TaskBinding)} | _answers(task))


def as_before(
    before: Workflow, suggested: Mapping[str, TaskBinding], tree: ProcessTree
) -> tuple[dict[str, TaskBinding], Mapping[str, DecisionSpec]]:
    """The bindings and decisions of a promoted version for a next one with `tree`.

    Tasks that are still there stay bound as they were, new ones are bound as suggested; decisions stay where the tree
    is the same, since they are about its nodes.
    """
    kept = {task.label: binding_of(task) for task in before.tasks.values()}
    bound = {label: kept.get(label, binding) for label, binding in suggested.items()}
    return bound, before.decisions if tree == before.tree else {}


def _answers(task: TaskSpec) -> dict[str, tuple[str, ...]]:
    return {"answer_fields": task.answer_fields or ()}


def suggested(
    workflow: str, outcomes: Mapping[str, AllocationOutcome], owner_role: str, systems: Mapping[str, str]
) -> dict[str, TaskBinding]:
    """A complete binding for any map: by activity label, from the allocation of each (eliminated ones left out).

    Agents have the role `<workflow>_agent`, people `<workflow>_staff`; actions are `task.<label as a word>` on a
    `Case`. What an agent cannot do goes to the staff, then to `owner_role`. `systems` is by label.
    """
    kept = [label for label, outcome in outcomes.items() if outcome is not AllocationOutcome.ELIMINATE]
    words = _distinct_words(kept)
    agent, staff = f"{workflow}_agent", f"{workflow}_staff"
    bindings = {}
    for label in kept:
        by_agent = doer_of(outcomes[label]) is Doer.AGENT
        bindings[label] = TaskBinding(
            role=agent if by_agent else staff,
            action=f"task.{words[label]}",
            system=systems.get(label),
            timeout_seconds=600.0,
            people_timeout_seconds=None if by_agent else 7 * 86_400.0,
            escalation=(staff, owner_role) if by_agent else (owner_role,),
        )
    return bindings


def _distinct_words(labels: Iterable[str]) -> dict[str, str]:
    """Each label as a word of its own, fit for an action's name."""
    words: dict[str, str] = {}
    taken: set[str] = set()
    for label in sorted(labels):
        base = word = _word(label)
        number = 2
        while word in taken:
            word, number = f"{base}_{number}", number + 1
        taken.add(word)
        words[label] = word
    return words


def _word(label: str) -> str:
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    word = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:60]
    return word if word[:1].isalpha() else f"t_{word}".rstrip("_")
