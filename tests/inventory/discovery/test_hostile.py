"""No content of a file makes a scan fail, hang or show more than it may."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inventory import AgentFinding, Sighting
from inventory.discovery.masking import masked, public_address
from inventory.discovery.plain import finding_from, plain_finding
from inventory.discovery.scanning import find_in_files
from inventory.discovery.values import ScannedFile
from tests.inventory.discovery import layouts
from tests.patience import patience

NAMES = (
    "a.py", "a.ipynb", "a.ts", "a.json", "agents.yaml", ".mcp.json", ".vscode/mcp.json", "agent-card.json",
    "package.json", "pyproject.toml", "requirements.txt", "server.json", ".codex/config.toml", "manifest.json",
)  # fmt: skip
TEXTS = [
    (place, text)
    for one in (layouts.LANGGRAPH, layouts.CREWAI, layouts.OPENAI_AGENTS, layouts.PYDANTIC_AI, layouts.MASTRA,
                layouts.DESK, layouts.SERVERS, layouts.FLOWS, {"agent-card.json": json.dumps(layouts.CARD)})
    for place, text in one.items()
]  # fmt: skip
WORDS = st.sampled_from(
    ["from crewai import Agent\n", "Agent(", "tools=[", "import { Agent } from '@openai/agents';", "new Agent({",
     "name:",
     '{"mcpServers":', '"skills":', "role:\n", "goal: &a *a\n", "(", ")", "[", "{", "}", '"', "'", "`", "\\", "\n", "*",
     "langgraph", "StateGraph(", "=", "lambda:", "\ud800", "\x00", "/*", "<<: *a\n", "app:", "mode:"]
)  # fmt: skip
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["agent", "x://y", "llm"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["name", "skills", "mcpServers", "command", "args", "env", "url", "nodes", "data", "type",
                         "app",
                         "model", "tools", "connections", "category", "inputs", "servers",
                         "cells", "source", "mcp"]),
        inner, max_size=5,
    ),
    max_leaves=20,
)  # fmt: skip


def looked(place: str, text: str) -> tuple[AgentFinding, ...]:
    """What is found in one file, which can be kept and read back."""
    found = find_in_files([ScannedFile(place, text)], "folder:/x")
    for one in found:
        kept = json.loads(json.dumps(plain_finding(one)))
        assert plain_finding(finding_from(kept)) == kept
    return found


@settings(max_examples=150)
@given(st.sampled_from(NAMES), st.lists(WORDS | st.text(max_size=10), max_size=25).map("".join))
def test_no_text_makes_it_fail(place: str, text: str) -> None:
    looked(place, text)


@settings(max_examples=150)
@given(st.sampled_from([n for n in NAMES if n.endswith(("json", "ipynb"))]), values)
def test_no_json_makes_it_fail(place: str, value: Any) -> None:
    looked(place, json.dumps(value))


@settings(max_examples=150)
@given(st.sampled_from(TEXTS), st.integers(0, 3000), st.integers(0, 40), st.text(max_size=4))
def test_no_damage_makes_it_fail(file: tuple[str, str], at: int, cut: int, put: str) -> None:
    place, text = file
    looked(place, text[:at] + put + text[at + cut :])


DEEP = 60_000


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("a.json", "[" * DEEP), ("a.json", '{"nodes":' * DEEP), ("a.py", "from crewai import Agent\nx=" + "(" * DEEP),
        ("a.py", "from crewai import Agent\nAgent(role=" + "-" * DEEP + "1)"),
        ("a.py", "from crewai import Agent\nAgent(role=" + "'a'+" * 5_000 + "'b')"),
        ("a.py", "from crewai import Agent\nAgent(tools=" + "a." * 3_000 + "b)"),
        ("a.py", "from crewai import Agent\nx = x\ny = [y]\nAgent(role=x, tools=y, llm=y)"),
        ("a.py", "from .a import f\nfrom crewai import Agent\ndef f():\n  return f()\nAgent(llm=f(), tools=f())"),
        ("a.ts", "import " * 100_000), ("a.ts", "import" + " " * 500_000), ("a.ts", "/* " * 300_000),
        ("a.ts", "`" * 500_001), ("a.ts", "const {" * 100_000),
        ("a.ts", 'import { Agent } from "@openai/agents";' + "new Agent({" * 50_000),
        ("agents.yaml", "role: goal:\n" + "- " * 50_000), ("agents.yaml", "role: goal:\na: " + "[" * 10_000),
        ("agents.yaml", "role: &a [goal:]\n" + "".join(f"b{n}: &b{n} [{'*a,' * 9}*a]\n" for n in range(200))),
        (".mcp.json", '{"mcpServers": ' + "{" * DEEP), (".mcp.json", ",\t" * 200_000), (".mcp.json", '"' * 300_001),
        (".codex/config.toml", "a." * 3_000 + "b=1"), ("pyproject.toml", "[" * DEEP),
        ("requirements.txt", "a" * 900_000), ("server.json", '{"name": "a/b", "packages": ' + "[" * DEEP),
    ],
    ids=lambda value: f"{value[:24]!a}",
)  # fmt: skip
def test_nothing_hangs(place: str, text: str) -> None:
    begun = time.process_time()
    looked(place, text)
    assert time.process_time() - begun < patience(8)


@given(st.text(max_size=60), st.sampled_from(["token", "api_key", "PASSWORD", "Authorization"]))
def test_what_stands_behind_a_secrets_name_is_not_shown(text: str, name: str) -> None:
    assert layouts.SECRET not in masked(f'{text} {name} = "{layouts.SECRET}" {text}')


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('key = os.environ["API_KEY"]', 'key = os.environ["API_KEY"]'),
        ("api_key=os.getenv('OPENAI_API_KEY')", "api_key=os.getenv('OPENAI_API_KEY')"),
        ("Authorization: Bearer abcdef123456", "Authorization: •••"),
        ("see https://u:p@example.org/a?k=1#f now", "see https://example.org/a now"),
        ("model claude-sonnet-4-5-20250929", "model claude-sonnet-4-5-20250929"),
        ("x" * 300, "x" * 199 + "…"),
    ],
)
def test_what_is_masked(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_an_address_loses_what_may_be_secret() -> None:
    assert public_address("https://[::1]:8443/a?b=c") == "https://[::1]:8443/a"
    assert public_address("http://[bad") == "•••"
    assert public_address(f"https://h.example/{layouts.SECRET}/x") == "https://h.example/•••/x"
    assert Sighting("x").line is None
