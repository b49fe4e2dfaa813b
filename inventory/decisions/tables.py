"""Decisions about pilots, which pilots they are about, and what is to be done after them."""

import sqlalchemy as sa

from core.database import UtcDateTime, metadata

pilot_decision = sa.Table(
    "pilot_decision",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("outcome", sa.String(20), nullable=False),
    sa.Column("into_id", sa.Integer, sa.ForeignKey("pilot.id")),  # of a merge: the pilot that stays
    sa.Column("rationale", sa.Text, nullable=False),
    sa.Column("until", sa.Date, nullable=False),  # when it has to be decided again
    sa.Column("evidence", sa.JSON, nullable=False),  # by pilot id, see inventory/decisions/frozen.py
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("created_by", sa.String(200), nullable=False),
    sa.Column("withdrawn_at", UtcDateTime),
    sa.Column("withdrawn_by", sa.String(200)),
    sa.Column("withdrawn_reason", sa.Text),
)

pilot_decision_pilot = sa.Table(
    "pilot_decision_pilot",
    metadata,
    sa.Column("decision_id", sa.Integer, sa.ForeignKey("pilot_decision.id"), primary_key=True, autoincrement=False),
    sa.Column("pilot_id", sa.Integer, sa.ForeignKey("pilot.id"), primary_key=True, autoincrement=False, index=True),
)

pilot_follow_up = sa.Table(
    "pilot_follow_up",
    metadata,
    sa.Column("decision_id", sa.Integer, sa.ForeignKey("pilot_decision.id"), primary_key=True, autoincrement=False),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),  # from 1
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("who", sa.String(300), nullable=False),
    sa.Column("due", sa.Date, nullable=False),
    sa.Column("done_at", UtcDateTime),
    sa.Column("done_by", sa.String(200)),
    sa.Column("note", sa.Text),
)
