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
from mining.figures import (
    ActivityDetail,
    Figures,
    MapFigures,
    Times,
    activity_detail,
    map_figures,
    performer_kinds,
)
from mining.inductive import discover_tree
from mining.maps import MapSummary, WorkflowMap, get_map, list_maps, save_map
from mining.profile import ActivityProfile, Doer, Neighbour, profiles
from mining.timed import TimedModel, discover_timed
from mining.tree import Operator, ProcessTree
from mining.variant import Variant, variants

__all__ = [
    "ActivityDetail",
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
    "Figures",
    "MapFigures",
    "MapSummary",
    "Neighbour",
    "Operator",
    "Outcome",
    "Override",
    "ProcessTree",
    "Score",
    "Shares",
    "TimedModel",
    "Times",
    "Variant",
    "WorkflowMap",
    "activity_detail",
    "allocate",
    "allocations",
    "assess",
    "discover",
    "discover_dfg",
    "discover_timed",
    "discover_tree",
    "get_map",
    "list_maps",
    "map_figures",
    "opening_view",
    "override",
    "performer_kinds",
    "profiles",
    "save_map",
    "to_bpmn",
    "variants",
    "view",
]
