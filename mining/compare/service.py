"""Two selections, or two event logs, side by side."""

from __future__ import annotations

from core.eventlog import Opened
from core.queries import load as load_query
from core.view import View
from core.workspace import Workspace
from mining.compare.carried import carried
from mining.compare.maps import Seens, differences, read_map, read_traces
from mining.compare.metrics import Cases, metrics, overlap, read_cases
from mining.compare.values import Side, SideBySide

_NOT_RANDOM = (
    "The sides were not drawn at random: a difference between them may come from what else sets their cases apart."
)


def compare_sides(ws: Workspace, a: View, b: View, *, alpha: float = 0.05) -> SideBySide:
    """`a` and `b` side by side: metrics with the intervals of their difference, and everything their maps differ in.

    Raises NotFound for a log or a version that there is not.
    """
    with ws.logs.open(a) as opened:
        (cases_a, map_a, traces_a), trust_a = _read(opened), opened.trust
    with ws.logs.open(b) as opened:
        (cases_b, map_b, traces_b), trust_b = _read(opened), opened.trust
    side_a, side_b = cases_a.side, cases_b.side
    missing = [name for name, side in (("A", side_a), ("B", side_b)) if not side.cases]
    if missing:
        why = f"No case is left on side {' and '.join(missing)}: take a filter away."
        return SideBySide(side_a, side_b, 0, (), (), 0, alpha, (), why)
    both = overlap(cases_a, cases_b)
    found = SideBySide(
        side_a, side_b, both, metrics(cases_a, cases_b), differences(map_a, map_b, side_a.cases, side_b.cases),
        len(traces_a & traces_b), alpha, _notes(side_a, side_b, both),
    )  # fmt: skip
    return carried(found, trust_a, trust_b)


def _read(opened: Opened) -> tuple[Cases, Seens, frozenset[tuple[str, ...]]]:
    connection, found = opened.connection, opened.version
    row = connection.execute(load_query("mining.compare.sql", "period").sql).fetchall()[0]
    side = Side(found.log, found.version, opened.view.selection, *row)
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
