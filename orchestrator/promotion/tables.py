"""The table of workflow versions."""

import sqlalchemy as sa

from core.audit.borne import borne
from core.database import UtcDateTime, metadata

workflow_version = sa.Table(
    "workflow_version",
    metadata,
    sa.Column("name", sa.String(100), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("status", sa.String(20), nullable=False),  # orchestrator.promotion.workflows.WorkflowStatus
    sa.Column("definition", sa.JSON, nullable=False),  # orchestrator.machine.values.Workflow, never changed
    sa.Column("gates", sa.JSON, nullable=False),  # as they stood at the last step
    sa.Column("map_name", sa.String(100), nullable=False),
    sa.Column("map_version", sa.Integer, nullable=False),
    sa.Column("policy_set", sa.Integer, nullable=False),  # version in force when the gates last passed
    sa.Column("baseline", sa.String(100), nullable=False),
    sa.Column("proposed_at", UtcDateTime, nullable=False),
    sa.Column("proposed_by", sa.String(200), nullable=False),  # principal id
    sa.Column("signed_at", UtcDateTime, nullable=True),
    sa.Column("signed_by", sa.String(200), nullable=True),  # principal id
)

borne(workflow_version, "version of a workflow")
