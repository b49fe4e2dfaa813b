"""Workflow maps remember the filters under which they were discovered."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("workflow_map", sa.Column("selection", sa.Text, nullable=False, server_default=""))
