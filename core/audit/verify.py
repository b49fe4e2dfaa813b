"""Verifies the audit log, in the database or in an exported file, and names the first broken record."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError

from core.audit.borne import faults
from core.audit.chain import FIRST, fault_of_payload, fault_of_record
from core.audit.export import LastRecord, read_export
from core.audit.tables import audit_payload, audit_record
from core.audit.values import RecordKind
from core.locks import on_postgresql

if TYPE_CHECKING:
    from core.workspace import Workspace


_SKEW_MINUTES = 10  # that the clocks of several machines may differ by


@dataclass(frozen=True)
class Verification:
    """What a verification found."""

    ok: bool
    records: int  # sound records before the first broken one; all of them when `ok`
    broken: int | None  # number of the first broken record
    message: str
    head: str  # hash of the last sound record
    back: int | None = None  # number of the first record earlier than one before it: the clock was set back
    state: tuple[str, ...] = ()  # rows that decide something and are not what the chain says, one sentence each


def verify_audit(ws: Workspace, *, against: Path | None = None) -> Verification:
    """Whether every record of the audit log is as it was written, in order and complete, and bears the stored state and
    the files of the event logs.

    `against` is a file that `export_audit` wrote: its last record must still be in the log with the same hash, which
    is how the removal of the newest records is seen. Raises BadInput for a file that is no export.
    """
    head = None if against is None else read_export(against).head
    with ws.database.read() as connection:
        found = _verify_stored(connection)
        if found.ok and head is not None:
            found = _against(connection, found, head)
        if not found.ok:
            return found
        return _with_state(found, (*faults(connection), *_changed_logs(ws, connection)))


def _verify_stored(connection: Connection) -> Verification:
    """What verifying the stored records finds; once more, slower, where SQLite meets text that is not UTF-8."""
    erased = partial(_erased, connection)
    try:
        with closing(_stored(connection)) as records:
            return verify_records(records, erased)
    except (DatabaseError, UnicodeDecodeError):
        with _any_text(connection), closing(_stored(connection)) as records:
            return verify_records(records, erased)


def _changed_logs(ws: Workspace, connection: Connection) -> Iterator[str]:
    """Which event log versions have another file than the one that was recorded when they were stored."""
    log = audit_record.c
    told = (
        sa.select(log.resource_id, log.digest)
        .where(log.resource_type == "EventLog", log.digest.is_not(None), log.effect == "allow")
        .order_by(log.number)
    )
    known = {row.resource_id: row.digest for row in connection.execute(told)}
    for version in ws.logs.versions():
        recorded = known.get(f"{version.log} {version.version}")
        if recorded is not None and ws.logs.content(version) != recorded:
            file = f"event log `{version.log}` version {version.version} (`{version.file}`)"
            yield f"The file of {file} is gone or is not the one that was stored."


def _with_state(found: Verification, wrong: tuple[str, ...]) -> Verification:
    """`found`, no longer sound where the state contradicts the chain."""
    if not wrong:
        return found
    said = f"All {found.records} records are sound, but the state is not what they say: {' '.join(wrong)}"
    return replace(found, ok=False, message=said, state=wrong)


def verify_export(path: Path) -> Verification:
    """Whether an exported audit log is sound and complete, without any database. Raises BadInput for other files."""
    export = read_export(path)
    erased = {r["about"] for r in export.records() if r["kind"] == RecordKind.ERASURE.value}
    found = verify_records(export.records(), erased.__contains__ if export.payloads else None)
    if found.ok and (export.head.number, export.head.hash) != (found.records, found.head):
        return _broken(found, found.records + 1, f"the export ends before record {export.head.number}, its last one")
    return found


def verify_records(records: Iterable[Mapping[str, Any]], erased: Callable[[int], bool] | None) -> Verification:
    """What verifying `records` (in order, each with `salt` and `payload`) finds.

    `erased` tells whether a record says that the payload of a given one was erased; None: payloads may be absent.
    """
    number, previous, latest = 0, FIRST, ""
    back: int | None = None
    for record in records:
        fault = fault_of_record(record, number + 1, previous) or _fault_of_payload(record, erased)
        if fault is not None:
            return Verification(False, number, number + 1, _sentence(fault), previous)
        number, previous = number + 1, record["hash"]
        if record["at"] > latest:
            latest = record["at"]
        elif back is None and _minutes_back(record["at"], latest) > _SKEW_MINUTES:
            back = number
    message = f"All {number} records are sound."
    if back is not None:
        message += f" The clock was set back before record {back}: times from there on are not to be trusted."
    return Verification(True, number, None, message, previous, back=back)


def _minutes_back(at: str, latest: str) -> float:
    return (datetime.fromisoformat(latest) - datetime.fromisoformat(at)).total_seconds() / 60


def _fault_of_payload(record: Mapping[str, Any], erased: Callable[[int], bool] | None) -> str | None:
    if record["payload"] is not None:
        return fault_of_payload(record, record["salt"], record["payload"])
    if erased is None or erased(record["number"]):
        return None
    return f"the payload of record {record['number']} is missing, and no record says that it was erased"


def _against(connection: Connection, found: Verification, head: LastRecord) -> Verification:
    """Whether the last exported record is still there."""
    log = audit_record
    stored = connection.execute(sa.select(log.c.hash).where(log.c.number == head.number)).scalar()
    if head.number == 0 or stored == head.hash:
        return found
    if stored is None:
        return _broken(found, found.records + 1, f"the log ends before record {head.number}, which was exported")
    return _broken(found, head.number, f"record {head.number} is not the one that was exported")


def _broken(found: Verification, number: int, message: str) -> Verification:
    return Verification(False, found.records, number, _sentence(message), found.head)


def _sentence(message: str) -> str:
    return f"{message[0].upper()}{message[1:]}."


def _stored(connection: Connection) -> Generator[Mapping[str, Any], None, None]:
    log, payload = audit_record, audit_payload
    query = (
        sa.select(log, payload.c.salt, payload.c.payload)
        .outerjoin(payload, payload.c.record == log.c.number)
        .order_by(log.c.number)
    )
    with connection.execute(query.execution_options(yield_per=2000)) as rows:
        names = tuple(rows.keys())
        for part in rows.partitions():
            for row in part:
                yield dict(zip(names, row, strict=True))


def _erased(connection: Connection, number: int) -> bool:
    """Whether a record says that the payload of record `number` was erased; asked late, so that it is seen in time."""
    log = audit_record
    query = sa.select(log.c.number).where(log.c.kind == RecordKind.ERASURE.value, log.c.about == number)
    return connection.execute(query).first() is not None


@contextmanager
def _any_text(connection: Connection) -> Iterator[None]:
    """Let SQLite hand over text that is not UTF-8, so that a damaged record is named instead of ending the read."""
    raw: Any = connection.connection.dbapi_connection
    if on_postgresql(connection):
        yield
        return
    usual = raw.text_factory
    raw.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        raw.text_factory = usual
