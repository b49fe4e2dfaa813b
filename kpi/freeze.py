"""Baselines: measured once, frozen, and read back exactly as they were."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.actor.values import Actor
from core.actor.verb import Verb, permit, stamp
from core.errors import not_found
from core.view import View
from core.workspace import Workspace
from kpi.measure import measure
from kpi.tables import kpi_baseline
from kpi.values import Baseline, Beside, Definition, Direction, EvidenceClass, LeftOut, Measurement

FREEZE = Verb("baseline.freeze", "Baseline")


def freeze_baseline(
    ws: Workspace,
    view: View,
    *,
    sla_seconds: float | None = None,
    as_of: datetime | None = None,
    by: Actor,
    connection: Connection | None = None,
) -> Baseline:
    """A new baseline of what `view` shows: all five KPIs.

    With `connection` it becomes visible with the caller's transaction. Raises NotFound, BadInput.
    """
    if connection is None:
        permit(ws, by, FREEZE, view.log)
    found = ws.logs.get(view.log, view.version)
    chosen = replace(view, version=found.version)
    with ws.logs.open(chosen.whole) as opened:
        moment = as_of or opened.known_until
    measurements = measure(ws, chosen, sla_seconds=sla_seconds, as_of=moment)
    row = {
        "log": found.log,
        "version": found.version,
        "started": found.started,
        "ended": found.ended,
        "filter": None if view.selection.is_whole else json.loads(view.selection.text()),
        "sla_seconds": sla_seconds,
        "as_of": moment,
        "measurements": [asdict(m) for m in measurements],
        "created_at": ws.clock.now(),
    }
    if connection is not None:
        return _store(ws, connection, row, by)
    with ws.database.begin() as own:
        return _store(ws, own, row, by)


def _store(ws: Workspace, connection: Connection, row: Mapping[str, Any], by: Actor) -> Baseline:
    who = stamp(ws, by, FREEZE)(connection, f"{row['log']} {row['version']}", None)
    stored = {**row, "created_by": who}
    return _baseline({"id": _insert(connection, stored), **stored})


def get_baseline(ws: Workspace, baseline_id: int) -> Baseline:
    """The baseline with this id. Raises NotFound that names what there is."""
    with ws.database.read() as connection:
        row = connection.execute(sa.select(kpi_baseline).where(kpi_baseline.c.id == baseline_id)).first()
        if row is None:
            known = connection.execute(sa.select(kpi_baseline.c.id)).scalars()
            raise not_found("baseline", str(baseline_id), map(str, known))
    return _baseline(row._mapping)


def baselines(ws: Workspace, log: str | None = None) -> tuple[Baseline, ...]:
    """All baselines (of `log`, if given), oldest first."""
    query = sa.select(kpi_baseline).order_by(kpi_baseline.c.id)
    if log is not None:
        query = query.where(kpi_baseline.c.log == log)
    with ws.database.read() as connection:
        return tuple(_baseline(row._mapping) for row in connection.execute(query))


def _insert(connection: Connection, row: Mapping[str, Any]) -> int:
    return int(connection.execute(sa.insert(kpi_baseline).values(**row).returning(kpi_baseline.c.id)).scalar_one())


def _baseline(row: Mapping[Any, Any]) -> Baseline:
    return Baseline(
        id=row["id"],
        log=row["log"],
        version=row["version"],
        start=row["started"],
        end=row["ended"],
        filter=row["filter"],
        sla_seconds=row["sla_seconds"],
        as_of=row["as_of"],
        measurements=tuple(_measurement(m) for m in row["measurements"]),
        created_at=row["created_at"],
        created_by=row["created_by"],
    )


def _measurement(stored: Mapping[str, Any]) -> Measurement:
    definition = {**stored["definition"], "direction": Direction(stored["definition"]["direction"])}
    evidence = EvidenceClass(stored["evidence"])
    later = {
        "left_out": LeftOut(**stored.get("left_out", {})),
        "beside": tuple(Beside(**one) for one in stored.get("beside", ())),
        "doubts": tuple(stored.get("doubts", ())),
    }
    return Measurement(**{**stored, "evidence": evidence, "definition": Definition(**definition), **later})
