"""Links that a person makes: which mined activity a pilot's own words stand for. Nothing links by resemblance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.actor.values import Actor
from core.actor.verb import Act, Verb, act
from core.errors import BadInput, NotFound, not_found
from core.workspace import Workspace
from inventory import labels
from inventory.demand import mined_names
from inventory.overlap.tables import pilot_link
from inventory.tables import TOUCHED, pilot
from inventory.values import TouchedKind

LINK, UNLINK = Verb("pilots.link", "Pilots"), Verb("pilots.unlink", "Pilots")


@dataclass(frozen=True)
class ChosenLink:
    """What a person says that a pilot's name for an activity stands for."""

    pilot: int
    label: str  # as the sheet writes it
    activity: str  # the mined one
    log: str


def link_activity(
    ws: Workspace, pilot_id: int, label: str, activity: str, log: str | None = None, *, by: Actor
) -> ChosenLink:
    """The link of the activity that a pilot calls `label` to the mined `activity`, of `log` or the first log with it.

    It counts from now on as if the pilot named the mined activity, until it is withdrawn or chosen anew. Raises
    NotFound for a pilot, a name or a mined activity that there is not, BadInput where both are one name already.
    """
    with act(ws, by, LINK, str(pilot_id)) as doing:
        written = _label(doing, pilot_id, label)
        mined = [(name, of) for name, of in mined_names(ws)[TouchedKind.ACTIVITY].names if log in (None, of)]
        found = next(((n, of) for n, of in mined if labels.key(n) == labels.key(activity)), None)
        if found is None:
            raise not_found("mined activity", activity, [n for n, _ in mined], f" in `{log}`" if log else "")
        if labels.key(written) == labels.key(found[0]):
            raise BadInput(f"`{written}` is linked to `{found[0]}` by its name already.")
        _delete(doing.connection, pilot_id, written)
        doing.payload |= {"stands for": found[0], "log": found[1]}
        row = {"pilot_id": pilot_id, "key": labels.key(written), "activity": found[0], "log": found[1]}
        stamp = {"created_at": ws.clock.now(), "created_by": doing.principal}
        doing.connection.execute(sa.insert(pilot_link).values(**row, **stamp))
        return ChosenLink(pilot_id, written, *found)


def unlink_activity(ws: Workspace, pilot_id: int, label: str, *, by: Actor) -> None:
    """Withdraw what a person chose for `label` of a pilot. Raises NotFound where nothing was chosen."""
    with act(ws, by, UNLINK, str(pilot_id)) as doing:
        written = _label(doing, pilot_id, label)
        if not _delete(doing.connection, pilot_id, written):
            raise NotFound(f"Nobody linked `{written}` of pilot {pilot_id}.")


def chosen_links(ws: Workspace) -> Mapping[tuple[int, str], tuple[str, str]]:
    """What people chose: mined activity and log, by pilot and key of the name."""
    with ws.database.read() as connection:
        rows = connection.execute(sa.select(pilot_link)).all()
    return {(row.pilot_id, row.key): (row.activity, row.log) for row in rows}


def _label(doing: Act, pilot_id: int, label: str) -> str:
    """The activity's name as the pilot's sheet writes it."""
    name = doing.connection.execute(sa.select(pilot.c.name).where(pilot.c.id == pilot_id)).scalar()
    if name is None:
        known = doing.connection.execute(sa.select(pilot.c.id).order_by(pilot.c.id)).scalars()
        raise not_found("pilot", str(pilot_id), map(str, known))
    table = TOUCHED[TouchedKind.ACTIVITY]
    rows = doing.connection.execute(sa.select(table.c.key, table.c.label).where(table.c.pilot_id == pilot_id)).all()
    found = {row.key: row.label for row in rows}
    if labels.key(label) not in found:
        raise not_found(f"activity of pilot `{name}`", label, found.values())
    doing.payload = {"pilot": name, "activity": found[labels.key(label)]}
    return str(found[labels.key(label)])


def _delete(connection: Connection, pilot_id: int, label: str) -> int:
    table = pilot_link.c
    gone = sa.delete(pilot_link).where(table.pilot_id == pilot_id, table.key == labels.key(label))
    return connection.execute(gone).rowcount
