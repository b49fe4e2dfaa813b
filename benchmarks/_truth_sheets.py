"""Sheets of pilots with the group that each truly belongs to, read from a folder as the product reads them."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.actor.values import local
from core.settings import Settings
from core.workspace import open_workspace
from inventory import Pilot, import_pilots, list_pilots


@dataclass(frozen=True)
class TruthSheet:
    """A sheet and its truth."""

    name: str
    pilots: tuple[Pilot, ...]
    truth: dict[int, str]  # pilot id to its group


def read_truth(folder: Path) -> Iterator[TruthSheet]:
    """Every `NAME.csv` of `folder` that has a `NAME.truth.json`: group by reference."""
    for path in sorted(folder.glob("*.csv")):
        told = path.with_name(f"{path.stem}.truth.json")
        if told.exists():
            groups = json.loads(told.read_text("utf-8"))
            pilots = _imported(path)
            yield TruthSheet(path.stem, pilots, {p.id: groups[p.facts.reference or ""] for p in pilots})


def _imported(path: Path) -> tuple[Pilot, ...]:
    with tempfile.TemporaryDirectory(prefix="tandem-bench-") as home:
        ws = open_workspace(Settings(home=Path(home)))
        try:
            import_pilots(ws, path, by=local(ws.settings.user))
            return list_pilots(ws)
        finally:
            ws.close()
