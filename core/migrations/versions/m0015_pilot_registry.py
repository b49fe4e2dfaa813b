"""Pilots are typed records with every revision kept, changed by hand too; how a sheet is read is kept by name."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0015"
down_revision = "0014"

_FIRST = (  # what a pilot had before, beside what it touches
    "reference", "name", "department", "owner", "sponsor", "status", "purpose", "data_sensitivity", "vendor", "model",
    "started", "monthly_cost", "currency", "monthly_benefit", "users", "human_review", "autonomy_level",
)  # fmt: skip
_TOUCHED = {"activities": "pilot_activity", "systems": "pilot_system", "data": "pilot_data"}


def upgrade() -> None:
    op.add_column("pilot_import", sa.Column("way", sa.String(20), nullable=False, server_default="import"))
    op.add_column("pilot_import", sa.Column("reason", sa.Text))
    for name in ("workflow", "model_version", "platform", "runtime"):
        op.add_column("pilot", sa.Column(name, sa.String(300)))
    for name in ("risk_tier", "cost_period", "benefit_evidence"):
        op.add_column("pilot", sa.Column(name, sa.String(20)))
    for name in ("log_location", "exit_plan"):
        op.add_column("pilot", sa.Column(name, sa.Text))
    op.add_column("pilot", sa.Column("monthly_runs", sa.BigInteger))
    op.add_column("pilot", sa.Column("success_rate", sa.Double))
    for name in ("reviewed", "ended"):
        op.add_column("pilot", sa.Column(name, sa.Date))
    for name in ("actions", "data_classes", "risk_drivers", "approvals", "links"):
        op.add_column("pilot", sa.Column(name, sa.JSON(none_as_null=True)))
    revisions = op.create_table(
        "pilot_revision",
        sa.Column("pilot_id", sa.Integer, sa.ForeignKey("pilot.id"), primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("import_id", sa.Integer, sa.ForeignKey("pilot_import.id"), nullable=False),
        sa.Column("way", sa.String(20), nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
    )
    op.create_table(
        "pilot_layout",
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("headings", sa.JSON, nullable=False),
        sa.Column("reading", sa.JSON, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
    )
    found = list(_revisions(op.get_bind()))
    if found:
        op.bulk_insert(revisions, found)


def _revisions(connection: sa.Connection) -> list[dict[str, Any]]:
    """The state in which each pilot is found, as its newest revision: those before it were not kept."""
    known = sa.MetaData()
    known.reflect(connection, only=["pilot", *_TOUCHED.values()])
    touched: dict[int, dict[str, list[str]]] = {}
    for field, name in _TOUCHED.items():
        table = known.tables[name]
        for row in connection.execute(sa.select(table).order_by(table.c.pilot_id, table.c.place)):
            touched.setdefault(row.pilot_id, {}).setdefault(field, []).append(row.label)
    times = (
        sa.column("updated_at", UtcDateTime),
        *(sa.column(n) for n in ("id", "revision", "import_id", "updated_by")),
    )
    dates = sa.column("started", sa.Date)
    plain = (sa.column("human_review", sa.Boolean), dates, *(sa.column(n) for n in _FIRST if n not in _TYPED))
    rows = connection.execute(sa.select(*times, *plain).select_from(sa.table("pilot"))).mappings()
    return [
        {
            "pilot_id": row["id"], "number": row["revision"], "import_id": row["import_id"], "way": "carried",
            "facts": {n: _plain(row[n]) for n in _FIRST if row[n] is not None} | touched.get(row["id"], {}),
            "at": row["updated_at"], "by": row["updated_by"],
        }
        for row in rows
    ]  # fmt: skip


_TYPED = ("human_review", "started")


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def downgrade() -> None:
    raise NotImplementedError("revisions of pilots are kept")
