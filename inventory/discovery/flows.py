"""Exports of builders without code: n8n, Flowise, Langflow and Dify."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from inventory.discovery.crew_files import yaml_of
from inventory.discovery.masking import masked
from inventory.discovery.parsing import json_of, line_of, listed, mapping, text_of, walk
from inventory.discovery.values import AgentFinding, Declared, FindingKind, ScannedFile, Sighting, Sureness
from inventory.discovery.vendors import changing, systems_in, vendors_of

_MODEL_FIELDS = ("model", "modelName", "modelId", "model_name", "agentModel")


def find_flows(files: Sequence[ScannedFile], source: str) -> Iterable[AgentFinding]:
    """The exported flows among `files` that ask a model."""
    for file in files:
        if file.suffix == ".json" and '"nodes"' in file.text:
            told = mapping(json_of(file.text))
            yield from _n8n(told, file, source)
            yield from _drawn(told, file, source)
        elif file.suffix in (".yml", ".yaml") and "app:" in file.text and "mode:" in file.text:
            yield from _dify(mapping(yaml_of(file)), file, source)


def _n8n(told: Mapping[str, Any], file: ScannedFile, source: str) -> Iterator[AgentFinding]:
    nodes = [n for n in map(mapping, listed(told.get("nodes"))) if isinstance(n.get("type"), str)]
    named = {text_of(n.get("name")): n for n in nodes}
    fed: dict[str, list[tuple[str, str]]] = {}  # to: by which kind of connection, from
    for origin, ways in mapping(told.get("connections")).items():
        for way, outputs in mapping(ways).items():
            for to in (mapping(t) for output in listed(outputs) for t in listed(output)):
                fed.setdefault(text_of(to.get("node")), []).append((str(way), str(origin)))
    others = [n["type"] for n in nodes if "langchain" not in n["type"]]
    for node in nodes:
        kind = node["type"].rsplit(".", 1)[-1]
        if "langchain" not in node["type"] or kind not in ("agent", "agentTool", "openAiAssistant", "chainLlm"):
            continue
        feeds = fed.get(text_of(node.get("name")), [])
        tools = tuple(dict.fromkeys(o for way, o in feeds if way == "ai_tool"))
        asked = [mapping(named.get(o, {}).get("parameters")) for way, o in feeds if way == "ai_languageModel"]
        models = tuple(dict.fromkeys(m for p in (*asked, mapping(node.get("parameters"))) if (m := _model(p))))
        options = mapping(mapping(node.get("parameters")).get("options"))
        agent = kind != "chainLlm"
        workflow = text_of(told.get("name")) or file.name.removesuffix(".json")
        several = sum("langchain" in n["type"] and n["type"].endswith(".agent") for n in nodes) > 1
        name = f"{workflow}: {text_of(node.get('name'))}" if several else workflow
        yield _flow(
            file, source, name, "n8n", models, tools, text_of(options.get("systemMessage"), 600), agent,
            f"A node of the type `{kind}` in an n8n workflow.", node, _words(others),
            (("active", _yes(told.get("active"))),),
        )  # fmt: skip


def _words(types: Iterable[str]) -> list[str]:
    return [t.rsplit(".", 1)[-1] for t in types]


def _yes(value: object) -> str:
    return {True: "yes", False: "no"}.get(value, "") if isinstance(value, bool) else ""


def _model(told: Mapping[str, Any]) -> str:
    """The name of a model in a node's fields."""
    for field in _MODEL_FIELDS:
        value = told.get(field)
        value = value.get("value") if isinstance(value, dict) else value
        if text_of(value):
            return text_of(value)[:100]
    return ""


def _drawn(told: Mapping[str, Any], file: ScannedFile, source: str) -> Iterator[AgentFinding]:
    """Flowise and Langflow: drawings of nodes with data."""
    of = mapping(told.get("data")) if "nodes" not in told else told
    nodes = [mapping(mapping(n).get("data")) for n in listed(of.get("nodes"))]
    flowise = [
        n for n in nodes if text_of(n.get("category")) in ("Agents", "Agent Flows", "Sequential Agents", "Multi Agents")
    ]
    langflow = [n for n in nodes if text_of(n.get("type")) in ("Agent", "ToolCallingAgent", "CrewAIAgentComponent")
                and "node" in n]  # fmt: skip
    for node in (*flowise, *langflow):
        by = "Flowise" if node in flowise else "Langflow"
        kind = text_of(node.get("label") or node.get("type") or node.get("name"))
        if by == "Flowise" and text_of(node.get("name")).lower().startswith(
            ("start", "condition", "directreply", "loop")
        ):
            continue
        models, tools = _of_nodes(nodes)
        inputs = mapping(node.get("inputs"))
        prompt = text_of(inputs.get("systemMessage") or inputs.get("agentPrompt"), 600)
        name = text_of(told.get("name")) or file.name.removesuffix(".json")
        yield _flow(file, source, f"{name}: {kind}" if kind else name, by, models, tools, prompt, True,
                    f"A node of the kind `{kind}` in a flow of {by}.", node, tools, ())  # fmt: skip


def _of_nodes(nodes: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    models, tools = [], []
    for node in nodes:
        inputs = mapping(node.get("inputs")) or {
            k: mapping(v).get("value") for k, v in mapping(mapping(node.get("node")).get("template")).items()
        }
        if model := _model({k.removeprefix("agentModelConfig"): v for k, v in inputs.items()}):
            models.append(model)
        if text_of(node.get("category")) in ("Tools", "Tools (MCP)") or "Tool" in listed(node.get("baseClasses")):
            tools.append(text_of(node.get("label") or node.get("name")))
    return tuple(dict.fromkeys(models)), tuple(dict.fromkeys(filter(None, tools)))


def _dify(told: Mapping[str, Any], file: ScannedFile, source: str) -> Iterator[AgentFinding]:
    app = mapping(told.get("app"))
    mode, name = text_of(app.get("mode")), text_of(app.get("name"))
    if mode not in ("agent-chat", "agent", "chat", "advanced-chat", "completion", "workflow") or not name:
        return
    config = mapping(told.get("model_config"))
    models, tools = [_model({"model": mapping(config.get("model")).get("name")})], []
    tools += [text_of(mapping(t).get("tool_name")) for t in listed(mapping(config.get("agent_mode")).get("tools"))]
    agents = mode.startswith("agent")
    for node in walk(mapping(mapping(told.get("workflow")).get("graph")).get("nodes")):
        kind = node.get("type")
        if kind in ("llm", "agent", "tool"):
            agents = agents or kind == "agent"
            models.append(_model({"model": mapping(node.get("model")).get("name")}))
            tools.append(text_of(node.get("tool_name")))
    models, tools = list(filter(None, models)), list(filter(None, tools))
    if models or tools or agents:
        yield _flow(file, source, name, "Dify", tuple(dict.fromkeys(models)), tuple(dict.fromkeys(tools)),
                    text_of(app.get("description"), 600), agents,
                    f"An app of Dify of the kind `{mode}`.", app, tools, ())  # fmt: skip


def _flow(
    file: ScannedFile, source: str, name: str, by: str, models: tuple[str, ...], tools: tuple[str, ...], purpose: str,
    agent: bool, reason: str, node: Mapping[str, Any], speaks: Iterable[str], facts: tuple[tuple[str, str], ...],
) -> AgentFinding:  # fmt: skip
    shown = text_of(node.get("name") or node.get("label") or node.get("type"))
    line = line_of(file.text, f'"{shown}"') or line_of(file.text, shown)
    return AgentFinding(
        FindingKind.FLOW if agent else FindingKind.MODEL_USE, masked(name)[:120], source, file.place, line,
        Sureness.CERTAIN, reason if agent else f"{reason} It asks a model and chooses no steps.",
        Declared(purpose=masked(purpose, 600) or None, framework=by, vendor=vendors_of(models), models=models,
                 tools=tuple(map(masked, tools)), systems=systems_in([*tools, *speaks]), actions=changing(tools),
                 facts=tuple((n, t) for n, t in facts if t)),
        (Sighting(masked(f"{by}: {shown}"), line=line),),
    )  # fmt: skip
