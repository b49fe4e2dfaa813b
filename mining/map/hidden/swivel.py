"""Repeated swivel: cases that go to and fro between the same two systems at least three times (A, B, A, B).

Visits of a system count, not activity instances. Consistency is the share of the changes that no agent or system makes;
effect is 1 - 1/c, where c changes are made in such a case on average.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mining.map.hidden.confidence import confidence
from mining.map.hidden.queries import rows
from mining.map.hidden.values import MOST_EXAMPLES, FindingFigure, HiddenFinding, HiddenKind, Judged

if TYPE_CHECKING:
    import duckdb

LEAST_CASES = 5


def swivels(connection: duckdb.DuckDBPyConnection) -> Judged:
    """Pairs of systems that work is carried to and fro between, with what could not be judged."""
    systems = (connection.execute("SELECT count(*) FROM system").fetchone() or (0,))[0]
    if systems < 2:
        return Judged((), "The log names no system." if systems == 0 else "The log names only one system.")
    return Judged(tuple(_finding(*row) for row in rows(connection, "swivels") if row[3] >= LEAST_CASES), None, systems)


def _finding(
    one: str, other: str, stretches: int, cases: int, changes: int, by_hand: int, same: int, met: int, examples: Any
) -> HiddenFinding:
    evidence = [
        FindingFigure("times a case goes to and fro", stretches, "count"),
        FindingFigure("changes of system in them", changes, "count"),
        FindingFigure("cases with both systems that do so", cases / met, "share"),
        FindingFigure("changes not made by an agent or system", by_hand / changes, "share"),
    ]
    if by_hand:
        evidence.append(
            FindingFigure("of these, by who worked in the other system just before", same / by_hand, "share")
        )
    return HiddenFinding(
        HiddenKind.SWIVEL, f"Work goes to and fro between `{one}` and `{other}` again and again.",
        "Somebody may be keying in or comparing by hand what the two systems do not tell each other; or the process is "
        "meant to use them in turn.",
        changes, cases, confidence(cases, by_hand / changes, 1 - cases / changes), tuple(evidence),
        tuple(sorted(examples)[:MOST_EXAMPLES]), systems=(one, other),
    )  # fmt: skip
