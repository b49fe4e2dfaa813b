"""`tandem map people` and `tandem map hidden`, run as a user runs them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.main import run
from core.settings import Settings
from core.workspace import Workspace
from tests.mining.planted import Office


@pytest.fixture
def office(ws: Workspace, settings: Settings) -> Workspace:
    Office(3, cases=60, swivels=30).build(ws)
    return ws


def said(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    assert run(["map", *arguments]) == status
    captured = capsys.readouterr()
    return captured.out if status == 0 else captured.err


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    return json.loads(said(capsys, *arguments, "--json"))


def test_people(office: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "people", "office")
    for part in ("Hand-overs, by performer", "of 60 cases", "Ping-pong", "Work carried between systems", "clerk 1"):
        assert part in text
    found = told(capsys, "people", "office", "--by", "system", "--first", "check", "--second", "decide")
    assert {(h["source"], h["target"]): h["count"] for h in found["handovers"]["handovers"]} == {
        ("CRM", "ERP"): 90, ("ERP", "CRM"): 30,
    }  # fmt: skip
    assert [(p["first"], p["second"], p["cases"]) for p in found["four_eyes"]["pairs"]] == [("check", "decide", 60)]
    chip = '[{"kind": "activity", "activities": ["look up"]}]'
    assert told(capsys, "people", "office", "--by", "system", "--filters", chip)["handovers"]["count"] == 90


def test_hidden(office: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "hidden", "office")
    assert "repeated swivel; 30 cases" in text
    assert "Judged: " in text
    finding = next(f for f in told(capsys, "hidden", "office")["findings"] if f["kind"] == "repeated swivel")
    assert (finding["cases"], finding["count"], finding["systems"]) == (30, 90, ["CRM", "ERP"])
    assert finding["confidence"]["support"] == 0.75
    assert finding["confidence"]["strength"] == "fair" or finding["confidence"]["value"] >= 0.75


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("people", "nothing"), "There is no event log `nothing`"),
        (("people", "office", "--by", "mood"), "cannot be shown by `mood`"),
        (("people", "office", "--first", "check"), "give both --first and --second"),
        (("people", "office", "--first", "check", "--second", "chekc"), "There is no activity `chekc`"),
        (("hidden", "office", "--filters", "[{}]"), "filters cannot be used"),
    ],
)
def test_bad_input_is_refused(
    office: Workspace, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    assert message in said(capsys, *arguments, status=2)
