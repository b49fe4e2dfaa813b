"""The allow-list: deviations that somebody accepts, with the reason, until it is withdrawn. Nothing is ever removed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.actor.values import Actor
from core.actor.verb import Verb, act
from core.errors import BadInput, Duplicate, not_found
from core.workspace import Workspace
from mining.tables import allowed_deviation

ALLOW, WITHDRAW = Verb("deviation.allow", "Deviation"), Verb("deviation.withdraw", "Deviation")


@dataclass(frozen=True)
class Allowed:
    """A deviation that is accepted."""

    id: int
    log: str
    model: str  # the model's reference
    deviation: str  # its key, such as `skipped: check`
    reason: str
    created_at: datetime
    created_by: str


def allow(ws: Workspace, log: str, model: str, deviation: str, reason: str, by: Actor) -> Allowed:
    """The entry that accepts `deviation` (its key) from `model` (its reference) in every version of `log`.

    Raises BadInput without a reason or for what cannot be a deviation, NotFound for a log that there is not, Duplicate
    where it is allowed already.
    """
    ws.logs.get(log)
    if not reason.strip():
        raise BadInput("Allowing a deviation needs a reason.")
    if not _is_key(deviation):
        raise BadInput(f"`{deviation}` names no deviation. Write it as it is listed, such as `skipped: check`.")
    values: dict[str, Any] = {
        "log": log, "model": model, "deviation": deviation, "reason": reason.strip(),
        "created_at": ws.clock.now(),
    }  # fmt: skip
    with act(ws, by, ALLOW, f"{log}: {deviation}"[:200]) as doing:
        connection = doing.connection
        values["created_by"] = doing.principal
        doing.payload = {"model": model, "reason": reason.strip()}
        if connection.execute(_standing(log, model).where(allowed_deviation.c.deviation == deviation)).first():
            raise Duplicate(f"`{deviation}` is allowed already. Withdraw it first to give another reason.")
        key = connection.execute(sa.insert(allowed_deviation).values(**values)).inserted_primary_key
    assert key is not None
    return Allowed(key[0], log, model, deviation, reason.strip(), values["created_at"], values["created_by"])


def withdraw(ws: Workspace, log: str, model: str, deviation: str, *, by: Actor) -> Allowed:
    """The entry that accepted `deviation`, from now on without effect. Raises NotFound where there is none."""
    with act(ws, by, WITHDRAW, f"{log}: {deviation}"[:200]) as doing:
        connection = doing.connection
        doing.payload = {"model": model}
        rows = connection.execute(_standing(log, model)).mappings().all()
        found = next((_allowed(row) for row in rows if row["deviation"] == deviation), None)
        if found is None:
            raise not_found("allowed deviation", deviation, (row["deviation"] for row in rows))
        gone = sa.update(allowed_deviation).where(allowed_deviation.c.id == found.id)
        connection.execute(gone.values(withdrawn_at=ws.clock.now()))
    return found


def allowed(ws: Workspace, log: str, model: str) -> tuple[Allowed, ...]:
    """What is allowed of `model` in `log` now, the oldest first."""
    with ws.database.read() as connection:
        return tuple(_allowed(row) for row in connection.execute(_standing(log, model)).mappings())


def _standing(log: str, model: str) -> sa.Select[tuple[object, ...]]:
    table = allowed_deviation.c
    chosen = sa.select(allowed_deviation).where(table.log == log, table.model == model, table.withdrawn_at.is_(None))
    return chosen.order_by(table.id)


def _allowed(row: sa.RowMapping) -> Allowed:
    return Allowed(**{key: value for key, value in row.items() if key != "withdrawn_at"})


def _is_key(text: str) -> bool:
    from mining.conformance.deviation import DeviationKind

    kind, colon, rest = text.partition(": ")
    return bool(colon and rest.strip()) and kind in {k.value for k in DeviationKind}
