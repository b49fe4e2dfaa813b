"""State that decides something is believed only as far as the audit chain bears it.

Each row of a table that is registered here has its newest state in the chain: the record of the act that wrote it
holds the row's digest. A row that was edited by hand, slipped in or taken away contradicts its record and is named.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.audit.canonical import canonical, exactly_told, plain
from core.audit.tables import STATES, audit_record
from core.audit.values import State
from core.errors import IntegrityError

GONE = "0" * 64  # the state of a row that was removed

_tables: dict[str, _Borne] = {}


@dataclass(frozen=True)
class _Borne:
    table: sa.Table
    word: str  # what a row is, in words
    beside: frozenset[str]  # columns that decide nothing


def borne(table: sa.Table, word: str, *, beside: Collection[str] = ()) -> sa.Table:
    """`table`, whose rows are from now on believed only as the chain bears them. `word` says what a row is.

    The columns `beside` decide nothing: they may change without a record.
    """
    _tables[table.name] = _Borne(table, word, frozenset(beside))
    return table


def state_of(table: sa.Table, row: Mapping[str, Any]) -> State:
    """The state of a row, given as SQLAlchemy reads it: which row, and the digest of its values, nulls left out."""
    known = _tables.get(table.name)
    beside = known.beside if known is not None else ()
    names = [column.name for column in table.columns if column.name not in beside]
    values = exactly_told(plain({name: row[name] for name in names if row[name] is not None}))
    return State(_name(table, row), hashlib.sha256(canonical([table.name, values])).hexdigest())


def state_gone(table: sa.Table, row: Mapping[str, Any]) -> State:
    """The state of a row that was removed."""
    return State(_name(table, row), GONE)


def read_back(connection: Connection, table: sa.Table, *where: sa.ColumnElement[bool]) -> State:
    """The state of the one row that was just written, as it will be read."""
    return state_of(table, connection.execute(sa.select(table).where(*where)).one()._asdict())


def believe(connection: Connection, table: sa.Table, rows: list[Mapping[str, Any]]) -> None:
    """Raises IntegrityError that names the first of `rows` that the chain does not bear as it stands."""
    states = {state.of: state for state in (state_of(table, row) for row in rows)}
    borne_by = _newest(connection, list(states))
    for name, state in states.items():
        if borne_by.get(name) != state.digest:
            raise IntegrityError(f"{_fault(name, name in borne_by)} It is not believed. Run `tandem audit verify`.")


def believe_gone(connection: Connection, table: sa.Table, keys: list[Mapping[str, Any]]) -> None:
    """Raises IntegrityError where the chain bears a row with one of `keys`, of which none is there."""
    for name, digest in _newest(connection, [_name(table, key) for key in keys]).items():
        if digest != GONE:
            raise IntegrityError(f"{_fault_of_gone(name)} Run `tandem audit verify`.")


def newest_state(connection: Connection) -> int:
    """Number of the newest record that bears a state: whatever was believed then may be believed until there is one."""
    query = sa.select(audit_record.c.number).where(audit_record.c.state_of.is_not(None))
    return connection.execute(query.order_by(audit_record.c.number.desc()).limit(1)).scalar() or 0


def faults(connection: Connection) -> Iterator[str]:
    """What is wrong with the state that the chain bears, one sentence for each row; nothing when all is sound."""
    query = (
        sa.select(audit_record.c.state_of, audit_record.c.state, audit_record.c.number)
        .where(audit_record.c.state_of.is_not(None))
        .order_by(audit_record.c.number)
    )
    newest = {row.state_of: row.state for row in connection.execute(query)}
    for table in (b.table for b in _tables.values()):
        for row in connection.execute(sa.select(table)):
            state = state_of(table, row._asdict())
            known = newest.pop(state.of, None)
            if known != state.digest:
                yield _fault(state.of, known is not None)
    for name, digest in newest.items():
        if name.partition(":")[0] not in _tables:
            yield f"The audit log bears `{name}`, of a table that is not known here: it could not be compared."
        elif digest != GONE:
            yield _fault_of_gone(name)


def _newest(connection: Connection, names: list[str]) -> dict[str, str]:
    staged: Mapping[str, str] = connection.info.get(STATES, {})
    found = {name: staged[name] for name in names if name in staged}
    for name in (name for name in names if name not in found):
        query = (
            sa.select(audit_record.c.state)
            .where(audit_record.c.state_of == name)
            .order_by(audit_record.c.number.desc())
            .limit(1)
        )
        digest = connection.execute(query).scalar()
        if digest is not None:
            found[name] = digest
    return found


def _name(table: sa.Table, row: Mapping[str, Any]) -> str:
    return f"{table.name}:{'|'.join(str(row[column.name]) for column in table.primary_key.columns)}"


def _fault(name: str, recorded: bool) -> str:
    if recorded:
        return f"The {_words(name)} was changed without a record: it is not what the audit log says."
    return f"The {_words(name)} stands in the database, and no audit record says how it came there."


def _fault_of_gone(name: str) -> str:
    return f"The {_words(name)} is gone, and no record says that it was removed."


def _words(name: str) -> str:
    table, _, key = name.partition(":")
    return f"{_tables[table].word} `{key}` (table `{table}`)"
