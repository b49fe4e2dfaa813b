"""Workflow versions: proposed, then promoted by a second person."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "workflow_version",
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("definition", sa.JSON, nullable=False),
        sa.Column("gates", sa.JSON, nullable=False),
        sa.Column("map_name", sa.String(100), nullable=False),
        sa.Column("map_version", sa.Integer, nullable=False),
        sa.Column("policy_set", sa.Integer, nullable=False),
        sa.Column("baseline", sa.String(100), nullable=False),
        sa.Column("proposed_at", UtcDateTime, nullable=False),
        sa.Column("proposed_by", sa.String(200), nullable=False),
        sa.Column("signed_at", UtcDateTime, nullable=True),
        sa.Column("signed_by", sa.String(200), nullable=True),
    )


def downgrade() -> None:
    op.drop_table("workflow_version")
