"""MCP servers: programs that offer tools to agents, in Python and TypeScript, and the manifests of such packages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence

from inventory.discovery.masking import masked, public_address
from inventory.discovery.parsing import json_of, line_of, listed, mapping, text_of
from inventory.discovery.python_modules import PythonModule, PythonProject, name_of
from inventory.discovery.python_values import Reader
from inventory.discovery.script_text import calls_of, fields_of, imported, without_comments
from inventory.discovery.values import AgentFinding, Declared, FindingKind, ScannedFile, Sighting, Sureness
from inventory.discovery.vendors import changing, systems_in

_MADE = re.compile(r"^(mcp\.server(\.\w+)*|fastmcp(\.\w+)*)\.(FastMCP|MCPServer|Server)$")
_SDK = ("@modelcontextprotocol/sdk", "@modelcontextprotocol/server", "fastmcp")
_SCRIPT = (".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".tsx", ".jsx")
_REGISTERED = re.compile(r"\.(?:registerTool|tool|addTool)\(\s*(?:\{\s*name\s*:\s*)?[\"'`]([\w./-]{1,80})[\"'`]")


def find_servers(files: Sequence[ScannedFile], source: str) -> Iterable[AgentFinding]:
    """The servers that `files` make, and the manifests that offer one."""
    project = PythonProject(f for f in files if "mcp" in f.text)
    for module in project.modules:
        yield from _in_python(project, module, source)
    for file in files:
        if file.suffix in _SCRIPT and ("modelcontextprotocol" in file.text or "fastmcp" in file.text):
            yield from _in_script(file, source, files)
        elif file.name in ("server.json", "manifest.json"):
            yield from _manifest(file, source)


def _in_python(project: PythonProject, module: PythonModule, source: str) -> Iterator[AgentFinding]:
    reader = Reader(project, module)
    for node in module.nodes:
        if not isinstance(node, ast.Call) or not _MADE.match(project.dotted(node.func, module)):
            continue
        words = {k.arg: k.value for k in node.keywords}
        name = reader.text(words.get("name")) or reader.text(next(iter(node.args), None))
        purpose = reader.text(words.get("instructions"))
        tools = tuple(_tools_in(module, reader))
        yield _server(name or module.parts[-1], source, module.file, node.lineno, module.line(node.lineno), tools,
                      purpose, [*tools, *module.modules])  # fmt: skip


def _tools_in(module: PythonModule, reader: Reader) -> Iterator[str]:
    """The tools that a module offers: functions that are decorated as such, and tools that are listed by hand."""
    for node in module.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for decorated in node.decorator_list:
                written = name_of(decorated.func if isinstance(decorated, ast.Call) else decorated)
                if written.endswith(".tool"):
                    yield reader.tool_name(node)
        elif isinstance(node, ast.Call) and name_of(node.func).rpartition(".")[2] == "Tool":
            said = reader.text({k.arg: k.value for k in node.keywords}.get("name"))
            if said:
                yield said


def _in_script(file: ScannedFile, source: str, files: Sequence[ScannedFile]) -> Iterator[AgentFinding]:
    text = without_comments(file.text)
    names = {name: module for name, module in imported(text).items() if module.startswith(_SDK)}
    for local, at, inside in calls_of(
        text, [n for n in names if n.split(" as ")[0] in ("McpServer", "Server", "FastMCP")]
    ):
        told = fields_of(inside)
        name = told.get("name", "").strip("\"'`") or local
        beside = [f.text for f in files if f is not file and f.suffix in _SCRIPT and f.place.startswith(_around(file))]
        tools = tuple(dict.fromkeys(t for one in (text, *beside) for t in (*_REGISTERED.findall(one), *_offered(one))))
        line = text.count("\n", 0, at) + 1
        lines = file.text.splitlines()
        shown = lines[line - 1] if line <= len(lines) else ""
        yield _server(name, source, file, line, shown, tools, "", [*tools, *imported(text).values()])
        return


def _around(file: ScannedFile) -> str:
    """The folder of a file, or the one around it where the file lies in one that only says `server` or `src`."""
    parts = file.place.split("/")[:-1]
    if len(parts) > 1 and parts[-1] in ("server", "src", "lib"):
        parts = parts[:-1]
    return "".join(f"{part}/" for part in parts) or "\0"


def _offered(text: str) -> list[str]:
    """Names of tools that a server of the low level lists: `{ name: "x", description: ..., inputSchema: ...}`."""
    return re.findall(r"name:\s*[\"'`]([\w./-]{1,80})[\"'`]\s*,(?:(?!name:).){0,1500}?inputSchema", text, re.DOTALL)


def _server(
    name: str, source: str, file: ScannedFile, line: int, shown: str, tools: tuple[str, ...], purpose: str,
    speaks: Iterable[str],
) -> AgentFinding:  # fmt: skip
    return AgentFinding(
        FindingKind.MCP_SERVER, masked(name)[:120], source, file.place, None if file.suffix == ".ipynb" else line,
        Sureness.CERTAIN, "A server of the Model Context Protocol is made. It offers tools; it is no agent itself.",
        Declared(purpose=masked(purpose, 600) or None, framework="MCP", tools=tuple(map(masked, tools)),
                 systems=systems_in([name, *speaks]), actions=changing(tools)),
        (Sighting(masked(shown), line=None if file.suffix == ".ipynb" else line),),
    )  # fmt: skip


def _manifest(file: ScannedFile, source: str) -> Iterator[AgentFinding]:
    """A `server.json` of the registry of servers, or the `manifest.json` of a server's bundle."""
    told = mapping(json_of(file.text))
    name, about = text_of(told.get("name")), text_of(told.get("description"), 600)
    remotes = [public_address(text_of(mapping(r).get("url"))) for r in listed(told.get("remotes"))]
    registry = "modelcontextprotocol" in text_of(told.get("$schema")) or (
        file.name == "server.json" and bool(name) and ("packages" in told or remotes) and "/" in name
    )
    bundle = "mcp_config" in mapping(told.get("server")) and ("manifest_version" in told or "dxt_version" in told)
    if not name or not (registry or bundle):
        return
    tools = tuple(t for t in (text_of(mapping(i).get("name")) for i in listed(told.get("tools"))) if t)
    yield AgentFinding(
        FindingKind.MCP_SERVER, masked(name)[:120], source, file.place, line_of(file.text, '"name"'),
        Sureness.CERTAIN, "A manifest offers a server of the Model Context Protocol. It is no agent itself.",
        Declared(purpose=masked(about, 600) or None, framework="MCP", tools=tools,
                 systems=systems_in([name, *tools]),
                 actions=changing(tools), address=next(iter(remotes), None),
                 version=text_of(told.get("version")) or None),
        (Sighting(masked(f"name: {name}")),),
    )  # fmt: skip
