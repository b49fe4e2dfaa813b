"""What scans for AI agents found, and what people said about it."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "discovery_run",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sources", sa.JSON, nullable=False),
        sa.Column("files", sa.Integer, nullable=False),
        sa.Column("found", sa.Integer, nullable=False),
        sa.Column("notes", sa.JSON, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
    )
    op.create_table(
        "discovery_finding",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(64), nullable=False, unique=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("first_run", sa.Integer, sa.ForeignKey("discovery_run.id"), nullable=False),
        sa.Column("last_run", sa.Integer, sa.ForeignKey("discovery_run.id"), nullable=False),
        sa.Column("changed_run", sa.Integer, sa.ForeignKey("discovery_run.id")),
        sa.Column("gone_run", sa.Integer, sa.ForeignKey("discovery_run.id")),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("pilot_id", sa.Integer, sa.ForeignKey("pilot.id"), index=True),
        sa.Column("reason", sa.Text),
        sa.Column("until", sa.Date),
        sa.Column("decided_at", UtcDateTime),
        sa.Column("decided_by", sa.String(200)),
    )


def downgrade() -> None:
    raise NotImplementedError("what was found and said is not thrown away")
