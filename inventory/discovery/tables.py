"""What scans found, and what people said about it."""

import sqlalchemy as sa

from core.database import UtcDateTime, metadata

discovery_run = sa.Table(
    "discovery_run",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sources", sa.JSON, nullable=False),
    sa.Column("files", sa.Integer, nullable=False),
    sa.Column("found", sa.Integer, nullable=False),
    sa.Column("notes", sa.JSON, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("created_by", sa.String(200), nullable=False),
)

discovery_finding = sa.Table(
    "discovery_finding",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("key", sa.String(64), nullable=False, unique=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("facts", sa.JSON, nullable=False),  # see inventory/discovery/plain.py
    sa.Column("first_run", sa.Integer, sa.ForeignKey("discovery_run.id"), nullable=False),
    sa.Column("last_run", sa.Integer, sa.ForeignKey("discovery_run.id"), nullable=False),  # that saw it
    sa.Column("changed_run", sa.Integer, sa.ForeignKey("discovery_run.id")),  # that saw it changed, the last
    sa.Column("gone_run", sa.Integer, sa.ForeignKey("discovery_run.id")),  # that looked there and saw it no more
    sa.Column("state", sa.String(20), nullable=False),  # open, registered, matched or dismissed
    sa.Column("pilot_id", sa.Integer, sa.ForeignKey("pilot.id"), index=True),
    sa.Column("reason", sa.Text),  # for which it was dismissed
    sa.Column("until", sa.Date),  # it is dismissed
    sa.Column("decided_at", UtcDateTime),
    sa.Column("decided_by", sa.String(200)),
)
