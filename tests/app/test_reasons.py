"""Many reasons in few lines."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import files

import pytest

from app import reasons
from app.main import run
from app.reasons import examples, of_approval, summed
from core.actor.values import local
from core.workspace import Workspace
from governance import Approval, ApprovalStatus, Request, add_agent
from orchestrator.promotion.planning import Plan
from orchestrator.promotion.promote import gates
from tests.orchestrator.office import BINDINGS, governed, mapped

REASONS = [f"`{name}` is not bound" for name in "abcd"] + ["`a` escalates to the role `r`"]


def test_reasons_that_differ_only_in_names_are_one_kind() -> None:
    grouped = ["`a` is not bound (and 3 like it)", "`a` escalates to the role `r`"]
    assert examples(REASONS) == grouped
    assert summed(REASONS) == ("5 reasons, such as", grouped)
    assert summed(REASONS, every=True) == ("", REASONS)
    assert summed(REASONS[:3]) == ("", REASONS[:3])


def test_a_role_with_two_agents_is_said_once_with_what_to_write(ws: Workspace) -> None:
    governed(ws)
    mapped(ws)
    add_agent(ws, "Second; agent", owner="Sam", sponsor="Ada", roles=["drafter"],
              runtime="python:tests.orchestrator.agents:second",
              by=local("Ada"))  # fmt: skip
    (bound,) = [g for g in gates(ws, Plan("orders", "orders", BINDINGS, 3600.0)) if g.name == "tasks bound"]
    (said,) = bound.reasons
    assert said.startswith("2 agents have the role `drafter`: `Drafting agent`, `Second; agent`; write `agent = ")
    assert 'write `agent = "Drafting agent"` in the bindings of: `Draft`' in said


def test_a_check_and_a_refusal_repeat_nothing_unless_all_is_wanted(
    ws: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    governed(ws)
    mapped(ws)  # nobody is bound as suggested: the roles do not exist
    promote = ["workflow", "promote", "orders", "--map", "orders", "--sla-hours", "8"]
    lengths = {}
    for form in ((), ("--all",)):
        assert run([*promote, "--check", *form]) == 2
        shown = capsys.readouterr().out
        assert run([*promote, "--as", "Sam", *form]) == 2
        lengths[form] = (shown, capsys.readouterr().err)
    for short, full in zip(lengths[()], lengths["--all",], strict=True):
        assert "reasons, such as" in short
        assert "like it)" in short
        assert "`--all` gives every" in short
        assert "like it)" not in full
        assert full.count("does not exist") > short.count("does not exist") > 0


def test_an_approval_that_the_allocation_wants_says_so_in_words_and_names_no_level() -> None:
    guard = "At autonomy level 2 an agent acts only after approval."
    for context, said in (
        ({"autonomy_level": 2}, "The allocation gives `Draft` to an agent with approval: a person approves each"),
        ({}, guard),
    ):
        request = Request("agent-x", "order.draft", "Order", "1", {"task": "Draft"}, context)
        found = of_approval(approval_of(request, (guard, "Orders above 5,000 need an approval.")))
        assert found[0].startswith(said)
        assert found[1:] == ("Orders above 5,000 need an approval.",)


def approval_of(request: Request, reasons: tuple[str, ...]) -> Approval:
    """An approval that is waited for."""
    moment = datetime(2026, 1, 5, tzinfo=UTC)
    return Approval("1", "digest", 1, ApprovalStatus.PENDING, "manager", request, reasons, moment, "agent-x")


def test_the_guard_of_level_2_begins_as_its_reason_is_looked_for() -> None:
    guards = files("governance.cedar").joinpath("guards.cedar").read_text("utf-8")
    assert f'@reason("{reasons._LEVEL_2}an agent acts only after approval.")' in guards
