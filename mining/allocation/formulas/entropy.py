"""Entropy of the steps beside a task, in bits: 0 where there is one way, 1 for two equal ways, 2 for four.

    H = - sum over ways w of p(w) log2 p(w)  =  log2(n) - sum over ways of c(w) log2 c(w) / n

C. E. Shannon, A Mathematical Theory of Communication, Bell System Technical Journal 27, 1948; c counts a way, n all.
The start and the end of the case are ways too. It is used for next steps (what follows is decided in the task, or
after it) and for inputs (what a task is given after many different steps has many forms).
"""

from __future__ import annotations

from typing import Any


def entropy_bits(counts: Any, groups: Any) -> Any:
    """The entropy of each group of ways, a row for each row of `counts`; nan for a group without any count.

    `counts` has a column for each way, `groups` (groups by ways) a 1 where a way belongs to a group.
    """
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        total = (groups @ counts.T).T
        spread = (groups @ np.where(counts > 0, counts * np.log2(counts), 0.0).T).T
        return np.where(total > 0, np.maximum(0.0, np.log2(total) - spread / total), np.nan)
