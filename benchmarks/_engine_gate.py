"""The whole gate on SQLite: decided, recorded, performed, its outcome recorded; with few records and with a million."""

from __future__ import annotations

import os
import secrets
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks._engine_setting import settings
from core.audit.chain import BODY, body_digest, commitment, link
from core.audit.tables import audit_payload, audit_record
from core.workspace import Workspace, open_workspace
from governance import Request, gate
from governance.tables import attempt
from tests.orchestrator.running import department

RECORDS = int(os.environ.get("ENGINE_RECORDS", "1000000"))
TARGET_MS = 6.0
_ASKED, _FIRST = 400, 40  # how often the gate is passed, and how many of those warm it up
_CHUNK = 20_000


def passed(ws: Workspace) -> float:
    """The median time of passing the gate, in milliseconds."""
    times = []
    for n in range(_ASKED + _FIRST):
        request = Request(
            "agent-checker", "purchase_order.check", "PurchaseOrder", f"o{n}",
            {"fields": [], "workflow": "orders", "task": "Check"}, {"run": f"r{n}", "item": "0.0#1", "attempt": 1},
        )  # fmt: skip
        begun = time.perf_counter()
        result = gate(ws, request, lambda: None, key=secrets.token_hex(8))
        times.append((time.perf_counter() - begun) * 1000)
        if not result.performed:
            raise AssertionError(f"the gate did not allow it: {result.decision.reasons}")
    return statistics.median(times[_FIRST:])


def grow(ws: Workspace, records: int) -> None:
    """Append that many records to the chain, each as sound as the gate's own, two for every attempt."""
    with ws.database.begin() as connection:
        last = connection.execute(sa.select(audit_record).order_by(audit_record.c.number.desc()).limit(2)).all()
        pair = [dict(row._mapping) for row in reversed(last)]
        kept = dict(connection.execute(sa.select(attempt).where(attempt.c.key == pair[0]["key"])).one()._mapping)
    rows = _rows(pair, records)
    while chunk := [row for _, row in zip(range(_CHUNK), rows, strict=False)]:
        payloads = [{"record": row["number"], "salt": row["salt"], "payload": "{}"} for row in chunk]
        attempts = [{**kept, "key": row["key"], "record": row["id"]} for row in chunk[::2]]
        with ws.database.begin() as connection:
            connection.execute(sa.insert(audit_record), [{k: v for k, v in r.items() if k != "salt"} for r in chunk])
            connection.execute(sa.insert(audit_payload), payloads)
            connection.execute(sa.insert(attempt), attempts)


def _rows(pair: list[dict[str, Any]], records: int) -> Iterator[dict[str, Any]]:
    number, previous = int(pair[-1]["number"]), str(pair[-1]["hash"])
    key = ""
    for n in range(records):
        number += 1
        template = pair[n % 2]
        key = secrets.token_hex(8) if n % 2 == 0 else key
        salt, about = secrets.token_hex(16), number - 1 if n % 2 else None
        row = {**{name: template[name] for name in BODY}, "id": secrets.token_hex(12), "key": key}
        row["commitment"] = commitment(salt, "{}")
        body = body_digest(row)
        own = link(number, about, body, previous)
        yield {**row, "number": number, "about": about, "body": body, "previous": previous, "hash": own, "salt": salt}
        previous = own


def main() -> None:
    """Print the medians and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        ws = open_workspace(settings(home, f"sqlite:///{home / 'gate.sqlite'}"))
        try:
            department(ws)
            few = passed(ws)
            begun = time.perf_counter()
            grow(ws, RECORDS)
            grown = time.perf_counter() - begun
            many = passed(ws)
        finally:
            ws.close()
    print(f"the gate, few records         {few:8.2f} ms median (target {TARGET_MS:g})")
    print(f"the gate, {RECORDS:,} records  {many:8.2f} ms median (appended in {grown:.0f} s)")
    print(f"ratio                         {many / few:8.2f} (flat: about 1)")
