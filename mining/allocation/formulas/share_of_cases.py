"""Share of cases: in how many of all cases the task is done.

    s = cases with the task / all cases

J. Wanner et al., Process Selection in RPA Projects, ICIS 2019: execution frequency. What every case needs is most often
done by rule; what few cases need is the exception that somebody must think about.
"""

from __future__ import annotations


def share_of_cases(cases: int, every: int) -> float:
    """The share, 0 to 1. Raises ZeroDivisionError where there is no case."""
    return cases / every
