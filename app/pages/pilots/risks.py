"""Which pilots break which rule."""

from __future__ import annotations

from app.pages.parts import empty, table, wide_column
from app.pages.pilots.found import Found
from app.pages.text import quoted
from core.workspace import Workspace


def risks(_ws: Workspace, seen: Found) -> None:
    """A row for every finding."""
    found = seen.risks
    if not found:
        empty("No pilot breaks a rule", "Every rule is listed in docs/pilots.md.")
        return
    rows = [
        {"Pilot": r.pilot_name, "Department": r.department, "Finding": quoted(r.finding), "Rule": r.text} for r in found
    ]
    columns = {name: wide_column() for name in ("Finding", "Rule")}
    table(rows, key="risks", columns=columns, alt="Risks")
