"""Findings about pilots that somebody muted, with the reason and the last day."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "risk_mute",
        sa.Column("pilot_id", sa.Integer, sa.ForeignKey("pilot.id"), primary_key=True, autoincrement=False),
        sa.Column("rule", sa.String(60), primary_key=True),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("until", sa.Date, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
    )


def downgrade() -> None:
    raise NotImplementedError("what people said about risks is not thrown away")
