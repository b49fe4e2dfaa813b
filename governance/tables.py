"""The tables of governance. The triggers that make the audit log grow only are in the migration."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from core import UtcDateTime, metadata


def _created() -> tuple[sa.Column[Any], sa.Column[Any]]:
    return (
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("created_by", sa.String(100), nullable=False),
    )


principal = sa.Table(
    "governance_principal",
    metadata,
    sa.Column("id", sa.String(100), primary_key=True),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("name_key", sa.String(200), nullable=False, unique=True),  # the name as it is compared
    sa.Column("email", sa.String(320)),
    sa.Column("owner", sa.String(100), sa.ForeignKey("governance_principal.id")),
    sa.Column("sponsor", sa.String(100), sa.ForeignKey("governance_principal.id")),
    sa.Column("runtime", sa.String(200)),
    sa.Column("autonomy_level", sa.Integer),
    sa.Column("simulated", sa.Boolean, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    *_created(),
)

role = sa.Table(
    "governance_role",
    metadata,
    sa.Column("name", sa.String(100), primary_key=True),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("responsibilities", sa.JSON, nullable=False),
    sa.Column("actions", sa.JSON, nullable=False),
    sa.Column("expectations", sa.JSON, nullable=False),
    *_created(),
)

assignment = sa.Table(
    "governance_assignment",
    metadata,
    sa.Column("principal", sa.String(100), sa.ForeignKey("governance_principal.id"), primary_key=True),
    sa.Column("role", sa.String(100), sa.ForeignKey("governance_role.name"), primary_key=True, index=True),
    *_created(),
)

action = sa.Table(
    "governance_action",
    metadata,
    sa.Column("name", sa.String(100), primary_key=True),
    sa.Column("resource_type", sa.String(100), nullable=False),
    sa.Column("facts", sa.JSON, nullable=False),
    *_created(),
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
    *_created(),
)

activation = sa.Table(  # the newest row names the policy set in force
    "governance_activation",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("version", sa.Integer, sa.ForeignKey("governance_policy_set.version"), nullable=False),
    *_created(),
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
    *_created(),
)

attempt = sa.Table(  # what was last decided for a key, so that a repetition is known as one
    "governance_attempt",
    metadata,
    sa.Column("key", sa.String(200), primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("decision", sa.JSON, nullable=False),
    sa.Column("approval", sa.String(40)),
    sa.Column("record", sa.BigInteger, nullable=False),
    sa.Column("outcome", sa.String(10)),
    sa.Column("outcome_record", sa.BigInteger),
)

audit_record = sa.Table(
    "audit_record",
    metadata,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),  # from 1, without gaps
    sa.Column("at", sa.String(32), nullable=False),  # text, because it is hashed as it is stored
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("principal", sa.String(100), nullable=False, index=True),
    sa.Column("on_behalf_of", sa.String(100)),
    sa.Column("action", sa.String(100), nullable=False),
    sa.Column("resource_type", sa.String(100), nullable=False),
    sa.Column("resource_id", sa.String(200), nullable=False),
    sa.Column("effect", sa.String(20), index=True),
    sa.Column("policies", sa.Text, nullable=False),  # JSON list, text for the same reason
    sa.Column("reasons", sa.Text, nullable=False),
    sa.Column("policy_set", sa.Integer),
    sa.Column("digest", sa.String(64)),  # of the request
    sa.Column("key", sa.String(200)),
    sa.Column("about", sa.BigInteger, index=True),  # number of the record that this one follows up
    sa.Column("outcome", sa.String(10)),
    sa.Column("commitment", sa.String(64), nullable=False),  # SHA-256 of the payload's salt and text
    sa.Column("previous", sa.String(64), nullable=False),  # hash of the record before
    sa.Column("hash", sa.String(64), nullable=False),
)

audit_payload = sa.Table(  # outside the chain, so that personal data can be erased
    "audit_payload",
    metadata,
    sa.Column("record", sa.BigInteger, sa.ForeignKey("audit_record.number"), primary_key=True, autoincrement=False),
    sa.Column("salt", sa.String(32)),
    sa.Column("payload", sa.Text),
)
