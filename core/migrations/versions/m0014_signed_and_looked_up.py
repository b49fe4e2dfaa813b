"""Workflow versions are believed as the audit chain bears them: what was signed is what runs. Effects note look-ups."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime
from core.migrations.adopting import adopt

revision = "0014"
down_revision = "0013"

_VERSIONS = sa.table(
    "workflow_version",
    *(sa.column(name, sa.String) for name in ("name", "status", "map_name", "baseline", "proposed_by", "signed_by")),
    *(sa.column(name, sa.Integer) for name in ("version", "map_version", "policy_set")),
    *(sa.column(name, sa.JSON) for name in ("definition", "gates")),
    *(sa.column(name, UtcDateTime) for name in ("proposed_at", "signed_at")),
)


def upgrade() -> None:
    op.add_column("run_effect", sa.Column("looked_at", UtcDateTime, nullable=True))
    adopt(op.get_bind(), ((_VERSIONS, ("name", "version")),))


def downgrade() -> None:
    raise NotImplementedError("the audit log only grows")
