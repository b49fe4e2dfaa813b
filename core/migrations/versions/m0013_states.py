"""The newest record that bears a state is found at once: what is remembered of governance holds no longer than it."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    there = sa.text("state_of IS NOT NULL")
    op.create_index("ix_audit_record_states", "audit_record", ["number"], sqlite_where=there, postgresql_where=there)
