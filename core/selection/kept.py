"""Selections that are kept: saved by people under a name, or behind a short link when they are long."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from core.actor.values import Actor
from core.actor.verb import Verb, act
from core.errors import BadInput, not_found
from core.selection.selection import NO_SELECTION, Selection
from core.selection.tables import saved_selection, selection_link

if TYPE_CHECKING:
    from core.workspace import Workspace

_LONGEST_IN_LINK = 1200
_MOST_TEXT = 1 << 20
_NAME = re.compile(r"^\w[\w .&()/,%+-]{0,99}$")


SAVE, FORGET = Verb("filters.save", "Filters"), Verb("filters.forget", "Filters")


@dataclass(frozen=True)
class SavedSelection:
    """A selection that a person saved for one event log."""

    log: str
    name: str
    selection: Selection
    created_at: datetime
    created_by: str


def save_selection(ws: Workspace, log: str, name: str, selection: Selection, *, by: Actor) -> SavedSelection:
    """The selection, saved under `name` for `log`; what had that name is replaced. Raises BadInput and NotFound."""
    ws.logs.get(log)
    if not _NAME.match(name):
        raise BadInput(f"`{name}` cannot name a set of filters. Use up to 100 letters, digits, spaces and - _ . , & %.")
    with act(ws, by, SAVE, f"{log}: {name}") as doing:
        saved = SavedSelection(log, name, selection, ws.clock.now(), doing.principal)
        doing.connection.execute(sa.delete(saved_selection).where(_is(log, name)))
        doing.connection.execute(
            sa.insert(saved_selection).values(
                log=log, name=name, selection=selection.text(), created_at=saved.created_at, created_by=saved.created_by
            )
        )
    return saved


def saved_selections(ws: Workspace, log: str) -> tuple[SavedSelection, ...]:
    """What was saved for `log`, by name."""
    query = sa.select(saved_selection).where(saved_selection.c.log == log).order_by(saved_selection.c.name)
    with ws.database.read() as connection:
        rows = connection.execute(query).all()
    return tuple(SavedSelection(r.log, r.name, Selection.parse(r.selection), r.created_at, r.created_by) for r in rows)


def forget_selection(ws: Workspace, log: str, name: str, *, by: Actor) -> None:
    """Remove what was saved under `name` for `log`. Raises NotFound."""
    known = [s.name for s in saved_selections(ws, log)]
    with act(ws, by, FORGET, f"{log}: {name}") as doing:
        if not doing.connection.execute(sa.delete(saved_selection).where(_is(log, name))).rowcount:
            raise not_found("set of filters", name, known, f"for `{log}`")


def find_selection(ws: Workspace, log: str, text: str) -> Selection:
    """The selection that `text` means for `log`: `@name` of a saved one, `~...` of a link, or JSON.

    Raises BadInput and NotFound.
    """
    if text.startswith("@"):
        saved = saved_selections(ws, log)
        for candidate in saved:
            if candidate.name == text[1:]:
                return candidate.selection
        raise not_found("set of filters", text[1:], [s.name for s in saved], f"for `{log}`")
    if text.startswith(("~", "!")):
        return unfold(ws, text)
    if _NAME.fullmatch(text.strip()):
        raise BadInput(_not_marked(text.strip(), [s.name for s in saved_selections(ws, log)], log))
    return Selection.parse(text)


def _not_marked(text: str, saved: Sequence[str], log: str) -> str:
    """What to say of a word that is no filters: those that are saved are named with an `@`."""
    if text in saved:
        return f"`{text}` is the name of a saved set of filters. Say `@{text}`."
    listed = ", ".join(f"`@{name}`" for name in saved) or "none"
    return (
        f'`{text}` are no filters: they are JSON, such as `[{{"kind":"rework"}}]`, or `@name` of a saved set. '
        f"Saved for `{log}`: {listed}."
    )


def fold(ws: Workspace, selection: Selection) -> str:
    """A short text for a link: the selection itself, packed, or where that is long a name it is kept under."""
    if selection == NO_SELECTION:
        return ""
    text = selection.text()
    packed = base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")
    if len(packed) <= _LONGEST_IN_LINK:
        return f"~{packed}"
    with ws.database.begin() as connection:
        known = connection.execute(
            sa.select(selection_link.c.digest).where(selection_link.c.digest == selection.digest)
        ).first()
        if known is None:
            connection.execute(
                sa.insert(selection_link).values(digest=selection.digest, selection=text, created_at=ws.clock.now())
            )
    return f"!{selection.digest}"


def unfold(ws: Workspace, text: str) -> Selection:
    """The selection that `fold` made `text` of. Raises BadInput for a link that is damaged or not known here."""
    if not text:
        return NO_SELECTION
    if text.startswith("!"):
        query = sa.select(selection_link.c.selection).where(selection_link.c.digest == text[1:])
        with ws.database.read() as connection:
            found = connection.execute(query).scalar()
        if found is None:
            raise BadInput("The filters in this link are not kept in this workspace. Set the filters again.")
        return Selection.parse(found)
    try:
        packed = text.removeprefix("~")
        raw = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
        unpacker = zlib.decompressobj()
        plain = unpacker.decompress(raw, _MOST_TEXT)
        if unpacker.unconsumed_tail or not unpacker.eof:
            raise ValueError("not whole")
        return Selection.parse(plain.decode())
    except (binascii.Error, zlib.error, ValueError, UnicodeDecodeError):
        raise BadInput(
            "The filters in this link are damaged. Copy the whole link again, or set the filters anew."
        ) from None


def _is(log: str, name: str) -> sa.ColumnElement[bool]:
    return sa.and_(saved_selection.c.log == log, saved_selection.c.name == name)
