"""What a run did in systems of record is shown by its page and its command."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from app.main import run as run_command
from core.actor.values import local
from core.workspace import Workspace
from orchestrator.running.runs import start_run
from orchestrator.worker.working import work
from tests.app.test_pages import open_page, sound
from tests.orchestrator.order_system import OrderSystem, order_system
from tests.orchestrator.running import AGENTS
from tests.orchestrator.test_effects import set_up

pytestmark = pytest.mark.usefixtures("no_cache")


@pytest.fixture
def system() -> Iterator[OrderSystem]:
    with order_system() as running:
        yield running


def test_page_and_command_show_what_was_done(
    ws: Workspace, system: OrderSystem, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(ws, system)
    run = start_run(ws, "ordering", context={"wanted": 120}, by=local("Ada"))
    work(ws, until_idle=True, agents=AGENTS)
    opened = sound(open_page("workflows", workflow="ordering", run=run.id))
    (shown,) = [frame.value for frame in opened.dataframe if "Known there as" in frame.value.columns]
    assert shown["Known there as"].tolist() == [f"{run.id}/0.0#1"]
    assert shown["What"].tolist() == ["create_order in orders"]
    capsys.readouterr()
    assert run_command(["run", "show", run.id]) == 0
    assert "create_order in orders" in capsys.readouterr().out
    assert run_command(["run", "show", run.id, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["effects"][0]["status"] == "done"
