"""Python sources as trees, with what their names stand for. Nothing is imported or run."""

from __future__ import annotations

import ast
import json
import warnings
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from inventory.discovery.parsing import listed, mapping
from inventory.discovery.values import ScannedFile

_MAGIC = ("%", "!", "?")
DEEPEST = 12  # steps from name to name that are followed


def source_of(file: ScannedFile) -> str:
    """The Python text of `file`; of a notebook its cells of code, what is no Python left out."""
    if file.suffix != ".ipynb":
        return file.text
    try:
        cells = listed(mapping(json.loads(file.text)).get("cells"))
    except (ValueError, RecursionError):
        return ""
    lines: list[str] = []
    for cell in map(mapping, cells):
        if cell.get("cell_type") == "code":
            told = cell.get("source")
            text = "".join(t for t in told if isinstance(t, str)) if isinstance(told, list) else str(told or "")
            lines += ["" if line.lstrip().startswith(_MAGIC) else line for line in text.splitlines()]
    return "\n".join(lines)


def parsed(text: str) -> ast.Module | None:
    """The tree of `text`; None where it is no Python that this release reads."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


class PythonModule:
    """One file: its tree, its imports, what its names were given, and the nodes around each node."""

    def __init__(self, file: ScannedFile) -> None:
        self.file = file
        parts = file.place.rsplit(".", 1)[0].split("/")
        self.package = tuple(parts[:-1])
        self.parts = tuple(parts[:-1] if parts[-1] == "__init__" else parts)

    @cached_property
    def text(self) -> str:
        """Its Python text."""
        return source_of(self.file)

    @cached_property
    def tree(self) -> ast.Module:
        """Its tree; an empty one where it is no Python."""
        return parsed(self.text) or ast.Module(body=[], type_ignores=[])

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node, in the order of the file's depth."""
        return list(ast.walk(self.tree))

    @cached_property
    def parents(self) -> Mapping[ast.AST, ast.AST]:
        """The node around each node."""
        return {child: node for node in self.nodes for child in ast.iter_child_nodes(node)}

    @cached_property
    def imports(self) -> Mapping[str, str]:
        """What each imported name is, with its module."""
        found: dict[str, str] = {}
        for node in self.nodes:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    found[alias.asname or alias.name.split(".")[0]] = (
                        alias.name if alias.asname else alias.name.split(".")[0]
                    )
            elif isinstance(node, ast.ImportFrom):
                module = self._module(node)
                for alias in node.names:
                    found[alias.asname or alias.name] = f"{module}.{alias.name}" if module else alias.name
        return found

    @cached_property
    def modules(self) -> tuple[str, ...]:
        """The modules that it imports, in the order in which they stand."""
        found = []
        for node in self.nodes:
            if isinstance(node, ast.Import):
                found += [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                found += [node.module]
        return tuple(dict.fromkeys(found))

    @cached_property
    def given(self) -> Mapping[str, list[tuple[int, ast.expr]]]:
        """What each name, or `self.name`, was given, with the line."""
        found: dict[str, list[tuple[int, ast.expr]]] = defaultdict(list)
        for node in self.nodes:
            if isinstance(node, ast.Assign):
                targets, value = node.targets, node.value
            elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
                targets, value = [node.target], node.value
            else:
                continue
            for target in targets:
                name = name_of(target)
                if name:
                    found[name].append((value.lineno, value))
        return found

    @cached_property
    def defined(self) -> Mapping[str, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
        """Its functions and classes by name."""
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        return {node.name: node for node in reversed(self.nodes) if isinstance(node, kinds)}

    def last_given(self, name: str, line: int) -> ast.expr | None:
        """What `name` was given last above `line`, else what it is given first."""
        found = self.given.get(name)
        if not found:
            return None
        return max((g for g in found if g[0] < line), key=lambda g: g[0], default=found[0])[1]

    def around(self, node: ast.AST) -> Iterable[ast.AST]:
        """The nodes around `node`, the nearest first."""
        while (outer := self.parents.get(node)) is not None:
            yield outer
            node = outer

    def line(self, number: int) -> str:
        """The text of a line, from 1."""
        lines = self._lines
        return lines[number - 1] if 0 < number <= len(lines) else ""

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.splitlines()

    def _module(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        base = self.package[: len(self.package) - node.level + 1] if node.level <= len(self.package) + 1 else ()
        return ".".join((*base, *([node.module] if node.module else [])))


def name_of(node: ast.AST) -> str:
    """The name that is written, such as `x`, `self.x` or `a.b.c`; empty for anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join((node.id, *reversed(parts)))


class PythonProject:
    """The modules of one folder, found by the names that they import each other by."""

    def __init__(self, files: Iterable[ScannedFile]) -> None:
        self.modules = tuple(PythonModule(f) for f in files if f.suffix in (".py", ".ipynb"))
        self._by_end: dict[str, list[PythonModule]] = defaultdict(list)
        for module in self.modules:
            for start in range(max(0, len(module.parts) - 6), len(module.parts)):
                self._by_end[".".join(module.parts[start:])].append(module)
            self._by_end[".".join(module.parts)].append(module)

    def local(self, dotted: str, asking: PythonModule) -> PythonModule | None:
        """The module of this folder that `dotted` names for `asking`: the one nearest to it.

        Of those that Python would find from a folder around `asking`, or from a `src` beside one.
        """
        length = dotted.count(".") + 1
        found = [
            m for m in self._by_end.get(dotted, ()) if m is not asking and _around(m.parts[:-length], asking.package)
        ]
        return max(found, key=lambda m: (_common(m.package, asking.package), -len(m.parts)), default=None)

    def dotted(self, node: ast.AST, module: PythonModule) -> str:
        """What `node` names, with its module, followed through the folder's own modules; empty where nothing known."""
        if isinstance(node, ast.Subscript):
            node = node.value
        written = name_of(node)
        if not written:
            return ""
        first, _, rest = written.partition(".")
        if first not in module.imports:
            return ""
        full = ".".join(filter(None, (module.imports[first], rest)))
        return self._followed(full, module, 0)

    def _followed(self, full: str, module: PythonModule, depth: int) -> str:
        where, _, name = full.rpartition(".")
        found = self.local(where, module) if where and depth < DEEPEST else None
        if found is None:
            return full
        if name in found.defined or name in found.given:
            return f"<here>.{full}"
        other = found.imports.get(name)
        if other is None or other == full:
            return full
        return self._followed(other, found, depth + 1)

    def home_of(self, name: str, module: PythonModule) -> tuple[PythonModule, str] | None:
        """The module of this folder in which an imported `name` is written, and its name there."""
        full, asking = module.imports.get(name.partition(".")[0], ""), module
        rest = name.partition(".")[2]
        full = ".".join(filter(None, (full, rest)))
        for _ in range(DEEPEST):
            where, _, last = full.rpartition(".")
            found = self.local(where, asking) if where else None
            if found is None:
                return None
            if last in found.defined or last in found.given:
                return found, last
            if last not in found.imports:
                return None
            full, asking = found.imports[last], found
        return None


def _around(root: tuple[str, ...], package: tuple[str, ...]) -> bool:
    while root and root[-1] in ("src", "lib"):
        root = root[:-1]
    return package[: len(root)] == root


def _common(first: tuple[str, ...], second: tuple[str, ...]) -> int:
    return next(
        (n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )
