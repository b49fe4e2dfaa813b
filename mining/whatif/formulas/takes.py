"""How much a performer takes at once: how many activity instances they usually have open when they begin one.

    c = the 95th percentile of the number of their open instances, the new one included, over their starts

B. Estrada-Torres, M. Camargo, M. Dumas et al., Discovering business process simulation models in the presence of
multitasking and availability constraints, Data & Knowledge Engineering 134, 2021, measure multitasking from overlaps; a
percentile as the number of places is ours. 1 where nothing overlaps.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

MOSTLY = 0.95


def takes_at_once(spans: Sequence[tuple[float, float]]) -> int:
    """The number, at least 1."""
    starts, ends = sorted(a for a, _ in spans), sorted(b for _, b in spans)
    counts = sorted(bisect_right(starts, a) - bisect_right(ends, a) for a in starts)
    return max(1, counts[min(len(counts) - 1, int(MOSTLY * len(counts)))]) if counts else 1
