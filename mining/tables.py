"""Workflow maps, their allocations, answers, overrides and scenarios. Rows are only ever added: no verb changes one."""

import sqlalchemy as sa

from core.database import UtcDateTime, metadata

workflow_map = sa.Table(
    "workflow_map",
    metadata,
    sa.Column("name", sa.String(100), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("log", sa.String(100), nullable=False),
    sa.Column("log_version", sa.Integer, nullable=False),
    sa.Column("noise", sa.Float, nullable=False),
    sa.Column("variants", sa.Integer, nullable=False),
    sa.Column("left_out", sa.JSON, nullable=False),
    sa.Column("tree", sa.JSON, nullable=False),
    sa.Column("dfg", sa.JSON, nullable=False),
    sa.Column("profiles", sa.JSON, nullable=False),
    sa.Column("notes", sa.Text, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("created_by", sa.String(200), nullable=False),
    sa.Column("selection", sa.Text, nullable=False, server_default=""),
)

map_allocation = sa.Table(
    "map_allocation",
    metadata,
    sa.Column("map_name", sa.String(100), primary_key=True),
    sa.Column("map_version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("rules", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("activity", sa.Text, nullable=False),
    sa.Column("computed", sa.String(40), nullable=False),
    sa.Column("suitability", sa.Float),
    sa.Column("value", sa.Float, nullable=False),
    sa.Column("coverage", sa.Float, nullable=False),
    sa.Column("value_coverage", sa.Float, nullable=False),
    sa.Column("criteria", sa.JSON, nullable=False),
    sa.Column("reasons", sa.JSON, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("created_by", sa.String(200), nullable=False),
    sa.Column("details", sa.JSON),  # from rules 2 on: evidence, questions, worth, firmness
    sa.ForeignKeyConstraint(["map_name", "map_version"], ["workflow_map.name", "workflow_map.version"]),
)

map_override = sa.Table(
    "map_override",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("map_name", sa.String(100), nullable=False),
    sa.Column("map_version", sa.Integer, nullable=False),
    sa.Column("activity", sa.Text, nullable=False),
    sa.Column("outcome", sa.String(40), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("created_by", sa.String(200), nullable=False),
    sa.ForeignKeyConstraint(["map_name", "map_version"], ["workflow_map.name", "workflow_map.version"]),
    sa.Index("ix_map_override_map_name_map_version", "map_name", "map_version"),
)

map_answer = sa.Table(
    "map_answer",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("map_name", sa.String(100), nullable=False),
    sa.Column("map_version", sa.Integer, nullable=False),
    sa.Column("rules", sa.Integer, nullable=False),
    sa.Column("activity", sa.Text, nullable=False),
    sa.Column("question", sa.String(40), nullable=False),
    sa.Column("answer", sa.String(10), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("assessment", sa.JSON, nullable=False),  # what the rules said after this answer
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("created_by", sa.String(200), nullable=False),
    sa.ForeignKeyConstraint(["map_name", "map_version"], ["workflow_map.name", "workflow_map.version"]),
    sa.Index("ix_map_answer_map_name_map_version", "map_name", "map_version"),
)

map_scenario = sa.Table(
    "map_scenario",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(100), nullable=False),
    sa.Column("map_name", sa.String(100), nullable=False),
    sa.Column("map_version", sa.Integer, nullable=False),
    sa.Column("changes", sa.JSON, nullable=False),
    sa.Column("answer", sa.JSON, nullable=False),  # the what-if as it was answered
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("created_by", sa.String(200), nullable=False),
    sa.ForeignKeyConstraint(["map_name", "map_version"], ["workflow_map.name", "workflow_map.version"]),
    sa.Index("ix_map_scenario_map_name_map_version", "map_name", "map_version"),
)

allowed_deviation = sa.Table(
    "allowed_deviation",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("log", sa.String(100), nullable=False, index=True),
    sa.Column("model", sa.String(200), nullable=False),
    sa.Column("deviation", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("withdrawn_at", UtcDateTime, nullable=True),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("created_by", sa.String(200), nullable=False),
)
