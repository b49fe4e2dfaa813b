"""The gates of promotion: what must hold before a workflow may run. One file each; pure; every result is in words."""

from __future__ import annotations

from orchestrator.promotion.gates.allocation import tasks_allocated
from orchestrator.promotion.gates.baseline import baseline
from orchestrator.promotion.gates.binding import tasks_bound
from orchestrator.promotion.gates.candidate import Candidate, Gate
from orchestrator.promotion.gates.decisions import decisions
from orchestrator.promotion.gates.policy import policy
from orchestrator.promotion.gates.second_person import second_person
from orchestrator.promotion.gates.sla import sla
from orchestrator.promotion.gates.tree import sound_tree

__all__ = ["Candidate", "Gate", "evaluate", "second_person"]


def evaluate(candidate: Candidate) -> tuple[Gate, ...]:
    """Every gate but the second person's, in the order in which they are shown."""
    judges = (sound_tree, tasks_allocated, tasks_bound, decisions, policy, sla, baseline)
    return tuple(judge(candidate) for judge in judges)
