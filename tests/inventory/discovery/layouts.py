"""Five projects as people lay them out in five frameworks, and what stands beside them that is no agent.

Written for these tests; the names of frameworks and their arguments are as their documentation has them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

SECRET = "sk-live-4f9d8a7b6c5e4d3f2a1b0c9d8e7f6a5b"  # what no finding may show

LANGGRAPH = {
    "pyproject.toml": '[project]\nname = "claims-triage"\ndependencies = ["langgraph>=1", "langchain-anthropic"]\n',
    "langgraph.json": '{"graphs": {"triage": "./src/claims_triage/graph.py:graph"}}',
    "src/claims_triage/__init__.py": "",
    "src/claims_triage/models.py": '''
import os

from langchain_anthropic import ChatAnthropic

MODEL = os.getenv("TRIAGE_MODEL", "claude-sonnet-4-5")


def llm():
    """The model of all nodes."""
    return ChatAnthropic(model=MODEL, temperature=0)
''',
    "src/claims_triage/tools.py": '''
from langchain_core.tools import tool


@tool
def find_policy(number: str) -> dict:
    """Look a policy up."""


@tool("send_letter")
def letter(claim: str, text: str) -> None:
    """Send a letter to the claimant."""


TOOLS = [find_policy, letter]
''',
    "src/claims_triage/graph.py": """
from langgraph.graph import END, START, StateGraph
from langgraph.prebuilt import ToolNode, create_react_agent

from .models import llm
from .tools import TOOLS

# writer = create_react_agent(llm(), [])   an agent in a comment is none
assessor = create_react_agent(
    model=llm(),
    tools=TOOLS,
    prompt="Assess the claim and say which desk it belongs to.",
    name="claim_assessor",
)

builder = StateGraph(dict)
builder.add_node("assess", assessor)
builder.add_node("tools", ToolNode(TOOLS))
builder.add_edge(START, "assess")
builder.add_edge("assess", END)
graph = builder.compile(name="claims_triage")
""",
    "tests/test_graph.py": """
from langgraph.prebuilt import create_react_agent


def test_it():
    create_react_agent("openai:gpt-4o", [], name="only_in_a_test")
""",
}

CREWAI = {
    "pyproject.toml": '[project]\nname = "supplier-research"\ndependencies = ["crewai[tools]>=1"]\n',
    "src/supplier_research/config/agents.yaml": """
scout:
  role: >
    Supplier scout
  goal: >
    Find three suppliers of {part}
  backstory: >
    You know the market.
  llm: openai/gpt-4o-mini
buyer:
  role: Contract drafter
  goal: Draft an offer to the best supplier
  backstory: You write plainly.
idle:
  role: Auditor that nobody calls
  goal: Check what the others did
  backstory: You are strict.
""",
    "src/supplier_research/config/tasks.yaml": "find:\n  description: Find suppliers\n  agent: scout\n",
    "src/supplier_research/crew.py": '''
from crewai import Agent, Crew, LLM, Process, Task
from crewai.project import CrewBase, agent, crew, task
from crewai_tools import SerperDevTool

from supplier_research.tools.orders import CreateOrderTool


@CrewBase
class SupplierResearch:
    """Finds suppliers and drafts an offer."""

    agents_config = "config/agents.yaml"
    tasks_config = "config/tasks.yaml"

    @agent
    def scout(self) -> Agent:
        return Agent(config=self.agents_config["scout"], tools=[SerperDevTool()], verbose=True)

    @agent
    def buyer(self) -> Agent:
        return Agent(config=self.agents_config["buyer"], tools=[CreateOrderTool()], llm=LLM(model="openai/gpt-4o"))

    @crew
    def crew(self) -> Crew:
        return Crew(agents=self.agents, tasks=self.tasks, process=Process.sequential)
''',
    "src/supplier_research/tools/orders.py": "class CreateOrderTool:\n    name = 'create_order'\n",
}

OPENAI_AGENTS = {
    "requirements.txt": "openai-agents>=0.5\nslack_sdk\n",
    "helpdesk/agents.py": f'''
import slack_sdk
from agents import Agent, Runner, function_tool, handoff

API_KEY = "{SECRET}"
MODEL = "gpt-5-mini"


@function_tool
def reset_password(user: str) -> str:
    """Set a new password."""


@function_tool(name_override="look_up_ticket")
def ticket(number: str) -> str:
    """Find a ticket."""


refunds = Agent[dict](name="Refund desk", instructions="Decide on refunds.", model=MODEL, tools=[])
triage = Agent(
    name="Help desk triage",
    handoff_description="Answers questions about passwords and tickets",
    instructions=lambda context, agent: "You help.",
    model=MODEL,
    tools=[reset_password, ticket],
    handoffs=[refunds],
)
''',
    "helpdesk/main.py": "from agents import Runner\nfrom helpdesk.agents import triage\n\nRunner.run(triage)\n",
}

PYDANTIC_AI = {
    "pyproject.toml": '[project]\nname = "invoice-check"\ndependencies = ["pydantic-ai-slim[openai]"]\n',
    "invoice_check/agent.py": '''
from dataclasses import dataclass

from pydantic_ai import Agent, RunContext
from pydantic_ai.models.openai import OpenAIChatModel

model = OpenAIChatModel("gpt-4.1")
invoice_checker = Agent(model, deps_type=int, system_prompt=(
    "Compare an invoice "
    "with its purchase order."
))


@invoice_checker.tool
async def get_order(ctx: RunContext[int], number: str) -> str:
    """Read the order."""


@invoice_checker.tool_plain(name="post_invoice")
def post(number: str) -> None:
    """Post it."""
''',
    "notebooks/try.ipynb": json.dumps({"cells": [
        {"cell_type": "markdown", "source": ["from smolagents import CodeAgent"]},
        {"cell_type": "code", "source": [
            "%pip install smolagents\n", "from smolagents import CodeAgent, InferenceClientModel, WebSearchTool\n",
            "explorer = CodeAgent(tools=[WebSearchTool()], model=InferenceClientModel(model_id='Qwen/Qwen2.5-72B'))\n",
        ]},
    ]}),
}  # fmt: skip

MASTRA = {
    "package.json": json.dumps({"name": "sales-desk", "dependencies": {"@mastra/core": "^1", "@ai-sdk/openai": "^2"}}),
    "src/mastra/agents/quote.ts": """
import { Agent } from "@mastra/core/agent";
import { openai } from "@ai-sdk/openai";
import { findPrice, sendQuote } from "../tools";

/* new Agent({ name: "In a comment" }) */
export const quoteAgent = new Agent({
  name: "Quote writer",
  instructions: `Write a quote for the customer.`,
  model: openai("gpt-4o"),
  tools: { findPrice, sendQuote },
});
""",
    "src/server.ts": """
import { generateText, stepCountIs } from "ai";
// generateText({ tools })
const answer = await generateText({
  model: openai("gpt-4o-mini"), tools: { lookUp }, stopWhen: stepCountIs(5), prompt,
});
""",
    "node_modules/other/index.js": 'import { Agent } from "@mastra/core/agent";\nnew Agent({ name: "Vendored" });\n',
}

WEB_APP = {
    "requirements.txt": "flask\nopenai\n",
    "app.py": '''
"""A web app that asks a model once. `from langgraph.prebuilt import create_react_agent` stands only in this text."""
from flask import Flask
from openai import OpenAI

from agents import Agent

client = OpenAI()
app = Flask(__name__)
seller = Agent(name="Estate agent")


@app.post("/summary")
def summary():
    return client.chat.completions.create(model="gpt-4o-mini", messages=[]).choices[0].message.content
''',
    "agents.py": "class Agent:\n    def __init__(self, name):\n        self.name = name\n",
}

PLAIN = {
    "README.md": "# from crewai import Agent\n",
    "shop/models.py": "from shop.people import Agent\n\nAgent(role='Seller', goal='Sell')\n",
    "shop/people.py": "class Agent:\n    pass\n",
    "shop/prices.json": '{"name": "prices", "skills": [], "nodes": [{"type": 3}]}',
}

DESK = {
    ".vscode/mcp.json": f"""{{
  // servers of the team
  "inputs": [],
  "servers": {{
    "github": {{"type": "http", "url": "https://user:{SECRET}@api.example.com/mcp?key={SECRET}",
                "headers": {{"Authorization": "Bearer {SECRET}"}}}},
    "erp": {{"command": "/opt/tools/uvx", "args": ["--token", "{SECRET}", "erp-mcp==1.2"],
             "env": {{"ERP_KEY": "{SECRET}"}},}},
  }},
}}""",
    "claude_desktop_config.json": json.dumps({"mcpServers": {
        "files": {"command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesystem", "/home/me"]},
        "db": {"command": "docker", "args": ["run", "-i", "--rm", "-e", f"PASSWORD={SECRET}", "mcp/postgres",
                                             f"postgresql://me:{SECRET}@db/x"], "disabled": True},
    }}),
    ".codex/config.toml": 'model = "gpt-5"\n[mcp_servers.jira]\ncommand = "npx"\nargs = ["mcp-jira"]\n'
    f'env = {{JIRA_TOKEN = "{SECRET}"}}\n',
    "config/zed/settings.json": '{"context_servers": {"pg": {"command": {"path": "pg-mcp", "args": []}}}}',
    ".vscode/settings.json": '{"editor.tabSize": 4, "extensions": {"ignore": true}}',
}  # fmt: skip

SERVERS = {
    "erp/server.py": '''
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("erp-tools", instructions="Orders of the ERP.")


@mcp.tool()
def read_order(number: str) -> str:
    """Read it."""


@mcp.tool(name="cancel_order")
def cancel(number: str) -> None:
    """Cancel it."""
''',
    "notes/src/index.ts": """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
const server = new McpServer({ name: "notes", version: "1.0.0" });
server.registerTool("add_note", { description: "Add" }, async () => ({}));
""",
    "bundle/manifest.json": '{"manifest_version": "0.2", "name": "calendar", "server": {"mcp_config": {}}, '
    '"tools": [{"name": "book_room"}]}',
}

CARD = {
    "name": "Invoice reader", "description": "Reads invoices and posts them.", "version": "2.1",
    "provider": {"organization": "Example AG", "url": "https://example.org"},
    "supportedInterfaces": [{"url": "https://agents.example.org/invoices", "protocolBinding": "JSONRPC",
                             "protocolVersion": "1.0"}],
    "capabilities": {"streaming": True}, "defaultInputModes": ["text/plain"], "defaultOutputModes": ["text/plain"],
    "securitySchemes": {"oauth": {}},
    "skills": [{"id": "post_invoice", "name": "Post", "description": "Posts to SAP", "tags": ["sap"]}],
}  # fmt: skip

FLOWS = {
    "n8n.json": json.dumps({
        "name": "Answer mails", "active": True,
        "nodes": [
            {"name": "Mail agent", "type": "@n8n/n8n-nodes-langchain.agent",
             "parameters": {"options": {"systemMessage": "Answer customers."}}},
            {"name": "Model", "type": "@n8n/n8n-nodes-langchain.lmChatOpenAi",
             "parameters": {"model": {"value": "gpt-4o"}}},
            {"name": "Send mail", "type": "n8n-nodes-base.gmailTool"},
        ],
        "connections": {
            "Model": {"ai_languageModel": [[{"node": "Mail agent", "type": "ai_languageModel"}]]},
            "Send mail": {"ai_tool": [[{"node": "Mail agent"}]]},
        },
    }),
    "dify.yml": """
app: {mode: agent-chat, name: Travel desk, description: Books trips}
kind: app
model_config:
  model: {name: gpt-4o, provider: openai}
  agent_mode: {enabled: true, tools: [{tool_name: book_flight}]}
""",
    "flowise.json": json.dumps({"nodes": [
        {"data": {"category": "Chat Models", "inputs": {"modelName": "gpt-4o-mini"}}},
        {"data": {"category": "Tools", "label": "Calculator"}},
        {"data": {"category": "Agents", "label": "Tool Agent", "inputs": {"systemMessage": "Count."}}},
    ], "edges": []}),
}  # fmt: skip


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Put `files` below `folder`, which is given back."""
    for place, text in files.items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def everything(folder: Path) -> Path:
    """All of the above, each in a folder of its own."""
    for name, files in {
        "claims": LANGGRAPH, "suppliers": CREWAI, "helpdesk": OPENAI_AGENTS, "invoices": PYDANTIC_AI, "sales": MASTRA,
        "web": WEB_APP, "plain": PLAIN, "desk": DESK, "servers": SERVERS, "flows": FLOWS,
        "card": {".well-known/agent-card.json": json.dumps(CARD)},
    }.items():  # fmt: skip
        write(folder / name, files)
    return folder
