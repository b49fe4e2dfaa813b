"""Pilots, and the activities, systems and data that each of them touches."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0002"
down_revision = "0001"

TOUCHED = ("activity", "system", "data")


def upgrade() -> None:
    op.create_table(
        "pilot_import",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False, index=True),
        sa.Column("pilots", sa.Integer, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
    )
    op.create_table(
        "pilot",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("reference", sa.String(300)),
        sa.Column("reference_key", sa.Text, unique=True),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("department", sa.String(300), nullable=False),
        sa.Column("name_key", sa.Text, nullable=False, index=True),
        sa.Column("owner", sa.String(300)),
        sa.Column("sponsor", sa.String(300)),
        sa.Column("status", sa.String(20)),
        sa.Column("purpose", sa.Text),
        sa.Column("data_sensitivity", sa.String(20)),
        sa.Column("vendor", sa.String(300)),
        sa.Column("model", sa.String(300)),
        sa.Column("started", sa.Date),
        sa.Column("monthly_cost", sa.Double),
        sa.Column("currency", sa.String(3)),
        sa.Column("monthly_benefit", sa.Double),
        sa.Column("users", sa.BigInteger),
        sa.Column("human_review", sa.Boolean),
        sa.Column("autonomy_level", sa.Integer),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("import_id", sa.Integer, sa.ForeignKey("pilot_import.id"), nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
        sa.Column("updated_at", UtcDateTime, nullable=False),
        sa.Column("updated_by", sa.String(200), nullable=False),
    )
    for kind in TOUCHED:
        op.create_table(
            f"pilot_{kind}",
            sa.Column("pilot_id", sa.Integer, sa.ForeignKey("pilot.id"), primary_key=True, autoincrement=False),
            sa.Column("key", sa.Text, primary_key=True),
            sa.Column("label", sa.String(300), nullable=False),
            sa.Column("place", sa.Integer, nullable=False),
        )
        op.create_index(f"ix_pilot_{kind}_key", f"pilot_{kind}", ["key"])


def downgrade() -> None:
    for kind in reversed(TOUCHED):
        op.drop_table(f"pilot_{kind}")
    op.drop_table("pilot")
    op.drop_table("pilot_import")
