"""Decisions: every choice and loop is decided by a rule, an answer or a person, and someone is there to be asked."""

from __future__ import annotations

from core.errors import BadInput
from core.tree import Operator, ProcessTree
from orchestrator.machine.rules import compiled
from orchestrator.machine.values import DecidedBy, DecisionSpec
from orchestrator.promotion.gates.candidate import Candidate, Gate, gate
from orchestrator.running.requesting import DECISION

BRANCHING = (Operator.CHOICE, Operator.LOOP)


def decisions(candidate: Candidate) -> Gate:
    """Whether every choice and loop has a decision whose rules compile, with a role of people behind it."""
    workflow = candidate.workflow
    branching = {node: tree for node, tree in workflow.tree.nodes() if tree.operator in BRANCHING}
    problems = [f"nothing decides the {t.operator} `{n}`" for n, t in branching.items() if n not in workflow.decisions]
    problems += [f"node `{node}` is no choice or loop" for node in workflow.decisions if node not in branching]
    if any(spec.by is DecidedBy.ANSWER for spec in workflow.decisions.values()) and not any(
        DECISION in (task.answer_fields or ()) for task in workflow.tasks.values()
    ):
        problems.append(f"something is decided by answer, and no task names `{DECISION}` in its `answer_fields`")
    for node, spec in workflow.decisions.items():
        if node in branching:
            problems += _undecidable(spec, branching[node])
            asked = spec.role or workflow.owner_role
            problems += [f"`{node}` may ask {problem}" for problem in candidate.unusable(asked)]
    kinds = [f"{n} by {kind}" for kind in DecidedBy if (n := sum(s.by is kind for s in workflow.decisions.values()))]
    return gate("decisions", problems, ", ".join(kinds) or "there is no choice and no loop")


def _undecidable(spec: DecisionSpec, tree: ProcessTree) -> list[str]:
    ways = 2 if tree.operator is Operator.LOOP else len(tree.children)
    most = 1 if tree.operator is Operator.LOOP else ways
    problems = []
    if len(spec.rules) > most:
        problems.append(f"`{spec.node}` has {len(spec.rules)} rules, at most {most} can be used")
    if not 0 <= spec.otherwise < ways:
        problems.append(f"`{spec.node}` falls back to child {spec.otherwise} and has {ways}, counted from 0")
    if spec.by is DecidedBy.RULE and not spec.rules:
        problems.append(f"`{spec.node}` is decided by rule and has none")
    for rule in spec.rules:
        try:
            compiled(rule)
        except BadInput as error:
            problems.append(f"`{spec.node}`: {error.message}")
    return problems
