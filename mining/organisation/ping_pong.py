"""Ping-pong: work that one performer (or activity) hands to another and at once gets back.

Three consecutive activity instances of a case, A, B, A. The added time runs from the end of the first to the start of
the third (without starts: to its end), never below 0: what the detour took.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import BadInput
from mining.organisation.facts import OrganisationFacts, known, rows, why_not_performers
from mining.organisation.values import PingPong, Return

if TYPE_CHECKING:
    import duckdb


def ping_pong(
    connection: duckdb.DuckDBPyConnection, by: str = "performer", facts: OrganisationFacts | None = None
) -> PingPong:
    """Every return, `by` performer or by activity, the most frequent first. Raises BadInput for any other."""
    if by not in ("performer", "activity"):
        raise BadInput(f"Ping-pong cannot be shown by `{by}`. Use `performer` or `activity`.")
    reason = why_not_performers(facts or known(connection)) if by == "performer" else None
    if reason:
        return PingPong(by, (), 0, 0, 0.0, reason)
    total, *found = rows(connection, "ping_pong", {"by": by})
    return PingPong(by, tuple(Return(*row) for row in found), total[2], total[3], float(total[5]))
