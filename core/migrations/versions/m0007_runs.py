"""Runs, their events, and their work items."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    _run()
    _run_event()
    _work_item()


def _run() -> None:
    op.create_table(
        "run",
        sa.Column("id", sa.String(60), primary_key=True),
        sa.Column("workflow", sa.String(100), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("key", sa.String(200), nullable=True),
        sa.Column("status", sa.String(20), nullable=False, index=True),
        sa.Column("state", sa.JSON, nullable=False),
        sa.Column("events", sa.Integer, nullable=False),
        sa.Column("cause", sa.Text, nullable=True),
        sa.Column("simulated", sa.Boolean, nullable=False),
        sa.Column("started_at", UtcDateTime, nullable=False),
        sa.Column("due_at", UtcDateTime, nullable=False),
        sa.Column("ended_at", UtcDateTime, nullable=True),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
        sa.UniqueConstraint("workflow", "key", name="uq_run_workflow_key"),
        sa.ForeignKeyConstraint(
            ["workflow", "version"],
            ["workflow_version.name", "workflow_version.version"],
            name="fk_run_workflow_version_workflow_version",
        ),
    )
    op.create_index("ix_run_workflow_started_at", "run", ["workflow", "started_at"])


def _run_event() -> None:
    op.create_table(
        "run_event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("run", sa.String(60), sa.ForeignKey("run.id", name="fk_run_event_run_run"), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("item", sa.String(100), nullable=True),
        sa.Column("attempt", sa.Integer, nullable=True),
        sa.Column("key", sa.String(300), nullable=False, unique=True),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("performer", sa.String(200), nullable=True),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("txid", sa.BigInteger, nullable=True),
        sa.UniqueConstraint("run", "sequence", name="uq_run_event_run_sequence"),
    )


def _work_item() -> None:
    op.create_table(
        "work_item",
        sa.Column("id", sa.String(170), primary_key=True),
        sa.Column("run", sa.String(60), sa.ForeignKey("run.id", name="fk_work_item_run_run"), nullable=False),
        sa.Column("item", sa.String(100), nullable=False),
        sa.Column("node", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("doer", sa.String(20), nullable=False),
        sa.Column("role", sa.String(200), nullable=False),
        sa.Column("agent", sa.String(200), nullable=True),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("options", sa.JSON, nullable=False),
        sa.Column("cause", sa.Text, nullable=True),
        sa.Column("offered_at", UtcDateTime, nullable=False),
        sa.Column("ready_at", UtcDateTime, nullable=False),
        sa.Column("due_at", UtcDateTime, nullable=True),
        sa.Column("timeout_at", UtcDateTime, nullable=True, index=True),
        sa.Column("claimed_by", sa.String(200), nullable=True),
        sa.Column("claimed_at", UtcDateTime, nullable=True),
        sa.Column("queued", sa.Integer, nullable=False),
        sa.Column("parked", sa.Boolean, nullable=False),
        sa.Column("begun", sa.Integer, nullable=False),
        sa.Column("begun_at", UtcDateTime, nullable=True),
        sa.Column("approval", sa.String(100), nullable=True),
        sa.Column("proposal", sa.JSON, nullable=True),
        sa.Column("performer", sa.String(200), nullable=True),
        sa.Column("ended_at", UtcDateTime, nullable=True),
        sa.UniqueConstraint("run", "item", name="uq_work_item_run_item"),
    )
    op.create_index("ix_work_item_status_doer_role", "work_item", ["status", "doer", "role"])


def downgrade() -> None:
    op.drop_table("work_item")
    op.drop_table("run_event")
    op.drop_table("run")
