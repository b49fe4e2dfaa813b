"""Simulated cases a second, with a queue at every task, against the least that is asked: 3,000 cases in 10 seconds.

`python -m benchmarks.what_if`. A process of ten tasks of ten people who work by day, drawn and played as a what-if
does, as-is and scenario; setting the process up is not counted. The median of five replications.
"""

from __future__ import annotations

import statistics
import sys
import time

from mining.whatif.reading import LoggedInstance, process_of
from mining.whatif.replicating import PlayedPeriod, replicate
from mining.whatif.values import TaskByAgent

CASES, TASKS = 3000, 10
MOST = 10.0  # seconds for as-is and scenario
DAY = 86_400.0
MONDAY = 18_631 * DAY  # 2021-01-04


def main() -> int:
    """Print seconds and cases a second; 1 where the target is missed."""
    cases = []
    for number in range(CASES):
        week, rest = divmod(number, 500)
        moment = MONDAY + 7 * DAY * week + DAY * (rest // 100) + 9 * 3600 + 280 * (rest % 100)
        made = []
        for task in range(TASKS):
            made.append(LoggedInstance(task, task, "human", moment, moment + 200, None, None, False))
            moment += 260
        cases.append(made)
    process = process_of([f"Task {n}" for n in range(TASKS)], cases)
    period = PlayedPeriod(int(MONDAY // DAY) + 70, 0, 42, 0)
    changes = [TaskByAgent(f"Task {n}", approved=1.0) for n in range(0, TASKS, 2)]
    spent, played = [], 0
    for number in range(5):
        began = time.perf_counter()
        played = replicate(process, changes, period, 1, number)[0].cases
        spent.append(time.perf_counter() - began)
    seconds = statistics.median(spent)
    print(f"{played:,} cases of {TASKS} tasks, as-is and scenario: {seconds:.2f} s")
    print(f"{2 * played / seconds:,.0f} cases a second")
    return int(seconds > MOST)


if __name__ == "__main__":
    sys.exit(main())
