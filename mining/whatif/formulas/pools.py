"""Pools: performers who do the same activities, and so could do each other's work.

Two performers are of one pool if the activities that make up at least a tenth of what each does are the same. M. Song,
W. M. P. van der Aalst, Towards comprehensive support for organizational mining, Decision Support Systems 46, 2008
(grouping by joint activities); equal sets instead of clusters of profiles are ours.
"""

from __future__ import annotations

from collections.abc import Mapping

LEAST = 0.1


def pools(counts: Mapping[int, Mapping[int, int]]) -> dict[int, int]:
    """By performer the smallest performer of their pool; `counts` are instances by performer and activity."""
    found: dict[frozenset[int], int] = {}
    mapped = {}
    for performer in sorted(counts):
        every = sum(counts[performer].values())
        does = frozenset(activity for activity, count in counts[performer].items() if count >= LEAST * every)
        mapped[performer] = found.setdefault(does, performer)
    return mapped
