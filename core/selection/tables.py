"""Selections that are kept: long ones for links, and those that people saved under a name."""

import sqlalchemy as sa

from core.database import UtcDateTime, metadata

selection_link = sa.Table(
    "selection_link",
    metadata,
    sa.Column("digest", sa.String(16), primary_key=True),
    sa.Column("selection", sa.Text, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

saved_selection = sa.Table(
    "saved_selection",
    metadata,
    sa.Column("log", sa.String(100), primary_key=True),
    sa.Column("name", sa.String(100), primary_key=True),
    sa.Column("selection", sa.Text, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("created_by", sa.String(200), nullable=False),
)
