"""Manual hand-offs between systems: work that a person carries from one system of record into another.

Two consecutive activity instances of a case in different systems, the second done by a person. Where the same person
did both, it is a swivel chair: they key in again what one system knows already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mining.organisation.facts import OrganisationFacts, known, rows, why_not_kinds, why_not_systems
from mining.organisation.values import Carrier, Transfer, Transfers

if TYPE_CHECKING:
    import duckdb


def transfers(connection: duckdb.DuckDBPyConnection, facts: OrganisationFacts | None = None) -> Transfers:
    """Work between systems, most manual hand-offs first, and the people (and unknown performers) who carry it."""
    facts = facts or known(connection)
    reason = why_not_systems(facts)
    if reason:
        return Transfers((), (), reason)
    without = why_not_kinds(facts) if len(facts.kinds) != 1 else None
    return Transfers(
        tuple(Transfer(*row) for row in rows(connection, "transfers")),
        tuple(Carrier(*row) for row in rows(connection, "transfers_by_performer")),
        without_kinds=without,
    )
