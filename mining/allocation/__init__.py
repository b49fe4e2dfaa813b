"""Allocation: who should do each task of a workflow map, computed from the log, open to a person's override."""

from mining.allocation.assess import Assessment, assess
from mining.allocation.criteria import Criterion
from mining.allocation.service import Allocation, Override, allocate, allocations, override
from mining.allocation.values import AllocationOutcome, Score

__all__ = [
    "Allocation",
    "AllocationOutcome",
    "Assessment",
    "Criterion",
    "Override",
    "Score",
    "allocate",
    "allocations",
    "assess",
    "override",
]
