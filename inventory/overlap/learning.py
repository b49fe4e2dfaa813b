"""Logistic weights: fitted to a sheet whose truth is known, and moved a little by what people answer."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from inventory.overlap.values import Column

_STEPS, _ENOUGH = 60, 1e-8


def fit(values: NDArray[np.float64], same: NDArray[np.bool_], trust: Column, start: Column, slack: Column) -> Column:
    """The weights, the base first, that make the answers likeliest while staying near `start`.

    `values` is pairs x features; `same` what was said of each pair; `trust` how much that counts; `slack` the standard
    deviation with which each weight may leave `start`. The mode of a logistic regression with normal priors, by
    Newton's steps, halved where they go too far (Bishop, *Pattern Recognition and Machine Learning*, 4.5). The loss is
    convex and falls with every log-odds that agrees more, so one more answer never moves its own pair the other way.
    """
    table = np.column_stack([np.ones(len(values)), values])
    sign = np.where(same, 1.0, -1.0)
    weights, stiffness = start.astype(np.float64).copy(), 1 / slack**2

    def loss(at: Column) -> float:
        return float(trust @ np.logaddexp(0, -sign * (table @ at)) + stiffness @ (at - start) ** 2 / 2)

    now = loss(weights)
    for _ in range(_STEPS):
        odds = table @ weights
        against = 1 / (1 + np.exp(np.clip(sign * odds, -500, 500)))
        slope = -(trust * sign * against) @ table + stiffness * (weights - start)
        curve = (table * (trust * against * (1 - against))[:, None]).T @ table + np.diag(stiffness)
        step = np.linalg.solve(curve, slope)
        size = 1.0
        while (then := loss(weights - size * step)) > now and size > 1e-6:
            size /= 2
        if now - then < _ENOUGH * max(1.0, abs(now)):
            break
        weights, now = weights - size * step, then
    return weights
