"""Hand-overs: who gives work to whom, by performer, performer kind, system, or an attribute such as a role.

A hand-over is two consecutive activity instances of a case with different performers (glossary); by an attribute, two
with different values of it. It is the causal
measure with depth 1 of van der Aalst, Reijers, Song, "Discovering social networks from event logs" (2005), without the
work that a performer hands to itself. By system, it is two consecutive instances in different systems, whoever did
them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from core.errors import BadInput
from core.queries import load
from mining.organisation.facts import (
    OrganisationFacts,
    known,
    rows,
    why_not_attributes,
    why_not_kinds,
    why_not_performers,
    why_not_systems,
)
from mining.organisation.values import Handover, Handovers, HandoverUnit

if TYPE_CHECKING:
    import duckdb

_ROLE_WORDS = re.compile(
    r"role|rol\b|rolle|dep(artment|artamento|to?)?\b|afdeling|abteilung|group|grupo|groep|gruppe|team|equipo|unit\b|"
    r"unidad|eenheid|einheit|organi[sz]a|area\b|[aá]rea\b|office|oficina|function line|country",
    re.IGNORECASE,
)


def role_attributes(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """The event attributes whose name says that they hold a role, department or group, such as `@org:role`."""
    return tuple(name for name in _attributes(connection) if _ROLE_WORDS.search(name))


def handovers(
    connection: duckdb.DuckDBPyConnection, by: str = "performer", facts: OrganisationFacts | None = None
) -> Handovers:
    """The hand-over matrix `by` performer, kind, system, or an event attribute `@name`. Raises BadInput for any other.

    By kind, a hand-over within one kind stands on the diagonal; from a performer to itself is none. By attribute, its
    changes are counted, with or without performers.
    """
    facts = facts or known(connection)
    if by not in ("performer", "kind", "system") and by not in _attributes(connection):
        roles = ", ".join(f"`{name}`" for name in role_attributes(connection))
        raise BadInput(
            f"Hand-overs cannot be shown by `{by}`. Use `performer`, `kind`, `system`"
            f"{' or an event attribute, such as ' + roles if roles else ''}."
        )
    reasons = {"kind": why_not_kinds, "system": why_not_systems}
    reason = reasons.get(by, why_not_attributes if by.startswith("@") else why_not_performers)(facts)
    if reason:
        return Handovers(by, (), (), 0, 0, facts.cases, facts.steps, 0, 0.0, not facts.has_start, withheld=reason)
    if by.startswith("@"):
        found = _by_attribute(connection, "handovers_by_attribute", by)
        boundaries = _by_attribute(connection, "attribute_boundaries", by)
        kinds: Mapping[str, str] = dict(_by_attribute(connection, "attribute_kinds", by))
    else:
        found, boundaries = rows(connection, "handovers", {"by": by}), rows(connection, "boundaries", {"by": by})
        kinds = _kinds(by, found, facts)
    return _matrix(by, facts, found, kinds, boundaries)


def _kinds(by: str, found: Sequence[Any], facts: OrganisationFacts) -> Mapping[str, str]:
    if by == "performer":
        return facts.kinds
    names = {name for row in found[1:] for name in row[:2]}
    return {name: name if by == "kind" else "system" for name in names}


def _matrix(
    by: str, facts: OrganisationFacts, found: Sequence[Any], kinds: Mapping[str, str], boundaries: Sequence[Any]
) -> Handovers:
    cells = tuple(Handover(*row[:6]) for row in found[1:])
    given: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    for cell in cells:
        given[cell.source] += cell.count
        taken[cell.target] += cell.count
    names = sorted({*given, *taken}, key=lambda n: (-given[n] - taken[n], n))
    total = found[0]
    return Handovers(
        by, tuple(HandoverUnit(n, kinds.get(n, "unknown"), given[n], taken[n]) for n in names), cells,
        total[2], total[3], facts.cases, facts.steps,
        _known_steps(by, facts, found), float(total[5]), not facts.has_start,
        starts=tuple((name, cases) for side, name, cases in boundaries if side == "start" and name),
        ends=tuple((name, cases) for side, name, cases in boundaries if side == "end" and name),
    )  # fmt: skip


def _known_steps(by: str, facts: OrganisationFacts, found: Sequence[Any]) -> int:
    """Steps whose both sides are known."""
    if by.startswith("@"):
        return int(found[0][6])
    return facts.system_steps if by == "system" else facts.performer_steps


def _attributes(connection: duckdb.DuckDBPyConnection) -> list[str]:
    described = connection.execute("SELECT * FROM event_attribute LIMIT 0").description or ()
    return [column[0] for column in described if column[0].startswith("@")]


def _by_attribute(connection: duckdb.DuckDBPyConnection, query: str, attribute: str) -> list[Any]:
    sql = load("mining.organisation.sql", query).sql
    return connection.execute(sql.replace('"@attribute"', '"' + attribute.replace('"', '""') + '"')).fetchall()
