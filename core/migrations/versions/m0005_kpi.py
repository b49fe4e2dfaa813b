"""Frozen baselines, which the database itself refuses to change or remove."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "kpi_baseline",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("log", sa.String(100), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("started", UtcDateTime, nullable=False),
        sa.Column("ended", UtcDateTime, nullable=False),
        sa.Column("filter", sa.JSON(none_as_null=True)),
        sa.Column("sla_seconds", sa.Double),
        sa.Column("as_of", UtcDateTime, nullable=False),
        sa.Column("measurements", sa.JSON, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["log", "version"],
            ["event_log_version.log", "event_log_version.version"],
            name="fk_kpi_baseline_log_version",
        ),
    )
    op.create_index("ix_kpi_baseline_log_version", "kpi_baseline", ["log", "version"])
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def downgrade() -> None:
    op.drop_table("kpi_baseline")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION kpi_baseline_is_frozen()")


def _guard_sqlite() -> None:
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER kpi_baseline_no_{verb.lower()} BEFORE {verb} ON kpi_baseline "
            "BEGIN SELECT RAISE(ABORT, 'a baseline is frozen'); END"
        )


def _guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION kpi_baseline_is_frozen() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'a baseline is frozen'; END $$"
    )
    op.execute(
        "CREATE TRIGGER kpi_baseline_no_change BEFORE UPDATE OR DELETE ON kpi_baseline "
        "FOR EACH ROW EXECUTE FUNCTION kpi_baseline_is_frozen()"
    )
