"""Agents in JavaScript and TypeScript: by what is imported and called, as text. Less sure than a tree would be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from inventory.discovery.frameworks import SCRIPT, Made
from inventory.discovery.masking import masked
from inventory.discovery.script_text import calls_of, fields_of, imported, literal_of, without_comments
from inventory.discovery.values import AgentFinding, Declared, FindingKind, ScannedFile, Sighting, Sureness
from inventory.discovery.vendors import changing, systems_in, vendors_of

SUFFIXES = (".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".tsx", ".jsx")
_TEXT = re.compile(r"[\"'`]([A-Za-z][\w.:/@-]{1,99})[\"'`]")
_ITEM = re.compile(r"[A-Za-z_$][\w$]*")


def find_script_agents(files: Sequence[ScannedFile], source: str) -> Iterable[AgentFinding]:
    """The agents that scripts among `files` make."""
    for file in files:
        if file.suffix not in SUFFIXES:
            continue
        text = without_comments(file.text)
        names = imported(text)
        for made in SCRIPT:
            ours = [
                n for n, module in names.items() if n.split(" as ")[0] in made.names and _below(module, made.modules)
            ]
            for called, at, inside in calls_of(text, ours):
                yield _agent(file, source, text, names.values(), made, called, at, inside)
        if any(module == "ai" for module in names.values()):
            yield from _tool_loops(file, source, text, names)


def _below(module: str, known: Iterable[str]) -> bool:
    return any(module == k or module.startswith(f"{k}/") for k in known)


def _agent(
    file: ScannedFile, source: str, text: str, modules: Iterable[str], made: Made, called: str, at: int, inside: str,
    sure: Sureness | None = None, reason: str = "",
) -> AgentFinding:  # fmt: skip
    told = fields_of(inside)
    model = told.get("model") or told.get("llm", "")
    models = tuple(_models(model, text))
    tools = tuple(_tools(told.get("tools") or told.get("allowedTools", ""), text))
    purpose = next((t for t in map(literal_of, (told.get(k, "") for k in
                    ("description", "instructions", "system", "systemPrompt", "prompt"))) if t), "")  # fmt: skip
    name = literal_of(told.get("name", "")) or literal_of(told.get("id", "")) or _given(text, at) or _stem(file)
    line = text.count("\n", 0, at) + 1
    lines = file.text.splitlines()
    return AgentFinding(
        FindingKind.AGENT, masked(name)[:120], source, file.place, line,
        sure or (Sureness.CERTAIN if made.certain else Sureness.LIKELY),
        reason or f"`{called}` of {made.framework} is called, which makes {'an agent' if made.certain else 'a flow'}.",
        Declared(purpose=masked(purpose, 600) or None, framework=made.framework, vendor=vendors_of(models),
                 models=models, tools=tools, systems=systems_in([*tools, *modules]),
                 actions=changing(tools)),
        (Sighting(masked(lines[line - 1] if line <= len(lines) else ""), line=line),),
    )  # fmt: skip


def _tool_loops(file: ScannedFile, source: str, text: str, names: Mapping[str, str]) -> Iterator[AgentFinding]:
    """Calls of the Vercel AI SDK that may call tools more than once."""
    ours = [n for n in names if n.split(" as ")[0] in ("generateText", "streamText")]
    made = Made("Vercel AI SDK", ("ai",), ())
    for called, at, inside in calls_of(text, ours):
        told = fields_of(inside)
        if "tools" in told:
            steps = "stopWhen" in told or "maxSteps" in told
            yield _agent(
                file, source, text, names.values(), made, called, at, inside,
                Sureness.LIKELY if steps else Sureness.POSSIBLE,
                f"`{called}` is given tools and {'may take several steps' if steps else 'says no number of steps'}.",
            )  # fmt: skip


def _models(value: str, text: str) -> Iterator[str]:
    """Names of models in a value: a text, the argument of a provider's function, or what a constant was given."""
    found = _TEXT.findall(value)
    if not found and (name := _ITEM.fullmatch(value)):
        given = re.search(rf"\b(?:const|let|var)\s+{re.escape(name[0])}\b[^=\n]*=\s*([^;]{{0,400}})", text)
        found = _TEXT.findall(given[1]) if given else []
    yield from list(dict.fromkeys(found))[:3]


def _tools(value: str, text: str) -> Iterator[str]:
    """Names in a list or object of tools."""
    if (name := _ITEM.fullmatch(value.strip())) is not None:
        given = re.search(rf"\b(?:const|let|var)\s+{re.escape(name[0])}\b[^=\n]*=\s*([\[{{][^;]{{0,2000}})", text)
        value = given[1] if given else ""
    inner = value.strip()
    if inner.startswith("["):
        items = re.split(r",(?![^(\[{]*[)\]}])", inner[1:].rsplit("]", 1)[0])
        found = (m[0] for m in (re.search(r"[A-Za-z_$][\w$.]*", item.replace("new ", "")) for item in items) if m)
        yield from list(dict.fromkeys(f.split(".")[-1] for f in found))[:60]
    elif inner.startswith("{"):
        keys = re.findall(r"(?:^|[{,])\s*[\"']?([A-Za-z_$][\w$-]*)[\"']?\s*(?=[:,}])", _shallow(inner))
        yield from list(dict.fromkeys(keys))[:60]


def _shallow(value: str) -> str:
    """An object as written, without what lies within its fields."""
    kept, depth = [], 0
    for sign in value:
        depth -= sign in ")]}"
        if depth <= 1:
            kept.append(sign)
        depth += sign in "([{"
    return "".join(kept)


def _given(text: str, at: int) -> str:
    """The name that what is called at `at` is given."""
    before = text[max(0, at - 200) : at]
    found = re.search(r"(?:const|let|var)\s+([\w$]+)\s*(?::[^=\n]*)?=\s*(?:await\s+)?(?:new\s+)?$", before)
    return found[1] if found else ""


def _stem(file: ScannedFile) -> str:
    parts = [p.split(".")[0] for p in reversed(file.place.split("/"))]
    return next(
        (p for p in parts if p not in ("index", "main", "route", "agent", "agents", "src", "app", "lib")), parts[0]
    )
