"""Scenarios that were kept under a name, with the fit they were shown after and what they were expected to do."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "map_scenario",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("map_name", sa.String(100), nullable=False),
        sa.Column("map_version", sa.Integer, nullable=False),
        sa.Column("changes", sa.JSON, nullable=False),
        sa.Column("answer", sa.JSON, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(["map_name", "map_version"], ["workflow_map.name", "workflow_map.version"]),
    )
    op.create_index("ix_map_scenario_map_name_map_version", "map_scenario", ["map_name", "map_version"])


def downgrade() -> None:
    raise NotImplementedError("what was expected is not thrown away")
