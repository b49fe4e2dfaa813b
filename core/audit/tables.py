"""The tables of the audit log. The triggers that make it grow only are in the migrations."""

from __future__ import annotations

import sqlalchemy as sa

from core.database import metadata

STATES = "tandem_audit_states"  # in a connection's info: what its transaction recorded and has not yet appended

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
    sa.Column("form", sa.Integer, nullable=False, server_default="1"),  # how it is hashed: see core.audit.chain
    sa.Column("id", sa.String(40), index=True),  # given before the number is; null in form 1
    sa.Column("proof", sa.String(20)),  # how it was proved who acted
    sa.Column("machine_user", sa.String(100)),
    sa.Column("state_of", sa.String(400)),  # the row that this act wrote: see core.audit.borne
    sa.Column("state", sa.String(64)),  # its digest
    sa.Column("body", sa.String(64)),  # digest of everything that is known before the number is
    sa.Index(
        "ix_audit_record_states", "number",
        sqlite_where=sa.text("state_of IS NOT NULL"), postgresql_where=sa.text("state_of IS NOT NULL"),
    ),
    sa.Index(
        "ix_audit_record_state_of", "state_of", "number",
        sqlite_where=sa.text("state_of IS NOT NULL"), postgresql_where=sa.text("state_of IS NOT NULL"),
    ),
)  # fmt: skip

audit_payload = sa.Table(  # outside the chain, so that personal data can be erased
    "audit_payload",
    metadata,
    sa.Column("record", sa.BigInteger, sa.ForeignKey("audit_record.number"), primary_key=True, autoincrement=False),
    sa.Column("salt", sa.String(32)),
    sa.Column("payload", sa.Text),
)
