"""The verbs of pilots, their decisions and their discovery: how each can be done once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from app import verbs as v
from core.workspace import Workspace
from inventory import DiscoverySources, Expectation, FollowUp, PilotOutcome, scan
from tests.app.act import ADA, LATER, WHY, Act


def prepare_pilots(ws: Workspace, folder: Path) -> dict[str, Any]:
    """Two pilots, of which one has a name linked."""
    sheet = folder / "asked.csv"
    sheet.write_text("name,department,activities\nAsked one,Legal,Take in\nAsked two,Legal,Take in\n")
    v.import_pilots(ws, sheet, by=ADA)
    v.link_activity(ws, 3, "Take in", "Receive", by=ADA)
    steps = [FollowUp("Ask", "Ada", LATER)]
    v.decide(ws, [3], PilotOutcome.REFINE, "for now", until=LATER, follow_ups=steps, by=ADA)
    return _agents(ws, folder / "agents")


def _agents(ws: Workspace, folder: Path) -> dict[str, Any]:
    """Three findings, and a folder in which there are four."""
    folder.mkdir()
    for name in ("Ask", "Bill", "Call"):
        (folder / f"{name}.agent-card.json").write_text(json.dumps(
            {"name": name, "url": "https://agents.example.org", "skills": [{"id": "talk"}], "capabilities": {}}
        ))  # fmt: skip
    v.discover_agents(ws, DiscoverySources((folder,)), by=ADA)
    (folder / "new.py").write_text("from crewai import Agent\nAgent(role='Writer', goal='Write')\n")
    return {"agents": str(folder)}


PILOT_ACTS: Mapping[str, Act] = {
    "pilots.import by import_pilots": Act(
        lambda ws, by, s: v.import_pilots(ws, Path(s["folder"]) / "pilots.csv", by=by),
        ("pilot", "import", "{folder}/pilots.csv"),
    ),
    "pilots.add by add_pilot": Act(
        lambda ws, by, s: v.add_pilot(ws, {"name": "New", "department": "Legal"}, by=by),
        ("pilot", "add", "New", "--department", "Legal"),
    ),
    "pilots.edit by edit_pilot": Act(
        lambda ws, by, s: v.edit_pilot(ws, "Old pilot", {"owner": "Bob"}, by=by),
        ("pilot", "edit", "Old pilot", "--set", "owner=Bob"),
    ),
    "pilots.edit_many by edit_pilots": Act(
        lambda ws, by, s: v.edit_pilots(ws, ["Old pilot", "Other pilot"], {"status": "paused"}, by=by),
        ("pilot", "edit", "Old pilot", "Other pilot", "--set", "status=paused"),
    ),
    "pilots.forget_layout by forget_layout": Act(
        lambda ws, by, s: v.forget_layout(ws, "old", by=by),
        ("pilot", "forget-layout", "old"),
    ),
    "pilots.answer by answer_tick_list": Act(
        lambda ws, by, s: v.answer_tick_list(ws, [3, 4], [3, 4], by=by),
        ("pilot", "answer", "3", "4", "--same", "3,4"),
    ),
    "pilots.link by link_activity": Act(
        lambda ws, by, s: v.link_activity(ws, 4, "Take in", "Receive", by=by),
        ("pilot", "link", "4", "Take in", "Receive"),
    ),
    "pilots.unlink by unlink_activity": Act(
        lambda ws, by, s: v.unlink_activity(ws, 3, "Take in", by=by),
        ("pilot", "unlink", "3", "Take in"),
    ),
    "pilots.decide by decide": Act(
        lambda ws, by, s: v.decide(ws, [4], PilotOutcome.RETIRE, "because", until=LATER, by=by),
        ("pilot", "decide", "#4", "--outcome", "retire", *WHY),
    ),
    "pilots.withdraw_decision by withdraw_decision": Act(
        lambda ws, by, s: v.withdraw_decision(ws, 1, "because", by=by),
        ("pilot", "withdraw-decision", "1", *WHY),
    ),
    "pilots.finish_follow_up by finish_follow_up": Act(
        lambda ws, by, s: v.finish_follow_up(ws, 1, 1, by=by),
        ("pilot", "follow-up", "1", "1"),
    ),
    "pilots.expect by expect": Act(
        lambda ws, by, s: v.expect(ws, "pilot:3", [Expectation("users", 3.0)], by=by),
        ("pilot", "expect", "pilot:3", "users", "3"),
    ),
    "pilots.mute_risk by mute_risk": Act(
        lambda ws, by, s: v.mute_risk(ws, "Old pilot", "no_owner", reason="because", until=LATER, by=by),
        ("pilot", "mute", "Old pilot", "no_owner", *WHY, "--until", LATER.isoformat()),
    ),
    "pilots.unmute_risk by unmute_risk": Act(
        lambda ws, by, s: v.unmute_risk(ws, "Other pilot", "no_owner", by=by),
        ("pilot", "unmute", "Other pilot", "no_owner"),
    ),
    "discovery.scan by discover_agents": Act(
        lambda ws, by, s: v.discover_agents(ws, DiscoverySources((Path(s["agents"]),)), by=by),
        ("pilot", "discover", "{agents}"),
    ),
    "discovery.scan by store_discovery": Act(
        lambda ws, by, s: v.store_discovery(ws, scan(ws, DiscoverySources((Path(s["agents"]),))), by=by),
    ),
    "discovery.register by register_finding": Act(
        lambda ws, by, s: v.register_finding(ws, 1, {"department": "Legal"}, by=by),
        ("pilot", "register", "1", "--department", "Legal"),
    ),
    "discovery.match by match_finding": Act(
        lambda ws, by, s: v.match_finding(ws, 2, 3, by=by),
        ("pilot", "match", "2", "#3"),
    ),
    "discovery.dismiss by dismiss_finding": Act(
        lambda ws, by, s: v.dismiss_finding(ws, 3, reason="known", until=date(2999, 1, 1), by=by),
        ("pilot", "dismiss", "3", "--reason", "known", "--until", "2999-01-01"),
    ),
}
