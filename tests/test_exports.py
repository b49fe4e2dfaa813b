"""Every room says what it offers, and has it; commands and pages use nothing else of the rooms below."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("core", "ingest", "inventory", "mining", "governance", "kpi", "orchestrator")


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_what_it_exports(room: str) -> None:
    module = import_module(room)
    assert module.__all__, f"{room} exports nothing"
    assert len(set(module.__all__)) == len(module.__all__)
    missing = [name for name in module.__all__ if not hasattr(module, name)]
    assert missing == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_export_says_what_it_is(room: str) -> None:
    module = import_module(room)
    silent = [
        name
        for name in module.__all__
        if callable(getattr(module, name)) and not (getattr(module, name).__doc__ or "").strip()
    ]
    assert silent == []


VALUES = (  # modules of plain values and pure functions, and the door of a part, that faces use as they stand
    "core.actor.values", "core.names", "core.visible", "orchestrator.machine.named", "orchestrator.runtimes.agents",
    "orchestrator.runtimes.boundary", "orchestrator.runtimes.limits",
)  # fmt: skip


def test_commands_and_pages_use_only_what_rooms_export() -> None:
    """The catalogue alone reaches into the rooms: it gathers their verbs."""
    wrong = []
    for path in sorted((ROOT / "app").rglob("*.py")):
        if (ROOT / "app" / "verbs") in path.parents:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                wrong += [
                    f"{path.relative_to(ROOT)}:{node.lineno}: import {alias.name}"
                    for alias in node.names
                    if alias.name.split(".")[0] in ROOMS
                ]
            if not isinstance(node, ast.ImportFrom) or not node.module or node.level or node.module in VALUES:
                continue
            room = node.module.split(".")[0]
            if room not in ROOMS:
                continue
            exported = set(import_module(room).__all__)
            wrong += [
                f"{path.relative_to(ROOT)}:{node.lineno}: {alias.name} of {node.module}"
                for alias in node.names
                if alias.name not in exported
            ]
    assert wrong == []


@pytest.mark.parametrize(
    "path", sorted(p.relative_to(ROOT).as_posix() for r in ROOMS for p in (ROOT / r).rglob("*.py"))
)
def test_no_module_outgrows_its_room(path: str) -> None:
    assert len((ROOT / path).read_text("utf-8").splitlines()) <= 400
