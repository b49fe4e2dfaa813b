"""Seconds of CPU per event to import a wide log, beside a plain one with as many events, in the same run.

`python -m benchmarks.wide_import [events]`. Both are CSV files of cases of 20 events, written by a seeded generator.
The plain one has 12 activities and no attribute; the wide one has 400 activities and 50 attributes: numbers, codes,
words and flags, half of them of the case. Each import runs in a process of its own, from file to published event log.
"""

from __future__ import annotations

import csv
import random
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.actor.values import local
from core.settings import Settings
from core.workspace import open_workspace
from ingest import import_log

EVENTS = 200_000
A_CASE = 20
ATTRIBUTES = 50
TARGET = 2.0


def main() -> int:
    """Print both and their ratio; 1 where the wide log takes more than TARGET times as long."""
    events = int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS
    with tempfile.TemporaryDirectory(prefix="tandem-bench-") as folder:
        took = {}
        for name, activities, attributes in (("plain", 12, 0), ("wide", 400, ATTRIBUTES)):
            path = Path(folder) / f"{name}.csv"
            _write(path, events, activities, attributes)
            took[name] = _seconds(path, Path(folder) / name) - _seconds(None, Path(folder) / f"{name}-none")
            print(f"{name:<6} {took[name]:7.2f} s of CPU, {1e6 * took[name] / events:6.1f} µs an event, "
                  f"{path.stat().st_size / 1e6:,.0f} MB", flush=True)  # fmt: skip
    ratio = took["wide"] / took["plain"]
    print(f"wide to plain: {ratio:.2f} (target {TARGET:.0f})")
    return 0 if ratio <= TARGET else 1


def _write(path: Path, events: int, activities: int, attributes: int) -> None:
    draw = random.Random(7)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["case", "activity", "timestamp", "user", *(f"attribute {n}" for n in range(attributes))])
        for case in range(events // A_CASE):
            own = [_value(draw, n) for n in range(attributes // 2)]
            for place in range(A_CASE):
                moment = start + timedelta(minutes=11 * case + 7 * place)
                of_event = [_value(draw, n) for n in range(attributes - attributes // 2)]
                name = f"activity {(place * 17 + draw.randrange(3) + case) % activities}"
                stamp = f"{moment:%Y-%m-%d %H:%M:%S}+00:00"
                out.writerow([f"c{case}", name, stamp, f"user {draw.randrange(40)}", *own, *of_event])


def _value(draw: random.Random, number: int) -> str:
    kind = number % 4
    if kind == 0:
        return f"{draw.random() * 1000:.2f}"
    if kind == 1:
        return f"code {draw.randrange(200)}"
    return str(draw.randrange(9)) if kind == 2 else draw.choice(("yes", "no"))


def _seconds(path: Path | None, home: Path) -> float:
    """Seconds of CPU of an import in a process of its own; without a path what starting takes."""
    command = [sys.executable, "-m", "benchmarks.wide_import", "--one", str(home), *([str(path)] if path else [])]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(run.stdout.splitlines()[-1])


def _one(home: Path, path: Path | None) -> None:
    import resource

    ws = open_workspace(Settings(home=home))
    if path is not None:
        import_log(ws, path, by=local(ws.settings.user))
    ws.close()
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(sum(u.ru_utime + u.ru_stime for u in used))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        _one(Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None)
    else:
        sys.exit(main())
