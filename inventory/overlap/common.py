"""What two pilots have in common, as people can check it: tasks, activities, words, rare systems, data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inventory import labels
from inventory.overlap.features import task_keys
from inventory.overlap.rarity import rarities
from inventory.overlap.reasons import Common
from inventory.overlap.texts import texts_of
from inventory.values import Pilot, TouchedKind


@dataclass(frozen=True)
class Inventory:
    """What every pilot has, by id, read once."""

    pilots: Mapping[int, Pilot]
    tasks: Mapping[int, frozenset[str]]  # keys of activities, by what a person linked them to
    words: Mapping[int, frozenset[str]]  # without those that all share
    rare: Mapping[TouchedKind, Mapping[str, float]]
    mined: Mapping[str, str]  # activities of event logs, by key

    def common(self, a: int, b: int) -> Common:
        """What pilots `a` and `b` have in common. A task, a system or data that half of all have is left out."""
        first, second = self.pilots[a], self.pilots[b]
        tasks = [t for t in sorted(self.tasks[a] & self.tasks[b]) if self.rare[TouchedKind.ACTIVITY].get(t, 0) > 0]
        written = {labels.key(x): x for x in reversed(first.facts.activities)}
        return Common(
            tasks=tuple(self.mined[t] for t in tasks if t in self.mined),
            activities=tuple(written.get(t, t) for t in tasks if t not in self.mined),
            words=tuple(sorted(self.words[a] & self.words[b])),
            systems=self._shared(first, second, TouchedKind.SYSTEM),
            data=self._shared(first, second, TouchedKind.DATA),
            departments=departments((first, second)),
        )

    def _shared(self, first: Pilot, second: Pilot, kind: TouchedKind) -> tuple[str, ...]:
        other = {labels.key(x) for x in second.facts.touched(kind)}
        return tuple(
            x for x in first.facts.touched(kind)
            if labels.key(x) in other and self.rare[kind].get(labels.key(x), 0) > 0
        )  # fmt: skip


def inventory_of(
    pilots: Sequence[Pilot], task_of: Mapping[tuple[int, str], str], mined: Mapping[str, str]
) -> Inventory:
    """What `pilots` have; `task_of` as in `features.pair_table`, `mined` the activities of event logs by key."""
    known = sorted(pilots, key=lambda p: p.id)
    words = texts_of(known).everything()
    tasks = {p.id: task_keys(p, task_of) for p in known}
    rare: dict[TouchedKind, Mapping[str, float]] = {TouchedKind.ACTIVITY: rarities(list(tasks.values()))}
    for kind in (TouchedKind.SYSTEM, TouchedKind.DATA):
        rare[kind] = rarities([{labels.key(x) for x in p.facts.touched(kind)} for p in known])
    by_id = {p.id: p for p in known}
    said = {p.id: frozenset(w) for p, w in zip(known, words, strict=True)}
    return Inventory(by_id, tasks, said, rare, mined)


def departments(pilots: Sequence[Pilot]) -> tuple[str, ...]:
    """The departments of `pilots`, each once as the first of them writes it."""
    found: dict[str, str] = {}
    for pilot in pilots:
        found.setdefault(labels.key(pilot.facts.department), pilot.facts.department)
    return tuple(found.values())
