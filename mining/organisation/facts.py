"""What a log can say about performers and systems at all, and the sentences for what it cannot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.queries import load
from core.trust import NO_PERFORMERS, TRUSTED, Result, Trust

if TYPE_CHECKING:
    import duckdb

NO_CASES = "No case is left by these filters. Take a filter out."
ONE_PERFORMER = "There is only one performer, so work never changes hands."
NO_SYSTEMS = "No activity instance names its system. Import the log again with --system COLUMN."
ONE_SYSTEM = "There is only one system, so work never moves between systems."
NO_KINDS = (
    "The log does not say which performers are people. Import it again with --performer-kind COLUMN or "
    "--kind NAME=human."
)


@dataclass(frozen=True)
class OrganisationFacts:
    """What the log says, counted."""

    steps: int
    performer_steps: int
    system_steps: int
    cases: int
    has_start: bool
    instances: int
    kinds: dict[str, str]  # performer to kind
    systems: int
    trust: Trust = TRUSTED


def known(connection: duckdb.DuckDBPyConnection, trust: Trust = TRUSTED) -> OrganisationFacts:
    """What the log that `connection` has open says about performers and systems, and what it can carry."""
    steps, performer_steps, system_steps, cases, has_start, instances = rows(connection, "steps")[0]
    kinds = dict(rows(connection, "kinds"))
    systems = connection.execute("SELECT count(*) FROM system").fetchone()
    return OrganisationFacts(
        steps,
        performer_steps,
        system_steps,
        cases,
        has_start,
        instances,
        kinds,
        systems[0] if systems else 0,
        trust,
    )


def why_not_performers(facts: OrganisationFacts) -> str | None:
    """Why nothing can be said about work between performers; None where it can."""
    if not facts.cases:
        return NO_CASES
    if not facts.kinds:
        return NO_PERFORMERS
    group = facts.trust.why_not(Result.SHARED_WORK)  # one name that stands for many people
    if group is None and len(facts.kinds) == 1:
        return ONE_PERFORMER
    return group or facts.trust.why_not(Result.HAND_OVERS)


def why_not_attributes(facts: OrganisationFacts) -> str | None:
    """Why nothing can be said about changes of an attribute; None where it can."""
    return None if facts.cases else NO_CASES


def why_not_systems(facts: OrganisationFacts) -> str | None:
    """Why nothing can be said about work between systems; None where it can."""
    if not facts.cases:
        return NO_CASES
    if not facts.systems:
        return NO_SYSTEMS
    return ONE_SYSTEM if facts.systems == 1 else None


def why_not_kinds(facts: OrganisationFacts) -> str | None:
    """Why nothing can be said about people, agents and systems; None where it can."""
    return why_not_performers(facts) or (NO_KINDS if set(facts.kinds.values()) <= {"unknown"} else None)


def rows(connection: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, Any] | None = None) -> list[Any]:
    """The rows of a named query of this package."""
    return connection.execute(load("mining.organisation.sql", query).sql, parameters or {}).fetchall()
