"""Pilots sheets and pilots for tests."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from core.actor.values import local
from core.workspace import Workspace
from inventory import ImportPlan, Pilot, PilotFacts, SheetReading, import_pilots, plan_import

MOMENT = datetime(2026, 1, 5, 8, tzinfo=UTC)


def write(folder: Path, text: str | bytes, name: str = "pilots.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def imported(ws: Workspace, folder: Path, text: str, name: str = "pilots.csv") -> None:
    import_pilots(ws, write(folder, text, name), by=local("Ada"))


def pilot(number: int, department: str = "Finance", **facts: Any) -> Pilot:
    named = {"name": f"P{number}", "department": department, **facts}
    return Pilot(number, PilotFacts(**named), 1, "digest", MOMENT, "Ada", MOMENT, "Ada")


def planned(ws: Workspace, folder: Path, text: str | bytes, name: str = "pilots.csv", **said: Any) -> ImportPlan:
    return plan_import(ws, write(folder, text, name), SheetReading(**said))


def known(plan: ImportPlan) -> list[dict[str, object]]:
    assert not plan.problems, [p.text for p in plan.problems]
    return [{change.column: change.after for change in pilot.changes} for pilot in plan.added]
