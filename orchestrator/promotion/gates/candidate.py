"""What the gates of promotion look at, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from governance import Decision, Principal, PrincipalKind, Request
from kpi import Measurement
from orchestrator.machine.task import EffectSpec
from orchestrator.machine.values import Workflow


@dataclass(frozen=True)
class Gate:
    """One condition of promotion, whether it holds, and why."""

    name: str
    passed: bool
    reason: str
    warnings: tuple[str, ...] = ()  # what does not stop it, and may go wrong when it runs
    problems: tuple[str, ...] = ()  # each reason why it does not pass, alone

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it stands as it does, each reason alone; of what was stored before they were kept apart, all as one."""
        return self.problems or (self.reason,)


@dataclass(frozen=True)
class Candidate:
    """Everything that the gates look at. `workflow.tasks` lacks the nodes whose activity nobody bound."""

    workflow: Workflow
    allocated: Collection[str]  # activities with an allocation
    surplus: Collection[str]  # activities that were bound although the map does not have them
    principals: Sequence[Principal]
    roles: Collection[str]
    check: Callable[[Request], Decision]  # under the policy set in force
    measurements: Sequence[Measurement]  # the five KPIs over the map's event log
    unusable_effect: Callable[[EffectSpec], list[str]] = lambda _: []  # what is wrong with an effect, one line each
    doubtful_effect: Callable[[EffectSpec], list[str]] = lambda _: []  # what may keep it from being performed

    def people(self, role: str) -> list[Principal]:
        """The active people who have `role`."""
        return [p for p in self.principals if p.kind is PrincipalKind.PERSON and p.active and role in p.roles]

    def unusable(self, role: str) -> list[str]:
        """Why nobody can be asked in `role`: it does not exist, or no active person has it; empty when one can."""
        if role not in self.roles:
            return [f"the role `{role}`, which does not exist"]
        return [] if self.people(role) else [f"the role `{role}`, which no active person has"]


def gate(name: str, problems: Iterable[str], reason: str, warnings: Iterable[str] = ()) -> Gate:
    """The gate `name`: passed, for `reason`, when there are no `problems`; else the problems are the reason."""
    found = tuple(dict.fromkeys(problem.rstrip(".") for problem in problems))
    said = f"{'; '.join(found) if found else reason.rstrip('.')}."
    return Gate(name, not found, said, tuple(f"{warning}." for warning in dict.fromkeys(warnings)), found)
