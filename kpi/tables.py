"""Frozen baselines. The migration adds triggers that refuse to change or remove a row."""

import sqlalchemy as sa

from core.database import UtcDateTime, metadata

kpi_baseline = sa.Table(
    "kpi_baseline",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("log", sa.String(100), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("started", UtcDateTime, nullable=False),
    sa.Column("ended", UtcDateTime, nullable=False),
    sa.Column("filter", sa.JSON(none_as_null=True)),  # null: all cases
    sa.Column("sla_seconds", sa.Double),
    sa.Column("as_of", UtcDateTime, nullable=False),
    sa.Column("measurements", sa.JSON, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("created_by", sa.String(200), nullable=False),
    sa.ForeignKeyConstraint(["log", "version"], ["event_log_version.log", "event_log_version.version"]),
    sa.Index(None, "log", "version"),
)
