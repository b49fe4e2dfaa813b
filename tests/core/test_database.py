"""The operational database on both engines."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta, timezone
from importlib import import_module

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from core.database import UtcDateTime, make_engine, metadata
from core.errors import BadInput
from core.eventlog.tables import event_log_version
from core.workspace import Workspace

TABLES = (
    "core.selection.tables", "governance.tables", "ingest.tables", "inventory.tables",
    "inventory.overlap.tables", "inventory.decisions.tables", "inventory.ledger.tables", "inventory.risk.tables",
    "kpi.tables", "mining.tables",
    "orchestrator.running.tables", "orchestrator.promotion.tables",
)  # fmt: skip
moments = sa.Table("test_moment", sa.MetaData(), sa.Column("n", sa.Integer), sa.Column("at", UtcDateTime))


def test_a_moment_comes_back_in_utc(any_ws: Workspace) -> None:
    local = datetime(2026, 3, 1, 12, 30, 0, 123456, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    with any_ws.database.begin() as connection:
        moments.create(connection)
        connection.execute(sa.insert(moments).values(n=1, at=local))
        (at,) = connection.execute(sa.select(moments.c.at)).one()
    assert at == local
    assert at.tzinfo is UTC


def test_a_naive_moment_is_refused(any_ws: Workspace) -> None:
    with any_ws.database.begin() as connection:
        moments.create(connection)
        naive = sa.insert(moments).values(n=1, at=datetime(2026, 1, 1))  # noqa: DTZ001
        with pytest.raises(sa.exc.StatementError, match="without a time zone"):
            connection.execute(naive)


def test_a_failed_transaction_leaves_nothing(any_ws: Workspace) -> None:
    with any_ws.database.begin() as connection:
        moments.create(connection)

    def fail() -> None:
        with any_ws.database.begin() as connection:
            connection.execute(sa.insert(moments).values(n=1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with any_ws.database.read() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(moments)).scalar() == 0


def test_a_reader_sees_one_state_from_beginning_to_end(any_ws: Workspace) -> None:
    with any_ws.database.begin() as connection:
        moments.create(connection)
    count = sa.select(sa.func.count()).select_from(moments)
    with any_ws.database.read() as reading:
        before = reading.execute(count).scalar()
        with any_ws.database.begin() as connection:
            connection.execute(sa.insert(moments).values(n=1))
        assert (before, reading.execute(count).scalar()) == (0, 0)
    with any_ws.database.read() as reading:
        assert reading.execute(count).scalar() == 1


def test_many_writers_queue_instead_of_failing(any_ws: Workspace) -> None:
    with any_ws.database.begin() as connection:
        moments.create(connection)
        connection.execute(sa.insert(moments).values(n=0))

    def add() -> None:
        for _ in range(20):
            with any_ws.database.begin() as connection:
                row = connection.execute(sa.select(moments.c.n).with_for_update()).one()
                connection.execute(sa.update(moments).values(n=row.n + 1))

    threads = [threading.Thread(target=add) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with any_ws.database.read() as connection:
        assert connection.execute(sa.select(moments.c.n)).scalar() == 100


def test_the_migrations_give_exactly_the_declared_tables(any_ws: Workspace) -> None:
    for module in TABLES:
        import_module(module)
    with any_ws.database.read() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": lambda _o, name, *_: not _foreign(name)}
        )
        assert compare_metadata(context, metadata) == []


def _foreign(name: str) -> bool:
    return name.startswith("alembic")


def test_migrating_again_changes_nothing(any_ws: Workspace) -> None:
    any_ws.database.migrate()
    with any_ws.database.read() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(event_log_version)).scalar() == 0


@pytest.mark.parametrize(("url", "said"), [("mysql://x/y", "`mysql`"), ("nonsense", "not a database URL")])
def test_a_url_that_cannot_be_used_is_explained(url: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        make_engine(url)


@pytest.mark.postgres
def test_a_session_that_is_given_back_after_its_engine_was_disposed_of_ends(postgres_url: str) -> None:
    engine = make_engine(postgres_url)
    with engine.connect() as connection:
        first = connection.connection.dbapi_connection
    with engine.connect() as connection:
        held = connection.connection.dbapi_connection
        assert held is first, "sessions are kept"
        engine.dispose()
        assert held is not None
        connection.execute(sa.text("SELECT 1"))
    assert held.closed
    with engine.connect() as connection:
        other = connection.connection.dbapi_connection
    with engine.connect() as connection:
        assert connection.connection.dbapi_connection is other, "those of the new pool are kept"
    engine.dispose()
    assert other is not None
    assert other.closed


@pytest.mark.postgres
def test_a_session_that_is_given_back_while_its_engine_is_disposed_of_ends(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By another thread, after the sessions of the old pool were ended and before the new one took its place."""
    engine = make_engine(postgres_url)
    connection = engine.connect()
    held = connection.connection.dbapi_connection
    old, recreate = engine.pool, engine.pool.recreate

    def given_back_meanwhile() -> sa.Pool:
        connection.close()
        return recreate()

    monkeypatch.setattr(old, "recreate", given_back_meanwhile)
    engine.dispose()
    assert held is not None
    assert held.closed
    engine.dispose()
