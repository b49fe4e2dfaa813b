"""What the findings about pilots depend on, as one value: where it is the same, they are."""

from __future__ import annotations

import hashlib
import json

import sqlalchemy as sa

from core.workspace import Workspace
from inventory.overlap.encoder import find_encoder
from inventory.overlap.tables import pilot_answer, pilot_link
from inventory.tables import pilot


def registry_stamp(ws: Workspace) -> str:
    """A digest of what `links`, `overlaps` and `tick_lists` read: pilots, answers, links, event logs, the encoder.

    It costs four small queries, and changes whenever an answer of theirs may.
    """
    with ws.database.read() as connection:
        pilots = connection.execute(sa.select(pilot.c.id, pilot.c.digest).order_by(pilot.c.id)).all()
        answers = connection.execute(sa.select(sa.func.count(), sa.func.max(pilot_answer.c.id))).one()
        table = pilot_link.c
        linked = connection.execute(
            sa.select(table.pilot_id, table.key, table.activity, table.log).order_by(table.pilot_id, table.key)
        ).all()
    logs = [(version.log, version.version, version.digest) for version in ws.logs.versions()]
    read = [[list(row) for row in pilots], list(answers), [list(row) for row in linked], logs, bool(find_encoder())]
    return hashlib.sha256(json.dumps(read, default=str).encode()).hexdigest()
