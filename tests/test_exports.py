"""Every room says which of its parts are for others, and has what it offers; commands and pages use nothing else."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("core", "ingest", "inventory", "mining", "governance", "kpi", "orchestrator")
OFFERED = {  # the parts of the rooms that faces may use; of a package, what it says in `__all__`
    "core": (
        "actor.values", "calendar", "durations", "errors", "eventlog", "figures", "names", "queries",
        "selection.engine",
        "selection.filters", "selection.kept", "selection.selection", "selection.vocabulary",
        "settings", "tree", "trust", "view", "visible", "workspace",
    ),
    "governance": ("",),
    "ingest": ("",),
    "inventory": ("",),
    "kpi": ("",),
    "mining": (
        "allocation", "bpmn", "cases", "causes.filters", "causes.named_marks", "causes.service", "estimates",
        "causes.values", "causes.words", "compare.drift", "compare.drift_values", "compare.service", "compare.values",
        "conformance", "map.abstraction", "map.dfg", "map.discovery", "map.facts", "map.figures", "map.hidden",
        "map.maps", "map.profile", "map.redraw", "map.timed", "map.variant", "organisation", "performance", "whatif",
    ),
    "orchestrator": (
        "machine.advance", "machine.ahead", "machine.deciding", "machine.named", "machine.scenarios", "machine.task",
        "machine.unfilled", "machine.values", "monitoring.baselines",
        "monitoring.export", "promotion.binding_file", "promotion.bindings", "promotion.drafting", "promotion.gates",
        "promotion.planning", "promotion.preparing", "promotion.promote", "promotion.workflows", "running.approving",
        "running.effects",
        "running.inbox", "running.queue", "running.records", "running.runs", "runtimes.agents", "runtimes.boundary",
        "runtimes.limits", "runtimes.values", "worker.working",
    ),
}  # fmt: skip
DOORS = tuple(f"{room}.{part}".rstrip(".") for room, parts in OFFERED.items() for part in parts)


def offered(module: ModuleType) -> set[str]:
    """The names that a part gives to others: its `__all__`, else what is written in it and begins with no `_`."""
    names = getattr(module, "__all__", None)
    if names is not None:
        return set(names)
    written = {name for node in ast.parse(inspect.getsource(module)).body for name in _named(node)}
    return {name for name in written if not name.startswith("_")}


def _named(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Assign(targets=targets):
            yield from (t.id for t in targets if isinstance(t, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name


@pytest.mark.parametrize("door", DOORS)
def test_a_part_has_what_it_offers_and_says_what_each_is(door: str) -> None:
    module = import_module(door)
    names = sorted(offered(module))
    assert names, f"{door} offers nothing"
    assert [name for name in names if not hasattr(module, name)] == []
    silent = [
        name
        for name in names
        if (inspect.isclass(found := getattr(module, name)) or inspect.isfunction(found))
        and not (found.__doc__ or "").strip()
    ]
    assert silent == []


@pytest.mark.parametrize("room", ["core", "mining", "orchestrator"])
def test_a_room_of_parts_gathers_nothing_at_its_door(room: str) -> None:
    """Who wants something of these rooms names the part: nothing is told twice, and nothing loads what it needs not."""
    tree = ast.parse((ROOT / room / "__init__.py").read_text("utf-8"))
    assert [type(node).__name__ for node in tree.body] == ["Expr"]


def test_commands_and_pages_use_only_what_is_offered() -> None:
    """The catalogue alone reaches into the rooms: it gathers their verbs."""
    wrong, used = [], set()
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
            if not isinstance(node, ast.ImportFrom) or not node.module or node.level:
                continue
            if node.module.split(".")[0] not in ROOMS:
                continue
            used.add(node.module)
            given = offered(import_module(node.module)) if node.module in DOORS else set()
            wrong += [
                f"{path.relative_to(ROOT)}:{node.lineno}: {alias.name} of {node.module}"
                for alias in node.names
                if alias.name not in given
            ]
    assert wrong == []
    assert sorted(set(DOORS) - used) == []


@pytest.mark.parametrize(
    "path", sorted(p.relative_to(ROOT).as_posix() for r in ROOMS for p in (ROOT / r).rglob("*.py"))
)
def test_no_module_outgrows_its_room(path: str) -> None:
    assert len((ROOT / path).read_text("utf-8").splitlines()) <= 400
