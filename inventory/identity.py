"""Whether a row of a sheet speaks of a pilot that is in the inventory already."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, replace

from inventory.store import name_key, reference_key
from inventory.values import Pilot, PilotFacts

_FIRST = (  # what was known of a pilot when digests were first stored: these are in it, known or not
    "name", "department", "reference", "owner", "sponsor", "status", "purpose", "activities", "systems", "data",
    "data_sensitivity", "vendor", "model", "started", "monthly_cost", "currency", "monthly_benefit", "users",
    "human_review", "autonomy_level",
)  # fmt: skip


def digest(facts: PilotFacts) -> str:
    """SHA-256 of the facts, whatever the order or file they came in. What came later counts where it is known."""
    values = {k: v for k, v in asdict(facts).items() if k in _FIRST or v not in (None, ())}
    content = json.dumps(values, sort_keys=True, default=str, ensure_ascii=True)
    return hashlib.sha256(content.encode()).hexdigest()


def merge(stored: PilotFacts, given: PilotFacts, columns: Collection[str]) -> PilotFacts:
    """`stored` with what the sheet's `columns` say. A column that the sheet lacks changes nothing, nor does a missing
    reference; an empty cell of any other column says that it is not known."""
    said = {column: getattr(given, column) for column in columns}
    if said.get("reference") is None:
        said.pop("reference", None)
    return replace(stored, **said)


class KnownPilots:
    """The stored pilots, found by what tells them apart."""

    def __init__(self, pilots: Iterable[Pilot]) -> None:
        self._references: dict[str, Pilot] = {}
        self._names = defaultdict[str, list[Pilot]](list)
        for pilot in pilots:
            reference = reference_key(pilot.facts)
            if reference is not None:
                self._references[reference] = pilot
            self._names[name_key(pilot.facts)].append(pilot)

    def same(self, facts: PilotFacts) -> Pilot | None:
        """The pilot that `facts` speak of: that of the same reference, else of the same name and department.

        A row with a reference is never taken for a pilot that has another one. Raises ValueError, in words, when
        several pilots have this name and department and the row has no reference to tell them apart.
        """
        reference = reference_key(facts)
        if reference is not None and reference in self._references:
            return self._references[reference]
        named = self._names.get(name_key(facts), [])
        if reference is not None:
            named = [p for p in named if p.facts.reference is None]
        if len(named) > 1:
            listed = ", ".join(f"`{p.facts.reference}`" for p in named)
            raise ValueError(f"could be any of the pilots {listed}; give its reference.")
        return named[0] if named else None


def repeated(rows: Sequence[tuple[int, PilotFacts]]) -> tuple[tuple[int, str], ...]:
    """Where one sheet speaks of the same pilot twice: the later row, and the problem in words."""
    references, names = defaultdict[str, list[int]](list), defaultdict[str, list[tuple[int, str | None]]](list)
    for line, facts in rows:
        reference = reference_key(facts)
        names[name_key(facts)].append((line, reference))
        if reference is not None:
            references[reference].append(line)
    shown = dict(rows)
    twice = [
        (lines[1], f"Rows {_list(lines)} have the same reference `{shown[lines[0]].reference}`.")
        for lines in references.values()
        if len(lines) > 1
    ]
    for found in names.values():
        if len(found) > 1 and any(reference is None for _, reference in found):
            facts = shown[found[0][0]]
            text = (
                f"Rows {_list([line for line, _ in found])} have the same name `{facts.name}` and department "
                f"`{facts.department}`. Give each its own reference, or remove one."
            )
            twice.append((found[1][0], text))
    return tuple(twice)


def taken(facts: PilotFacts, others: Iterable[Pilot]) -> str | None:
    """Why a pilot of these facts could not be told from one of `others`, in words; None where it can."""
    reference = reference_key(facts)
    for other in others:
        theirs = reference_key(other.facts)
        if reference is not None and theirs == reference:
            return f"The reference `{facts.reference}` is that of the pilot `{other.facts.name}` (#{other.id})."
        if name_key(other.facts) == name_key(facts) and (reference is None or theirs is None):
            return (
                f"There is a pilot `{other.facts.name}` in `{other.facts.department}` (#{other.id}). "
                "Give each its own reference."
            )
    return None


def _list(lines: Sequence[int]) -> str:
    return f"{', '.join(map(str, lines[:-1]))} and {lines[-1]}"
