"""Where a process changed over the time of its log: concept drift."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from core.errors import BadInput
from core.eventlog import LogVersion
from core.queries import load as load_query
from core.selection.filters import Timeframe, TimeframeFilter
from core.view import View
from core.workspace import Workspace
from mining.compare.drift_tests import PARTS, Tested, compare_shares, compare_times, distances, peaks, places
from mining.compare.drift_values import ChangeKind, Drift, DriftChange, DriftCurve, DriftPoint

if TYPE_CHECKING:
    import duckdb

LEAST_WINDOW, MOST_WINDOW = 50, 5_000  # cases
LEAST_CHANGE = 0.05  # of a share: smaller changes are found in any large log, and mean little
LEAST_SHIFT = 0.1  # of cycle time: the chance that a later case takes longer differs so much from one half
MOST_CHANGES = 12  # told of a drift point
_MOST_VALUES = 10  # of an attribute


@dataclass(frozen=True)
class _Feature:
    kind: ChangeKind
    what: str


@dataclass(frozen=True)
class _Family:
    """Features that were tested together."""

    features: Sequence[_Feature]
    tested: Tested
    least: float  # effect for a change to count


def find_drift(
    ws: Workspace,
    view: View,
    *,
    window: int | None = None,
    alpha: float = 0.05,
    least_change: float = LEAST_CHANGE,
) -> Drift:
    """The moments at which the cases that `view` shows began to be worked on differently.

    `window` counts the cases on either side of a place; by default a tenth of all, from LEAST_WINDOW to MOST_WINDOW.
    `alpha` is the chance of any drift point in a log without drift. Raises NotFound and BadInput.
    """
    if not 0 < alpha < 1:
        raise BadInput(f"The chance of a false drift point is `{alpha}`; it must lie between 0 and 1, such as 0.05.")
    if window is not None and window < 4 * PARTS:
        raise BadInput(f"A window of {window} cases is too small; at least {4 * PARTS} are needed.")
    with ws.logs.open(view) as opened:
        connection, found = opened.connection, opened.version
        cases = connection.execute("SELECT count(*) FROM case_ WHERE sound").fetchall()[0][0]
        size = window or min(MOST_WINDOW, max(LEAST_WINDOW, cases // 10))
        if cases < 2 * size:
            few = "1 case is" if cases == 1 else f"{cases:,} cases are"
            why = f"{few} too few: two windows of {size:,} cases are needed, one before and one after."
            none = Drift(
                found.log, found.version, cases, size, 0, 0, alpha, least_change, (), DriftCurve((), ()), why
            )  # fmt: skip
            return opened.told(none)
        return opened.told(_searched(connection, found, cases, size, alpha, least_change))


def _searched(
    connection: duckdb.DuckDBPyConnection, found: LogVersion, cases: int, window: int, alpha: float, least_change: float
) -> Drift:
    import numpy as np

    step = window // PARTS
    parts = cases // step
    connection.execute(_sql("binned"), {"size": step, "parts": parts})
    rows = connection.execute(_sql("parts")).fetchall()
    starts, sizes = [row[0].replace(tzinfo=UTC) for row in rows], np.array([row[1] for row in rows], dtype=float)
    families, times = _families(connection, sizes, least_change)
    tests = sum(family.tested.tests for family in families)
    apart = distances(times)
    scores = _scores(families, alpha, tests, len(places(parts)))
    tail = connection.execute(_sql("tail")).fetchall()[0][0]
    at = [place + PARTS for place in peaks(scores)]  # the part that the drift begins with
    points = [
        DriftPoint(
            starts[part], float(apart[part - PARTS]), _changes(families, alpha, tests, part - PARTS),
            int(sizes[part - PARTS : part].sum()), int(sizes[part : part + PARTS].sum()),
            _period(starts[at[n - 1]] if n else None, starts[part]),
            _period(starts[part], starts[at[n + 1]] if n + 1 < len(at) else None),
            _doubt(starts[min(part + PARTS, parts - 1)], tail),
        )
        for n, part in enumerate(at)
    ]  # fmt: skip
    curve = DriftCurve(tuple(starts[p] for p in places(parts)), tuple(float(d) for d in apart))
    return Drift(
        found.log, found.version, cases, window, len(places(parts)), tests, alpha, least_change, tuple(points), curve
    )


def _families(connection: duckdb.DuckDBPyConnection, sizes: Any, least_change: float) -> tuple[list[_Family], Any]:
    """Everything that is tested, and how often each path was taken in each part."""
    import numpy as np

    families = []
    times: Any = np.zeros((1, len(sizes)))
    kinds = {"paths": ChangeKind.PATH, "activities": ChangeKind.ACTIVITY, "starts": ChangeKind.START,
             "ends": ChangeKind.END}  # fmt: skip
    for name, kind in kinds.items():
        read = connection.execute(_sql(f"drift_{name}")).fetchnumpy()
        names, counts = _matrix(read, "cases", len(sizes))
        families.append(
            _Family([_Feature(kind, n) for n in names], compare_shares(counts, sizes), least_change)
        )  # fmt: skip
        if kind is ChangeKind.PATH and len(names):
            times = _matrix(read, "times", len(sizes))[1]
    for label, sql in _attributes(connection):
        read = connection.execute(sql, {"most": _MOST_VALUES}).fetchnumpy()
        names, counts = _matrix(read, "cases", len(sizes))
        features = [_Feature(ChangeKind.ATTRIBUTE, f"{label} is {n}") for n in names]
        families.append(_Family(features, compare_shares(counts, sizes), least_change))
    read = connection.execute(_sql("cycle_times")).fetchnumpy()
    seconds = compare_times(np.asarray(read["part"]), np.asarray(read["seconds"]), len(sizes))
    families.append(_Family([_Feature(ChangeKind.CYCLE_TIME, "")], seconds, LEAST_SHIFT))
    return families, times


def _matrix(read: Any, column: str, parts: int) -> tuple[list[str], Any]:
    """The names in `read`, and its `column` by name (rows) and part (columns)."""
    import numpy as np

    names, rows = np.unique(np.asarray(read["what"]).astype(str), return_inverse=True)
    counts = np.zeros((len(names), parts))
    counts[rows, np.asarray(read["part"])] = np.asarray(read[column])
    return [str(name) for name in names], counts


def _attributes(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """The name of each attribute in words that a case begins with, and the query of its values by part."""
    found = []
    for table, first in (("case_attribute", "true"), ("event_attribute", "position = 1")):
        for column, stored, *_ in connection.execute(f"DESCRIBE {table}").fetchall():
            if column.startswith("@") and stored in ("VARCHAR", "BOOLEAN"):
                quoted = '"' + column.replace('"', '""') + '"'
                sql = _sql("drift_attribute").replace("{table}", table).replace("{first}", first)
                found.append((column[1:], sql.replace("{column}", quoted)))  # last: a name may hold what looks like one
    return found


def _scores(families: Sequence[_Family], alpha: float, tests: int, number: int) -> Any:
    """For each place the sum of the statistics of what changed there; 0 where nothing did."""
    import numpy as np

    total = np.zeros(number)
    for family in families:
        total += np.where(_changed(family, alpha, tests), family.tested.statistic, 0.0).sum(axis=0)
    return total


def _changed(family: _Family, alpha: float, tests: int) -> Any:
    """Which features changed at which place: small p after Bonferroni's correction, and an effect that matters."""
    import numpy as np

    return (family.tested.p * max(1, tests) <= alpha) & (np.abs(family.tested.effect) >= family.least)


def _changes(families: Sequence[_Family], alpha: float, tests: int, place: int) -> tuple[DriftChange, ...]:
    """What changed at `place`, the surest first; what changed in the very same way stands together."""
    alike: dict[tuple[float, float, bool], list[tuple[_Feature, float, float]]] = {}
    for family in families:
        tested = family.tested
        for row in _changed(family, alpha, tests)[:, place].nonzero()[0]:
            feature = family.features[row]
            same = (tested.before[row, place], tested.after[row, place], feature.kind is ChangeKind.CYCLE_TIME)
            p = min(1.0, float(tested.p[row, place]) * tests)
            alike.setdefault(same, []).append((feature, p, float(tested.statistic[row, place])))
    found = [
        DriftChange(
            group[0][0].kind, group[0][0].what, float(before), float(after), group[0][1],
            tuple(feature.what for feature, _, _ in group[1:]), group[0][2],
        )
        for (before, after, _), group in alike.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda change: -change.statistic)[:MOST_CHANGES])


def _period(start: datetime | None, end: datetime | None) -> TimeframeFilter:
    return TimeframeFilter(start=start, end=end, mode=Timeframe.STARTING)


def _doubt(until: datetime, tail: datetime | None) -> str:
    """Why a drift point near the end of the log may be none: its cases had no time to end."""
    if tail is None or until <= tail.replace(tzinfo=UTC):
        return ""
    return (
        f"Cases that started after {tail:%Y-%m-%d} had less time to end than 95 % of the cases took: "
        "what looks like a change may be the end of the log."
    )


def _sql(name: str) -> str:
    return load_query("mining.compare.sql", name).sql
