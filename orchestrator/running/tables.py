"""The tables of runs: their state, what happened to them, and what is to be done."""

import sqlalchemy as sa

from core.audit.borne import borne
from core.database import UtcDateTime, metadata

run = sa.Table(
    "run",
    metadata,
    sa.Column("id", sa.String(60), primary_key=True),
    sa.Column("workflow", sa.String(100), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),  # pinned when the run starts
    sa.Column("key", sa.String(200), nullable=True),  # the caller's: starting again with it gives the same run
    sa.Column("status", sa.String(20), nullable=False, index=True),
    sa.Column("state", sa.JSON, nullable=False),  # orchestrator.machine.values.RunState
    sa.Column("events", sa.Integer, nullable=False),  # how many run events it has
    sa.Column("cause", sa.Text, nullable=True),  # why it failed or was cancelled
    sa.Column("simulated", sa.Boolean, nullable=False),  # its times are said by simulated performers
    sa.Column("started_at", UtcDateTime, nullable=False),  # in the run's time: simulated where it is
    sa.Column("due_at", UtcDateTime, nullable=False),
    sa.Column("ended_at", UtcDateTime, nullable=True),
    sa.Column("created_at", UtcDateTime, nullable=False),  # on our clock, always
    sa.Column("created_by", sa.String(200), nullable=False),
    sa.UniqueConstraint("workflow", "key", name="uq_run_workflow_key"),
    sa.ForeignKeyConstraint(
        ["workflow", "version"],
        ["workflow_version.name", "workflow_version.version"],
        name="fk_run_workflow_version_workflow_version",
    ),
    sa.Index("ix_run_workflow_started_at", "workflow", "started_at"),
)

run_event = sa.Table(
    "run_event",
    metadata,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("run", sa.String(60), sa.ForeignKey("run.id", name="fk_run_event_run_run"), nullable=False),
    sa.Column("sequence", sa.Integer, nullable=False),  # from 1 within its run, without gaps
    sa.Column("kind", sa.String(30), nullable=False),
    sa.Column("item", sa.String(100), nullable=True),
    sa.Column("attempt", sa.Integer, nullable=True),
    sa.Column("key", sa.String(300), nullable=False, unique=True),  # the same key is never recorded twice
    sa.Column("payload", sa.JSON, nullable=False),
    sa.Column("performer", sa.String(200), nullable=True),  # principal id; null: the orchestrator itself
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("txid", sa.BigInteger, nullable=True),  # the transaction, on PostgreSQL: ids alone do not follow commits
    sa.UniqueConstraint("run", "sequence", name="uq_run_event_run_sequence"),
)

work_item = sa.Table(
    "work_item",
    metadata,
    sa.Column("id", sa.String(170), primary_key=True),  # "<run>/<item>"
    sa.Column("run", sa.String(60), sa.ForeignKey("run.id", name="fk_work_item_run_run"), nullable=False),
    sa.Column("item", sa.String(100), nullable=False),  # "<node>#<visit>"
    sa.Column("node", sa.String(80), nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),  # task or decision
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("doer", sa.String(20), nullable=False),
    sa.Column("role", sa.String(200), nullable=False),
    sa.Column("agent", sa.String(200), nullable=True),  # principal id, when an agent is to do it
    sa.Column("status", sa.String(20), nullable=False),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("level", sa.Integer, nullable=False),
    sa.Column("options", sa.JSON, nullable=False),  # of a decision, in the order of the children
    sa.Column("cause", sa.Text, nullable=True),
    sa.Column("offered_at", UtcDateTime, nullable=False),  # on our clock
    sa.Column("ready_at", UtcDateTime, nullable=False),  # in the run's time: everything before it had ended
    sa.Column("due_at", UtcDateTime, nullable=True),  # in the run's time
    sa.Column("timeout_at", UtcDateTime, nullable=True, index=True),  # on our clock
    sa.Column("claimed_by", sa.String(200), nullable=True),
    sa.Column("claimed_at", UtcDateTime, nullable=True),
    sa.Column("queued", sa.Integer, nullable=False),  # number of its newest queue entry: only that one may perform it
    sa.Column("carried", sa.String(200), nullable=True),  # the queue entry that goes on with it; null: its own one
    sa.Column("parked", sa.Boolean, nullable=False),  # off the queue because the run is paused
    sa.Column("begun", sa.Integer, nullable=False),  # how often a worker began the present attempt
    sa.Column("begun_at", UtcDateTime, nullable=True),
    sa.Column("approval", sa.String(100), nullable=True),  # what it waits for
    sa.Column("proposal", sa.JSON(none_as_null=True), nullable=True),  # what will be done when the approval is given
    sa.Column("performer", sa.String(200), nullable=True),  # who did it in the end
    sa.Column("ended_at", UtcDateTime, nullable=True),  # in the run's time
    sa.UniqueConstraint("run", "item", name="uq_work_item_run_item"),
    sa.Index("ix_work_item_status_doer_role", "status", "doer", "role"),
)

run_effect = sa.Table(  # what is done in systems of record, one row for each work item that has an effect
    "run_effect",
    metadata,
    sa.Column("id", sa.String(170), primary_key=True),  # of the work item
    sa.Column("run", sa.String(60), sa.ForeignKey("run.id", name="fk_run_effect_run_run"), nullable=False),
    sa.Column("item", sa.String(100), nullable=False),
    sa.Column("attempt", sa.Integer, nullable=False),  # of the item, that it was allowed for
    sa.Column("generation", sa.Integer, nullable=False),  # raised when the system refused, so that the key is fresh
    sa.Column("status", sa.String(20), nullable=False),  # orchestrator.running.effects.EffectStatus
    sa.Column("connector", sa.String(100), nullable=False),
    sa.Column("action", sa.String(100), nullable=False),
    sa.Column("arguments", sa.JSON, nullable=False),
    sa.Column("attempt_key", sa.String(200), nullable=False),  # of the gate's attempt that allowed it
    sa.Column("request", sa.JSON, nullable=False),  # that was allowed
    sa.Column("proposed", sa.JSON, nullable=False),  # by whom, and what becomes of the run when it is done
    sa.Column("queued", sa.Integer, nullable=False),  # number of its newest queue entry: only that one may perform it
    sa.Column("begun", sa.Integer, nullable=False),  # how often a worker began it
    sa.Column("unanswered", sa.Integer, nullable=False),  # how often in a row nobody could say what came of it
    sa.Column("result", sa.JSON(none_as_null=True), nullable=True),
    sa.Column("cause", sa.Text, nullable=True),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("begun_at", UtcDateTime, nullable=True),
    sa.Column("looked_at", UtcDateTime, nullable=True),  # when what came of it was last looked up
    sa.Column("ended_at", UtcDateTime, nullable=True),
    sa.Index("ix_run_effect_status", "status"),
)

EFFECT_BESIDE = frozenset({"queued", "unanswered", "cause", "looked_at"})  # columns that decide nothing
borne(run_effect, "effect", beside=EFFECT_BESIDE)
