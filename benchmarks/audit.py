"""Records a second that `audit verify` checks, beside reading the same rows and hashing their bodies with nothing else.

`AUDIT_RECORDS` sets another number of records (default 100,000; the first run of each process counts too). The target
is 50,000 records a second.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import sqlalchemy as sa

from core.audit.append import record
from core.audit.tables import audit_payload, audit_record
from core.audit.values import Entry, RecordKind
from core.audit.verify import verify_audit
from core.settings import Settings
from core.workspace import Workspace, open_workspace

RECORDS = int(os.environ.get("AUDIT_RECORDS", "100000"))
TARGET = 50_000
ROUNDS, _GROUP = 3, 250


def grow(ws: Workspace, records: int) -> None:
    """Append that many attempts as the gate records them, in transactions of _GROUP."""
    for group in range(records // _GROUP):
        with ws.database.begin() as connection:
            for n in range(_GROUP):
                entry = Entry(
                    RecordKind.ATTEMPT, "agent-x", "purchase_order.draft", "PurchaseOrder", f"r{n}",
                    reasons=("Drafters draft purchase orders.",), policies=("draft",), digest="0" * 64,
                    key=f"r{group}/{n}/1", payload={"changes": {"amount": 100}, "answer": {"ok": True}},
                )  # fmt: skip
                record(connection, entry, at=datetime.now(UTC))


def bare(ws: Workspace) -> int:
    """How many records there are, each read with its payload and hashed as a text: the least that a check can do."""
    query = sa.select(audit_record, audit_payload.c.payload).join(
        audit_payload, audit_payload.c.record == audit_record.c.number, isouter=True
    )
    with ws.database.read() as connection:
        return sum(1 for row in connection.execute(query) if sha256(repr(tuple(row)).encode()).digest())


def rate(count: Callable[[], int]) -> float:
    """Records a second."""
    begun = time.perf_counter()
    found = count()
    return found / (time.perf_counter() - begun)


def verified(ws: Workspace) -> int:
    """How many records were found sound. Raises AssertionError where any is not."""
    found = verify_audit(ws)
    if not found.ok:
        raise AssertionError(found.message)
    return found.records


def main() -> int:
    """Print both rates and their ratio; 1 where the target is missed."""
    with tempfile.TemporaryDirectory(prefix="tandem-bench-") as folder:
        ws = open_workspace(Settings(home=Path(folder), user="Ada"))
        grow(ws, RECORDS)
        pairs = [(rate(lambda: bare(ws)), rate(lambda: verified(ws))) for _ in range(ROUNDS)]
        ws.close()
    reading, checking = (statistics.median(each) for each in zip(*pairs, strict=True))
    ratio = statistics.median(ours / theirs for theirs, ours in pairs)
    print(
        f"{RECORDS:,} records   read and hashed {reading:9,.0f}   audit verify {checking:9,.0f} records a second   "
        f"ratio {ratio:4.2f}   (target {TARGET:,} a second)"
    )
    return int(checking < TARGET)


if __name__ == "__main__":
    raise SystemExit(main())
