"""Discovery of one event log version: graph, variants and process tree together."""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.errors import BadInput
from core.tree import ProcessTree
from core.trust import TRUSTED, Trust
from core.view import View
from core.workspace import Workspace
from mining.map.dfg import Dfg, discover_dfg
from mining.map.inductive import discover_tree
from mining.map.variant import Variant, project, variants

MOST_ACTIVITIES = 50
"""Activities of a tree where no share is asked for. The inductive miner's time grows with the square of their number
and worse: on the 398 activities of BPI Challenge 2015 (B. van Dongen) it did not end in four minutes, on the 40 most
frequent it took 7 s."""


@dataclass(frozen=True)
class Discovery:
    """What was discovered from an event log version."""

    log: str
    version: int
    dfg: Dfg  # of all activities
    variants: tuple[Variant, ...]  # of all activities
    tree: ProcessTree  # of all activities but those left out
    left_out: tuple[str, ...]  # the least frequent activities, which the tree does not have
    trust: Trust = TRUSTED


def discover(
    ws: Workspace,
    view: View,
    *,
    noise: float = 0.0,
    activities_share: float | None = None,
) -> Discovery:
    """Graph, variants and process tree of what `view` shows.

    The tree has the most frequent `activities_share` of the activities; None means all, or the MOST_ACTIVITIES most
    frequent where there are more. What it does not have is in `left_out`. Raises NotFound and BadInput.
    """
    with ws.logs.open(view) as opened:
        dfg, traces = discover_dfg(opened.connection), variants(opened.connection)
    kept = kept_activities(dfg, activities_share)
    left_out = tuple(activity.name for activity in dfg.activities[kept:])
    shown = project(traces, [a.name for a in dfg.activities[:kept]]) if left_out else traces
    found = opened.version
    return opened.told(Discovery(found.log, found.version, dfg, traces, discover_tree(shown, noise), left_out))


def kept_activities(dfg: Dfg, share: float | None) -> int:
    """How many activities of `dfg` a tree has; None means all, or MOST_ACTIVITIES. Raises BadInput."""
    if share is None:
        return min(len(dfg.activities), MOST_ACTIVITIES)
    if not 0 < share <= 1:
        raise BadInput(f"The share of activities is `{share}`; it must be above 0 and at most 1, such as 0.8.")
    return math.ceil(share * len(dfg.activities))
