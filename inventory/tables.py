"""Pilots, what each of them touches, what brought and changed them, their revisions, and how sheets are read."""

import sqlalchemy as sa

from core.database import UtcDateTime, metadata
from inventory.values import TouchedKind

NAMED = ("actions", "data_classes", "risk_drivers", "approvals", "links")

pilot_import = sa.Table(  # what brought or changed pilots: imports and, of no file, changes by hand
    "pilot_import",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("file", sa.Text, nullable=False),  # empty: by hand
    sa.Column("digest", sa.String(64), nullable=False, index=True),  # empty: by hand
    sa.Column("pilots", sa.Integer, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("created_by", sa.String(200), nullable=False),
    sa.Column("way", sa.String(20), nullable=False, server_default="import"),  # see inventory/records.py
    sa.Column("reason", sa.Text),
)

pilot = sa.Table(
    "pilot",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("reference", sa.String(300)),
    sa.Column("reference_key", sa.Text, unique=True),
    sa.Column("name", sa.String(300), nullable=False),
    sa.Column("department", sa.String(300), nullable=False),
    sa.Column("name_key", sa.Text, nullable=False, index=True),  # of name and department
    sa.Column("owner", sa.String(300)),
    sa.Column("sponsor", sa.String(300)),
    sa.Column("status", sa.String(20)),
    sa.Column("purpose", sa.Text),
    sa.Column("data_sensitivity", sa.String(20)),
    sa.Column("vendor", sa.String(300)),
    sa.Column("model", sa.String(300)),
    sa.Column("started", sa.Date),
    sa.Column("monthly_cost", sa.Double),
    sa.Column("currency", sa.String(3)),
    sa.Column("monthly_benefit", sa.Double),
    sa.Column("users", sa.BigInteger),
    sa.Column("human_review", sa.Boolean),
    sa.Column("autonomy_level", sa.Integer),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("import_id", sa.Integer, sa.ForeignKey("pilot_import.id"), nullable=False),  # the last that changed it
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("created_by", sa.String(200), nullable=False),
    sa.Column("updated_at", UtcDateTime, nullable=False),
    sa.Column("updated_by", sa.String(200), nullable=False),
    *(sa.Column(name, sa.String(300)) for name in ("workflow", "model_version", "platform", "runtime")),
    *(sa.Column(name, sa.String(20)) for name in ("risk_tier", "cost_period", "benefit_evidence")),
    *(sa.Column(name, sa.Text) for name in ("log_location", "exit_plan")),
    sa.Column("monthly_runs", sa.BigInteger),
    sa.Column("success_rate", sa.Double),
    *(sa.Column(name, sa.Date) for name in ("reviewed", "ended")),
    *(sa.Column(name, sa.JSON(none_as_null=True)) for name in NAMED),  # lists of texts; null: empty
)

pilot_revision = sa.Table(  # every state that a pilot was in
    "pilot_revision",
    metadata,
    sa.Column("pilot_id", sa.Integer, sa.ForeignKey("pilot.id"), primary_key=True, autoincrement=False),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("import_id", sa.Integer, sa.ForeignKey("pilot_import.id"), nullable=False),  # what made it
    sa.Column("way", sa.String(20), nullable=False),
    sa.Column("facts", sa.JSON, nullable=False),  # see inventory/plain_facts.py
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("by", sa.String(200), nullable=False),
)

pilot_layout = sa.Table(  # how sheets of one layout are read
    "pilot_layout",
    metadata,
    sa.Column("name", sa.String(100), primary_key=True),
    sa.Column("headings", sa.JSON, nullable=False),  # keys of the header cells
    sa.Column("reading", sa.JSON, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("created_by", sa.String(200), nullable=False),
)


def _touched(kind: TouchedKind) -> sa.Table:
    return sa.Table(
        f"pilot_{kind.value}",
        metadata,
        sa.Column("pilot_id", sa.Integer, sa.ForeignKey("pilot.id"), primary_key=True, autoincrement=False),
        sa.Column("key", sa.Text, primary_key=True),  # see inventory/labels.py
        sa.Column("label", sa.String(300), nullable=False),  # as the sheet writes it
        sa.Column("place", sa.Integer, nullable=False),  # in the sheet's cell, from 0
        sa.Index(f"ix_pilot_{kind.value}_key", "key"),
    )


TOUCHED = {kind: _touched(kind) for kind in TouchedKind}
