"""The catalogue row that makes an event log version visible."""

import sqlalchemy as sa

from core.database import UtcDateTime, metadata

event_log_version = sa.Table(
    "event_log_version",
    metadata,
    sa.Column("log", sa.String(100), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("file", sa.String(200), nullable=False, unique=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("digest", sa.String(64), nullable=False, index=True),
    sa.Column("cases", sa.Integer, nullable=False),
    sa.Column("events", sa.BigInteger, nullable=False),
    sa.Column("event_rows", sa.BigInteger, nullable=False),
    sa.Column("activities", sa.Integer, nullable=False),
    sa.Column("performers", sa.Integer, nullable=False),
    sa.Column("started", UtcDateTime, nullable=False),
    sa.Column("ended", UtcDateTime, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("created_by", sa.String(200), nullable=False),
)
