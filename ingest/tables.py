"""Column mappings that people keep under a name, to import the next file of the same kind with."""

import sqlalchemy as sa

from core.database import UtcDateTime, metadata

import_mapping = sa.Table(
    "import_mapping",
    metadata,
    sa.Column("name", sa.String(100), primary_key=True),
    sa.Column("mapping", sa.JSON, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("created_by", sa.String(200), nullable=False),
)
