"""Scans are kept; people say what a finding is; what pilots declare is set against what was found."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from app.main import run
from core.actor.values import local
from core.clock import FixedClock
from core.errors import BadInput, NotFound
from core.workspace import Workspace
from governance import audit_records
from inventory import (
    DiscoverySources,
    FindingState,
    StoredFinding,
    add_pilot,
    declared_against_observed,
    discover_agents,
    dismiss_finding,
    findings,
    get_pilot,
    history,
    match_finding,
    register_finding,
    scan,
)
from inventory.discovery import addresses
from inventory.discovery.addresses import card_at
from tests.inventory.discovery.layouts import CARD, LANGGRAPH, everything, write

ADA = local("Ada")
FIRST = "from crewai import Agent\nAgent(role='Buyer', goal='Buy', llm='gpt-4o')\n"


def named(ws: Workspace, name: str, *, every: bool = False) -> StoredFinding:
    return next(one for one in findings(ws, every=every) if one.finding.name == name)


def test_the_second_scan_says_what_is_new_gone_and_changed(any_ws: Workspace, tmp_path: Path) -> None:
    folder = write(tmp_path / "code", {"a.py": FIRST, "b.py": FIRST.replace("Buyer", "Seller")})
    first = discover_agents(any_ws, DiscoverySources((folder,)), by=ADA)
    assert (len(first.new), first.changed, first.gone, first.unchanged) == (2, (), (), 0)
    (folder / "b.py").unlink()
    (folder / "a.py").write_text("\n\n" + FIRST.replace("gpt-4o", "gpt-5"))
    write(folder, {"c.py": FIRST.replace("Buyer", "Writer")})
    second = discover_agents(any_ws, DiscoverySources((folder,)), by=ADA)
    told = {f.id: f.finding.name for f in findings(any_ws, every=True)}
    assert [told[n] for n in second.new] == ["Writer"]
    assert [told[n] for n in second.changed] == ["Buyer"]
    assert [told[n] for n in second.gone] == ["Seller"]
    assert {f.finding.name: (f.new, f.changed) for f in findings(any_ws)} == {
        "Buyer": (False, True),
        "Writer": (True, False),
    }
    third = discover_agents(any_ws, DiscoverySources((folder,)), by=ADA)
    assert (third.new, third.changed, third.gone, third.unchanged) == ((), (), (), 2)
    write(folder, {"b.py": FIRST.replace("Buyer", "Seller")})
    assert discover_agents(any_ws, DiscoverySources((folder,)), by=ADA).new == ()  # it is back, under its number
    assert not named(any_ws, "Seller").gone


def test_another_folder_takes_nothing_away(ws: Workspace, tmp_path: Path) -> None:
    first, second = write(tmp_path / "a", {"a.py": FIRST}), write(tmp_path / "b", {"a.py": FIRST})
    discover_agents(ws, DiscoverySources((first,)), by=ADA)
    assert discover_agents(ws, DiscoverySources((second,)), by=ADA).gone == ()
    assert len(findings(ws)) == 2


def test_a_dry_run_and_a_wrong_source_store_nothing(ws: Workspace, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", {"a.py": FIRST})
    assert len(scan(ws, DiscoverySources((folder,))).findings) == 1
    with pytest.raises(BadInput) as caught:
        discover_agents(
            ws, DiscoverySources((folder, tmp_path / "none"), (tmp_path / "t",), ("nolog",), ("http://x",)), by=ADA
        )
    assert len(caught.value.problems) == 4
    with pytest.raises(BadInput, match="Nothing was named"):
        discover_agents(ws, DiscoverySources(), by=ADA)
    assert findings(ws, every=True) == ()


def test_register_fills_a_pilot_and_keeps_the_link(any_ws: Workspace, tmp_path: Path) -> None:
    ws = any_ws
    discover_agents(ws, DiscoverySources((write(tmp_path / "claims", LANGGRAPH),)), by=ADA)
    one = named(ws, "claim_assessor")
    made = register_finding(ws, one.id, {"department": "Claims", "owner": "Bob"}, by=ADA)
    facts = made.facts
    assert (facts.name, facts.department, facts.owner, facts.vendor) == ("claim_assessor", "Claims", "Bob", "Anthropic")
    assert (facts.model, facts.platform, facts.actions) == ("claude-sonnet-4-5", "LangGraph", ("send_letter",))
    assert facts.links == (f"{tmp_path}/claims/src/claims_triage/graph.py",)
    after = named(ws, "claim_assessor")
    assert (after.state, after.pilot, after.proposed) == (FindingState.REGISTERED, made.id, ())
    assert history(ws, made.id)[0].reason == "Found: agent in code claim_assessor"
    record = audit_records(ws, limit=1)[0]
    assert (record.action, record.resource_id) == ("discovery.register", str(one.id))
    with pytest.raises(BadInput, match="already"):
        register_finding(ws, one.id, {"department": "Claims"}, by=ADA)


def test_register_that_cannot_be_stores_nothing(ws: Workspace, tmp_path: Path) -> None:
    discover_agents(ws, DiscoverySources((write(tmp_path / "a", {"a.py": FIRST}),)), by=ADA)
    for values, error in (
        ({}, BadInput),
        ({"department": "X", "users": "many"}, BadInput),
        ({"colour": "x"}, NotFound),
    ):
        with pytest.raises(error):
            register_finding(ws, 1, values, by=ADA)
    with pytest.raises(NotFound):
        register_finding(ws, 9, {"department": "X"}, by=ADA)
    assert named(ws, "Buyer").state is FindingState.OPEN


def test_match_and_dismiss_until_a_day(ws: Workspace, clock: FixedClock, tmp_path: Path) -> None:
    discover_agents(ws, DiscoverySources((write(tmp_path / "a", {"a.py": FIRST}),)), by=ADA)
    pilot = add_pilot(ws, {"name": "Purchase bot", "department": "Buying"}, by=ADA)
    assert match_finding(ws, 1, "Purchase bot", by=ADA).pilot == pilot.id
    with pytest.raises(BadInput) as caught:
        dismiss_finding(ws, 1, reason=" ", until=date(2026, 1, 5), by=ADA)
    assert len(caught.value.problems) == 2
    done = dismiss_finding(ws, 1, reason="a toy", until=date(2026, 2, 1), by=ADA)
    assert (done.state, done.pilot, done.reason) == (FindingState.DISMISSED, None, "a toy")
    assert findings(ws) == ()
    assert len(findings(ws, every=True)) == 1
    clock.advance(timedelta(days=27))  # 1 February: the last day
    assert findings(ws) == ()
    clock.advance(timedelta(days=1))
    assert named(ws, "Buyer").state is FindingState.OPEN


def test_matches_are_by_address_name_and_work_and_never_by_the_model(ws: Workspace, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", {"agent-card.json": json.dumps(CARD), "a.py": FIRST})
    other = {"department": "IT", "model": "gpt-4o"}
    add_pilot(ws, {"name": "Unlike", **other}, by=ADA)
    add_pilot(ws, {"name": "Paper desk", "runtime": "a2a:https://agents.example.org/invoices", **other}, by=ADA)
    add_pilot(ws, {"name": "BUYER", **other}, by=ADA)
    discover_agents(ws, DiscoverySources((folder,)), by=ADA)
    card, buyer = named(ws, "Invoice reader").matches, named(ws, "Buyer").matches
    assert card[0].pilot_name == "Paper desk"
    assert card[0].reasons[0] == "its address is the pilot's"
    assert [m.pilot_name for m in buyer] == ["BUYER"]
    assert buyer[0].score >= 0.9
    assert "the same model gpt-4o" in buyer[0].reasons
    proposed = {p.column: (p.value, p.known) for p in named(ws, "Invoice reader").proposed}
    assert proposed["vendor"] == ("Example AG", "declared")
    assert proposed["runtime"] == ("a2a:https://agents.example.org/invoices", "declared")
    assert {p.column: p.known for p in named(ws, "Buyer").proposed}["vendor"] == "assumed from the model's name"


def test_declared_against_observed(ws: Workspace, tmp_path: Path) -> None:
    pilot = add_pilot(ws, {"name": "Reader", "department": "IT", "systems": "SAP; Jira", "actions": "post invoice",
                           "vendor": "Other Inc"}, by=ADA)  # fmt: skip
    discover_agents(ws, DiscoverySources((write(tmp_path / "a", {"agent-card.json": json.dumps(CARD)}),)), by=ADA)
    match_finding(ws, 1, pilot.id, by=ADA)
    told = {one.column: (one.both, one.observed_only, one.declared_only) for one in declared_against_observed(ws)}
    assert told == {
        "vendor": ((), ("Example AG",), ("Other Inc",)),
        "systems": (("SAP",), (), ("Jira",)),
        "actions": (("post invoice",), (), ()),
    }


def test_everything_can_be_kept_and_shown(ws: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = everything(tmp_path / "all")
    assert run(["pilot", "discover", str(folder), "--dry-run", "--json"]) == 0
    dry = json.loads(capsys.readouterr().out)
    assert findings(ws) == ()
    assert run(["pilot", "discover", str(folder)]) == 0
    out = capsys.readouterr().out
    assert f"{len(dry['findings'])} findings in" in out
    assert run(["pilot", "findings", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"findings", "declared_against_observed"}
    assert len(told["findings"]) == len(dry["findings"])
    assert set(told["findings"][0]) == {
        "id", "finding", "first_seen", "last_seen", "changed", "new", "gone", "state", "pilot", "reason", "until",
        "matches", "proposed",
    }  # fmt: skip
    number = next(f["id"] for f in told["findings"] if f["finding"]["name"] == "Quote writer")
    assert run(["pilot", "register", str(number), "--department", "Sales", "--set", "owner=Bob"]) == 0
    assert get_pilot(ws, "Quote writer").facts.owner == "Bob"
    assert run(["pilot", "findings"]) == 0
    assert "declared and found" in capsys.readouterr().out


class _Cards(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """A card, something that is none, something too large, or another place."""
        body = {"/.well-known/agent-card.json": json.dumps(CARD), "/none": "{}", "/large": "[" * 1_100_000}
        self.send_response(302 if self.path == "/moved" else 200 if self.path in body else 404)
        self.send_header("Location", "/none")
        self.end_headers()
        self.wfile.write(body.get(self.path, "").encode())

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A host with cards, by https with a certificate of its own that is trusted here."""
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = _certificate(folder)
    server = HTTPServer(("127.0.0.1", 0), _Cards)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SSL_CERT_FILE", str(certificate))
        yield f"https://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _certificate(folder: Path) -> tuple[Path, Path]:
    import subprocess

    key, certificate = folder / "key.pem", folder / "cert.pem"
    try:
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(certificate),
             "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"],
            check=True, capture_output=True,
        )  # fmt: skip
    except FileNotFoundError:
        pytest.skip("openssl is not installed, so no certificate can be made")
    return key, certificate


def test_a_card_from_an_address(cards: str, ws: Workspace) -> None:
    found = card_at(cards)
    assert (found.name, found.source, found.place) == ("Invoice reader", cards, "")
    discover_agents(ws, DiscoverySources(cards=(cards,)), by=ADA)
    assert named(ws, "Invoice reader").finding.source == cards


@pytest.mark.parametrize(
    ("path", "said"), [("/none", "no agent card"), ("/large", "larger"), ("/moved", "302"), ("/gone", "404")]
)
def test_what_is_no_card_is_refused(cards: str, path: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        card_at(cards + path)


@pytest.mark.parametrize(
    "address", ["http://x.example", "file:///etc/passwd", "https://u:p@x.example", "x", "https://"]
)
def test_only_https_is_asked(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "_fetched", lambda _: pytest.fail("asked"))
    with pytest.raises(BadInput, match="https"):
        card_at(address)
