"""Allocations keep what they were computed from, and what people answered about a task."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("map_allocation", sa.Column("details", sa.JSON))
    op.create_table(
        "map_answer",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("map_name", sa.String(100), nullable=False),
        sa.Column("map_version", sa.Integer, nullable=False),
        sa.Column("rules", sa.Integer, nullable=False),
        sa.Column("activity", sa.Text, nullable=False),
        sa.Column("question", sa.String(40), nullable=False),
        sa.Column("answer", sa.String(10), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("assessment", sa.JSON, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(["map_name", "map_version"], ["workflow_map.name", "workflow_map.version"]),
    )
    op.create_index("ix_map_answer_map_name_map_version", "map_answer", ["map_name", "map_version"])
