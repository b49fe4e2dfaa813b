"""The mutes that are in force."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.actor.acting import find
from inventory.risk.tables import risk_mute
from inventory.risk.values import RiskMute


def mutes_in_force(connection: Connection, today: date) -> dict[tuple[int, str], RiskMute]:
    """By pilot and rule the mutes whose last day is not over; days are those of UTC."""
    rows = connection.execute(sa.select(risk_mute).where(risk_mute.c.until >= today)).all()
    names = {by: (found.name if (found := find(connection, by)) else by) for by in {row.created_by for row in rows}}
    return {
        (row.pilot_id, row.rule): RiskMute(
            row.reason, row.until, row.created_by, names[row.created_by], row.created_at
        )
        for row in rows
    }  # fmt: skip
