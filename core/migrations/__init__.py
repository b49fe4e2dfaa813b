"""Alembic migrations of the operational database, run from code: there is no `alembic.ini` to keep."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

from core.locks import Lock, take


def configuration(connection: Connection | None = None) -> Config:
    """An Alembic configuration that uses `connection`."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema up to `revision`, in one transaction. Nothing happens where it is there already."""
    newest = ScriptDirectory.from_config(configuration()).get_current_head()
    with engine.connect().execution_options(tandem_reading=True) as connection:
        if revision == "head" and MigrationContext.configure(connection).get_current_revision() == newest:
            return
    with engine.begin() as connection:
        take(connection, Lock.UPGRADE)
        command.upgrade(configuration(connection), revision)
