"""Who signs a workflow reads what its tasks do in systems of record, and how long whoever does them has."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app.main import run
from core.actor.values import local
from core.workspace import Workspace
from orchestrator.machine.task import EffectSpec
from orchestrator.promotion.promote import promote
from tests.app.test_pages import open_page, sound, texts
from tests.orchestrator.office import BINDINGS, governed, mapped
from tests.orchestrator.test_outset import connector

pytestmark = pytest.mark.usefixtures("no_cache")

EFFECT = EffectSpec("erp", "create_order", {"amount": "order.amount"})
DRAFT = replace(BINDINGS["Draft"], effect=EFFECT, timeout_seconds=600.0, max_attempts=4, retry_delay_seconds=2.0)
SHIP = replace(BINDINGS["Ship"], people_timeout_seconds=86_400.0)
TASKS = {**BINDINGS, "Draft": DRAFT, "Ship": SHIP}
FILE = """
[tasks.Draft]
agent = "Drafting agent"
role = "drafter"
timeout_seconds = 60
effect = {connector = "erp", action = "create_order", arguments = {amount = "order.amount"}}
"""


def rows(page: AppTest, column: str) -> list[dict[str, Any]]:
    """The rows of the one grid that has the column."""
    (grid,) = [frame.value for frame in page.dataframe if column in frame.value.columns]
    return [{str(name): value for name, value in row.items()} for row in grid.to_dict("records")]


def proposed(ws: Workspace) -> None:
    """The workflow `orders`, proposed; its connector lacks a variable."""
    governed(ws)
    mapped(ws)
    connector(ws, "erp", Authorization="Bearer ${TANDEM_TEST_TOKEN}")
    promote(ws, "orders", map_name="orders", tasks=TASKS, sla_seconds=3600.0, by=local("Sam"))


def test_the_page_lists_effects_and_limits_beside_what_is_signed(ws: Workspace) -> None:
    proposed(ws)
    page = open_page("workflows", workflow="orders", workflows_part="Versions and gates")
    assert rows(page, "Connector") == [
        {
            "Task": "Draft", "Action": "create_order", "Connector": "erp", "Arguments": "amount from order.amount",
            "Results": "–",
        }
    ]  # fmt: skip
    limits = {row.pop("Task"): row for row in rows(page, "People's time-out")}
    assert limits["Draft"] == {
        "Agent's time-out": "10 min", "Tries": "4", "Tried again after": "2 s, then doubled",
        "People's time-out": "none", "SLA": "–",
    }  # fmt: skip
    assert (limits["Ship"]["Agent's time-out"], limits["Ship"]["People's time-out"]) == ("–", "1 d")
    assert "needs `TANDEM_TEST_TOKEN`" in texts(page).replace("\\", "")
    assert any(button.label.startswith("Sign version 1") for button in page.button)


def test_the_page_lists_them_beside_what_is_proposed(ws: Workspace) -> None:
    proposed(ws)
    page = open_page("workflows", workflow="orders", workflows_part="Promote a map")
    assert [row["Task"] for row in rows(page, "Connector")] == ["Draft"]
    assert {row["Task"]: row["Tries"] for row in rows(page, "Tries")}["Draft"] == "4"
    sound(page)


def test_the_command_lists_them_and_a_check_warns(
    ws: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    proposed(ws)
    for verb in (["show", "orders"], ["sign", "orders", "--as", "Olga"]):
        capsys.readouterr()
        assert run(["workflow", *verb]) == 0
        said = " ".join(capsys.readouterr().out.split())
        assert "action connector arguments results Draft create_order erp amount from order.amount –" in said
        assert "Draft 10 min 4 2 s, then doubled none –" in said
        assert "Ship – – – 1 d –" in said
    (tmp_path / "orders.toml").write_text(FILE)
    check = ["workflow", "promote", "orders", "--map", "orders", "--sla-hours", "8", "--check", "--bindings"]
    run([*check, str(tmp_path / "orders.toml")])
    said = " ".join(capsys.readouterr().out.split())
    assert "tasks bound warning the effect of `Draft`: the connector `erp` needs `TANDEM_TEST_TOKEN`" in said
