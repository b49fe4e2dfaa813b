"""Arrivals: days of the log drawn again with the cases that began on them, each for a day of the same weekday.

H. R. Kunsch, The jackknife and the bootstrap for general stationary observations, Annals of Statistics 17, 1989, draws
blocks, so that what lies within a block stays together: hours, bursts, and which cases come at which hour. A day as the
block, by weekday, is ours. Trends and seasons are not kept; the fit tells where that matters.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

DAY = 86_400.0
FEWEST_WEEKS = 3  # below that all days are drawn alike


def draw_days(of_log: Sequence[int], first: int, days: int, rng: random.Random) -> list[tuple[int, int]]:
    """(day drawn for, day drawn) for `days` days from `first` on.

    Days count from 1970-01-01; `of_log` are all days of the log, those without a case too.
    """
    weekly = len(of_log) >= 7 * FEWEST_WEEKS
    like: defaultdict[int, list[int]] = defaultdict(list)
    for day in of_log:
        like[day % 7 if weekly else 0].append(day)
    return [(day, rng.choice(like[day % 7 if weekly else 0])) for day in range(first, first + days)]
