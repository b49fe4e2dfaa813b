"""The difference of two arms that were drawn by chance: each day is a block and a cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kpi.verdict.values import Estimate

if TYPE_CHECKING:
    from kpi.verdict.values import Codes, Flags, Numbers


def between_arms(day: Codes, treated: Flags, values: Numbers) -> Estimate | None:
    """The mean difference within days of one value a case; None where under 5 days hold cases of both arms.

    The standard error leaves out one day after the other (CR3: Bell and McCaffrey, Bias reduction in standard errors
    for linear regression with multi-stage samples, 2002), with Student's t of one degree less than days.
    """
    from scipy.stats import t

    _, place = np.unique(day, return_inverse=True)
    n = np.bincount(place).astype(float)
    arm = treated - np.bincount(place, weights=treated.astype(float))[place] / n[place]
    residual = values - np.bincount(place, weights=values)[place] / n[place]
    leverage = np.bincount(place, weights=arm**2)
    blocks = int((leverage > 0).sum())
    if blocks < 5:
        return None
    total = float(leverage.sum())
    difference = float(arm @ residual) / total
    scores = np.bincount(place, weights=arm * (residual - difference * arm))
    error = float(np.sqrt(((scores / (1 - leverage / total)) ** 2).sum())) / total
    half = float(t.ppf(0.975, blocks - 1)) * error
    p = 2 * float(t.sf(abs(difference) / error, blocks - 1)) if error > 0 else float(difference == 0)
    return Estimate(difference, error, difference - half, difference + half, p)
