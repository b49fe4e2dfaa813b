"""Two selections, or two event logs, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import LogVersion, Workspace, load_query
from mining.compare.maps import Seens, differences, read_map, read_traces
from mining.compare.metrics import Cases, metrics, overlap, read_cases
from mining.compare.values import Asked, Side, SideBySide

if TYPE_CHECKING:
    import duckdb

_NOT_RANDOM = (
    "The sides were not drawn at random: a difference between them may come from what else sets their cases apart."
)


def compare_sides(ws: Workspace, a: Asked, b: Asked, *, alpha: float = 0.05) -> SideBySide:
    """`a` and `b` side by side: metrics with the intervals of their difference, and everything their maps differ in.

    Raises NotFound for a log or a version that there is not.
    """
    found_a, found_b = ws.logs.get(a.log, a.version), ws.logs.get(b.log, b.version)
    with ws.logs.select(found_a, a.selection) as connection:
        cases_a, map_a, traces_a = _read(connection, found_a, a)
    with ws.logs.select(found_b, b.selection) as connection:
        cases_b, map_b, traces_b = _read(connection, found_b, b)
    side_a, side_b = cases_a.side, cases_b.side
    missing = [name for name, side in (("A", side_a), ("B", side_b)) if not side.cases]
    if missing:
        why = f"No case is left on side {' and '.join(missing)}: take a filter away."
        return SideBySide(side_a, side_b, 0, (), (), 0, alpha, (), why)
    both = overlap(cases_a, cases_b)
    return SideBySide(
        side_a, side_b, both, metrics(cases_a, cases_b), differences(map_a, map_b, side_a.cases, side_b.cases),
        len(traces_a & traces_b), alpha, _notes(side_a, side_b, both),
    )  # fmt: skip


def _read(
    connection: duckdb.DuckDBPyConnection, found: LogVersion, asked: Asked
) -> tuple[Cases, Seens, frozenset[tuple[str, ...]]]:
    row = connection.execute(load_query("mining.compare.sql", "period").sql).fetchall()[0]
    side = Side(found.log, found.version, asked.selection, *row)
    return read_cases(connection, side), read_map(connection, max(1, side.cases)), read_traces(connection)


def _notes(a: Side, b: Side, both: int) -> tuple[str, ...]:
    notes = [_NOT_RANDOM]
    if both:
        notes.append(
            f"{both:,} cases stand on both sides. The intervals take the sides for independent; "
            "shared cases make them wider than need be."
        )
    if a.selection.grouped_by != b.selection.grouped_by:
        notes.append("The sides are grouped by different things; only what has the same name on both is compared.")
    return tuple(notes)
