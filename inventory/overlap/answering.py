"""Answers to tick-lists: stored with who gave them, read back. Nothing is ever changed; a person may answer again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.actor.acting import find
from core.actor.values import Actor
from core.actor.verb import Verb, act
from core.errors import BadInput, not_found
from core.workspace import Workspace
from inventory.overlap.tables import pilot_answer, pilot_answer_pilot
from inventory.overlap.values import TickAnswer
from inventory.tables import pilot

ANSWER = Verb("pilots.answer", "Pilots")
MOST = 12  # pilots on one list: beyond that nobody compares each with each


def answer_tick_list(ws: Workspace, asked: Sequence[int], ticked: Collection[int], *, by: Actor) -> TickAnswer:
    """The stored answer that of the pilots `asked` those `ticked` do one and the same work; none: no two of them do.

    It weighs, and links nothing: see `inventory.overlap.evidence`. Where somebody answers again on two pilots, their
    newest answer counts. Raises BadInput for fewer than two or more than MOST pilots, a pilot said twice, one ticked
    alone or not asked about, and NotFound for a pilot that there is not.
    """
    with act(ws, by, ANSWER, ", ".join(map(str, asked))[:200]) as doing:
        _check(asked, ticked)
        names = _names(doing.connection, asked)
        chosen = tuple(one for one in asked if one in set(ticked))
        doing.payload = {"asked": [names[one] for one in asked], "same work": [names[one] for one in chosen]}
        now = ws.clock.now()
        made = sa.insert(pilot_answer).values(created_at=now, created_by=doing.principal).returning(pilot_answer.c.id)
        number = int(doing.connection.execute(made).scalar_one())
        rows = [{"answer_id": number, "pilot_id": one, "ticked": one in chosen} for one in asked]
        doing.connection.execute(sa.insert(pilot_answer_pilot), rows)
        return TickAnswer(tuple(asked), chosen, number, now, doing.by.principal.name)


def tick_answers(ws: Workspace) -> tuple[TickAnswer, ...]:
    """Every answer, the oldest first, with who gave it."""
    with ws.database.read() as connection:
        return read_answers(connection)


def read_answers(connection: Connection) -> tuple[TickAnswer, ...]:
    """Every answer, the oldest first. Who gave it is named, and told by id where nobody is known by it."""
    asked, ticked = defaultdict[int, list[int]](list), defaultdict[int, list[int]](list)
    table = pilot_answer_pilot.c
    for row in connection.execute(sa.select(pilot_answer_pilot).order_by(table.answer_id, table.pilot_id)):
        asked[row.answer_id].append(row.pilot_id)
        if row.ticked:
            ticked[row.answer_id].append(row.pilot_id)
    rows = connection.execute(sa.select(pilot_answer).order_by(pilot_answer.c.id)).all()
    people = {row.created_by: find(connection, row.created_by) for row in rows}
    names = {key: found.name if found else key for key, found in people.items()}
    return tuple(
        TickAnswer(tuple(asked[row.id]), tuple(ticked[row.id]), row.id, row.created_at, names[row.created_by])
        for row in rows
    )


def _check(asked: Sequence[int], ticked: Collection[int]) -> None:
    if not 2 <= len(asked) <= MOST:
        raise BadInput(f"A tick-list has from 2 to {MOST} pilots; this one has {len(asked)}.")
    twice = sorted({one for one in asked if list(asked).count(one) > 1})
    if twice:
        raise BadInput(f"Pilot {twice[0]} stands twice in the list. Name each once.")
    strange = sorted(set(ticked) - set(asked))
    if strange:
        raise BadInput(f"Pilot {strange[0]} was not asked about. Those asked about are {', '.join(map(str, asked))}.")
    if len(set(ticked)) == 1:
        raise BadInput("One pilot alone does the same work as none. Tick at least two, or none where no two do.")


def _names(connection: Connection, asked: Sequence[int]) -> dict[int, str]:
    rows = connection.execute(sa.select(pilot.c.id, pilot.c.name)).all()
    names = {row.id: row.name for row in rows}
    for one in asked:
        if one not in names:
            raise not_found("pilot", str(one), map(str, names))
    return {one: names[one] for one in asked}
