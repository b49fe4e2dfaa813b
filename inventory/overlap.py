"""Where pilots touch the same work. Duplicate candidates, the same activity in two departments, come first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from core.workspace import Workspace
from inventory import labels
from inventory.store import list_pilots
from inventory.values import Overlap, Overlaps, Pilot, Shared, TouchedKind

# What sharing a thing of each kind proves: a step is one piece of work, while a system is used by everybody.
WEIGHT = {TouchedKind.ACTIVITY: 3, TouchedKind.DATA: 2, TouchedKind.SYSTEM: 1}

Touched = dict[TouchedKind, dict[str, str]]  # kind to key to label


def overlaps(ws: Workspace) -> Overlaps:
    """All overlaps between pilots that are not stopped."""
    return find_overlaps(list_pilots(ws))


def find_overlaps(pilots: Sequence[Pilot]) -> Overlaps:
    """Every pair of active pilots that shares an activity, a system or data, and every thing that is shared.

    `strength` is the mean over activities, data and systems, weighted 3, 2 and 1, of what two pilots share as a part of
    what either touches (Jaccard's index); a kind of which neither names anything is left out.
    """
    active = sorted((p for p in pilots if p.active), key=lambda p: p.id)
    touched = {p.id: _touched(p) for p in active}
    by_id = {p.id: p for p in active}
    holders = _holders(active, touched)
    pairs = {pair for ids in holders.values() for pair in combinations(ids, 2)}
    found = [_overlap(by_id[a], by_id[b], touched[a], touched[b]) for a, b in pairs]
    return Overlaps(tuple(sorted(found, key=_order)), _shared(holders, by_id, touched))


def _touched(pilot: Pilot) -> Touched:
    return {kind: {labels.key(label): label for label in pilot.facts.touched(kind)} for kind in TouchedKind}


def _holders(pilots: Sequence[Pilot], touched: dict[int, Touched]) -> dict[tuple[TouchedKind, str], list[int]]:
    """For each thing, the pilots that touch it."""
    found = defaultdict[tuple[TouchedKind, str], list[int]](list)
    for pilot in pilots:
        for kind, things in touched[pilot.id].items():
            for key in things:
                found[kind, key].append(pilot.id)
    return found


def _overlap(first: Pilot, second: Pilot, a: Touched, b: Touched) -> Overlap:
    common = {kind: tuple(a[kind][key] for key in a[kind] if key in b[kind]) for kind in TouchedKind}
    departments = _departments((first, second))
    duplicate = bool(common[TouchedKind.ACTIVITY]) and len(departments) == 2
    return Overlap(
        first=first.id,
        second=second.id,
        first_name=first.facts.name,
        second_name=second.facts.name,
        departments=departments,
        activities=common[TouchedKind.ACTIVITY],
        systems=common[TouchedKind.SYSTEM],
        data=common[TouchedKind.DATA],
        strength=_strength(a, b),
        duplicate=duplicate,
        reason=_reason(common, departments, duplicate),
    )


def _strength(a: Touched, b: Touched) -> float:
    total, weights = 0.0, 0
    for kind, weight in WEIGHT.items():
        either = a[kind].keys() | b[kind].keys()
        if either:
            total += weight * len(a[kind].keys() & b[kind].keys()) / len(either)
            weights += weight
    return total / weights if weights else 0.0


def _reason(common: dict[TouchedKind, tuple[str, ...]], departments: tuple[str, ...], duplicate: bool) -> str:
    words = {TouchedKind.ACTIVITY: "same activity", TouchedKind.SYSTEM: "same system", TouchedKind.DATA: "same data"}
    shared = "; ".join(
        f"{words[kind]} {', '.join(f'`{label}`' for label in common[kind])}" for kind in WEIGHT if common[kind]
    )
    where = f"in {' and '.join(departments)}" if len(departments) > 1 else f"both in {departments[0]}"
    return f"{'Duplicate candidate: ' if duplicate else ''}{shared}, {where}."


def _order(overlap: Overlap) -> tuple[object, ...]:
    return not overlap.duplicate, not overlap.activities, -overlap.strength, overlap.first, overlap.second


def _shared(
    holders: dict[tuple[TouchedKind, str], list[int]], by_id: dict[int, Pilot], touched: dict[int, Touched]
) -> tuple[Shared, ...]:
    """What more than one pilot touches: activities first, then data, then systems, the most shared first."""
    found = [
        Shared(kind, touched[ids[0]][kind][key], tuple(ids), _departments([by_id[i] for i in ids]))
        for (kind, key), ids in holders.items()
        if len(ids) > 1
    ]
    return tuple(sorted(found, key=lambda s: (-WEIGHT[s.kind], -len(s.pilots), labels.key(s.label))))


def _departments(pilots: Sequence[Pilot]) -> tuple[str, ...]:
    """The departments of `pilots`, each once as the first of them writes it."""
    found: dict[str, str] = {}
    for pilot in pilots:
        found.setdefault(labels.key(pilot.facts.department), pilot.facts.department)
    return tuple(found.values())
