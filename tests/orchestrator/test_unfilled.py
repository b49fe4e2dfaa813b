"""What a run is started without, and nothing will fill."""

from __future__ import annotations

from dataclasses import replace

from core.actor.values import local
from core.workspace import Workspace
from orchestrator.machine.task import EffectSpec
from orchestrator.machine.unfilled import unfilled, wanted_at_start
from orchestrator.machine.values import DecidedBy, DecisionSpec
from orchestrator.running.runs import start_run
from tests.orchestrator.running import department, procurement, promoted

EFFECT = EffectSpec("erp", "create_order", {"supplier": "supplier.name"})


def test_only_what_no_task_before_may_fill_is_warned_of() -> None:
    last = procurement(Send_order={"effect": EFFECT})
    (said,) = unfilled(last, {"supplier": "ACME"})
    assert "`Send order` would be denied: `erp.create_order` needs `supplier.name` as its argument `supplier`" in said
    assert unfilled(last, {"supplier": {"name": "ACME"}}) == ()
    fills = {"fields": ("supplier.name",)}
    assert unfilled(procurement(Send_order={"effect": EFFECT}, Draft_order=fills), {}) == ()
    assert unfilled(procurement(Check_budget={"effect": EFFECT}, Check_supplier=fills), {}) == ()
    assert len(unfilled(procurement(Draft_order={"effect": EFFECT}, Send_order=fills), {})) == 1
    own = replace(EFFECT, arguments={"supplier": "supplier"})
    assert unfilled(procurement(Draft_order={"effect": own}), {}) == ()


def test_a_start_warns_and_is_not_refused(ws: Workspace) -> None:
    department(ws)
    promoted(ws, procurement(Send_order={"effect": EFFECT}))
    started = start_run(ws, "procurement", key="1", by=local("Ada"))
    assert "needs `supplier.name`" in started.warnings[0]
    assert start_run(ws, "procurement", key="1", by=local("Ada")).warnings == ()
    assert start_run(ws, "procurement", context={"supplier": {"name": "X"}}, by=local("Ada")).warnings == ()


def test_what_a_start_may_give_is_what_the_workflow_declares_and_no_task_before_fills() -> None:
    assert wanted_at_start(procurement()) == ("amount",)
    assert wanted_at_start(procurement(Send_order={"effect": EFFECT})) == ("amount", "supplier.name")
    fills = {"fields": ("supplier.name",)}
    assert wanted_at_start(procurement(Send_order={"effect": EFFECT}, Draft_order=fills)) == ("amount",)
    rules = ("has(context.scenario) && context.urgent", "context.region == 'EU' && context.size() > 0")
    ruled = replace(procurement(), decisions={"0": DecisionSpec("0", DecidedBy.RULE, rules)})
    assert wanted_at_start(ruled) == ("amount", "urgent", "region")
