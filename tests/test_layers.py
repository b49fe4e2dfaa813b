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
    assert forbidden("ingest", 'import_module("governance.gate")') == ["1: governance"]
    assert forbidden("app", "import kpi, data, inventory") == []


IO = {
    "sqlalchemy",
    "duckdb",
    "dbos",
    "subprocess",
    "socket",
    "urllib",
    "http",
    "shutil",
    "tempfile",
    "psycopg",
    "sqlite3",
}
OPENS = {"open", "exec", "eval", "__import__"}
PARTS: dict[str, set[str]] = {  # a part of a room, and what it may not import: packages and modules
    "orchestrator/machine": IO | {"governance", "core.database", "core.workspace", "core.eventlog"},
    "orchestrator/runtimes": {"governance", "sqlalchemy", "duckdb", "dbos", "psycopg", "core.database", "core.audit"},
    "core/actor": {"ingest", "mining", "governance", "kpi", "orchestrator", "inventory", "app"},
    "core/audit": {"ingest", "mining", "governance", "kpi", "orchestrator", "inventory", "app"},
}


def modules(source: str) -> Iterator[tuple[int, str]]:
    """Line and full name of every module that is imported in `source` when it runs: not what only types need."""
    tree = ast.parse(source)
    types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in (n for n in ast.walk(tree) if id(n) not in types):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def wrong_in(part: str, source: str) -> list[str]:
    """What a part imports and may not, as "line: module", and what it opens if it may do no I/O."""
    banned = PARTS[part]
    found = {f"{line}: {name}" for line, name in modules(source)
             if any(name == b or name.startswith(f"{b}.") for b in banned)}  # fmt: skip
    if banned >= IO:
        for call in (n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call)):
            if isinstance(call.func, ast.Name) and call.func.id in OPENS:
                found.add(f"{call.lineno}: {call.func.id}()")
    return sorted(found)


@pytest.mark.parametrize("part", sorted(PARTS))
def test_a_part_of_a_room_keeps_to_what_it_is_for(part: str) -> None:
    files = sorted((ROOT / part).rglob("*.py"))
    assert files, f"{part} has no source"
    assert [f"{f.relative_to(ROOT)}:{w}" for f in files for w in wrong_in(part, f.read_text("utf-8"))] == []


def test_what_a_part_may_not_do_is_seen() -> None:
    assert wrong_in("orchestrator/machine", "import subprocess\nopen('x')\n") == ["1: subprocess", "2: open()"]
    assert wrong_in("orchestrator/runtimes", "from governance import decide") == [
        "1: governance",
        "1: governance.decide",
    ]
    assert wrong_in("core/actor", "def f():\n    import mining.map\n") == ["2: mining.map"]


def writing_verbs() -> set[str]:
    """Names of the functions of the catalogue."""
    from app.verbs import CATALOGUE

    return {entry.does.__name__ for entry in CATALOGUE}


def test_faces_take_what_they_do_from_the_catalogue() -> None:
    verbs, rooms = writing_verbs(), set(ALLOWED) - {"app", "data"}
    files = [*(ROOT / "app" / "commands").rglob("*.py"), *(ROOT / "app" / "pages").rglob("*.py")]
    wrong = [
        f"{file.relative_to(ROOT)}:{node.lineno}: {alias.name}"
        for file in files
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in rooms
        for alias in node.names
        if alias.name in verbs
    ]
    assert wrong == []
