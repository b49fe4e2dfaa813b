"""Work items say which queue entry goes on with them, where none of their own stands for them."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("work_item", sa.Column("carried", sa.String(200)))
