"""Overlaps of the pilots of a workspace, and the tick-lists that would teach most about them."""

from __future__ import annotations

from core.workspace import Workspace
from inventory import labels
from inventory.choosing import chosen_links
from inventory.demand import mined_names
from inventory.overlap.answering import tick_answers
from inventory.overlap.asking import next_lists
from inventory.overlap.encoder import find_encoder
from inventory.overlap.features import task_keys
from inventory.overlap.finding import KnownWork, find, find_overlaps
from inventory.overlap.proof import mined_work
from inventory.overlap.values import Overlaps, TickList
from inventory.store import list_pilots
from inventory.values import Pilot, TouchedKind


def overlaps(ws: Workspace) -> Overlaps:
    """What pilots that are not stopped do the same work: proposals with reasons, and how often they proved right."""
    pilots = list_pilots(ws)
    names = {labels.key(name): name for name, _ in reversed(mined_names(ws)[TouchedKind.ACTIVITY].names)}
    task_of = {key: activity for key, (activity, _) in chosen_links(ws).items()}
    named = {key for p in pilots if p.active for key in task_keys(p, task_of)} & names.keys()
    mined = KnownWork(names, task_of, mined_work(ws, named))
    return find_overlaps(pilots, tick_answers(ws), find_encoder(), mined)


def tick_lists(ws: Workspace, number: int = 1) -> tuple[TickList, ...]:
    """Up to `number` lists of six pilots to ask a person about, the one that teaches most first; fewer pilots where
    nothing else is in doubt, none where nothing is."""
    pilots = {p.id: p for p in list_pilots(ws)}
    task_of = {key: activity for key, (activity, _) in chosen_links(ws).items()}
    found = find(tuple(pilots.values()), tick_answers(ws), find_encoder(), task_of)
    asked = next_lists(found.odds, found.voted, number)
    return tuple(_list(tuple(pilots[one] for one in ids)) for ids in asked)


def _list(pilots: tuple[Pilot, ...]) -> TickList:
    return TickList(
        pilots=tuple(p.id for p in pilots),
        names=tuple(p.facts.name for p in pilots),
        departments=tuple(p.facts.department for p in pilots),
        purposes=tuple(p.facts.purpose or ", ".join(p.facts.activities) for p in pilots),
    )
