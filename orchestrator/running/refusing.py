"""What people may not do is recorded, although nothing comes of it: who tried what, and why it was refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from core import NotAllowed, Workspace
from governance import Effect, Entry, RecordKind, get_principal, record

REASON = "It is not for this principal to do."  # names, which may have to be erased, stand in the payload


@contextmanager
def refusals(ws: Workspace, action: str, resource_type: str, resource_id: str, *, by: str) -> Iterator[None]:
    """Append what is refused inside the block to the audit log, once its own transaction is rolled back.

    Put it around that transaction, not into it. What the gate refuses raises after it was recorded there: not in here.
    """
    try:
        yield
    except NotAllowed as refused:
        entry = Entry(
            RecordKind.CHANGE, get_principal(ws, by).id, action, resource_type, resource_id,
            effect=Effect.DENY, reasons=(REASON,), payload={"refused": str(refused)},
        )  # fmt: skip
        with ws.database.begin() as connection:
            record(connection, entry, at=ws.clock.now())
        raise
