"""What people may not do is recorded, although nothing comes of it: who tried what, and why it was refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from core.actor.values import Actor
from core.actor.verb import Verb, known, refuse
from core.errors import NotAllowed, NotFound
from core.workspace import Workspace


@contextmanager
def refusals(ws: Workspace, verb: Verb, resource_id: str, *, by: Actor) -> Iterator[None]:
    """Append what is refused inside the block to the audit log, once its own transaction is rolled back.

    Put it around that transaction, not into it. What the gate refuses raises after it was recorded there: not in here.
    """
    try:
        yield
    except NotAllowed as refused:
        refuse(ws, by, verb, resource_id, refused.message)
        raise
    except NotFound as error:
        if not known(ws, by):
            refuse(ws, by, verb, resource_id, error.message)
        raise
