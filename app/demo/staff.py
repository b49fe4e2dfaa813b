"""Simulated people: they complete what their inbox holds and answer approvals, as the drawn case suggests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.demo.agents import written
from app.demo.assumptions import APPROVAL_HOURS, APPROVAL_REFUSED
from app.demo.observed import answer_to, seen_in
from core.actor.values import simulated
from core.errors import IllegalTransition, NotAllowed
from core.workspace import Workspace
from data.draws import Draws
from governance import Principal
from orchestrator.running.approving import answer
from orchestrator.running.inbox import EntryKind, InboxEntry, claim, complete, decide_item, inbox, reject
from orchestrator.running.runs import get_run

Staff = Mapping[str, Sequence[Principal]]  # by role


@dataclass
class Dealt:
    """What the staff did in one round."""

    done: Counter[EntryKind] = field(default_factory=Counter)
    refused: str = ""  # the last entry that could not be dealt with: somebody was quicker, or a policy forbids it


def work_through(ws: Workspace, staff: Staff, runs: Collection[str], *, everyone: bool = False) -> Dealt:
    """What the staff dealt with, of the simulated `runs` only.

    One person of each role looks for all of them. With `everyone` each person looks: what somebody claimed before an
    interruption is in that person's inbox alone.
    """
    dealt = Dealt()
    for role, people in staff.items():
        for looking in people if everyone else people[:1]:
            for entry in inbox(ws, looking.id):
                if entry.role == role and entry.run in runs:
                    _try(ws, entry, _who(entry, people), dealt)
    return dealt


def _try(ws: Workspace, entry: InboxEntry, person: Principal, dealt: Dealt) -> None:
    try:
        _deal(ws, entry, person)
    except (IllegalTransition, NotAllowed) as refusal:
        dealt.refused = str(refusal)
    else:
        dealt.done[entry.kind] += 1


def _who(entry: InboxEntry, people: Sequence[Principal]) -> Principal:
    claimed = [person for person in people if person.id == entry.claimed_by]
    return claimed[0] if claimed else Draws("who", entry.run, entry.label).pick(people)


def _deal(ws: Workspace, entry: InboxEntry, person: Principal) -> None:
    match entry.kind:
        case EntryKind.TASK:
            _do(ws, entry, person)
        case EntryKind.DECISION:
            taken = claim(ws, entry.id, simulated(person.id))
            decide_item(ws, entry.id, 0, simulated(person.id), at=taken.ready_at)
        case EntryKind.APPROVAL:
            _answer(ws, entry, person)


def _do(ws: Workspace, entry: InboxEntry, person: Principal) -> None:
    """Complete the task or, where it failed in the drawn case, hand it on as done wrongly."""
    item = claim(ws, entry.id, simulated(person.id))
    seen = seen_in(entry.context, item.label, item.item)
    occurred = seen.as_seen(item.ready_at)
    if seen.failures and item.level == 0 and not seen.by_system:
        reject(ws, entry.id, reason="Done wrongly, as in the drawn case.", by=simulated(person.id), occurred=occurred)
        return
    complete(
        ws,
        entry.id,
        answer=answer_to(entry.context, item.label, item.item),
        changes=written(entry.context, entry.fields, item.item),
        by=simulated(person.id),
        note="simulated",
        cost=seen.cost,
        occurred=occurred,
    )


def _answer(ws: Workspace, entry: InboxEntry, person: Principal) -> None:
    """Grant or refuse what an agent asked for, some hours after it asked."""
    draws = Draws("approval", entry.run, entry.label)
    refused = draws.chance(APPROVAL_REFUSED.value)
    hours = draws.around(APPROVAL_HOURS.value, 0.8)
    at = _asked_at(ws, entry) + timedelta(hours=hours)
    reason = "Not convincing: a person should do it." if refused else "Checked: it is in order."
    answer(ws, entry.id, grant=not refused, reason=reason, by=simulated(person.id), at=at)


def _asked_at(ws: Workspace, entry: InboxEntry) -> datetime:
    """When the agent had finished what it wants approved, in the run's time."""
    item = next(i for i in get_run(ws, entry.run).items if i.approval == entry.id)
    assert item.proposal is not None
    return datetime.fromisoformat(item.proposal["proposed"]["ended"])
