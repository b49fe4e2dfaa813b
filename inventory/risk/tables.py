"""Findings about pilots that somebody muted for a time."""

import sqlalchemy as sa

from core.database import UtcDateTime, metadata

risk_mute = sa.Table(
    "risk_mute",
    metadata,
    sa.Column("pilot_id", sa.Integer, sa.ForeignKey("pilot.id"), primary_key=True, autoincrement=False),
    sa.Column("rule", sa.String(60), primary_key=True),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("until", sa.Date, nullable=False),  # the last day
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("created_by", sa.String(200), nullable=False),
)
