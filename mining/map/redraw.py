"""The graph of a selection, as fast as a map is redrawn: counts, cases and who works, without times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.queries import load
from core.trust import TRUSTED, Trust
from core.view import View
from core.workspace import Workspace
from mining.map.dfg import Boundary, Dfg, DfgActivity, DfgPath

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Redrawn:
    """What a map shows of a selection before anybody asks for times."""

    dfg: Dfg  # its paths have no times
    mix: Mapping[str, Mapping[str, float]]  # by activity, the share of its instances that each performer kind did
    cases: int
    events: int
    trust: Trust = TRUSTED


def redraw(ws: Workspace, view: View, *, cases: bool = True) -> Redrawn:
    """The graph of what `view` shows.

    Without `cases`, those of paths are not counted, nor those of activities where filters dropped activity instances:
    of all that a graph shows, they take the longest. Raises NotFound for names that the log does not have.
    """
    fast = not view.selection.grouped_by
    dropped = fast and any(f.drops_events for f in view.selection.active)
    with ws.logs.open(view, moves_only=fast) as opened:
        return opened.told(_redrawn(opened.connection, cases=cases, dropped=dropped))


def _redrawn(connection: duckdb.DuckDBPyConnection, *, cases: bool, dropped: bool) -> Redrawn:
    """The graph of what `connection` shows; where activity instances were `dropped`, its variants do not hold."""
    names = dict(connection.execute("SELECT activity_no, name FROM activity").fetchall())
    moves = _Moves(_rows(connection, "moves"))
    counted: dict[tuple[int | None, int], int] = {}
    if not dropped:
        counted = {(None, activity): n for activity, n in moves.first.items()}
    if cases:
        rows = _rows(connection, "move_cases_counted" if dropped else "move_cases")
        counted |= {(source, target): n for source, target, n in rows}
    activities = [DfgActivity(names[a], n, counted.get((None, a))) for a, n in moves.activities.items()]
    paths = [DfgPath(names[s], names[t], n, counted.get((s, t))) for (s, t), n in moves.paths.items()]
    return Redrawn(
        Dfg(
            tuple(sorted(activities, key=lambda a: (-a.count, a.name))),
            tuple(sorted(paths, key=lambda p: (-p.count, p.source, p.target))),
            _boundaries(names, moves.starts),
            _boundaries(names, moves.ends),
        ),
        {names[a]: {kind: n / sum(by.values()) for kind, n in by.items()} for a, by in moves.kinds.items()},
        sum(moves.starts.values()),
        sum(moves.activities.values()),
    )


class _Moves:
    """Counts of moves, added up by activity, by path, and by who works."""

    def __init__(self, rows: list[Any]) -> None:
        self.activities: defaultdict[int, int] = defaultdict(int)
        self.first: defaultdict[int, int] = defaultdict(int)
        self.paths: defaultdict[tuple[int, int], int] = defaultdict(int)
        self.starts: defaultdict[int, int] = defaultdict(int)
        self.kinds: defaultdict[int, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
        left: defaultdict[int, int] = defaultdict(int)
        for source, target, kind, count, first in rows:
            self.activities[target] += count
            self.first[target] += first
            self.kinds[target][kind] += count
            if source is None:
                self.starts[target] += count
            else:
                self.paths[source, target] += count
                left[source] += count
        # What an activity is not left from, it ends.
        self.ends = {activity: n - left[activity] for activity, n in self.activities.items() if n > left[activity]}


def _boundaries(names: Mapping[int, str], cases: Mapping[int, int]) -> tuple[Boundary, ...]:
    found = [Boundary(names[activity], n) for activity, n in cases.items()]
    return tuple(sorted(found, key=lambda b: (-b.cases, b.activity)))


def _rows(connection: duckdb.DuckDBPyConnection, name: str) -> list[Any]:
    return connection.execute(load("mining.sql", name).sql).fetchall()
