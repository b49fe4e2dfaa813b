"""What a demo brings along for an event log: roles, people, agents, bindings, rules and policies."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.demo.drawing import Case
from governance import Action, Role
from mining.allocation import AllocationOutcome, TaskAnswer
from mining.map.maps import WorkflowMap
from orchestrator.machine.values import DecisionSpec
from orchestrator.promotion.bindings import TaskBinding

OWNER_ROLE = "process owner"
OWNERS = ("Corinna Alberti", "Ingmar Tessin")  # simulated; the second signs what the first proposes
BY_AGENT = frozenset(
    {AllocationOutcome.RULE_AUTOMATION, AllocationOutcome.AGENT, AllocationOutcome.AGENT_WITH_APPROVAL}
)


@dataclass(frozen=True)
class SimulatedAgent:
    """An agent of the demo."""

    name: str
    role: str
    autonomy_level: int


@dataclass(frozen=True)
class DemoOverride:
    """An allocation that the demo's people put in the place of the computed one, and why."""

    outcome: AllocationOutcome
    reason: str


@dataclass(frozen=True)
class DemoAnswer:
    """What the demo's people answer about a task, and why."""

    answer: TaskAnswer
    reason: str


@dataclass(frozen=True)
class Trespass:
    """What an agent tries that it may not: a task, and the fields that it changes beyond its own."""

    task: str
    changes: Mapping[str, Any]


@dataclass(frozen=True)
class Scenario:
    """Everything that the demo adds to a map with its allocations."""

    workflow: str
    roles: tuple[Role, ...]
    people: Mapping[str, tuple[str, ...]]  # names by role; all simulated
    agents: tuple[SimulatedAgent, ...]
    bindings: Mapping[str, TaskBinding]  # by activity
    decisions: Mapping[str, DecisionSpec]  # by node, where a rule over facts decides
    actions: tuple[Action, ...]
    policies: str  # in Cedar
    sla_seconds: float
    trespass: Trespass | None = None
    forbidden_action: Action | None = None  # that an agent tries once, outside any task of its own
    forbidden_agent: str = ""  # name of the agent that does
    outside: frozenset[str] = frozenset()  # activities that wait for somebody outside

    def facts(self, case: Case) -> dict[str, Any]:
        """What the context of a run says about its case."""
        return dict(case.facts)

    def writes(self, case: Case) -> dict[str, Any]:
        """The values that tasks write into the fields they may change."""
        return {}


@dataclass(frozen=True)
class Mapped:
    """A map with the outcomes in force."""

    map: WorkflowMap
    outcomes: Mapping[str, AllocationOutcome]  # by activity
    people: tuple[str, ...] = field(default=())  # the log's people, the busiest first

    def by_agent(self, activity: str) -> bool:
        """Whether an agent does it."""
        return self.outcomes[activity] in BY_AGENT

    def kept(self) -> Collection[str]:
        """The activities that are not to be eliminated."""
        return [label for label in self.map.tree.labels() if self.outcomes[label] is not AllocationOutcome.ELIMINATE]
