"""The tables of governance: actions, policy sets, approvals and attempts."""

from __future__ import annotations

import sqlalchemy as sa

from core.actor.tables import created
from core.audit.borne import borne
from core.database import UtcDateTime, metadata

action = sa.Table(
    "governance_action",
    metadata,
    sa.Column("name", sa.String(100), primary_key=True),
    sa.Column("resource_type", sa.String(100), nullable=False),
    sa.Column("facts", sa.JSON, nullable=False),
    *created(),
)

policy_set = sa.Table(
    "governance_policy_set",
    metadata,
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("guards", sa.Text, nullable=False),
    sa.Column("actions", sa.JSON, nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),  # of text, guards and actions
    sa.Column("note", sa.Text, nullable=False),
    *created(),
)

activation = sa.Table(  # the newest row names the policy set in force
    "governance_activation",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("version", sa.Integer, sa.ForeignKey("governance_policy_set.version"), nullable=False),
    *created(),
)

version = sa.Table(  # one row: see governance.version
    "governance_version",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False),
)

approval = sa.Table(
    "governance_approval",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False, index=True),
    sa.Column("policy_set", sa.Integer, nullable=False),
    sa.Column("status", sa.String(10), nullable=False, index=True),
    sa.Column("role", sa.String(100), sa.ForeignKey("governance_role.name"), nullable=False),
    sa.Column("request", sa.JSON, nullable=False),
    sa.Column("reasons", sa.JSON, nullable=False),
    sa.Column("expires_at", UtcDateTime),
    sa.Column("answered_at", UtcDateTime),
    sa.Column("answered_by", sa.String(100)),
    sa.Column("answer_reason", sa.Text),
    sa.Column("used_by", sa.String(200)),
    sa.Column("activation", sa.Integer),  # number of the activation under which it was asked for
    sa.Column("barred", sa.JSON(none_as_null=True)),  # ids of those who may not answer, beside whoever asked
    *created(),
)

attempt = sa.Table(  # what was last decided for a key, so that a repetition is known as one
    "governance_attempt",
    metadata,
    sa.Column("key", sa.String(200), primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("decision", sa.JSON, nullable=False),
    sa.Column("approval", sa.String(40)),
    sa.Column("record", sa.String(40), nullable=False),  # the audit record's id or, of form 1, its number
    sa.Column("outcome", sa.String(10)),
    sa.Column("outcome_record", sa.String(40)),
)

for _table, _word in (
    (action, "declared action"),
    (policy_set, "policy set"),
    (activation, "activation of a policy set"),
    (approval, "approval"),
):
    borne(_table, _word)
