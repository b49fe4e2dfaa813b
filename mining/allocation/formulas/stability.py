"""Stability: how much the share of cases with the task moves over time.

    d = largest share of cases in a quarter of the cases - smallest one

The cases are put in the order of their start and cut into four equal parts. Wanner et al. (ICIS 2019): stability of the
process; the range over periods is ours. A task that comes and goes has rules that come and go.
"""

from __future__ import annotations

from collections.abc import Sequence

QUARTERS = 4


def drift(shares: Sequence[float]) -> float | None:
    """The range of the quarters' shares, 0 to 1; None unless there are four."""
    return max(shares) - min(shares) if len(shares) == QUARTERS else None
