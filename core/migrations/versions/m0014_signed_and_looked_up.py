"""Workflow versions and effects are believed as the audit chain bears them: what was signed is what runs."""

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

_EFFECTS = sa.table(
    "run_effect",
    *(sa.column(n, sa.String) for n in ("id", "run", "item", "status", "connector", "action", "attempt_key")),
    *(sa.column(n, sa.Integer) for n in ("attempt", "generation", "begun")),
    *(sa.column(n, sa.JSON) for n in ("arguments", "request", "proposed")),
    sa.column("result", sa.JSON(none_as_null=True)),
    *(sa.column(n, UtcDateTime) for n in ("created_at", "begun_at", "ended_at")),
)


def upgrade() -> None:
    op.add_column("run_effect", sa.Column("looked_at", UtcDateTime, nullable=True))
    adopt(op.get_bind(), ((_VERSIONS, ("name", "version")), (_EFFECTS, ("id",))))


def downgrade() -> None:
    raise NotImplementedError("the audit log only grows")
