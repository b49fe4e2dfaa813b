"""Populations built by hand or drawn by chance, for the tests of verdicts."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kpi.verdict.values import Population

DAY = 86_400.0


def population(days: Any, cycle: Any, **other: Any) -> Population:
    """Complete cases that began on `days` and took `cycle` seconds; costs 10 for 2 tasks, no error, due in 10 days."""
    started, lasted = np.asarray(days, dtype=float) * DAY, np.asarray(cycle, dtype=float)
    n = len(started)
    known: dict[str, Any] = {
        "case_ids": np.arange(n) + int(started.min()),
        "started": started,
        "ended": started + lasted,
        "complete": np.ones(n, dtype=bool),
        "done": other.get("complete", np.ones(n, dtype=bool)),
        "cycle": lasted,
        "cost": np.full(n, 10.0),
        "costed": np.full(n, 2.0),
        "errors": np.zeros(n),
        "judged": np.full(n, 2.0),
        "due": started + 10 * DAY,
        "met": (lasted <= 10 * DAY).astype(float),
        "simulated": np.zeros(n, dtype=bool),
        "attributes": {},
        "log_end": float((started + lasted).max()),
    }
    return Population(**{**known, **other})


def drawn(seed: int, first: int, cases: int = 600, faster: float = 0.0, **other: Any) -> Population:
    """Skewed cycle times, 10 cases a day from day `first` on, with costs and errors of their own."""
    rng = np.random.default_rng(seed)
    days = first + np.arange(cases) // 10 + rng.random(cases)
    cycle: NDArray[np.float64] = DAY * np.exp(0.5 * rng.normal(size=cases) - faster)
    known = {
        "cost": 2 * np.exp(0.4 * rng.normal(size=cases) - faster),
        "errors": rng.binomial(2, 0.1, cases).astype(float),
        "case_ids": np.arange(cases) + 1_000_000 * first,
        "due": days * DAY + 1.5 * DAY,
        "met": (cycle <= 1.5 * DAY).astype(float),
    }
    return population(days, cycle, **{**known, **other})
