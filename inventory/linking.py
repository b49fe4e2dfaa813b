"""Links the activities and systems that pilots name to those that were mined, by name and never by resemblance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from core.workspace import Workspace
from inventory import labels
from inventory.demand import Mined, mined_names
from inventory.store import list_pilots
from inventory.values import Link, Pilot, Suggestion, TouchedKind

_LINKED = (TouchedKind.ACTIVITY, TouchedKind.SYSTEM)  # event logs do not name data objects


def links(ws: Workspace) -> tuple[Link, ...]:
    """Every activity and system that a pilot names, with the event logs that have it.

    A name that no log has gets suggestions instead: mined names that look alike, with a score.
    """
    return link(list_pilots(ws), mined_names(ws))


def link(pilots: Sequence[Pilot], mined: Mapping[TouchedKind, Mined]) -> tuple[Link, ...]:
    """The links of `pilots` to what was `mined`."""
    logs = {kind: _by_key(mined[kind]) for kind in _LINKED}
    suggested: dict[tuple[TouchedKind, str], tuple[Suggestion, ...]] = {}
    found = []
    for pilot in pilots:
        for kind in _LINKED:
            for label in pilot.facts.touched(kind):
                known = logs[kind].get(labels.key(label), ())
                if not known and (kind, label) not in suggested:
                    suggested[kind, label] = _suggest(label, mined[kind])
                suggestions = () if known else suggested[kind, label]
                found.append(Link(pilot.id, pilot.facts.name, kind, label, known, suggestions))
    return tuple(found)


def _by_key(mined: Mined) -> dict[str, tuple[str, ...]]:
    found = defaultdict[str, set[str]](set)
    for name, log in mined.names:
        found[labels.key(name)].add(log)
    return {key: tuple(sorted(logs)) for key, logs in found.items()}


def _suggest(label: str, mined: Mined) -> tuple[Suggestion, ...]:
    log_of = {name: log for name, log in reversed(mined.names)}  # noqa: C416 - the first log that has the name
    return tuple(Suggestion(name, log_of[name], score) for name, score in labels.most_alike(label, log_of))
