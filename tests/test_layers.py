"""The house keeps its floors: a room imports only rooms below its own, read from the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOWER = {"core"}
MIDDLE = {"ingest", "mining", "governance", "kpi"}
ALLOWED: dict[str, set[str]] = {
    "core": set(),
    "data": set(),
    "ingest": LOWER,
    "mining": LOWER,
    "governance": LOWER,
    "kpi": LOWER,
    "orchestrator": LOWER | MIDDLE,
    "inventory": LOWER | MIDDLE,
    "app": LOWER | MIDDLE | {"orchestrator", "inventory", "data"},
}


def imported(source: str) -> Iterator[tuple[int, str]]:
    """Line and top-level package of every absolute import in `source`, wherever in the file it stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module.split(".")[0]
        elif isinstance(node, ast.Call) and _is_import_call(node) and node.args:
            argument = node.args[0]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield node.lineno, argument.value.split(".")[0]


def _is_import_call(node: ast.Call) -> bool:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name in {"import_module", "__import__", "load", "files"}


def forbidden(room: str, source: str) -> list[str]:
    """The arrows from `room` that architecture does not allow, as "line: room"."""
    wrong = set(ALLOWED) - ALLOWED[room] - {room} | {"tests", "benchmarks"}
    return [f"{line}: {package}" for line, package in imported(source) if package in wrong]


@pytest.mark.parametrize("room", sorted(ALLOWED))
def test_a_room_imports_only_rooms_below_its_own(room: str) -> None:
    files = sorted((ROOT / room).rglob("*.py"))
    assert files, f"{room} has no source"
    wrong = [f"{f.relative_to(ROOT)}:{arrow}" for f in files for arrow in forbidden(room, f.read_text("utf-8"))]
    assert wrong == []


def test_a_wrong_arrow_is_seen() -> None:
    assert forbidden("kpi", "def f():\n    from mining import dfg\n") == ["2: mining"]
    assert forbidden("orchestrator", "import inventory.pilots\nimport kpi") == ["1: inventory"]
    assert forbidden("ingest", 'import_module("governance.policies")') == ["1: governance"]
    assert forbidden("app", "import kpi, data, inventory") == []
