"""Structuredness of outcomes: how often the first attempt was the last.

    o = 1 - (instances beyond the first of their case / all instances)

Wanner et al. (ICIS 2019): failure rate, read from rework where no outcome is recorded. A task whose result is sent
back has an outcome that no rule wrote down.
"""

from __future__ import annotations


def done_once(instances: float, cases: float) -> float | None:
    """The share of instances that are the first of their case, 0 to 1; None where there is none."""
    return cases / instances if instances else None
