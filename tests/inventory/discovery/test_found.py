"""What finders find in the layouts of five frameworks and beside them, what they do not, and that secrets stay out."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from inventory import AgentFinding, FindingKind, Sureness
from inventory.discovery.cards import card
from inventory.discovery.scanning import find_in_files, in_folder
from inventory.discovery.values import ScannedFile
from tests.inventory.discovery.layouts import CARD, SECRET, everything


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[AgentFinding]:
    """What is found in everything."""
    return list(in_folder(everything(tmp_path_factory.mktemp("all"))).findings)


def of(found: list[AgentFinding], folder: str, kind: FindingKind = FindingKind.AGENT) -> dict[str, AgentFinding]:
    return {f.name: f for f in found if f.kind is kind and (f.place == folder or f.place.startswith(f"{folder}/"))}


def test_langgraph(found: list[AgentFinding]) -> None:
    agents = of(found, "claims")
    assert set(agents) == {"claim_assessor", "claims_triage"}
    assessor = agents["claim_assessor"]
    assert assessor.confidence is Sureness.CERTAIN
    assert (assessor.place, assessor.line) == ("claims/src/claims_triage/graph.py", 9)
    said = assessor.declared
    assert (said.framework, said.models, said.vendor) == ("LangGraph", ("claude-sonnet-4-5",), "Anthropic")
    assert (said.tools, said.actions) == (("find_policy", "send_letter"), ("send_letter",))
    assert said.purpose == "Assess the claim and say which desk it belongs to."
    assert dict(agents["claims_triage"].declared.facts)["steps"] == "assess, tools"


def test_crewai(found: list[AgentFinding]) -> None:
    agents = of(found, "suppliers")
    assert set(agents) == {"Supplier scout", "Contract drafter", "Auditor that nobody calls"}
    scout, buyer = agents["Supplier scout"], agents["Contract drafter"]
    assert (scout.declared.models, scout.declared.tools) == (("openai/gpt-4o-mini",), ("SerperDevTool",))
    assert scout.declared.purpose == "Find three suppliers of {part}"
    assert [e.where for e in scout.evidence] == ["", "suppliers/src/supplier_research/config/agents.yaml"]
    assert (buyer.declared.models, buyer.declared.actions) == (("openai/gpt-4o",), ("CreateOrderTool",))
    assert agents["Auditor that nobody calls"].confidence is Sureness.LIKELY


def test_openai_agents(found: list[AgentFinding]) -> None:
    agents = of(found, "helpdesk")
    assert set(agents) == {"Refund desk", "Help desk triage"}
    said = agents["Help desk triage"].declared
    assert said.tools == ("reset_password", "look_up_ticket")
    assert (said.models, said.systems) == (("gpt-5-mini",), ("Slack",))
    assert said.purpose == "Answers questions about passwords and tickets"
    assert dict(said.facts)["hands over to"] == "Refund desk"


def test_pydantic_ai_and_a_notebook(found: list[AgentFinding]) -> None:
    agents = of(found, "invoices")
    assert set(agents) == {"invoice_checker", "explorer"}
    said = agents["invoice_checker"].declared
    assert (said.tools, said.models) == (("get_order", "post_invoice"), ("gpt-4.1",))
    assert said.purpose == "Compare an invoice with its purchase order."
    assert agents["explorer"].declared.models == ("Qwen/Qwen2.5-72B",)
    assert agents["explorer"].line is None


def test_typescript(found: list[AgentFinding]) -> None:
    agents = of(found, "sales")
    assert set(agents) == {"Quote writer", "answer"}
    said = agents["Quote writer"].declared
    assert (said.tools, said.models, said.actions) == (("findPrice", "sendQuote"), ("gpt-4o",), ("sendQuote",))
    assert said.purpose == "Write a quote for the customer."
    assert agents["Quote writer"].line == 7
    assert agents["answer"].confidence is Sureness.LIKELY


def test_an_app_that_asks_a_model_is_no_agent(found: list[AgentFinding]) -> None:
    assert of(found, "web") == {}
    (use,) = of(found, "web", FindingKind.MODEL_USE).values()
    assert (use.declared.vendor, use.evidence[0].where, use.evidence[0].line) == ("OpenAI", "web/app.py", 4)


def test_nothing_is_found_where_nothing_is(found: list[AgentFinding]) -> None:
    assert [f for f in found if f.place.startswith("plain/")] == []
    names = {f.name for f in found}
    assert not names & {"only_in_a_test", "In a comment", "Vendored", "Estate agent", "Seller"}


def test_clients_of_mcp_servers(found: list[AgentFinding]) -> None:
    clients = of(found, "desk", FindingKind.MCP_CLIENT)
    assert set(clients) == {"Visual Studio Code", "Claude Desktop", "Codex", "Zed"}
    code = clients["Visual Studio Code"]
    assert code.declared.tools == ("github", "erp")
    assert code.declared.systems == ("GitHub",)
    texts = [e.text for e in code.evidence]
    assert texts == ["github: https://api.example.com/mcp; sets Authorization", "erp: uvx erp-mcp==1.2; sets ERP_KEY"]
    assert clients["Claude Desktop"].declared.tools == ("files",)
    assert clients["Claude Desktop"].evidence[1].text == "db: docker mcp/postgres; switched off"
    assert clients["Codex"].declared.systems == ("Jira",)


def test_servers(found: list[AgentFinding]) -> None:
    servers = of(found, "servers", FindingKind.MCP_SERVER)
    assert {name: s.declared.tools for name, s in servers.items()} == {
        "erp-tools": ("read_order", "cancel_order"),
        "notes": ("add_note",),
        "calendar": ("book_room",),
    }
    assert servers["erp-tools"].declared.actions == ("cancel_order",)


def test_a_card(found: list[AgentFinding]) -> None:
    (one,) = of(found, "card", FindingKind.CARD).values()
    assert (one.name, one.confidence) == ("Invoice reader", Sureness.CERTAIN)
    said = one.declared
    assert (said.address, said.vendor, said.version) == ("https://agents.example.org/invoices", "Example AG", "2.1")
    assert (said.tools, said.systems, said.actions) == (("post_invoice",), ("SAP",), ("post_invoice",))
    assert dict(said.facts)["protocol"] == "A2A 1.0"


def test_a_card_of_an_earlier_version_and_one_that_is_none() -> None:
    old = {"name": "Old", "url": "https://a.example.org/x?token=1", "skills": [{"id": "s"}], "protocolVersion": "0.3"}
    found = card(old, "folder:/x", "agent.json", "", named=True)
    assert found is not None
    assert (found.confidence, found.declared.address) == (Sureness.LIKELY, "https://a.example.org/x")
    assert "lacks description" in found.reason
    wrong: object
    for wrong in ({}, [], None, {"name": "x"}, {"name": "x", "skills": [1]}, {**old, "name": 3}):
        assert card(wrong, "folder:/x", "agent-card.json", "", named=True) is None
    assert card(old, "folder:/x", "other.json", "", named=False) is None
    assert card(CARD, "folder:/x", "other.json", "", named=False) is not None


IN_CODE = """
from a2a.types import AgentCard, AgentSkill

skill = AgentSkill(id="book_room", name="Book", description="Books", tags=[])
card = AgentCard(name="Room desk", description="Books rooms.", url=f"http://{host}/", version="1", skills=[skill])
"""


def test_a_card_in_code() -> None:
    (one,) = find_in_files([ScannedFile("rooms/main.py", IN_CODE)], "folder:/x")
    assert (one.kind, one.name, one.declared.tools, one.line) == (FindingKind.CARD, "Room desk", ("book_room",), 5)
    assert one.declared.address is None  # only known when it runs


def test_flows(found: list[AgentFinding]) -> None:
    flows = of(found, "flows", FindingKind.FLOW)
    assert set(flows) == {"Answer mails", "Travel desk", "flowise: Tool Agent"}
    mails = flows["Answer mails"].declared
    assert (mails.models, mails.tools, mails.systems) == (("gpt-4o",), ("Send mail",), ("Gmail",))
    assert flows["Travel desk"].declared.actions == ("book_flight",)
    assert flows["flowise: Tool Agent"].declared.tools == ("Calculator",)


def test_no_secret_is_kept(found: list[AgentFinding]) -> None:
    assert SECRET not in json.dumps([asdict(f) for f in found])
    assert SECRET[8:30] not in json.dumps([asdict(f) for f in found])


def test_places_and_reasons_are_said(found: list[AgentFinding]) -> None:
    for one in found:
        assert one.name
        assert one.reason
        assert one.evidence, one
    assert len({f.key for f in found}) == len(found)


LOOP = """
import anthropic
client = anthropic.Anthropic()
def run(question):
    while True:
        answer = client.messages.create(model="claude-opus-4-5", tools=[{"name": "pay_bill"}], messages=[])
"""


def test_a_loop_by_hand_is_only_possible() -> None:
    (one,) = find_in_files([ScannedFile("desk/payer.py", LOOP)], "folder:/x")
    assert (one.kind, one.confidence, one.name) == (FindingKind.AGENT, Sureness.POSSIBLE, "payer")
    assert (one.declared.models, one.declared.actions) == (("claude-opus-4-5",), ("pay_bill",))
    once = LOOP.replace("while True", "if question")
    assert [f.kind for f in find_in_files([ScannedFile("payer.py", once)], "s")] == [FindingKind.MODEL_USE]


def test_a_framework_that_is_asked_for_and_not_seen() -> None:
    files = [ScannedFile("job/requirements.txt", "# crewai\nfoo\ncrewai[tools] >= 1\n")]
    (one,) = find_in_files(files, "folder:/x")
    assert (one.name, one.confidence, one.line) == ("job", Sureness.POSSIBLE, 1)
    assert find_in_files([ScannedFile("requirements.txt", "# crewai\nflask\n")], "folder:/x") == ()


def test_links_lead_nowhere_else(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "agent.py").write_text("from crewai import Agent\nAgent(role='Outside')\n")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "linked").symlink_to(outside)
    (inside / "agent.py").symlink_to(outside / "agent.py")
    scan = in_folder(inside)
    assert scan.findings == ()
    assert "1 files could not be read, or are links" in scan.notes[0]
