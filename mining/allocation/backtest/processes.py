"""Which logs are of one process: those that share names of activities. They prove one thing, not several."""

from __future__ import annotations

from collections.abc import Sequence

from core.labels import label_key
from mining.allocation.backtest.hiding import BacktestLog
from mining.allocation.naming import read_name

SHARED = 2  # names in common from which two logs are of one process; starts and ends do not count


def processes(logs: Sequence[BacktestLog]) -> tuple[tuple[BacktestLog, ...], ...]:
    """`logs` by process, in their order: two that share names are of one, and so are those that a third connects."""
    groups: list[list[BacktestLog]] = []
    for log in logs:
        beside = [group for group in groups if any(_alike(log, other) for other in group)]
        for group in beside:
            groups.remove(group)
        groups.append([*(one for group in beside for one in group), log])
    return tuple(tuple(group) for group in groups)


def _alike(one: BacktestLog, other: BacktestLog) -> bool:
    return len(_names(one) & _names(other)) >= SHARED


def _names(log: BacktestLog) -> set[str]:
    return {label_key(name).casefold() for name in log.activities if read_name(name).milestone is None}
