"""Mining: from an event log version to a workflow map, and from the map to who should do each task."""

from mining.abstraction import Shares, opening_view, view
from mining.allocation import (
    Allocation,
    Assessment,
    Criterion,
    Outcome,
    Override,
    Score,
    allocate,
    allocations,
    assess,
    override,
)
from mining.bpmn import to_bpmn
from mining.dfg import Boundary, Dfg, DfgActivity, DfgPath, discover_dfg
from mining.discovery import Discovery, discover
from mining.inductive import discover_tree
from mining.maps import MapSummary, WorkflowMap, get_map, list_maps, save_map
from mining.profile import ActivityProfile, Doer, Neighbour, profiles
from mining.tree import Operator, ProcessTree
from mining.variant import Variant, variants

__all__ = [
    "ActivityProfile",
    "Allocation",
    "Assessment",
    "Boundary",
    "Criterion",
    "Dfg",
    "DfgActivity",
    "DfgPath",
    "Discovery",
    "Doer",
    "MapSummary",
    "Neighbour",
    "Operator",
    "Outcome",
    "Override",
    "ProcessTree",
    "Score",
    "Shares",
    "Variant",
    "WorkflowMap",
    "allocate",
    "allocations",
    "assess",
    "discover",
    "discover_dfg",
    "discover_tree",
    "get_map",
    "list_maps",
    "opening_view",
    "override",
    "profiles",
    "save_map",
    "to_bpmn",
    "variants",
    "view",
]
