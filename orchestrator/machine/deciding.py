"""How a choice or a loop is decided: by rule, by the answer just given, or by a person. Never by chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.errors import BadInput
from core.tree import Operator, ProcessTree
from orchestrator.machine.rules import RunFacts
from orchestrator.machine.values import DecidedBy, DecisionSpec

LEAVE, ONCE_MORE = 0, 1  # the two ways to decide a loop


@dataclass(frozen=True)
class Choice:
    """The chosen child with the reason, or no child with the cause why a person must choose."""

    child: int | None
    reason: str | None = None


def options(tree: ProcessTree) -> tuple[str, ...]:
    """What can be chosen at the choice or loop `tree`, in words, all different; position = number to answer with."""
    if tree.operator is Operator.LOOP:
        return "leave", "once more"
    names = [_name(child) for child in tree.children]
    return tuple(name if names.count(name) == 1 else f"{name} ({n + 1})" for n, name in enumerate(names))


def _name(tree: ProcessTree) -> str:
    labels = tuple(dict.fromkeys(tree.labels()))
    if not labels:
        return "skip"
    return labels[0] if len(labels) == 1 else f"{labels[0]} … {labels[-1]}"


@dataclass(frozen=True)
class Situation:
    """What is known when a choice or loop is to be decided."""

    facts: RunFacts
    visits: int  # how often the node was entered
    rounds: int  # how often a loop's body was done since
    answer: Mapping[str, Any]  # of the task completed just before


def decide(spec: DecisionSpec, tree: ProcessTree, situation: Situation) -> Choice:
    """The verdict at the choice or loop `tree`."""
    if spec.by is DecidedBy.RULE:
        return _by_rule(spec, tree, situation)
    if spec.by is DecidedBy.ANSWER:
        return _by_answer(tree, situation.answer)
    return Choice(None)


def _by_rule(spec: DecisionSpec, tree: ProcessTree, situation: Situation) -> Choice:
    for number, rule in enumerate(spec.rules):
        try:
            if situation.facts.hold(rule, visits=situation.visits, rounds=situation.rounds):
                child = ONCE_MORE if tree.operator is Operator.LOOP else number
                return Choice(child, f"the rule `{rule}` is true")
        except BadInput as error:
            return Choice(None, error.message)
    return Choice(spec.otherwise, "no rule is true")


def _by_answer(tree: ProcessTree, answer: Mapping[str, Any]) -> Choice:
    named = answer.get("decision")
    for number, option in enumerate(options(tree)):
        if named == option:
            return Choice(number, f"the answer names `{named}`")
    listed = ", ".join(f"`{option}`" for option in options(tree))
    holders = [n for n, child in enumerate(tree.children) if named in child.labels()]
    if tree.operator is Operator.CHOICE and len(holders) == 1:
        return Choice(holders[0], f"the answer names `{named}`")
    return Choice(None, f"the answer's `decision` is `{named}`; it must be one of {listed}")
