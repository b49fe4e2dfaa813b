"""Pseudonyms before anything is stored: what was named at import never reaches the event log's file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from core.errors import BadInput, not_found
from core.workspace import Workspace
from ingest.attributes import Attribute
from ingest.cleaning.apply import pseudonymise_staged
from ingest.personal.keys import make_key
from ingest.values import Column, ColumnRole

_ROLES = {ColumnRole.PERFORMER: "performer", ColumnRole.CASE: "case", ColumnRole.SYSTEM: "system"}


def pseudonymise_import(
    ws: Workspace,
    log: str,
    connection: duckdb.DuckDBPyConnection,
    named: Sequence[str],
    roles: Mapping[ColumnRole, Column],
    attributes: Sequence[Attribute],
) -> dict[str, Any]:
    """What meta keeps of it: the columns of the log whose values in `staged` are now pseudonyms, and the key's mark.

    `named` are columns of the source, or roles such as `performer`. Raises NotFound for what is neither, BadInput for
    an activity or a time, which nothing could be mined from.
    """
    if not named:
        return {}
    columns = list(dict.fromkeys(_column(name, roles, attributes) for name in named))
    key = make_key(ws, log)
    values = sum(pseudonymise_staged(connection, column, key) for column in columns)
    return {"pseudonymised": {"columns": columns, "values": values, "key": key.fingerprint}}


def _column(name: str, roles: Mapping[ColumnRole, Column], attributes: Sequence[Attribute]) -> str:
    """What the log calls the column `name` of the source."""
    by_role = {role.value: role for role in roles} | {column.label: role for role, column in roles.items()}
    by_label = {attribute.column.label: attribute.name for attribute in attributes}
    role = by_role.get(name)
    if role in _ROLES:
        return _ROLES[role]
    if name in by_label:
        return by_label[name]
    if role is not None:
        raise BadInput(f"`{name}` is the log's {role.value}: pseudonyms would leave nothing to mine. Leave it out.")
    raise not_found("column", name, [*by_label, *(roles[role].label for role in _ROLES if role in roles)])
