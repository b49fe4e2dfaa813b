"""The audit log is appended to last and says how actors were proved; state that decides something is borne by it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime
from core.migrations.adopting import adopt

revision = "0010"
down_revision = "0009"


def _created() -> tuple[sa.ColumnClause[Any], sa.ColumnClause[Any]]:
    return sa.column("created_at", UtcDateTime), sa.column("created_by", sa.String)


_STATE: tuple[tuple[sa.TableClause, tuple[str, ...]], ...] = (  # tables whose rows the chain bears, with their keys
    (
        sa.table(
            "governance_principal", *(sa.column(n, sa.String) for n in ("id", "kind", "name", "name_key", "email")),
            *(sa.column(n, sa.String) for n in ("owner", "sponsor", "runtime")),
            sa.column("autonomy_level", sa.Integer), sa.column("simulated", sa.Boolean),
            sa.column("active", sa.Boolean), *_created(),
        ),
        ("id",),
    ),
    (
        sa.table(
            "governance_role", sa.column("name", sa.String), sa.column("purpose", sa.Text),
            *(sa.column(n, sa.JSON) for n in ("responsibilities", "actions", "expectations")), *_created(),
        ),
        ("name",),
    ),
    (
        sa.table("governance_assignment", sa.column("principal", sa.String), sa.column("role", sa.String), *_created()),
        ("principal", "role"),
    ),
    (
        sa.table(
            "governance_action", sa.column("name", sa.String), sa.column("resource_type", sa.String),
            sa.column("facts", sa.JSON), *_created(),
        ),
        ("name",),
    ),
    (
        sa.table(
            "governance_policy_set", sa.column("version", sa.Integer), sa.column("text", sa.Text),
            sa.column("guards", sa.Text), sa.column("actions", sa.JSON), sa.column("digest", sa.String),
            sa.column("note", sa.Text), *_created(),
        ),
        ("version",),
    ),
    (
        sa.table("governance_activation", sa.column("id", sa.Integer), sa.column("version", sa.Integer), *_created()),
        ("id",),
    ),
    (
        sa.table(
            "governance_approval", sa.column("id", sa.String), sa.column("digest", sa.String),
            sa.column("policy_set", sa.Integer), sa.column("status", sa.String), sa.column("role", sa.String),
            sa.column("request", sa.JSON), sa.column("reasons", sa.JSON), sa.column("expires_at", UtcDateTime),
            sa.column("answered_at", UtcDateTime), sa.column("answered_by", sa.String),
            sa.column("answer_reason", sa.Text), sa.column("used_by", sa.String), sa.column("activation", sa.Integer),
            sa.column("barred", sa.JSON(none_as_null=True)), *_created(),
        ),
        ("id",),
    ),
)  # fmt: skip
_SEAL = """
CREATE FUNCTION audit_seal(entries jsonb) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE e jsonb; first bigint; n bigint; a bigint; p text; h text;
BEGIN
  PERFORM pg_advisory_xact_lock(7413062);
  SELECT number, hash INTO n, h FROM audit_record ORDER BY number DESC LIMIT 1;
  n := coalesce(n, 0);
  h := coalesce(h, repeat('0', 64));
  first := n + 1;
  FOR e IN SELECT * FROM jsonb_array_elements(entries) LOOP
    n := n + 1;
    p := h;
    a := coalesce((e->>'about')::bigint, first + (e->>'offset')::bigint);
    h := encode(sha256(convert_to(
      n::text || chr(10) || coalesce(a::text, '') || chr(10) || (e->>'body') || chr(10) || p, 'UTF8')), 'hex');
    INSERT INTO audit_record (
      number, form, id, at, kind, principal, proof, machine_user, on_behalf_of, action, resource_type, resource_id,
      effect, policies, reasons, policy_set, digest, key, about, outcome, state_of, state, commitment, body, previous,
      hash)
    VALUES (
      n, (e->>'form')::int, e->>'id', e->>'at', e->>'kind', e->>'principal', e->>'proof', e->>'machine_user',
      e->>'on_behalf_of', e->>'action', e->>'resource_type', e->>'resource_id', e->>'effect', e->>'policies',
      e->>'reasons', (e->>'policy_set')::int, e->>'digest', e->>'key', a, e->>'outcome', e->>'state_of', e->>'state',
      e->>'commitment', e->>'body', p, h);
    INSERT INTO audit_payload (record, salt, payload) VALUES (n, e->>'salt', e->>'payload');
  END LOOP;
  RETURN first;
END $$
"""


def upgrade() -> None:
    op.add_column("audit_record", sa.Column("form", sa.Integer, nullable=False, server_default="1"))
    for name, length in (
        ("id", 40), ("proof", 20), ("machine_user", 100), ("state_of", 400), ("state", 64), ("body", 64),
    ):  # fmt: skip
        op.add_column("audit_record", sa.Column(name, sa.String(length)))
    op.create_index("ix_audit_record_id", "audit_record", ["id"])
    some = sa.text("state_of IS NOT NULL")
    op.create_index(
        "ix_audit_record_state_of", "audit_record", ["state_of", "number"], sqlite_where=some, postgresql_where=some
    )
    for name in ("record", "outcome_record"):  # an id or, for a record of form 1, its number
        with op.batch_alter_table("governance_attempt") as table:
            table.alter_column(name, type_=sa.String(40), postgresql_using=f"{name}::text")
    version = op.create_table(
        "governance_version",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_governance_version"),
    )
    op.bulk_insert(version, [{"id": 1, "version": 1}])
    _approvals()
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_SEAL)
    adopt(op.get_bind(), _STATE)


def _approvals() -> None:
    """Open approvals get an end, and the activation under which they may be used, if that is the one in force."""
    op.add_column("governance_approval", sa.Column("activation", sa.Integer))
    op.add_column("governance_approval", sa.Column("barred", sa.JSON(none_as_null=True)))
    approval, active = (
        sa.table(
            "governance_approval", sa.column("status"), sa.column("policy_set"), sa.column("activation"),
            sa.column("expires_at", UtcDateTime),
        ),
        sa.table("governance_activation", sa.column("id"), sa.column("version")),
    )  # fmt: skip
    newest = op.get_bind().execute(sa.select(active).order_by(active.c.id.desc()).limit(1)).first()
    is_open = approval.c.status.in_(["pending", "granted"])
    end = datetime.now(UTC) + timedelta(days=7)
    op.execute(approval.update().where(is_open, approval.c.expires_at.is_(None)).values(expires_at=end))
    if newest is not None:
        same = approval.c.policy_set == newest.version
        op.execute(approval.update().where(is_open, same).values(activation=newest.id))


def downgrade() -> None:
    raise NotImplementedError("the audit log only grows")
