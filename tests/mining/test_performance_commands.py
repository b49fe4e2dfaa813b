"""`tandem calendar` and `tandem map performance`, run as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.main import run
from core.settings import Settings
from core.workspace import Workspace
from tests.builders import staged_log

ROWS = [
    ("1", "order", "2026-01-05 08:00", "2026-01-05 09:00", "Ada", "human"),
    ("1", "check [fast]", "2026-01-05 16:00", "2026-01-06 10:00", "Bo", "human"),
    ("2", "order", "2026-01-05 08:00", "2026-01-05 08:30", "Ada", "human"),
]
HOURS = ("--hours", "mon-fri 09:00-17:00")


def said(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    assert run(list(arguments)) == status
    captured = capsys.readouterr()
    return captured.out if status == 0 else captured.err


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    return json.loads(said(capsys, *arguments, "--json"))


def test_a_calendar_from_beginning_to_end(
    ws: Workspace, settings: Settings, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert "no calendar yet" in said(capsys, "calendar", "list")
    text = said(capsys, "calendar", "save", "office", *HOURS, "--country", "DE", "--day-off", "2026-12-24")
    assert "mon-fri 09:00-17:00, UTC, without the holidays of DE, 1 day off" in text
    assert "already" in said(capsys, "calendar", "save", "office", "--hours", "mon 09:00-10:00", status=2)
    shown = told(capsys, "calendar", "show", "office")
    assert "2026-01-01" in shown["public_holidays"]["2026"] or shown["public_holidays"]
    file = tmp_path / "late.json"
    file.write_text(json.dumps({**told(capsys, "calendar", "list")[0], "time_zone": "Europe/Paris"}), "utf-8")
    assert told(capsys, "calendar", "save", "late", "--file", str(file))["time_zone"] == "Europe/Paris"
    assert "day off" in said(capsys, "calendar", "show", "late")
    assert "Deleted" in said(capsys, "calendar", "delete", "late")
    assert "Known: `office`" in said(capsys, "calendar", "show", "late", status=2)
    bad = said(
        capsys, "calendar", "save", "bad", "--hours", "mon 9-5", "--timezone", "Mars", "--country", "QQ", status=2
    )
    assert all(word in bad for word in ("9-5", "Mars", "QQ"))
    file.write_text("[", "utf-8")
    assert "cannot be read" in said(capsys, "calendar", "save", "late", "--file", str(file), status=2)


def test_where_the_time_goes(ws: Workspace, settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    staged_log(ws, ROWS, "orders")
    found = told(capsys, "map", "performance", "orders", "--by", "path")
    assert found["summary"]["waiting"]["total"] == 7 * 3600
    assert found["times"][0]["path"] == ["order", "check [fast]"]
    assert found["notes"] == []
    text = said(capsys, "map", "performance", "orders")
    assert "check [fast]" in text
    assert "calendar time" in text
    said(capsys, "calendar", "save", "office", *HOURS)
    working = told(capsys, "map", "performance", "orders", "--calendar", "office")
    assert working["summary"]["service"]["total"] == 2 * 3600  # Monday 16:00 to Tuesday 10:00; nothing before 09:00
    assert "working time of office" in said(capsys, "map", "performance", "orders", "--calendar", "office")
    assert "does not say in which system" in said(capsys, "map", "performance", "orders", "--by", "system")
    assert "nothing to group" in said(capsys, "map", "performance", "orders", "--by", "mood", status=2)
    only = '[{"kind": "activity", "activities": ["check [fast]"]}]'
    assert told(capsys, "map", "performance", "orders", "--filters", only)["summary"]["cases"] == 1
