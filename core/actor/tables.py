"""The tables of principals, roles and who has which."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from core.audit.borne import borne
from core.database import UtcDateTime, metadata


def created() -> tuple[sa.Column[Any], sa.Column[Any]]:
    """The columns that say when and by whom a row was made."""
    return (
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("created_by", sa.String(100), nullable=False),
    )


principal = sa.Table(
    "governance_principal",
    metadata,
    sa.Column("id", sa.String(100), primary_key=True),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("name_key", sa.String(200), nullable=False, unique=True),  # the name as it is compared
    sa.Column("email", sa.String(320)),
    sa.Column("owner", sa.String(100), sa.ForeignKey("governance_principal.id")),
    sa.Column("sponsor", sa.String(100), sa.ForeignKey("governance_principal.id")),
    sa.Column("runtime", sa.String(200)),
    sa.Column("autonomy_level", sa.Integer),
    sa.Column("simulated", sa.Boolean, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    *created(),
)

role = sa.Table(
    "governance_role",
    metadata,
    sa.Column("name", sa.String(100), primary_key=True),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("responsibilities", sa.JSON, nullable=False),
    sa.Column("actions", sa.JSON, nullable=False),
    sa.Column("expectations", sa.JSON, nullable=False),
    *created(),
)

assignment = sa.Table(
    "governance_assignment",
    metadata,
    sa.Column("principal", sa.String(100), sa.ForeignKey("governance_principal.id"), primary_key=True),
    sa.Column("role", sa.String(100), sa.ForeignKey("governance_role.name"), primary_key=True, index=True),
    *created(),
)

for _table, _word in ((principal, "principal"), (role, "role"), (assignment, "role of a principal")):
    borne(_table, _word)
