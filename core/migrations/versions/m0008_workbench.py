"""The analyst's workbench: selections kept for links and by name, column mappings by name, allowed deviations."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "selection_link",
        sa.Column("digest", sa.String(16), primary_key=True),
        sa.Column("selection", sa.Text, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
    )
    op.create_table(
        "saved_selection",
        sa.Column("log", sa.String(100), primary_key=True),
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("selection", sa.Text, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
    )
    op.create_table(
        "import_mapping",
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("mapping", sa.JSON, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
    )
    op.create_table(
        "allowed_deviation",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("log", sa.String(100), nullable=False, index=True),
        sa.Column("model", sa.String(200), nullable=False),
        sa.Column("deviation", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("withdrawn_at", UtcDateTime, nullable=True),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
    )
