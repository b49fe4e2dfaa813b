"""The Cedar schema that is generated from the catalogue of actions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.errors import BadInput
from governance.values import Action

COMMON_FACTS = (
    "amount?: Long", "amount_exact?: decimal", "answer_fields: Set<String>", "currency?: String", "decision?: String",
    "drafted_by?: String", "fields: Set<String>", "task?: String", "workflow?: String",
)  # fmt: skip
LATER = frozenset({"amount_exact", "answer_fields", "currency", "decision"})  # an action's own fact of that name wins
FILLED: Mapping[str, tuple[str, ...]] = {"answer_fields": ()}  # what a request means that leaves the fact out
FACT_TYPES = ("Bool", "Long", "Set<Long>", "Set<String>", "String", "decimal")
RESERVED_TYPES = frozenset({"Action", "Agent", "Person", "Role", "Facts", "Bool", "Boolean", "Long", "String", "Set"})
RESERVED_TYPES |= {"Record", "Entity", "Extension", "Approval", "Governance"}
CEDAR_WORDS = frozenset({"true", "false", "if", "then", "else", "in", "like", "has", "is"})

_FACT = re.compile(r"^\s*([a-z][a-z0-9_]*)(\?)?\s*:\s*(\S+)\s*$")
_ACTION = re.compile(r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$")
_TYPE = re.compile(r"^[A-Z][A-Za-z0-9_]*$")
_PRINCIPALS = """entity Role;
entity Person in [Role] { id: String, active: Bool, simulated: Bool, actions: Set<String> };
entity Agent in [Role] {
  id: String, active: Bool, simulated: Bool, actions: Set<String>, owner: String, sponsor: String
};
type Facts = {
  approved: Bool, action: String, autonomy_level: Long,
  on_behalf_of?: String, run?: String, item?: String, attempt?: Long
};
"""
_APPLIES = "appliesTo {{ principal: [Person, Agent], resource: [{resource}], context: Facts }}"


@dataclass(frozen=True)
class Fact:
    """One fact that policies may look at on a resource."""

    name: str
    type: str  # one of FACT_TYPES
    required: bool

    def __str__(self) -> str:
        return f"{self.name}{'' if self.required else '?'}: {self.type}"


def parse_fact(text: str) -> Fact:
    """The fact that `text`, such as `amount: Long` or `supplier?: String`, declares. Raises BadInput."""
    match = _FACT.match(text)
    if match is None or match[3] not in FACT_TYPES or match[1] in CEDAR_WORDS:
        raise BadInput(f"`{text}` declares no fact. Write `amount: Long` or `supplier?: String`; types: {_listed()}.")
    return Fact(match[1], match[3], match[2] is None)


def problems_of_action(action: Action) -> list[str]:
    """What is wrong with an action's name, resource type and facts, one line each; empty when it can be used."""
    problems = []
    if not _ACTION.match(action.name) or len(action.name) > 100 or action.name.startswith("tandem."):
        problems.append(f"action `{action.name}`: write it like `purchase_order.draft` (`tandem.` is Tandem's own)")
    if not _TYPE.match(action.resource_type) or len(action.resource_type) > 100:
        problems.append(f"resource type `{action.resource_type}` of `{action.name}`: write it like `PurchaseOrder`")
    elif action.resource_type in RESERVED_TYPES:
        problems.append(f"resource type `{action.resource_type}` of `{action.name}` is Tandem's or Cedar's own word")
    for fact in action.facts:
        try:
            parse_fact(fact)
        except BadInput as error:
            problems.append(f"action `{action.name}`: {error.message}")
    return problems


def facts_of_action(action: Action) -> dict[str, Fact]:
    """The facts of one action by name: the common ones, overridden by its own."""
    return {fact.name: fact for fact in map(parse_fact, (*COMMON_FACTS, *action.facts))}


def facts_of_types(actions: Iterable[Action]) -> dict[str, dict[str, Fact]]:
    """The facts of each resource type: those of all its actions; required where every action requires it.

    Raises BadInput when two actions give one fact different types.
    """
    by_type: dict[str, list[Action]] = defaultdict(list)
    for action in actions:
        by_type[action.resource_type].append(action)
    return {name: _merge(name, of_type) for name, of_type in sorted(by_type.items())}


def _merge(resource_type: str, actions: list[Action]) -> dict[str, Fact]:
    merged = {}
    per_action = [facts_of_action(action) for action in actions]
    own = [parse_fact(fact) for action in actions for fact in action.facts]
    for name in sorted(set().union(*per_action)):
        found = [facts[name] for facts in per_action if name in facts]
        if name in LATER:
            found = [fact for fact in own if fact.name == name] or found
        types = sorted({fact.type for fact in found})
        if len(types) > 1:
            raise BadInput(
                f"The fact `{name}` of `{resource_type}` is declared as {' and as '.join(f'`{t}`' for t in types)}. "
                "Give it one type in all actions of the resource type."
            )
        required = len(found) == len(per_action) and all(fact.required for fact in found)
        merged[name] = Fact(name, types[0], required)
    return merged


@dataclass(frozen=True)
class Catalogue:
    """The actions of a policy set, looked up by name, with the facts that each one needs and may have."""

    actions: Mapping[str, Action]
    declared: Mapping[str, Mapping[str, Fact]]  # facts by resource type
    required: Mapping[str, tuple[str, ...]]  # names of facts by action


def catalogue_of(actions: Iterable[Action]) -> Catalogue:
    """The catalogue of `actions`. Raises BadInput when two actions give one fact different types."""
    by_name = {action.name: action for action in actions}
    required = {
        name: tuple(sorted(fact.name for fact in facts_of_action(action).values() if fact.required))
        for name, action in by_name.items()
    }
    return Catalogue(by_name, facts_of_types(by_name.values()), required)


def schema_text(actions: Iterable[Action]) -> str:
    """The schema, in Cedar's own language, for a catalogue of `actions`."""
    actions = sorted(actions, key=lambda action: action.name)
    lines = [_PRINCIPALS]
    for resource_type, facts in facts_of_types(actions).items():
        lines.append(f"entity {resource_type} {{ {_attributes(facts)} }};")
    for action in actions:
        lines.append(f'action "{action.name}" {_APPLIES.format(resource=action.resource_type)};')
    return "\n".join(lines) + "\n"


def own_schema_text() -> str:
    """The schema of Tandem's own actions, which no customer policy can touch."""
    return "\n".join(
        [
            _PRINCIPALS,
            "entity Governance {};",
            "entity Approval { role: Role, askers: Set<String> };",
            f'action "tandem.change" {_APPLIES.format(resource="Governance")};',
            f'action "tandem.answer" {_APPLIES.format(resource="Approval")};',
            "",
        ]
    )


def _attributes(facts: Mapping[str, Fact]) -> str:
    return ", ".join(str(fact) for fact in facts.values())


def _listed() -> str:
    return ", ".join(f"`{name}`" for name in FACT_TYPES)
