"""Small event logs, built row by row through the real store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from core.actor.values import Actor, local
from core.eventlog import LogVersion
from core.workspace import Workspace
from governance import add_person, principals

COLUMNS = {
    "case_id": "VARCHAR",
    "activity": "VARCHAR",
    "started": "TIMESTAMP",
    "ended": "TIMESTAMP",
    "performer": "VARCHAR",
    "performer_kind": "VARCHAR",
    "simulated": "BOOLEAN",
    "system": "VARCHAR",
    "cost": "DOUBLE",
    "failed": "BOOLEAN",
    "started_offset": "SMALLINT",
    "ended_offset": "SMALLINT",
    "source_row": "BIGINT",
}


def moment(text: str | datetime | None) -> datetime | None:
    """`text` such as "2026-01-05 08:00" as naive UTC, as the store keeps it."""
    if text is None:
        return None
    value = datetime.fromisoformat(text) if isinstance(text, str) else text
    return value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value


def staged_log(
    ws: Workspace,
    rows: Sequence[tuple[Any, ...]],
    log: str = "example",
    *,
    due: Mapping[str, str] | None = None,
    incomplete: Sequence[str] = (),
    meta: Mapping[str, Any] | None = None,
    attributes: Mapping[str, Mapping[str, str]] | None = None,
    pauses: Sequence[str] = (),
    ends: Sequence[str] = (),
    told: bool = True,
) -> LogVersion:
    """A published log of `rows`: (case, activity, started, ended, performer, performer_kind, simulated, system, cost,
    failed); what a row leaves out at its end is null. `due` maps cases to when they are due, `attributes` the name of
    an attribute to what each case has of it; `told` is false where the log does not say which cases are complete."""
    with ws.logs.draft(log) as draft:
        columns = ", ".join(f'"{name}" {kind}' for name, kind in COLUMNS.items())
        draft.connection.execute(f"CREATE TABLE staged ({columns})")
        names = list(COLUMNS)[:10]
        marks = ", ".join("?" for _ in range(len(names) + 1))
        listed = ", ".join(f'"{n}"' for n in [*names, "source_row"])
        draft.connection.executemany(
            f"INSERT INTO staged ({listed}) VALUES ({marks})",
            [_padded(row, len(names), number) for number, row in enumerate(rows, 1)],
        )
        extra = {f"@{name}": values for name, values in (attributes or {}).items()}
        typed = "".join(f', "{name}" VARCHAR' for name in extra)
        draft.connection.execute(f"CREATE TABLE staged_case (case_id VARCHAR, due TIMESTAMP, complete BOOLEAN{typed})")
        for case in {str(row[0]) for row in rows}:
            draft.connection.execute(
                f"INSERT INTO staged_case VALUES (?, ?, ?{', ?' * len(extra)})",
                [
                    case,
                    moment((due or {}).get(case)),
                    case not in incomplete if told else None,
                    *(v.get(case) for v in extra.values()),
                ],
            )
        return draft.publish(
            source="built in a test", digest=f"{log}-{len(rows)}", created_by="tester", event_rows=len(rows),
            meta=dict(meta or {}), pauses=list(pauses), ends=list(ends),
        )  # fmt: skip


def _padded(row: tuple[Any, ...], width: int, number: int) -> list[Any]:
    cells = list(row) + [None] * (width - len(row))
    return [*cells[:2], moment(cells[2]), moment(cells[3]), *cells[4:], number]


def name_of(ws: Workspace, principal: str) -> str:
    """The name of the principal with this id."""
    return next(p.name for p in principals(ws) if p.id == principal)


def known(ws: Workspace, name: str) -> Actor:
    """The person `name`, added by Ada where nobody has the name yet, as whoever uses this machine says."""
    if name not in {principal.name for principal in principals(ws)}:
        add_person(ws, name, by=local("Ada"))
    return local(name)
