"""Agents that are described in YAML: CrewAI's `agents.yaml`, and Google ADK's configuration of an agent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from inventory.discovery.masking import masked
from inventory.discovery.parsing import line_of, listed, mapping, text_of
from inventory.discovery.values import AgentFinding, Declared, FindingKind, ScannedFile, Sighting, Sureness
from inventory.discovery.vendors import changing, systems_in, vendors_of

_LARGEST = 200_000  # characters


@dataclass(frozen=True)
class CrewAgent:
    """One agent of a crew's file."""

    key: str
    place: str
    line: int | None
    role: str
    goal: str
    model: str
    tools: tuple[str, ...]


def yaml_of(file: ScannedFile) -> Any:
    """The value in a YAML file; None where it is none, too large, or merges keys."""
    if file.suffix not in (".yaml", ".yml") or len(file.text) > _LARGEST or "<<" in file.text:  # merges may explode
        return None
    try:
        return yaml.load(file.text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, RecursionError, ValueError, TypeError, AttributeError, OverflowError):
        return None


def crew_agents(files: Sequence[ScannedFile]) -> Iterator[CrewAgent]:
    """The agents of CrewAI that files describe: entries with a role and a goal."""
    for file in files:
        if "role:" not in file.text or "goal:" not in file.text:
            continue
        for key, told in mapping(yaml_of(file)).items():
            role = text_of(mapping(told).get("role")).strip("\"' ")
            goal = text_of(mapping(told).get("goal"), 1000)
            if role and goal:
                tools = tuple(text_of(t) for t in listed(told.get("tools")) if text_of(t))
                model = text_of(told.get("llm"))
                yield CrewAgent(str(key), file.place, line_of(file.text, f"{key}:"), role, goal, model, tools)


def crew_finding(one: CrewAgent, source: str) -> AgentFinding:
    """The finding of an agent that only its file tells of."""
    models = (one.model,) if one.model else ()
    return AgentFinding(
        FindingKind.AGENT, one.role, source, one.place, one.line, Sureness.LIKELY,
        "A file describes it as CrewAI reads agents; no code was seen that makes it.",
        Declared(purpose=one.goal, framework="CrewAI", vendor=vendors_of(models), models=models, tools=one.tools,
                 systems=systems_in(one.tools), actions=changing(one.tools)),
        (Sighting(masked(f"{one.key}: role {one.role}; goal {one.goal}")),),
    )  # fmt: skip


def adk_findings(files: Sequence[ScannedFile], source: str) -> Iterator[AgentFinding]:
    """Agents of Google ADK that a file of their own configures."""
    for file in files:
        if file.suffix not in (".yaml", ".yml") or "instruction:" not in file.text or "model:" not in file.text:
            continue
        told: Mapping[str, Any] = mapping(yaml_of(file))
        name, model = text_of(told.get("name")), text_of(told.get("model"))
        if not (name and model and text_of(told.get("instruction"), 1000)):
            continue
        tools = tuple(t for t in (text_of(mapping(i).get("name")) for i in listed(told.get("tools"))) if t)
        purpose = text_of(told.get("description"), 1000) or text_of(told.get("instruction"), 1000)
        yield AgentFinding(
            FindingKind.AGENT, name, source, file.place, line_of(file.text, "name:"), Sureness.CERTAIN,
            "A file configures it as Google ADK reads agents: name, model and instruction.",
            Declared(purpose=purpose, framework="Google ADK", vendor=vendors_of((model,)), models=(model,),
                     tools=tools, systems=systems_in(tools), actions=changing(tools)),
            (Sighting(masked(f"name: {name}, model: {model}")),),
        )  # fmt: skip
