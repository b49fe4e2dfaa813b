"""Tools of people's desks that may call MCP servers: which servers they know. Values of environment and headers are
never kept: only the names of what is set, the program and its package."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inventory.discovery.crew_files import yaml_of
from inventory.discovery.masking import masked, public_address
from inventory.discovery.parsing import json_of, line_of, listed, mapping, text_of, words
from inventory.discovery.values import AgentFinding, Declared, FindingKind, ScannedFile, Sighting, Sureness
from inventory.discovery.vendors import systems_in

_CLIENTS = (  # how the path ends: whose it is
    ("claude_desktop_config.json", "Claude Desktop"), (".claude.json", "Claude Code"), (".mcp.json", "Claude Code"),
    (".claude/settings.json", "Claude Code"), (".claude/settings.local.json", "Claude Code"),
    (".vscode/mcp.json", "Visual Studio Code"), (".vscode/settings.json", "Visual Studio Code"),
    ("code/user/mcp.json", "Visual Studio Code"), ("code/user/settings.json", "Visual Studio Code"),
    (".cursor/mcp.json", "Cursor"), ("windsurf/mcp_config.json", "Windsurf"), (".windsurf/mcp.json", "Windsurf"),
    ("zed/settings.json", "Zed"), (".zed/settings.json", "Zed"), (".gemini/settings.json", "Gemini CLI"),
    (".codex/config.toml", "Codex"), ("cline_mcp_settings.json", "Cline"), (".roo/mcp.json", "Roo Code"),
    (".continue/config.yaml", "Continue"), (".continue/config.json", "Continue"), (".kiro/settings/mcp.json", "Kiro"),
    (".amazonq/mcp.json", "Amazon Q"), ("opencode.json", "opencode"), ("opencode.jsonc", "opencode"),
    ("goose/config.yaml", "Goose"), (".junie/mcp/mcp.json", "Junie"), (".lmstudio/mcp.json", "LM Studio"),
    (".copilot/mcp-config.json", "GitHub Copilot CLI"), ("librechat.yaml", "LibreChat"),
)  # fmt: skip
_LISTS = ("mcpServers", "mcp_servers", "servers", "context_servers", "mcp", "extensions")
_PACKAGE = re.compile(  # name, tag, extras, version
    r"^@?[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9._-]+){0,3}(?::[\w.-]+)?(?:\[[\w,-]+\])?(?:(?:@|==)[\w.^~*-]+)?$"
)
_RUNNERS = words("npx bunx uvx pipx pnpm yarn npm bun uv docker podman deno python python3 node")
_NOISE = words("run exec dlx x tool start stdio y")
_ALONE = words(
    "-y --yes -i -t -it --interactive --tty --rm -m --from -q --quiet --no-install -p -c --package --stdio -u"
)


@dataclass(frozen=True)
class KnownServer:
    """A server that a client may call, without what is secret of it."""

    name: str
    way: str  # program and package that it is started by, or the address
    sets: tuple[str, ...]  # names of environment variables and headers
    off: bool  # said not to be used


def find_clients(files: Sequence[ScannedFile], source: str) -> Iterable[AgentFinding]:
    """The configurations among `files` that name at least one server."""
    for file in files:
        whose = next((name for end, name in _CLIENTS if _ends(file.place.lower(), end)), None)
        if whose is None and not (file.suffix in (".json", ".jsonc") and '"mcpServers"' in file.text):
            continue
        servers = tuple(_servers(_value(file), known=whose is not None))
        if servers:
            yield _finding(file, source, whose, servers)


def _ends(place: str, end: str) -> bool:
    return place == end or place.endswith(f"/{end}")


def _value(file: ScannedFile) -> object:
    try:
        if file.suffix == ".toml":
            return tomllib.loads(file.text)
        if file.suffix in (".yaml", ".yml"):
            return yaml_of(file)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return None
    return json_of(file.text)


def _servers(value: object, *, known: bool, deep: int = 0) -> Iterator[KnownServer]:
    told = mapping(value)
    for key in _LISTS if known else ("mcpServers",):
        inner = told.get(key)
        if key == "mcp" and isinstance(inner, dict) and "servers" in inner:
            yield from _servers(inner, known=known, deep=deep + 1)
            continue
        pairs = inner.items() if isinstance(inner, dict) else ((mapping(i).get("name"), i) for i in listed(inner))
        for name, server in pairs:
            if text_of(name) and (made := _server(text_of(name), mapping(server))):
                yield made
    if known and deep == 0:
        for project in mapping(told.get("projects")).values():  # of Claude Code
            yield from _servers(project, known=known, deep=1)


def _server(name: str, told: Mapping[str, Any]) -> KnownServer | None:
    if isinstance(told.get("server"), dict):
        told = told["server"]
    command = told.get("command") or told.get("cmd")
    command, arguments = _command(command, told.get("args"))
    address = text_of(told.get("url") or told.get("serverUrl") or told.get("httpUrl") or told.get("uri"), 2000)
    if not command and not address:
        return None
    sets = (*mapping(told.get("env")), *mapping(told.get("environment")), *mapping(told.get("headers")))
    program = _program(command)
    off = told.get("disabled") is True or told.get("enabled") is False
    way = (
        public_address(address)
        if address
        else " ".join(filter(None, (program, _package(arguments) if program in _RUNNERS else "")))
    )
    return KnownServer(masked(name), way, tuple(sorted({str(s)[:80] for s in sets})), off)


def _command(command: object, arguments: object) -> tuple[str, list[str]]:
    if isinstance(command, dict):  # of Zed
        arguments = command.get("args")
        command = command.get("path")
    if isinstance(command, list):
        arguments = command[1:]
        command = next(iter(command), "")
    given = [a for a in listed(arguments) if isinstance(a, str)]
    parts = text_of(command, 2000).split() if not given else [text_of(command, 2000)]
    return (parts[0] if parts else ""), [*parts[1:], *given]


def _program(command: str) -> str:
    name = re.split(r"[/\\]", command)[-1].removesuffix(".exe")
    return masked(name)[:80]


def _package(arguments: Sequence[str]) -> str:
    """The package, image or script that is started; of other arguments, which may be secrets, nothing."""
    skip = False
    for argument in arguments:
        if skip or argument in _NOISE or argument.startswith("-") or argument in _RUNNERS:
            skip = not skip and argument[:1] == "-" and argument not in _ALONE and "=" not in argument
            continue
        shown = argument if _PACKAGE.match(argument) else re.split(r"[/\\]", argument)[-1]
        return masked(shown) if _PACKAGE.match(shown) else ""
    return ""


def _finding(file: ScannedFile, source: str, whose: str | None, servers: Sequence[KnownServer]) -> AgentFinding:
    used = [s for s in servers if not s.off] or list(servers)
    names = tuple(dict.fromkeys(s.name for s in used))
    client = whose or "a client that is not known"
    evidence = tuple(
        Sighting(
            f"{s.name}: {s.way}"
            + (f"; sets {', '.join(s.sets)}" if s.sets else "")
            + ("; switched off" if s.off else ""),
            line=line_of(file.text, f'"{s.name}"'),
        )
        for s in servers[:30]
    )
    return AgentFinding(
        FindingKind.MCP_CLIENT, whose or "MCP client", source, file.place, 1,
        Sureness.CERTAIN if whose else Sureness.LIKELY,
        f"This is where {client} keeps the MCP servers that it may call; it names {len(servers)}."
        " It does not say whether or for what they are used.",
        Declared(
            framework="MCP", tools=names, systems=systems_in([*names, *(s.way for s in used)]),
            facts=(("servers", ", ".join(names)[:500]),),
        ),
        evidence,
    )  # fmt: skip
