"""What only follows from a mark: an activity that comes after the case was overdue cannot be why it was.

A mark is decided at a moment: when the case was due, had taken too long, failed, or did something again. What most
marked cases do for the first time after that moment is told apart from the causes, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.queries import load as load_query
from core.selection.selection import Selection
from mining.causes.candidates import CountedFactor, Tally
from mining.causes.values import FactorKind, Mark, Quick, UntestedFactors

if TYPE_CHECKING:
    import duckdb

SHARE = 0.9  # of the marked cases that have it: from here on it counts as what follows
_SQL = "mining.causes.sql"
_EVENTS = {
    FactorKind.ACTIVITY: "e.activity_no",
    FactorKind.PATH: "CASE WHEN e.previous_activity_no IS NOT NULL THEN [e.previous_activity_no, e.activity_no] END",
    FactorKind.PERFORMER: "e.performer_no",
    FactorKind.SYSTEM: "e.system_no",
}
_DECIDED = {
    Quick.SLOWEST: ("decided_slow", "the case had taken as long as any that is not marked"),
    Quick.SLOWER: ("decided_slow", "the case had taken too long"),
    Quick.OVERDUE: ("decided_overdue", "the case was due"),
    Quick.FAILED: ("decided_failed", "the first error"),
    Quick.REWORK: ("decided_rework", "the first activity came again"),
}


@dataclass(frozen=True)
class Split:
    """Candidates that may be why, and what only follows from the mark."""

    kept: tuple[CountedFactor, ...]
    follows: tuple[UntestedFactors, ...]


def set_apart(
    connection: duckdb.DuckDBPyConnection, mark: Mark, base: Selection, found: Sequence[CountedFactor],
    variants: Sequence[Tally],
) -> Split:  # fmt: skip
    """`found` without what only follows from `mark`, whose cases stand in `marked_case`."""
    reasons = _reasons(connection, mark, base)
    if mark.quick is Quick.OPEN:
        reasons = {(FactorKind.ACTIVITY, name): why for name, why in _closing(variants).items()}
    # what every case does in the end follows from nothing, and takes no path or variant with it
    telling = {c.label.value for c in found if c.kind is FactorKind.ACTIVITY}
    reasons = {key: why for key, why in reasons.items() if key[0] is not FactorKind.ACTIVITY or key[1] in telling}
    traces = {tally.variant_no: tally.trace for tally in variants}
    kept, follows = [], []
    for candidate in found:
        reason = _reason(candidate, reasons, traces)
        if reason is None:
            kept.append(candidate)
        elif candidate.kind is not FactorKind.VARIANT:
            follows.append(UntestedFactors(f"{candidate.kind.value} {candidate.label.value}", reason))
    return Split(tuple(kept), tuple(follows))


def _reason(
    candidate: CountedFactor, reasons: dict[tuple[FactorKind, Any], str], traces: dict[int, tuple[str, ...]]
) -> str | None:
    """Why a candidate only follows; a variant does where it has an activity that does."""
    if candidate.kind is FactorKind.VARIANT:
        trace = traces[candidate.variants[0]]
        return next((why for a in trace if (why := reasons.get((FactorKind.ACTIVITY, a)))), None)
    if candidate.path:
        touched = [reasons.get((FactorKind.ACTIVITY, activity)) for activity in candidate.path]
        return reasons.get((FactorKind.PATH, candidate.path)) or next(filter(None, touched), None)
    return reasons.get((candidate.kind, candidate.label.value))


def _reasons(
    connection: duckdb.DuckDBPyConnection, mark: Mark, base: Selection
) -> dict[tuple[FactorKind, Any], str]:  # fmt: skip
    """What is first seen after the mark was decided, with the words for it."""
    when = _decide(connection, mark, base)
    if when is None:
        return {}
    names = {
        FactorKind.ACTIVITY: dict(connection.execute("SELECT activity_no, name FROM activity").fetchall()),
        FactorKind.PERFORMER: dict(connection.execute("SELECT performer_no, name FROM performer").fetchall()),
        FactorKind.SYSTEM: dict(connection.execute("SELECT system_no, name FROM system").fetchall()),
    }
    activities = names[FactorKind.ACTIVITY]
    found = {}
    for kind, what in _EVENTS.items():
        if kind is FactorKind.PATH and mark.quick is Quick.REWORK:
            continue  # the path on from what came again is the rework itself: the guard's
        sql = load_query(_SQL, "late").sql.replace("{what}", what)
        for thing, why in _late(connection, sql, when, "it is first seen").items():
            named = tuple(activities[no] for no in thing) if kind is FactorKind.PATH else names[kind][thing]
            found[kind, named] = why
    ends = _late(connection, load_query(_SQL, "late_ends").sql, when, "that end lies")
    return found | {(FactorKind.END, activities[no]): why for no, why in ends.items()}


def _late(connection: duckdb.DuckDBPyConnection, sql: str, when: str, said: str) -> dict[Any, str]:
    rows = connection.execute(sql).fetchall()
    return {
        tuple(thing) if isinstance(thing, list) else thing: (
            f"in {late:,} of the {cases:,} marked cases that have it, {said} after {when}"
        )
        for thing, cases, late in rows
        if late >= SHARE * cases
    }


def _decide(connection: duckdb.DuckDBPyConnection, mark: Mark, base: Selection) -> str | None:
    """Create `decided` (case_no, decided) on `connection`; the moment in words, None where the mark has none."""
    bound: dict[str, Any] = {}
    if mark.quick in _DECIDED:
        query, when = _DECIDED[mark.quick]
        if query == "decided_slow":
            bound = {"seconds": mark.seconds if mark.quick is Quick.SLOWER else None}
    else:
        asked = [f for f in (mark.selection.active if mark.selection else ()) if f not in base.filters]
        named = sorted({name for f in asked for name in _activities(f)})
        if not named:
            return None
        query, when = "decided_activity", " or ".join(f"`{name}`" for name in named[:3])
        bound = {"activities": named}
    connection.execute(load_query(_SQL, query).sql, bound)
    return when


def _activities(found: Any) -> tuple[str, ...]:
    """The activities whose being done is what a filter asks for."""
    if getattr(found, "inverted", False):
        return ()
    if found.kind == "activity":
        return tuple(found.activities)
    return (found.target,) if found.kind == "follows" else ()


def _closing(variants: Iterable[Tally]) -> dict[str, str]:
    """The activities that complete cases end with, almost whenever they have them: open cases stand before."""
    having: dict[str, int] = {}
    ending: dict[str, int] = {}
    for tally in variants:
        complete = tally.cases - tally.marked
        for activity in set(tally.trace):
            having[activity] = having.get(activity, 0) + complete
        if tally.trace:
            ending[tally.trace[-1]] = ending.get(tally.trace[-1], 0) + complete
    return {
        name: f"{n:,} of the {having[name]:,} complete cases that have it end with it: an open case is still before it"
        for name, n in ending.items()
        if n and n >= SHARE * having[name]
    }
