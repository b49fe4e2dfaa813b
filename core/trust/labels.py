"""Group labels: names that stand for many people, and are no performers in the sense of hand-overs or four eyes."""

from __future__ import annotations

import re
from collections.abc import Sequence

import duckdb

from core.figures import per_cent
from core.queries import load

NEARLY_ALL = 0.9  # of what people did
_HALF = 0.5
_LEAST = 100  # activity instances: fewer may well be the work of one person
_LABELS = re.compile(
    r"(all |any |external |internal |the )?"
    r"(staff|staff member|employees?|users?|clerks?|workers?|operators?|persons?|people|humans?|members?|team|group|"
    r"department|personnel|supervisors?|managers?|approvers?|administrators?|customers?|clients?|"
    r"mitarbeiter(in)?|sachbearbeiter(in)?|benutzer|personal|abteilung|mensch|empleados?|usuarios?|personas?|"
    r"medewerkers?|gebruikers?|employes?|utilisateurs?|agents? humains?)",
    re.IGNORECASE,
)


def group_label(connection: duckdb.DuckDBPyConnection) -> str | None:
    """Why the people of the log that `connection` shows cannot be told apart; None where they can.

    One name, or words for a role, hold nearly all of what people did.
    """
    rows = connection.execute(load("core.trust.sql", "people").sql).fetchall()
    return of_names([(name, int(count)) for name, count in rows])


def of_names(people: Sequence[tuple[str, int]]) -> str | None:
    """As `group_label`, for names with their activity instances, the busiest first."""
    total = sum(count for _, count in people)
    if not total:
        return None
    labels = [(name, count) for name, count in people if _LABELS.fullmatch(name.strip().replace("_", " "))]
    held = sum(count for _, count in labels)
    if held >= _HALF * total:
        return f"{_named(labels)} {per_cent(held / total)} of what people did, and {_stands(len(labels))}."
    name, count = people[0]
    if total >= _LEAST and count >= NEARLY_ALL * total:
        return (
            f"`{name}` holds {per_cent(count / total)} of what people did: a name that stands for "
            f"many tells none apart."
        )
    return None


def _named(labels: Sequence[tuple[str, int]]) -> str:
    shown = ", ".join(f"`{name}`" for name, _ in labels[:3])
    return f"{shown} holds" if len(labels) == 1 else f"{shown} hold"


def _stands(number: int) -> str:
    return "is a word for many people, not one" if number == 1 else "are words for many people"
