"""Cells that a spreadsheet would run as a formula, kept from it by a `'`, which an import takes away again."""

from __future__ import annotations

import re

_RUNS = ("=", "+", "-", "@", "\t", "\r")  # how a cell begins that a spreadsheet may run (OWASP, "CSV injection")
_GUARDED = re.compile(r"^'[=+\-@\t\r']")


def guarded(cell: str) -> str:
    """`cell` with `'` before what a spreadsheet may run, or what would else be taken for such a guard."""
    return f"'{cell}" if cell.startswith(_RUNS) or _GUARDED.match(cell) else cell


def unguarded(cell: str) -> str:
    """`cell` as it was before `guarded`."""
    return cell[1:] if _GUARDED.match(cell) else cell
