"""Decisions about pilots with the evidence of their moment, what is to be done after them, and what was expected."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "pilot_decision",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("into_id", sa.Integer, sa.ForeignKey("pilot.id")),
        sa.Column("rationale", sa.Text, nullable=False),
        sa.Column("until", sa.Date, nullable=False),
        sa.Column("evidence", sa.JSON, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime),
        sa.Column("withdrawn_by", sa.String(200)),
        sa.Column("withdrawn_reason", sa.Text),
    )
    decision = sa.ForeignKey("pilot_decision.id")
    op.create_table(
        "pilot_decision_pilot",
        sa.Column("decision_id", sa.Integer, decision, primary_key=True, autoincrement=False),
        sa.Column("pilot_id", sa.Integer, sa.ForeignKey("pilot.id"), primary_key=True, autoincrement=False),
    )
    op.create_index("ix_pilot_decision_pilot_pilot_id", "pilot_decision_pilot", ["pilot_id"])
    op.create_table(
        "pilot_follow_up",
        sa.Column("decision_id", sa.Integer, sa.ForeignKey("pilot_decision.id"), primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("who", sa.String(300), nullable=False),
        sa.Column("due", sa.Date, nullable=False),
        sa.Column("done_at", UtcDateTime),
        sa.Column("done_by", sa.String(200)),
        sa.Column("note", sa.Text),
    )
    op.create_table(
        "pilot_expectation",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("metric", sa.String(100), nullable=False),
        sa.Column("value", sa.Double, nullable=False),
        sa.Column("low", sa.Double),
        sa.Column("high", sa.Double),
        sa.Column("unit", sa.String(50), nullable=False),
        sa.Column("evidence", sa.String(20), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("decision_id", sa.Integer, sa.ForeignKey("pilot_decision.id")),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
    )
    op.create_index("ix_pilot_expectation_subject", "pilot_expectation", ["subject"])


def downgrade() -> None:
    raise NotImplementedError("what was decided is not thrown away")
