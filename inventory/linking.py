"""Links the activities and systems that pilots name to those that were mined: by name or by what a person chose.

Never by resemblance: a wrong link hides a gap. What resembles is suggested.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.workspace import Workspace
from inventory import labels
from inventory.choosing import chosen_links
from inventory.demand import Mined, mined_names
from inventory.overlap.encoder import Encoder, find_encoder
from inventory.store import list_pilots
from inventory.suggesting import NamedStep, suggest
from inventory.values import Link, Pilot, Suggestion, TouchedKind

_LINKED = (TouchedKind.ACTIVITY, TouchedKind.SYSTEM)  # event logs do not name data objects


def links(ws: Workspace) -> tuple[Link, ...]:
    """Every activity and system that a pilot names, with the event logs that have it.

    A name that no log has and nobody chose one for gets suggestions instead: of an activity the three mined ones that
    it may stand for, of a system those whose names look alike.
    """
    return link(list_pilots(ws), mined_names(ws), chosen_links(ws), find_encoder())


def link(
    pilots: Sequence[Pilot],
    mined: Mapping[TouchedKind, Mined],
    chosen: Mapping[tuple[int, str], tuple[str, str]] | None = None,
    encoder: Encoder | None = None,
) -> tuple[Link, ...]:
    """The links of `pilots` to what was `mined`; `chosen` has a mined activity and its log by pilot and name's key."""
    logs = {kind: _by_key(mined[kind]) for kind in _LINKED}
    found = []
    for pilot in pilots:
        for kind in _LINKED:
            for label in pilot.facts.touched(kind):
                known = logs[kind].get(labels.key(label), ())
                picked = (chosen or {}).get((pilot.id, labels.key(label))) if kind is TouchedKind.ACTIVITY else None
                if not known and picked and (has := logs[kind].get(labels.key(picked[0]))):
                    found.append(Link(pilot.id, pilot.facts.name, kind, label, has, chosen=picked[0]))
                else:
                    found.append(Link(pilot.id, pilot.facts.name, kind, label, known))
    return _suggested(found, {p.id: p for p in pilots}, mined, encoder)


def _by_key(mined: Mined) -> dict[str, tuple[str, ...]]:
    found = defaultdict[str, set[str]](set)
    for name, log in mined.names:
        found[labels.key(name)].add(log)
    return {key: tuple(sorted(logs)) for key, logs in found.items()}


def _suggested(
    found: Sequence[Link], pilots: Mapping[int, Pilot], mined: Mapping[TouchedKind, Mined], encoder: Encoder | None
) -> tuple[Link, ...]:
    """The links, those to nothing with suggestions."""
    made: dict[Link, tuple[Suggestion, ...]] = {}
    for kind in _LINKED:
        log_of = {name: log for name, log in reversed(mined[kind].names)}  # noqa: C416 - the first log that has it
        open_ = [one for one in found if one.kind is kind and not one.logs]
        if kind is TouchedKind.ACTIVITY:
            named = {labels.key(name): name for name in reversed(log_of)}  # written in two ways: one activity
            asked = [NamedStep(one.label, _context(pilots[one.pilot])) for one in open_]
            told = suggest(asked, tuple(named.values()), encoder)
        else:
            alike = {label: labels.most_alike(label, log_of) for label in dict.fromkeys(one.label for one in open_)}
            told = tuple(alike[one.label] for one in open_)
        for one, scored in zip(open_, told, strict=True):
            made[one] = tuple(Suggestion(name, log_of[name], value) for name, value in scored)
    return tuple(one if one.logs else replace(one, suggestions=made[one]) for one in found)


def _context(pilot: Pilot) -> str:
    return f"{pilot.facts.name}. {pilot.facts.purpose or ''}"
