"""The audit log: it only grows, and whatever is changed in it is found and named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DatabaseError

from core.actor.values import local
from core.audit.tables import audit_record
from core.clock import FixedClock
from core.errors import BadInput, IntegrityError, NotAllowed, NotFound
from core.settings import Settings
from core.workspace import Workspace, open_workspace
from governance import (
    Entry,
    RecordKind,
    Verification,
    audit_records,
    erase_payload,
    export_audit,
    gate,
    record,
    verify_audit,
    verify_export,
)
from tests.governance.helpers import department, draft

COLUMNS = [column.name for column in audit_record.columns]


def busy(ws: Workspace) -> int:
    """A department that has done something; how many audit records that made."""
    agent = department(ws)["agent"].id
    for number in range(5):
        gate(ws, draft(agent, 2000 * number), lambda: None, key=f"run/item/{number}")
    return len(audit_records(ws, limit=1000))


def without_triggers(ws: Workspace, connection: sa.Connection) -> None:
    """What somebody with the database file, or its owner's rights, can do."""
    if ws.database.is_sqlite:
        names = connection.execute(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
        for name in names:
            connection.execute(sa.text(f'DROP TRIGGER "{name}"'))
        return
    for table in ("audit_record", "audit_payload"):
        connection.execute(sa.text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
    connection.execute(sa.text("ALTER TABLE audit_payload DROP CONSTRAINT IF EXISTS fk_audit_payload_record"))


def attack(ws: Workspace, *statements: str, **values: Any) -> None:
    """Run `statements` as an attacker who can do everything to the database."""
    if ws.database.is_sqlite:
        with ws.database.engine.connect() as connection:
            raw: Any = connection.connection.dbapi_connection
            raw.execute("PRAGMA foreign_keys = OFF")
    with ws.database.begin() as connection:
        without_triggers(ws, connection)
        for statement in statements:
            connection.execute(sa.text(statement), values)


REFUSED = (
    "UPDATE audit_record SET effect = 'allow'",
    "DELETE FROM audit_record WHERE number = 3",
    "DELETE FROM audit_payload WHERE record = 3",
    "UPDATE audit_payload SET payload = '{}'",
    "UPDATE audit_payload SET record = record + 1000",
    "INSERT INTO audit_record SELECT 1000 + number, at, kind, principal, on_behalf_of, action, resource_type, "
    "resource_id, effect, policies, reasons, policy_set, digest, key, about, outcome, commitment, previous, hash "
    "FROM audit_record WHERE number = 1",
)


def test_the_database_refuses_to_change_remove_or_slip_in(any_ws: Workspace) -> None:
    busy(any_ws)
    for statement in REFUSED:
        with pytest.raises(DatabaseError, match="audit"), any_ws.database.begin() as connection:
            connection.execute(sa.text(statement))
    assert verify_audit(any_ws).ok


def test_sqlite_refuses_to_replace_which_fires_no_delete_trigger(ws: Workspace) -> None:
    busy(ws)
    for table in ("audit_record", "audit_payload"):
        with pytest.raises(DatabaseError, match="only"), ws.database.begin() as connection:
            connection.execute(sa.text(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1"))


def test_postgresql_refuses_to_truncate(postgres_url: str, settings: Settings, clock: FixedClock) -> None:
    ws = open_workspace(settings.model_copy(update={"database_url": postgres_url}), clock)
    busy(ws)
    for table in ("audit_record", "audit_payload"):
        with pytest.raises(DatabaseError, match="never changed"), ws.database.begin() as connection:
            connection.execute(sa.text(f"TRUNCATE {table} CASCADE"))
    ws.close()


def test_a_sound_log_is_found_sound(any_ws: Workspace) -> None:
    records = busy(any_ws)
    found = verify_audit(any_ws)
    assert (found.ok, found.records, found.broken) == (True, records, None)
    assert found.message == f"All {records} records are sound."


def test_an_empty_log_is_sound(ws: Workspace) -> None:
    assert verify_audit(ws).records == 0


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace with records, for attacks that are rolled back."""
    from datetime import UTC, datetime

    home = tmp_path_factory.mktemp("attacked")
    values = Settings(home=home, user="Ada", database_url="")
    ws = open_workspace(values, FixedClock(datetime(2026, 1, 5, 8, tzinfo=UTC)))
    busy(ws)
    attack(ws)
    yield ws
    ws.close()


def one_byte_changed(stored: bytes, position: int, mask: int) -> bytes:
    at = position % len(stored)
    return stored[:at] + bytes([stored[at] ^ mask]) + stored[at + 1 :]


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    number=st.integers(1, 1000),
    column=st.sampled_from([*(c for c in COLUMNS if c != "number"), "payload", "salt"]),
    position=st.integers(0, 5000),
    mask=st.integers(1, 255),
)
def test_law_any_byte_changed_anywhere_is_found_and_its_record_named(
    attacked: Workspace, number: int, column: str, position: int, mask: int
) -> None:
    number = (number - 1) % verify_audit(attacked).records + 1
    table, key = ("audit_payload", "record") if column in ("payload", "salt") else ("audit_record", "number")
    with attacked.database.read() as connection:
        query = sa.text(f"SELECT CAST({column} AS BLOB) FROM {table} WHERE {key} = :number")
        stored = connection.execute(query, {"number": number}).scalar() or b"\0"
    # As text, whatever bytes come of it, just as if the file had been edited.
    value = one_byte_changed(stored, position, mask)
    with _as_text(attacked, table, key, number, column, value):
        found = verify_audit(attacked)
    assert not found.ok
    assert found.broken == number, found.message
    assert verify_audit(attacked).ok


@contextmanager
def _as_text(ws: Workspace, table: str, key: str, number: int, column: str, value: bytes) -> Iterator[None]:
    with ws.database.engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        raw.execute("PRAGMA foreign_keys = OFF")
        before = raw.execute(f"SELECT rowid, {column} FROM {table} WHERE {key} = ?", (number,)).fetchone()
        raw.execute(f"UPDATE {table} SET {column} = CAST(? AS TEXT) WHERE rowid = ?", (value, before[0]))
        connection.rollback()
    try:
        yield
    finally:
        with ws.database.engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            raw.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (before[1], before[0]))
            connection.rollback()


def test_a_change_to_any_column_is_found_on_both_databases(any_ws: Workspace) -> None:
    records = busy(any_ws)
    number = records - 3
    with any_ws.database.read() as connection:
        query = sa.select(audit_record).where(audit_record.c.number == number)
        before = connection.execute(query).one()._asdict()
    for column in (c for c in COLUMNS if c != "number"):
        value: Any = 77 if column in ("policy_set", "about", "form") else "x"
        statement = f"UPDATE audit_record SET {column} = :value WHERE number = :number"
        attack(any_ws, statement, value=value, number=number)
        found = verify_audit(any_ws)
        assert (found.ok, found.broken, found.records) == (False, number, number - 1), column
        assert f"ecord {number}" in found.message
        attack(any_ws, statement, value=before[column], number=number)
        assert verify_audit(any_ws).ok


@pytest.mark.parametrize(("number", "moved", "broken"), [(7, 0, 1), (7, -3, 1), (7, 1000, 7), (1, 1000, 1), (1, 0, 1)])
def test_a_renumbered_record_is_found(ws: Workspace, number: int, moved: int, broken: int) -> None:
    busy(ws)
    attack(ws, "UPDATE audit_record SET number = :moved WHERE number = :number", number=number, moved=moved)
    assert verify_audit(ws).broken == broken


def test_removed_and_reordered_records_are_found(any_ws: Workspace) -> None:
    records = busy(any_ws)
    attack(any_ws, "DELETE FROM audit_payload WHERE record = 5", "DELETE FROM audit_record WHERE number = 5")
    found = verify_audit(any_ws)
    assert (found.broken, found.message) == (5, "Record 5 is missing: `6` stands in its place.")
    attack(any_ws, f"UPDATE audit_record SET number = 5 WHERE number = {records}")
    assert verify_audit(any_ws).broken == 5


def test_a_rehashed_change_breaks_the_record_after_it(ws: Workspace) -> None:
    from core.audit.chain import body_digest, record_hash

    busy(ws)
    with ws.database.read() as connection:
        row = dict(connection.execute(sa.select(audit_record).where(audit_record.c.number == 4)).one()._mapping)
    row["principal"] = "somebody-else"
    row["body"] = body_digest(row)
    statement = "UPDATE audit_record SET principal = 'somebody-else', body = :body, hash = :hash WHERE number = 4"
    attack(ws, statement, body=row["body"], hash=record_hash(row))
    found = verify_audit(ws)
    assert (found.broken, "does not follow" in found.message) == (5, True)


def test_a_removed_payload_is_found_and_an_erased_one_is_fine(any_ws: Workspace) -> None:
    records = busy(any_ws)
    assert erase_payload(any_ws, 4, reason="asked to", by=local("Ada")) == records + 1
    assert verify_audit(any_ws).ok
    assert audit_records(any_ws, after=5)[0].payload is None
    assert audit_records(any_ws, about=4)[0].kind is RecordKind.ERASURE
    for number, error, words in [(4, BadInput, "erased before"), (999, NotFound, "no audit record 999")]:
        with pytest.raises(error, match=words):
            erase_payload(any_ws, number, reason="again", by=local("Ada"))
    with pytest.raises(BadInput, match="reason"):
        erase_payload(any_ws, 5, reason="", by=local("Ada"))
    with pytest.raises(NotAllowed):
        erase_payload(any_ws, 5, reason="hide it", by=local("Grace"))
    attack(any_ws, "DELETE FROM audit_payload WHERE record = 6")
    assert verify_audit(any_ws).message.startswith("The payload of record 6 is missing")


def test_the_removal_of_the_newest_records_is_found_with_an_export(any_ws: Workspace, tmp_path: Path) -> None:
    records = busy(any_ws)
    file = tmp_path / "audit.jsonl"
    assert export_audit(any_ws, file).number == records
    with any_ws.database.begin() as connection:
        record(connection, _entry(), at=any_ws.clock.now())
    assert verify_audit(any_ws, against=file).ok, "the log may go on after an export"
    newest = f"IN ({records}, {records + 1})"
    remove = [f"DELETE FROM audit_payload WHERE record {newest}", f"DELETE FROM audit_record WHERE number {newest}"]
    attack(any_ws, *remove)
    assert verify_audit(any_ws).ok, "the chain alone cannot see it"
    found = verify_audit(any_ws, against=file)
    assert (found.ok, found.broken, found.records) == (False, records, records - 1)
    with any_ws.database.begin() as connection:
        record(connection, _entry(), at=any_ws.clock.now())
    found = verify_audit(any_ws, against=file)
    assert (found.broken, "not the one that was exported" in found.message) == (records, True)


@pytest.mark.parametrize("payloads", [True, False])
def test_an_export_is_verified_without_the_database(any_ws: Workspace, tmp_path: Path, payloads: bool) -> None:
    records = busy(any_ws)
    erase_payload(any_ws, 4, reason="asked to", by=local("Ada"))
    file = tmp_path / "audit.jsonl"
    with any_ws.database.begin() as connection:
        record(connection, _entry(), at=any_ws.clock.now())
    export_audit(any_ws, file, payloads=payloads)
    assert ("Acme" in file.read_text("utf-8")) is payloads
    assert verify_export(file) == verify_audit(any_ws)
    lines = file.read_text("utf-8").splitlines()
    for broken, changed_lines in [
        (7, [*lines[:7], lines[7].replace('"kind": "', '"kind": "x'), *lines[8:]]),
        (7, [*lines[:7], *lines[8:]]),
        (records + 2, [*lines[:-2], lines[-1]]),
    ]:
        file.write_text("\n".join(changed_lines), "utf-8")
        assert _broken(verify_export(file)) == (False, broken)


def test_an_earlier_export_is_replaced_only_when_told(ws: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    export_audit(ws, file)
    before = file.read_bytes()
    busy(ws)
    with pytest.raises(BadInput, match="is there already"):
        export_audit(ws, file)
    assert file.read_bytes() == before
    assert list(tmp_path.glob(".*building")) == []
    assert export_audit(ws, file, replace=True).number > 0
    assert file.read_bytes() != before


def test_a_file_that_is_no_export_is_bad_input(ws: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    busy(ws)
    export_audit(ws, file)
    whole = file.read_text("utf-8")
    for content in ("", "[]", "{}", "not json", whole[: len(whole) // 2], "\n".join(whole.splitlines()[:-1])):
        file.write_text(content, "utf-8")
        with pytest.raises(BadInput, match=r"audit\.jsonl"):
            verify_export(file)
    with pytest.raises(BadInput, match="cannot be read"):
        verify_audit(ws, against=tmp_path / "none")
    with pytest.raises(BadInput, match="cannot be written"):
        export_audit(ws, tmp_path / "none" / "audit.jsonl")


def test_a_damaged_record_is_an_integrity_error_to_readers(ws: Workspace) -> None:
    busy(ws)
    attack(ws, "UPDATE audit_record SET policies = '[' WHERE number = 2")
    with pytest.raises(IntegrityError, match="Audit record 2 is damaged"):
        audit_records(ws, limit=1000)


def test_the_newest_come_first_and_pages_follow(ws: Workspace) -> None:
    records = busy(ws)
    first = audit_records(ws, limit=4)
    assert [r.number for r in first] == [records, records - 1, records - 2, records - 3]
    assert audit_records(ws, limit=1, after=first[-1].number)[0].number == records - 4
    with pytest.raises(BadInput, match="Known: `allow`, `needs approval`, `deny`"):
        audit_records(ws, effect="maybe")


def test_many_writers_make_one_chain(any_ws: Workspace) -> None:
    def write() -> None:
        for _ in range(10):
            with any_ws.database.begin() as connection:
                record(connection, _entry(), at=any_ws.clock.now())

    threads = [Thread(target=write) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = verify_audit(any_ws)
    assert (found.ok, found.records) == (True, 50)


def test_a_payload_keeps_what_was_said_exactly(ws: Workspace) -> None:
    payload = {"text": 'Grüße \U0001f600 "quoted"', "n": [1, 2.5, None, True], "nested": {"b": 1, "a": 2}}
    with ws.database.begin() as connection:
        record(connection, _entry(payload), at=ws.clock.now())
    assert audit_records(ws)[0].payload == json.loads(json.dumps(payload))


def _entry(payload: dict[str, Any] | None = None) -> Entry:
    return Entry(RecordKind.CHANGE, "person-x", "workflow.promote", "Workflow", "w", payload=payload or {})


def _broken(found: Verification) -> tuple[bool, int | None]:
    return found.ok, found.broken
