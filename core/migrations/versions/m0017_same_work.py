"""What people answered about pilots that may do the same work, and which mined activity they say a name stands for."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "pilot_answer",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
    )
    op.create_table(
        "pilot_answer_pilot",
        sa.Column("answer_id", sa.Integer, sa.ForeignKey("pilot_answer.id"), primary_key=True, autoincrement=False),
        sa.Column("pilot_id", sa.Integer, sa.ForeignKey("pilot.id"), primary_key=True, autoincrement=False),
        sa.Column("ticked", sa.Boolean, nullable=False),
    )
    op.create_table(
        "pilot_link",
        sa.Column("pilot_id", sa.Integer, sa.ForeignKey("pilot.id"), primary_key=True, autoincrement=False),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("activity", sa.Text, nullable=False),
        sa.Column("log", sa.String(100), nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
    )


def downgrade() -> None:
    raise NotImplementedError("what people answered is not thrown away")
