"""What was expected: one row an expectation, which never changes."""

import sqlalchemy as sa

from core.database import UtcDateTime, metadata
from inventory.decisions.tables import pilot_decision

pilot_expectation = sa.Table(
    "pilot_expectation",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("subject", sa.String(200), nullable=False, index=True),
    sa.Column("metric", sa.String(100), nullable=False),
    sa.Column("value", sa.Double, nullable=False),
    sa.Column("low", sa.Double),
    sa.Column("high", sa.Double),
    sa.Column("unit", sa.String(50), nullable=False),
    sa.Column("evidence", sa.String(20), nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("decision_id", sa.Integer, sa.ForeignKey(pilot_decision.c.id)),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("created_by", sa.String(200), nullable=False),
)
