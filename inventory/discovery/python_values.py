"""What an expression of Python says, read and never run: texts, names of models, names of tools."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from inventory.discovery.parsing import words
from inventory.discovery.python_modules import DEEPEST, PythonModule, PythonProject, name_of

_MODEL_NAME = re.compile(r"^[A-Za-z][\w.:/@+-]{1,99}$")
_MODEL_ARGUMENTS = (
    "model", "model_name", "model_id", "deployment_name", "azure_deployment", "deployment", "ai_model_id", "llm",
    "model_client", "config_list", "chat_model", "repo_id",
)  # fmt: skip
_READS = ("getenv", "get")  # os.getenv("MODEL", "the default")
_WRAPS = ("dedent", "strip", "format", "join", "cleandoc", "lstrip", "rstrip", "replace")
_FUNCTIONS = ("func", "fn", "function", "coroutine", "callable", "agent", "run_function")
_WRAPPERS = words("FunctionTool function_tool Tool StructuredTool AgentTool tool handoff QueryEngineTool "
                      "from_function from_defaults create_handoff_tool LongRunningFunctionTool")  # fmt: skip
_MOST = 60  # things that are listed of one argument


class Reader:
    """Reads expressions of one module in its project."""

    def __init__(self, project: PythonProject, module: PythonModule) -> None:
        self.project, self.module = project, module

    def text(self, node: ast.AST | None, depth: int = 0) -> str:
        """The text that `node` is; what is put into it at run time is `…`. Empty where it is none."""
        if node is None or depth > DEEPEST:
            return ""
        if isinstance(node, ast.Constant):
            return node.value if isinstance(node.value, str) else ""
        if isinstance(node, ast.JoinedStr):
            parts = (self.text(v, depth + 1) if isinstance(v, ast.Constant) else "…" for v in node.values)
            return "".join(parts)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            return self.text(node.left, depth + 1) + self.text(node.right, depth + 1)
        if isinstance(node, ast.BoolOp):
            return next(filter(None, (self.text(v, depth + 1) for v in node.values)), "")
        if isinstance(node, ast.Call):
            return self._text_of_call(node, depth)
        if isinstance(node, ast.Name | ast.Attribute):
            reader, value = self.given(node)
            return reader.text(value, depth + 1)
        return ""

    def _text_of_call(self, node: ast.Call, depth: int) -> str:
        called = node.func.attr if isinstance(node.func, ast.Attribute) else name_of(node.func)
        if called in _READS and len(node.args) > 1:
            return self.text(node.args[1], depth + 1)
        if called in _WRAPS:
            inner = node.func.value if isinstance(node.func, ast.Attribute) else None
            return self.text(inner, depth + 1) or self.text(next(iter(node.args), None), depth + 1)
        return ""

    def given(self, node: ast.expr) -> tuple[Reader, ast.expr | None]:
        """What the name that `node` writes was given, and the reader of where it was."""
        written = name_of(node)
        value = self.module.last_given(written, node.lineno) if written else None
        if value is not None and value is not node:
            return self, value
        if (member := self._member(written)) is not None:
            return self, member
        home = self.project.home_of(written, self.module) if written else None
        if home is None:
            return self, None
        there = Reader(self.project, home[0])
        return there, home[0].last_given(home[1], 1_000_000)

    def _member(self, written: str) -> ast.expr | None:
        """What a class of this module gives a name, such as one of an enumeration."""
        owner, _, name = written.removesuffix(".value").rpartition(".")
        found = self.module.defined.get(owner)
        for line in found.body if isinstance(found, ast.ClassDef) else ():
            if isinstance(line, ast.Assign) and any(name_of(target) == name for target in line.targets):
                return line.value
        return None

    def models(self, node: ast.AST | None, depth: int = 0) -> tuple[str, ...]:
        """The names of models that `node` says, the first it says first."""
        return tuple(dict.fromkeys(self._models(node, depth)))[:_MOST]

    def _models(self, node: ast.AST | None, depth: int) -> Iterator[str]:
        if node is None or depth > DEEPEST:
            return
        text = self.text(node)
        if text:
            if _MODEL_NAME.match(text) and text.lower() not in ("auto", "default"):
                yield text
        elif isinstance(node, ast.Call):
            yield from self._models_of_call(node, depth)
        elif isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if self.text(key) in _MODEL_ARGUMENTS:
                    yield from self._models(value, depth + 1)
        elif isinstance(node, ast.List | ast.Tuple):
            for item in node.elts[:_MOST]:
                yield from self._models(item, depth + 1) if isinstance(item, ast.Dict | ast.Call) else ()
        elif isinstance(node, ast.IfExp):
            yield from (*self._models(node.body, depth + 1), *self._models(node.orelse, depth + 1))
        elif isinstance(node, ast.Await | ast.Starred):
            yield from self._models(node.value, depth + 1)
        elif isinstance(node, ast.Name | ast.Attribute):
            there, given = self.given(node)
            yield from there._models(given, depth + 1)

    def _models_of_call(self, node: ast.Call, depth: int) -> Iterator[str]:
        said = [k.value for k in node.keywords if k.arg in _MODEL_ARGUMENTS]
        for value in said:
            yield from self._models(value, depth + 1)
        if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Call | ast.Name) and not said:
            yield from self._models(node.func.value, depth + 1)  # ChatOpenAI(...).bind_tools(...)
        first = next(iter(node.args), None)
        if not said and isinstance(first, ast.Constant | ast.Name | ast.Attribute) and self._makes_model(node):
            yield from self._models(first, depth + 1)
        inside = self._function(node.func)
        if inside is not None and depth < DEEPEST // 2:
            reader, function = inside
            for inner in ast.walk(function):
                if isinstance(inner, ast.Return) and inner.value is not None:
                    yield from reader._models(inner.value, depth + 3)

    def _makes_model(self, node: ast.Call) -> bool:
        called = name_of(node.func).rpartition(".")[2]
        return bool(
            re.search(r"(?i)model|llm|chat|openai|anthropic|gemini|claude|bedrock|mistral|groq|ollama|^lm$", called)
        )

    def _function(self, node: ast.expr) -> tuple[Reader, ast.FunctionDef | ast.AsyncFunctionDef] | None:
        written = name_of(node)
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
        here = self.module.defined.get(written.removeprefix("self."))
        if isinstance(here, kinds):
            return self, here
        home = self.project.home_of(written, self.module) if written else None
        there = home[0].defined.get(home[1]) if home else None
        return (Reader(self.project, home[0]), there) if home and isinstance(there, kinds) else None

    def tools(self, node: ast.AST | None, depth: int = 0) -> tuple[str, ...]:
        """The names of tools that `node` lists."""
        return tuple(dict.fromkeys(filter(None, self._tools(node, depth))))[:_MOST]

    def _tools(self, node: ast.AST | None, depth: int) -> Iterator[str]:
        if node is None or depth > DEEPEST:
            return
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            for item in node.elts[:_MOST]:
                yield from self._tools(item, depth + 1)
        elif isinstance(node, ast.Starred | ast.Await):
            yield from self._tools(node.value, depth + 1)
        elif isinstance(node, ast.BinOp):
            yield from (*self._tools(node.left, depth + 1), *self._tools(node.right, depth + 1))
        elif isinstance(node, ast.IfExp):
            yield from (*self._tools(node.body, depth + 1), *self._tools(node.orelse, depth + 1))
        elif isinstance(node, ast.Dict):
            yield self.text(next((v for k, v in zip(node.keys, node.values, strict=True)
                                  if self.text(k) in ("name", "type")), None))  # fmt: skip
        elif isinstance(node, ast.Constant):
            yield self.text(node)
        elif isinstance(node, ast.Call):
            yield from self._tools_of_call(node, depth)
        elif isinstance(node, ast.Name | ast.Attribute):
            yield from self._named_tool(node, depth)

    def _tools_of_call(self, node: ast.Call, depth: int) -> Iterator[str]:
        words = {k.arg: k.value for k in node.keywords}
        named = self.text(words.get("name") or words.get("tool_name") or words.get("name_override"))
        called = name_of(node.func).split(".") if name_of(node.func) else [getattr(node.func, "attr", "")]
        inner = next((words[f] for f in _FUNCTIONS if f in words), next(iter(node.args), None))
        if named:
            yield named
        elif _WRAPPERS.intersection(called) and inner is not None:
            yield from self._tools(inner, depth + 1)
        elif called[-1] in ("get_tools", "as_tool", "tools", "load_tools", "to_tool_list") and isinstance(
            node.func, ast.Attribute
        ):
            yield from self._tools(node.func.value, depth + 1)
        elif (found := self._function(node.func)) is not None:
            reader, function = found
            returns = [n.value for n in ast.walk(function) if isinstance(n, ast.Return) and n.value is not None]
            listed = [r for r in returns if isinstance(r, ast.List | ast.Tuple | ast.Name)]
            for value in listed:
                yield from reader._tools(value, depth + 2)
            if not listed:
                yield function.name
        else:
            yield called[-1]

    def _named_tool(self, node: ast.Name | ast.Attribute, depth: int) -> Iterator[str]:
        written = name_of(node)
        function = self._function(node)
        if function is not None:
            yield function[0].tool_name(function[1])
            return
        reader, value = self.given(node)
        if isinstance(value, ast.List | ast.Tuple | ast.BinOp | ast.Call | ast.Set):
            yield from reader._tools(value, depth + 1)
        elif not written.lower().endswith(("tools", "toolkit", "tool_list", "toolset")):
            yield written.rpartition(".")[2]

    def tool_name(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
        """What a function is called as a tool: what its decorator says, else its name."""
        for made in function.decorator_list:
            if isinstance(made, ast.Call) and "tool" in name_of(made.func).lower():
                words = {k.arg: k.value for k in made.keywords}
                first = next(iter(made.args), None)
                said = self.text(words.get("name") or words.get("name_override")) or self.text(first)
                if said and len(said) <= 80 and "\n" not in said:
                    return said
        return function.name
