"""What people answered about pilots, and which mined activity they say a name stands for."""

import sqlalchemy as sa

from core.database import UtcDateTime, metadata

pilot_answer = sa.Table(
    "pilot_answer",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("created_by", sa.String(200), nullable=False),
)

pilot_answer_pilot = sa.Table(
    "pilot_answer_pilot",
    metadata,
    sa.Column("answer_id", sa.Integer, sa.ForeignKey("pilot_answer.id"), primary_key=True, autoincrement=False),
    sa.Column("pilot_id", sa.Integer, sa.ForeignKey("pilot.id"), primary_key=True, autoincrement=False),
    sa.Column("ticked", sa.Boolean, nullable=False),  # does the same work as the others that are ticked
)

pilot_link = sa.Table(
    "pilot_link",
    metadata,
    sa.Column("pilot_id", sa.Integer, sa.ForeignKey("pilot.id"), primary_key=True, autoincrement=False),
    sa.Column("key", sa.Text, primary_key=True),  # of the activity's name in the sheet, see inventory/labels.py
    sa.Column("activity", sa.Text, nullable=False),  # the mined one
    sa.Column("log", sa.String(100), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("created_by", sa.String(200), nullable=False),
)
