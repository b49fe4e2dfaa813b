"""Step 4: roles, people, agents and policies, each added only where it is not there yet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.demo.agents import RUNTIME
from app.demo.scenario import OWNER_ROLE, Scenario
from app.demo.story import Story
from core.actor.values import Actor
from core.workspace import Workspace
from governance import (
    PolicySet,
    Principal,
    PrincipalKind,
    activate_policies,
    add_agent,
    add_person,
    add_role,
    assign_role,
    policies,
    principals,
    roles,
)
from orchestrator.runtimes.agents import registered


@dataclass(frozen=True)
class Governed:
    """Who there is, and the policy set in force."""

    staff: Mapping[str, tuple[Principal, ...]]  # simulated people by role
    agents: tuple[Principal, ...]
    policy_set: PolicySet

    @property
    def owners(self) -> tuple[Principal, ...]:
        """The process owners, at least two."""
        return self.staff[OWNER_ROLE]


def govern(ws: Workspace, scenario: Scenario, *, by: Actor, story: Story) -> Governed:
    """The roles, people, agents and policies of the scenario, all in place. What others put there stays."""
    _roles(ws, scenario, by)
    staff = _people(ws, scenario.people, by)
    agents = tuple(_agents(ws, scenario, staff, by))
    policy_set = _policies(ws, scenario, by, story)
    story.say(
        f"roles: {len(scenario.roles)}; simulated people: {len({p.id for people in staff.values() for p in people})}; "
        f"simulated agents: {len(agents)}"
    )
    return Governed(staff, agents, policy_set)


def _roles(ws: Workspace, scenario: Scenario, by: Actor) -> None:
    known = {role.name for role in roles(ws)}
    for role in scenario.roles:
        if role.name not in known:
            add_role(ws, role.name, role.purpose, responsibilities=role.responsibilities, actions=role.actions, by=by)


def _people(ws: Workspace, wanted: Mapping[str, Sequence[str]], by: Actor) -> dict[str, tuple[Principal, ...]]:
    known = {p.name.casefold(): p for p in principals(ws)}
    staff: dict[str, tuple[Principal, ...]] = {}
    for role, names in wanted.items():
        people = []
        for name in names:
            person = _person(ws, name, known, role, by)
            known[person.name.casefold()] = person
            people.append(person)
        staff[role] = tuple(people)
    return staff


def _person(ws: Workspace, name: str, known: Mapping[str, Principal], role: str, by: Actor) -> Principal:
    """The simulated person with this name and role; whoever has the name and is not simulated is left in peace."""
    for candidate in (name, f"{name} (simulated)"):
        there = known.get(" ".join(candidate.split()).casefold())
        if there is None:
            return add_person(ws, candidate, roles=[role], simulated=True, by=by)
        if there.simulated and there.kind is PrincipalKind.PERSON:
            return there if role in there.roles else assign_role(ws, there.id, role, by=by)
    return add_person(ws, f"{name} (simulated, {role})", roles=[role], simulated=True, by=by)


def _agents(
    ws: Workspace, scenario: Scenario, staff: Mapping[str, Sequence[Principal]], by: Actor
) -> Sequence[Principal]:
    known = {p.name: p for p in principals(ws, kind=PrincipalKind.AGENT)}
    owner, sponsor = staff[OWNER_ROLE][:2]
    address = registered(RUNTIME, ws.settings)
    return [
        known.get(agent.name)
        or add_agent(
            ws,
            agent.name,
            owner=owner.id,
            sponsor=sponsor.id,
            roles=[agent.role],
            runtime=address,
            autonomy_level=agent.autonomy_level,
            simulated=True,
            by=by,
        )
        for agent in scenario.agents
    ]


def _policies(ws: Workspace, scenario: Scenario, by: Actor, story: Story) -> PolicySet:
    current = policies(ws)
    text = with_block(current.text, scenario.workflow, scenario.policies)
    if current.version and text == current.text:
        story.say(f"policy set {current.version} is in force and has the policies of `{scenario.workflow}` already")
        return current
    note = f"The demo's policies of {scenario.workflow}."
    active = activate_policies(ws, text, actions=scenario.actions, note=note, by=by)
    story.say(f"policy set {active.version} activated: {scenario.policies.count('@id(')} policies of the demo")
    return active


def with_block(text: str, name: str, policies: str) -> str:
    """The policy text with the demo's policies for `name` in it: added, or in the place of those it had before."""
    begin, end = f"// demo {name}: begin", f"// demo {name}: end"
    block = f"{begin}\n{policies.strip()}\n{end}"
    before = re.compile(f"{re.escape(begin)}$.*?^{re.escape(end)}$", re.DOTALL | re.MULTILINE)
    if before.search(text):
        return before.sub(lambda _: block, text)
    return f"{text.rstrip()}\n\n{block}\n".lstrip()
