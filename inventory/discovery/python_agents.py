"""Agents in Python: what makes one by the framework's own names, imports followed, read as a tree and never run."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from inventory.discovery.crew_files import CrewAgent, adk_findings, crew_agents, crew_finding
from inventory.discovery.frameworks import MODELS_PYTHON, PYTHON, Made, made_by, of_module
from inventory.discovery.masking import masked
from inventory.discovery.parsing import words
from inventory.discovery.python_modules import PythonModule, PythonProject, name_of
from inventory.discovery.python_values import Reader
from inventory.discovery.values import AgentFinding, Declared, FindingKind, ScannedFile, Sighting, Sureness
from inventory.discovery.vendors import changing, systems_in, vendors_of

_ROOTS = tuple(sorted({m.split(".")[0] for one in PYTHON for m in one.modules} | {"openai", "anthropic"}))
_TOGETHER = ("handoffs", "sub_agents", "managed_agents", "agents")  # other agents, no tools
_SAID_NOTHING = words(
    "graph app workflow agent agents builder main src crew root_agent executor agent_executor compiled chain run "
    "create_agent build_graph get_agent create build make_agent _agent self.agent bot assistant core lib utils index "
    "__init__ server service module backend code notebook python example examples"
)
_GRAPHS = ("StateGraph", "MessageGraph")


def find_python_agents(files: Sequence[ScannedFile], source: str) -> Iterable[AgentFinding]:
    """The agents that Python in `files` makes, and those that YAML describes for it."""
    crew = list(crew_agents(files))
    used: set[int] = set()
    project = PythonProject(files)
    for module in project.modules:
        if any(root in module.text for root in _ROOTS):
            with suppress(RecursionError):  # of an expression that is nested deeper than anybody writes
                yield from _OneModule(project, module, source, crew, used).find()
    yield from (crew_finding(one, source) for n, one in enumerate(crew) if n not in used)
    yield from adk_findings(files, source)


class _OneModule:
    """The agents of one module."""

    def __init__(
        self, project: PythonProject, module: PythonModule, source: str, crew: Sequence[CrewAgent], used: set[int]
    ) -> None:
        self.project, self.module, self.source, self.crew, self.used = project, module, source, crew, used
        self.reader = Reader(project, module)
        asked = (of_module(m, MODELS_PYTHON) for m in module.modules)
        self.vendor = next((MODELS_PYTHON[m] for m in asked if m in ("openai", "anthropic")), None)

    def find(self) -> Iterator[AgentFinding]:
        """Each agent, in the order of the file."""
        found = list(self._calls())
        chained = any(made.framework == "LangChain" and "AgentExecutor" not in made.names for _, made in found)
        for call, made in found:
            if "AgentExecutor" in made.names and chained:
                continue  # it runs the agent that was made beside it
            yield self._agent(call, made)
        for node in self.module.nodes:
            if isinstance(node, ast.ClassDef):
                yield from self._subclass(node)
            elif isinstance(node, ast.Call):
                yield from self._by_hand(node)

    def _calls(self) -> Iterator[tuple[ast.Call, Made]]:
        for node in self.module.nodes:
            if not isinstance(node, ast.Call):
                continue
            dotted = self.project.dotted(node.func, self.module)
            made = made_by(dotted)
            if made is None and dotted.rpartition(".")[2] in (
                "from_tools",
                "from_llm",
                "create",
                "from_agent_and_tools",
            ):
                made = made_by(dotted.rpartition(".")[0])
            if made is not None:
                yield node, made

    def _agent(self, node: ast.Call, made: Made) -> AgentFinding:
        words = {k.arg: k.value for k in node.keywords if k.arg}
        for role, value in zip(made.first, node.args, strict=False):
            words.setdefault({"model": made.model[0], "purpose": made.purpose[0]}.get(role, role), value)
        if made.framework == "AutoGen" and node.args:
            words.setdefault("name", node.args[0])
        graph = name_of(node.func).rpartition(".")[2] in _GRAPHS
        crew = self._crew(node, words) if made.framework == "CrewAI" else None
        tools = self._tools(node, made, words)
        models = tuple(m for key in made.model for m in self.reader.models(words.get(key)))
        if graph:
            models, tools = self._of_file()
        purpose = next(filter(None, (self.reader.text(words.get(p)) for p in made.purpose if p != "role")), "")
        if crew is not None:
            purpose, tools = purpose or crew.goal, tools or crew.tools
            models = models or ((crew.model,) if crew.model else ())
        name = self._name(node, made, words, crew)
        sure, reason = self._sure(node, made, bool(models or tools) if graph else made.certain)
        declared = Declared(
            purpose=masked(purpose, 600) or None, framework=made.framework, vendor=vendors_of(models),
            models=tuple(dict.fromkeys(models)), tools=tuple(map(masked, tools)), systems=self._systems(tools),
            actions=changing(tools), facts=self._facts(node, words, graph),
        )  # fmt: skip
        return self._finding(name, node.lineno, sure, reason, declared, crew)

    def _finding(
        self, name: str, line: int, sure: Sureness, reason: str, declared: Declared, crew: CrewAgent | None = None
    ) -> AgentFinding:
        evidence = [Sighting(masked(self.module.line(line)), line=self._line(line))]
        if crew is not None:
            evidence.append(Sighting(masked(f"{crew.key}: role {crew.role}; goal {crew.goal}"), crew.place, crew.line))
        return AgentFinding(
            FindingKind.AGENT, masked(name), self.source, self.module.file.place, self._line(line), sure, reason,
            declared, tuple(evidence),
        )  # fmt: skip

    def _line(self, line: int) -> int | None:
        return None if self.module.file.suffix == ".ipynb" else line

    def _tools(self, node: ast.Call, made: Made, words: Mapping[str, ast.expr]) -> tuple[str, ...]:
        found = [t for key in made.tools if key not in _TOGETHER for t in self.reader.tools(words.get(key))]
        variable = self._variable(node)
        for other in self.module.nodes:  # @agent.tool of Pydantic AI
            if isinstance(other, ast.FunctionDef | ast.AsyncFunctionDef) and variable:
                for decorated in other.decorator_list:
                    written = name_of(decorated.func if isinstance(decorated, ast.Call) else decorated)
                    if written in (f"{variable}.tool", f"{variable}.tool_plain"):
                        found.append(self.reader.tool_name(other))
        return tuple(dict.fromkeys(found))

    def _of_file(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The models and tools of the graph that a module makes: those that the module makes and binds."""
        models: list[str] = []
        tools: list[str] = []
        for node in self.module.nodes:
            if not isinstance(node, ast.Call):
                continue
            called = name_of(node.func).rpartition(".")[2] or getattr(node.func, "attr", "")
            if called.startswith(("Chat", "AzureChat", "init_chat_model")):
                models += self.reader.models(node)
            elif called == "bind_tools" or called == "ToolNode":
                words = {k.arg: k.value for k in node.keywords}
                tools += self.reader.tools(words.get("tools") or next(iter(node.args), None))
        return tuple(dict.fromkeys(models)), tuple(dict.fromkeys(tools))

    def _systems(self, tools: Iterable[str]) -> tuple[str, ...]:
        return systems_in([*tools, *self.module.modules])

    def _facts(self, node: ast.Call, words: Mapping[str, ast.expr], graph: bool) -> tuple[tuple[str, str], ...]:
        others = [t for key in _TOGETHER for t in self.reader.tools(words.get(key))]
        steps: list[str] = []
        if graph and (variable := self._variable(node)):
            for other in self.module.nodes:
                if isinstance(other, ast.Call) and name_of(other.func) == f"{variable}.add_node":
                    first = next(iter(other.args), None)
                    steps += [self.reader.text(first) or (name_of(first) if first is not None else "")]
        told = (("hands over to", ", ".join(others)[:300]), ("steps", ", ".join(filter(None, steps))[:300]))
        return tuple((name, masked(text)) for name, text in told if text)

    def _crew(self, node: ast.Call, words: Mapping[str, ast.expr]) -> CrewAgent | None:
        """The entry of the crew's file that `config=self.agents_config["key"]` names."""
        config = words.get("config")
        key = self.reader.text(config.slice) if isinstance(config, ast.Subscript) else ""
        found = [(n, one) for n, one in enumerate(self.crew) if one.key == key]
        near = self.module.file.place.split("/")
        best = max(found, key=lambda f: _shared(f[1].place.split("/"), near), default=None)
        if best is None:
            return None
        self.used.add(best[0])
        return best[1]

    def _variable(self, node: ast.AST) -> str:
        """The name that what `node` makes is given."""
        for outer in self.module.around(node):
            if isinstance(outer, ast.Assign):
                return name_of(outer.targets[0])
            if isinstance(outer, ast.AnnAssign | ast.NamedExpr):
                return name_of(outer.target)
            if isinstance(outer, ast.stmt):
                return ""
        return ""

    def _name(self, node: ast.Call, made: Made, words: Mapping[str, ast.expr], crew: CrewAgent | None) -> str:
        said = next(filter(None, (self.reader.text(words.get(key)) for key in made.name)), "")
        if said or crew is not None:
            return " ".join((said or (crew.role if crew else "")).split())[:120]
        variable = self._variable(node)
        if name_of(node.func).rpartition(".")[2] in _GRAPHS and variable:
            variable = self._compiled(variable) or variable
        inside = [o.name for o in self.module.around(node)
                  if isinstance(o, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]  # fmt: skip
        return self._meaningful([variable.removeprefix("self."), *inside])

    def _compiled(self, builder: str) -> str:
        """The name that a graph is given when it is compiled, or says itself."""
        for name, values in self.module.given.items():
            for _, value in values:
                if isinstance(value, ast.Call) and name_of(value.func) == f"{builder}.compile":
                    said = {k.arg: k.value for k in value.keywords}.get("name")
                    return self.reader.text(said) or name
        return ""

    def _meaningful(self, names: Iterable[str]) -> str:
        """The first of `names`, or of the file and its folders from the inside, that says something."""
        place = self.module.file.place.rsplit(".", 1)[0].split("/")
        folder = self.source.rstrip("/").rsplit("/", 1)[-1]
        every = [*filter(None, names), *reversed(place), folder]
        return next((n for n in every if n.lower() not in _SAID_NOTHING), every[0])

    def _sure(self, node: ast.Call, made: Made, certain: bool) -> tuple[Sureness, str]:
        called = name_of(node.func.value if isinstance(node.func, ast.Subscript) else node.func)
        told = f"`{called}` of {made.framework} is called, which makes an agent"
        if certain:
            return Sureness.CERTAIN, f"{told}."
        return Sureness.LIKELY, f"{told} or a flow; that it asks a model was not seen in this file."

    def _subclass(self, node: ast.ClassDef) -> Iterator[AgentFinding]:
        for base in node.bases:
            made = made_by(self.project.dotted(base, self.module))
            if made is not None and not set(made.names) & set(_GRAPHS):
                yield self._finding(
                    node.name, node.lineno, Sureness.LIKELY,
                    f"A class of its own is derived from `{name_of(base)}` of {made.framework}; whether it is used was "
                    "not looked at.",
                    Declared(purpose=masked(ast.get_docstring(node) or "", 600) or None, framework=made.framework,
                             systems=self._systems(())),
                )  # fmt: skip
                return

    def _by_hand(self, node: ast.Call) -> Iterator[AgentFinding]:
        """A model that is given tools, by its vendor's own library: in a loop, or as a stored assistant."""
        vendor, called = self.vendor, name_of(node.func)
        if vendor is None or ("create" not in called and "parse" not in called):
            return
        words = {k.arg: k.value for k in node.keywords if k.arg}
        stored = called.endswith("assistants.create")
        asks = called.endswith((".completions.create", ".responses.create", ".messages.create", ".completions.parse"))
        looped = any(isinstance(o, ast.While | ast.For | ast.AsyncFor) for o in self.module.around(node))
        if not (stored or (asks and "tools" in words and looped)):
            return
        models, tools = self.reader.models(words.get("model")), self.reader.tools(words.get("tools"))
        inside = [o.name for o in self.module.around(node)
                  if isinstance(o, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]  # fmt: skip
        name = self.reader.text(words.get("name")) or self._meaningful(inside)
        purpose = self.reader.text(words.get("instructions") or words.get("system"))
        reason = (
            "An assistant with instructions is stored at the vendor." if stored
            else "A model is asked with tools, within a loop: an agent by hand, or many separate questions."
        )  # fmt: skip
        yield self._finding(
            name, node.lineno, Sureness.CERTAIN if stored else Sureness.POSSIBLE, reason,
            Declared(purpose=masked(purpose, 600) or None, framework=f"{vendor} API",
                     vendor=vendors_of(models) or vendor,
                     models=models, tools=tools, systems=self._systems(tools), actions=changing(tools)),
        )  # fmt: skip


def _shared(first: Sequence[str], second: Sequence[str]) -> int:
    return next(
        (n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )
