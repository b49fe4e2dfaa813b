"""A run that is started on the page, and a key that is known already."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.actor.values import local
from core.workspace import Workspace
from orchestrator.machine.task import EffectSpec
from orchestrator.running.runs import list_runs, start_run
from tests.app.test_pages import open_page, sound
from tests.orchestrator.running import department, procurement, promoted

pytestmark = pytest.mark.usefixtures("no_cache")


def started(key: str) -> AppTest:
    """The page after a run was started with the key, and nothing else filled in."""
    page = open_page("workflows", workflow="procurement")
    page.text_input(key="start_key-0").input(key)
    return next(button for button in page.button if button.label == "Start the run").click().run()


def test_a_known_key_is_said_and_refused_with_other_values(ws: Workspace) -> None:
    department(ws)
    promoted(ws, procurement())
    first = sound(started("PO-1"))
    assert [toast.value for toast in first.toast] == ["A run of procurement is started"]
    again = sound(started("PO-1"))
    (run,) = list_runs(ws)
    said = f"Run {run.id} of procurement was started before with the key PO-1; nothing was started now"
    assert [toast.value.replace("\\", "") for toast in again.toast] == [said]
    other = start_run(ws, "procurement", context={"wanted": 1}, key="PO-2", by=local("Ada"))
    refused = started("PO-2")
    assert [error.value.replace("\\", "").split(", and")[0] for error in refused.error] == [
        f"Run `{other.id}` of `procurement` was started before with the key `PO-2`"
    ]


def test_a_field_of_an_earlier_run_and_a_declared_one_do_not_vanish_from_the_form(ws: Workspace) -> None:
    department(ws)
    effect = EffectSpec("erp", "create_order", {"supplier": "supplier.name"}, results={"order_number": "number"})
    promoted(ws, procurement(Send_order={"effect": effect}))
    start_run(ws, "procurement", context={"region": "EU", "order_number": "7"}, key="PO-1", by=local("Ada"))
    start_run(ws, "procurement", context={"note": "x"}, key="PO-2", by=local("Ada"))
    page = sound(open_page("workflows", workflow="procurement"))
    keys = {box.key.removesuffix("-0") for box in page.text_input if box.key and box.key.startswith("start-")}
    assert keys == {"start-supplier.name", "start-region", "start-note"}
