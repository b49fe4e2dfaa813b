"""Principals, roles, policy sets, approvals, and the audit log that can only grow."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _principals()
    _policies()
    _approvals()
    _audit_log()
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def _created() -> tuple[sa.Column[object], sa.Column[object]]:
    return (
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("created_by", sa.String(100), nullable=False),
    )


def _principals() -> None:
    op.create_table(
        "governance_principal",
        sa.Column("id", sa.String(100), primary_key=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("name_key", sa.String(200), nullable=False, unique=True),
        sa.Column("email", sa.String(320)),
        sa.Column("owner", sa.String(100), sa.ForeignKey("governance_principal.id")),
        sa.Column("sponsor", sa.String(100), sa.ForeignKey("governance_principal.id")),
        sa.Column("runtime", sa.String(200)),
        sa.Column("autonomy_level", sa.Integer),
        sa.Column("simulated", sa.Boolean, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        *_created(),
    )
    op.create_table(
        "governance_role",
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("responsibilities", sa.JSON, nullable=False),
        sa.Column("actions", sa.JSON, nullable=False),
        sa.Column("expectations", sa.JSON, nullable=False),
        *_created(),
    )
    op.create_table(
        "governance_assignment",
        sa.Column("principal", sa.String(100), sa.ForeignKey("governance_principal.id"), primary_key=True),
        sa.Column("role", sa.String(100), sa.ForeignKey("governance_role.name"), primary_key=True, index=True),
        *_created(),
    )


def _policies() -> None:
    op.create_table(
        "governance_action",
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("resource_type", sa.String(100), nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        *_created(),
    )
    op.create_table(
        "governance_policy_set",
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("guards", sa.Text, nullable=False),
        sa.Column("actions", sa.JSON, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        *_created(),
    )
    op.create_table(
        "governance_activation",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("version", sa.Integer, sa.ForeignKey("governance_policy_set.version"), nullable=False),
        *_created(),
    )


def _approvals() -> None:
    op.create_table(
        "governance_approval",
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
    op.create_table(
        "governance_attempt",
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("decision", sa.JSON, nullable=False),
        sa.Column("approval", sa.String(40)),
        sa.Column("record", sa.BigInteger, nullable=False),
        sa.Column("outcome", sa.String(10)),
        sa.Column("outcome_record", sa.BigInteger),
    )


def _audit_log() -> None:
    op.create_table(
        "audit_record",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("principal", sa.String(100), nullable=False, index=True),
        sa.Column("on_behalf_of", sa.String(100)),
        sa.Column("action", sa.String(100), nullable=False),
        sa.Column("resource_type", sa.String(100), nullable=False),
        sa.Column("resource_id", sa.String(200), nullable=False),
        sa.Column("effect", sa.String(20), index=True),
        sa.Column("policies", sa.Text, nullable=False),
        sa.Column("reasons", sa.Text, nullable=False),
        sa.Column("policy_set", sa.Integer),
        sa.Column("digest", sa.String(64)),
        sa.Column("key", sa.String(200)),
        sa.Column("about", sa.BigInteger, index=True),
        sa.Column("outcome", sa.String(10)),
        sa.Column("commitment", sa.String(64), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_table(
        "audit_payload",
        sa.Column("record", sa.BigInteger, sa.ForeignKey("audit_record.number"), primary_key=True, autoincrement=False),
        sa.Column("salt", sa.String(32)),
        sa.Column("payload", sa.Text),
    )


def _guard_sqlite() -> None:
    """Refuse to change or remove a record. `INSERT OR REPLACE` fires no delete trigger, so order is checked too."""
    for table in ("audit_record", "audit_payload"):
        op.execute(
            f"CREATE TRIGGER {table}_keep BEFORE DELETE ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'audit records are never removed'); END"
        )
    op.execute(
        "CREATE TRIGGER audit_record_fixed BEFORE UPDATE ON audit_record "
        "BEGIN SELECT RAISE(ABORT, 'audit records are never changed'); END"
    )
    op.execute(
        "CREATE TRIGGER audit_record_append BEFORE INSERT ON audit_record "
        "WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM audit_record) "
        "BEGIN SELECT RAISE(ABORT, 'audit records are only appended'); END"
    )
    op.execute(
        "CREATE TRIGGER audit_payload_fixed BEFORE UPDATE ON audit_payload "
        "WHEN NEW.salt IS NOT NULL OR NEW.payload IS NOT NULL OR NEW.record <> OLD.record "
        "BEGIN SELECT RAISE(ABORT, 'audit payloads are only erased'); END"
    )
    op.execute(
        "CREATE TRIGGER audit_payload_append BEFORE INSERT ON audit_payload "
        "WHEN EXISTS (SELECT 1 FROM audit_payload WHERE record = NEW.record) "
        "BEGIN SELECT RAISE(ABORT, 'audit payloads are only erased'); END"
    )


def _guard_postgresql() -> None:
    """Refuse to change, remove or truncate records; the foreign key and the primary key keep payloads in place."""
    op.execute(
        "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'audit records are never changed or removed'; END $$"
    )
    op.execute(
        "CREATE FUNCTION audit_append() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF NEW.number IS DISTINCT FROM (SELECT coalesce(max(number), 0) + 1 FROM audit_record) THEN "
        "RAISE EXCEPTION 'audit records are only appended'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE FUNCTION audit_erase() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF NEW.salt IS NOT NULL OR NEW.payload IS NOT NULL OR NEW.record <> OLD.record THEN "
        "RAISE EXCEPTION 'audit payloads are only erased'; END IF; RETURN NEW; END $$"
    )
    for table in ("audit_record", "audit_payload"):
        op.execute(f"CREATE TRIGGER {table}_keep BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION audit_refuse()")
        op.execute(
            f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
        )
    op.execute(
        "CREATE TRIGGER audit_record_fixed BEFORE UPDATE ON audit_record FOR EACH ROW EXECUTE FUNCTION audit_refuse()"
    )
    op.execute(
        "CREATE TRIGGER audit_record_append BEFORE INSERT ON audit_record FOR EACH ROW EXECUTE FUNCTION audit_append()"
    )
    op.execute(
        "CREATE TRIGGER audit_payload_fixed BEFORE UPDATE ON audit_payload FOR EACH ROW EXECUTE FUNCTION audit_erase()"
    )


def downgrade() -> None:
    for table in (
        "audit_payload",
        "audit_record",
        "governance_attempt",
        "governance_approval",
        "governance_activation",
        "governance_policy_set",
        "governance_action",
        "governance_assignment",
        "governance_role",
        "governance_principal",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for function in ("audit_refuse", "audit_append", "audit_erase"):
            op.execute(f"DROP FUNCTION {function}()")
