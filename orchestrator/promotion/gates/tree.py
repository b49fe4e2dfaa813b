"""Sound tree: there is something to do, and every node has the children that its operator needs."""

from __future__ import annotations

from core.tree import Operator, ProcessTree
from orchestrator.promotion.gates.candidate import Candidate, Gate, gate


def sound_tree(candidate: Candidate) -> Gate:
    """Whether the process tree is well formed; then it is sound by construction. Two tasks may share a label."""
    tree = candidate.workflow.tree
    problems = [
        f"node `{node}` is a {found.operator} with {len(found.children)} children"
        for node, found in tree.nodes()
        if _misshapen(found)
    ]
    if not tree.labels():
        problems.append("no task is left to do")
    return gate("sound tree", problems, f"{len(tree.labels())} tasks; every run can end, and nothing is left behind")


def _misshapen(tree: ProcessTree) -> bool:
    if tree.operator in (Operator.TASK, Operator.SILENT):
        return bool(tree.children) or (tree.operator is Operator.TASK) != bool(tree.label)
    return len(tree.children) != 2 if tree.operator is Operator.LOOP else not tree.children
