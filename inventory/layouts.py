"""How a sheet is read, kept under a name: the next sheet with the same headings is read in the same way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.actor.values import Actor
from core.actor.verb import Verb, act
from core.errors import BadInput, not_found
from core.workspace import Workspace
from inventory.sheets.values import SheetReading
from inventory.tables import pilot_layout
from inventory.values import CostPeriod

FORGET = Verb("pilots.forget_layout", "SheetLayout")
_NAME = re.compile(r"^\w[\w .&()/,-]{0,99}$")
_NOT_KEPT = ("layout", "conflicts", "sheet")  # of one import only


@dataclass(frozen=True)
class SheetLayout:
    """A way of reading that is kept."""

    name: str
    headings: tuple[str, ...]  # keys of the header cells that it fits
    reading: SheetReading
    created_at: datetime
    created_by: str  # id of the principal


def list_layouts(ws: Workspace) -> tuple[SheetLayout, ...]:
    """The kept layouts by name."""
    with ws.database.read() as connection:
        return _read(connection)


def layout_for(ws: Workspace, headings: Sequence[str], said: str | None) -> SheetLayout | None:
    """The layout that was `said`, else the newest that fits these `headings`; None where none does.

    Raises NotFound for a name that is not kept. With an empty name no layout is looked for.
    """
    if said == "":
        return None
    known = list_layouts(ws)
    if said is not None:
        found = next((layout for layout in known if layout.name == said), None)
        if found is None:
            raise not_found("layout", said, (layout.name for layout in known))
        return found
    fitting = [layout for layout in known if set(layout.headings) == set(headings)]
    return max(fitting, key=lambda layout: layout.created_at, default=None)


def with_layout(reading: SheetReading, layout: SheetLayout) -> SheetReading:
    """`reading` with what `layout` says where `reading` says nothing; of columns, words and defaults each by itself."""
    kept, plain = layout.reading, SheetReading()
    said: dict[str, Any] = {
        name: getattr(kept, name)
        for name in asdict(plain)
        if name not in _NOT_KEPT and getattr(reading, name) == getattr(plain, name)
    }
    for name in ("columns", "defaults", "words"):
        said[name] = dict(getattr(kept, name)) | dict(getattr(reading, name))
    return replace(reading, **said)


def check_layout_name(name: str) -> None:
    """Raise BadInput for what cannot name a layout."""
    if not _NAME.match(name):
        raise BadInput(f"`{name}` cannot name a layout. Use up to 100 letters, digits, spaces and - _ . , &.")


def keep_layout(
    connection: Connection, name: str, headings: Sequence[str], reading: SheetReading, now: datetime, by: str
) -> None:
    """Keep how a sheet with these headings was read; what had the name is replaced."""
    kept = {key: value for key, value in asdict(reading).items() if key not in _NOT_KEPT}
    connection.execute(sa.delete(pilot_layout).where(pilot_layout.c.name == name))
    connection.execute(
        sa.insert(pilot_layout).values(
            name=name, headings=list(headings), reading=kept, created_at=now, created_by=by
        )
    )  # fmt: skip


def forget_layout(ws: Workspace, name: str, *, by: Actor) -> None:
    """Delete the layout kept under `name`. Raises NotFound."""
    with act(ws, by, FORGET, name[:100]) as doing:
        known = _read(doing.connection)
        if name not in {layout.name for layout in known}:
            raise not_found("layout", name, (layout.name for layout in known))
        doing.connection.execute(sa.delete(pilot_layout).where(pilot_layout.c.name == name))


def _read(connection: Connection) -> tuple[SheetLayout, ...]:
    rows = connection.execute(sa.select(pilot_layout).order_by(pilot_layout.c.name)).all()
    return tuple(
        SheetLayout(row.name, tuple(row.headings), _reading(row.reading), row.created_at, row.created_by)
        for row in rows
    )


def _reading(kept: dict[str, Any]) -> SheetReading:
    period = kept.get("period")
    return SheetReading(
        **{**kept, "period": CostPeriod(period) if period else None, "fill_down": tuple(kept.get("fill_down", ()))}
    )
