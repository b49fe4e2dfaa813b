"""Tasks allocated: for every activity it was worked out, or said by a person, who should do it."""

from __future__ import annotations

from orchestrator.promotion.gates.candidate import Candidate, Gate, gate


def tasks_allocated(candidate: Candidate) -> Gate:
    """Whether every activity in the tree has an allocation."""
    labels = tuple(dict.fromkeys(candidate.workflow.tree.labels()))
    problems = [f"`{label}` has no allocation" for label in labels if label not in candidate.allocated]
    if problems:
        problems.append(f"run `tandem allocate {candidate.workflow.map_name}`")
    return gate("tasks allocated", problems, f"all {len(labels)} activities are allocated")
