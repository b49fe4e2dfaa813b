"""Two arms that were drawn by chance: what differs between them from day to day beyond what cases differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kpi.verdict.segments import numbered

if TYPE_CHECKING:
    from kpi.verdict.values import Codes, Flags, Numbers

LEAST_BLOCKS = 5  # days that must hold cases of both arms


def excess(day: Codes, treated: Flags, values: Numbers) -> float | None:
    """The variance, clustered by day, of the difference of arms within days, beyond its variance if cases were
    independent; None where under 5 days hold cases of both arms.

    Each day is left out in turn (CR3: Bell and McCaffrey, Bias reduction in standard errors for linear regression with
    multi-stage samples, 2002).
    """
    place = numbered(day - day.min())
    n = np.bincount(place).astype(float)
    arm = treated - np.bincount(place, weights=treated.astype(float))[place] / n[place]
    residual = values - np.bincount(place, weights=values)[place] / n[place]
    leverage = np.bincount(place, weights=arm**2)
    if (leverage > 0).sum() < LEAST_BLOCKS:
        return None
    total = float(leverage.sum())
    residual = residual - float(arm @ residual) / total * arm
    scores = np.bincount(place, weights=arm * residual) / (1 - leverage / total)
    independent = float((residual**2).sum()) / max(1, len(day) - len(n) - 1) / total
    return max(0.0, float((scores**2).sum()) / total**2 - independent)
