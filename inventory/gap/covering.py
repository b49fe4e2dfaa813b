"""Which pilots do which mined work: by name, or as a person linked it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inventory import labels
from inventory.gap.values import GapCandidate, NotLive
from inventory.values import Link, Orphan, Pilot, Status, TouchedKind

LIVE = frozenset({Status.PILOT, Status.PRODUCTION})
MOST = 3  # names that are offered for one gap


@dataclass(frozen=True)
class Covering:
    """By the key of an activity, who does it and who only names it."""

    live: Mapping[str, tuple[str, ...]]
    not_live: Mapping[str, tuple[NotLive, ...]]


def is_live(pilot: Pilot) -> bool:
    """Whether it works now: a pilot or in production. An idea does nothing yet, a paused one nothing now, and of one
    whose stage is not known nobody can say it: to believe it would hide a gap."""
    return pilot.facts.status in LIVE


def covering(pilots: Sequence[Pilot], linked: Sequence[Link]) -> Covering:
    """Who does and who names what, of `pilots` that are not stopped, with the names that people linked."""
    chosen = defaultdict[int, list[str]](list)
    for found in linked:
        if found.chosen is not None:
            chosen[found.pilot].append(found.chosen)
    live, other = defaultdict[str, list[str]](list), defaultdict[str, list[NotLive]](list)
    for pilot in pilots:
        for key in dict.fromkeys(map(labels.key, (*pilot.facts.activities, *chosen[pilot.id]))):
            if is_live(pilot):
                live[key].append(pilot.facts.name)
            else:
                other[key].append(NotLive(pilot.id, pilot.facts.name, pilot.facts.status))
    return Covering({k: tuple(v) for k, v in live.items()}, {k: tuple(v) for k, v in other.items()})


def candidates(pilots: Sequence[Pilot], linked: Sequence[Link]) -> dict[str, tuple[GapCandidate, ...]]:
    """By the key of a mined activity the names that may mean it, those of live pilots first, then the likeliest."""
    live = {p.id for p in pilots if is_live(p)}
    found = defaultdict[str, list[GapCandidate]](list)
    for one in unlinked(linked):
        for said in one.suggestions:
            candidate = GapCandidate(one.pilot, one.pilot_name, one.label, said.score, one.pilot in live)
            found[labels.key(said.label)].append(candidate)
    order = {k: sorted(v, key=lambda c: (not c.live, -c.score, c.pilot_name, c.label)) for k, v in found.items()}
    return {key: tuple(listed[:MOST]) for key, listed in order.items()}


def unlinked(linked: Sequence[Link]) -> tuple[Link, ...]:
    """The activities that pilots name and no event log has."""
    return tuple(link for link in linked if link.kind is TouchedKind.ACTIVITY and not link.logs)


def orphans(pilots: Sequence[Pilot], linked: Sequence[Link]) -> tuple[Orphan, ...]:
    """The pilots of which no activity and no system was mined."""
    return tuple(found for pilot in pilots if (found := _orphan(pilot, linked)) is not None)


def _orphan(pilot: Pilot, linked: Sequence[Link]) -> Orphan | None:
    own = tuple(found for found in linked if found.pilot == pilot.id)
    if any(found.logs for found in own):
        return None
    if not own:
        reason = "It names no activity and no system."
    else:
        named = ", ".join(f"`{found.label}`" for found in own)
        reason = f"No event log has any of the activities and systems that it names: {named}."
    return Orphan(pilot.id, pilot.facts.name, pilot.facts.department, own, reason)
