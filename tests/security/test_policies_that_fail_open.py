"""Policies that let something through when a fact is missing are refused, with the policy, its line and the mend."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.main import run as command
from core.actor.values import local
from core.errors import BadInput
from core.workspace import Workspace
from governance import (
    Action,
    Request,
    Ruling,
    activate_policies,
    check,
    check_policies,
    check_version,
    ensure_acting,
    policies,
    principals,
)
from governance.changing import change
from governance.decision import policy_set_of
from governance.policies import _store
from governance.policy_text import guards
from governance.verbs import ACTIVATE

FACTS = ("amount: Long", "discount?: Long", "supplier?: String", "verified?: Bool", "tags?: Set<String>")
ACTIONS = (
    Action("order.draft", "Order"),
    Action(
        "order.pay",
        "Order",
        FACTS,
    ),
)

WHEN = "when { resource has amount && resource.amount < 9 };"


def policy(text: str, name: str = "limit") -> str:
    return f'@id("{name}") @reason("A limit.")\n{text}'


OPEN = [
    "forbid (principal, action, resource) when { resource has amount && resource.amount > 100 };",
    'forbid (principal, action == Action::"order.draft", resource) when { resource has amount && resource.amount>9 };',
    "forbid (principal, action, resource) unless { if resource has amount then resource.amount <= 9 else true };",
    "forbid (principal, action, resource) when { resource has amount } when { 100 < resource.amount };",
    "forbid (principal, action, resource) when { if resource has amount then resource.amount > 5 else false };",
    "forbid (principal, action, resource) when { principal.active && resource has discount && resource.discount>5 };",
    "forbid (principal, action, resource) when { context has attempt && context.attempt > 3 };",
    "permit (principal, action, resource) when { if resource has amount then resource.amount <= 100 else true };",
    "forbid (principal, action, resource) when { !principal.active || (resource has amount && resource.amount > 9) };",
    'forbid (principal, action, resource) when { resource has supplier && resource.supplier != "Acme" };',
    'forbid (principal, action, resource) unless { if resource has supplier then resource.supplier == "A" else true };',
    'forbid (principal, action, resource) when { resource has supplier && !["A", "B"].contains(resource.supplier) };',
    'forbid (principal, action, resource) when { resource has supplier && !(resource.supplier like "A*") };',
    'permit (principal, action, resource) when { if resource has supplier then resource.supplier == "A" else true };',
    'permit (principal, action, resource) when { if resource has supplier then ["A"].contains(resource.supplier) '
    "else true };",
    "forbid (principal, action, resource) when { resource has amount && resource.amount != 5 };",
    "forbid (principal, action, resource) when { resource has verified && !resource.verified };",
    "forbid (principal, action, resource) when { resource has verified && resource.verified == false };",
    "forbid (principal, action, resource) unless { if resource has verified then resource.verified else true };",
    "permit (principal, action, resource) when { if resource has verified then resource.verified else true };",
    "forbid (principal, action, resource) when { (resource has amount && resource.amount > 100) == true };",
    "forbid (principal, action, resource) when { [true].contains(resource has amount && resource.amount > 100) };",
    "permit (principal, action, resource) when { (if resource has amount then resource.amount<9 else true) == true };",
    "permit (principal, action, resource) when { [true].contains(if resource has amount then resource.amount<9 "
    "else true) };",
    "forbid (principal, action, resource) when { resource has tags && resource.tags.isEmpty() };",
]
CLOSED = [
    "forbid (principal, action, resource) when { resource has verified && resource.verified };",
    "permit (principal, action, resource) when { resource has verified && resource.verified };",
    "forbid (principal, action, resource) unless { resource has verified && resource.verified };",
    'forbid (principal, action == Action::"order.pay", resource) when { resource has amount && resource.amount > 9 };',
    "forbid (principal, action, resource) unless { resource has amount && resource.amount <= 100 };",
    "forbid (principal, action, resource) when { if resource has amount then resource.amount > 100 else true };",
    "permit (principal, action, resource) when { resource has amount && resource.amount <= 100 };",
    "forbid (principal, action, resource) when { resource has drafted_by && resource.drafted_by == principal.id };",
    "forbid (principal, action, resource) when { resource has amount && resource.amount == 5 };",
    'forbid (principal, action, resource) when { resource has supplier && resource.supplier == "Evil" };',
    'forbid (principal, action, resource) when { resource has supplier && resource.supplier like "Evil*" };',
    'forbid (principal, action, resource) when { resource has supplier && ["A", "B"].contains(resource.supplier) };',
    'forbid (principal, action, resource) unless { resource has supplier && resource.supplier == "Acme" };',
    'permit (principal, action, resource) when { resource has supplier && resource.supplier != "Evil" };',
    'permit (principal, action, resource) when { if resource has supplier then resource.supplier != "E" else true };',
]


@pytest.mark.parametrize("text", OPEN)
def test_a_policy_that_fails_open_is_refused_at_activation(ws: Workspace, text: str) -> None:
    ensure_acting(ws, local("Ada"))
    with pytest.raises(BadInput) as refused:
        activate_policies(ws, policy(text), actions=ACTIONS, note="", by=local("Ada"))
    (problem,) = refused.value.problems
    assert problem.startswith("line 1: `limit`: ")
    assert "missing" in problem
    assert "Write" in problem


@pytest.mark.parametrize("text", CLOSED)
def test_what_fails_closed_is_not_refused(ws: Workspace, text: str) -> None:
    assert check_policies(ws, policy(text), actions=ACTIONS).problems == ()


def test_a_fact_that_no_action_declares_is_refused_with_what_was_meant(ws: Workspace) -> None:
    text = policy("forbid (principal, action, resource) when { resource has amuont && resource.amuont > 100 };")
    (problem,) = check_policies(ws, text, actions=ACTIONS).problems
    assert "no action that it covers declares" in problem
    assert "Did you mean `amount`?" in problem


def test_an_access_without_has_is_refused_with_its_mend(ws: Workspace) -> None:
    text = policy("forbid (principal, action, resource) when { resource.amount > 100 };")
    (problem,) = check_policies(ws, text, actions=ACTIONS).problems
    assert problem.startswith("line 1: `limit`: ")
    assert "`resource has amount`" in problem


def test_a_permit_without_a_condition_where_there_is_an_amount_is_a_warning(ws: Workspace) -> None:
    text = policy('permit (principal, action == Action::"order.pay", resource);')
    found = check_policies(ws, text, actions=ACTIONS)
    assert found.problems == ()
    assert found.warnings[0].startswith("line 1: `limit`: ")
    assert "amount" in found.warnings[0]


def test_a_set_of_an_earlier_release_stays_in_force_and_is_told(
    ws: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    ensure_acting(ws, local("Ada"))
    fine = "permit (principal, action, resource);"
    activate_policies(ws, policy(fine), actions=ACTIONS, note="", by=local("Ada"))
    old = policy(OPEN[0], "old") + "\n" + policy(fine, "all")
    with change(ws, local("Ada"), ACTIVATE, "policies") as step:  # as 0.2.0, which did not look for it, stored it
        _store(step, policy_set_of(0, old, guards(), ACTIONS))
    request = Request("person", "order.draft", "Order", "1", {"fields": []})
    assert policies(ws).version == 2
    ada = next(p.id for p in principals(ws))
    assert check(ws, replace(request, principal=ada)).effect is Ruling.ALLOW
    assert [p.split(": ")[1] for p in check_version(ws).problems] == ["`old`"]
    assert command(["policy", "check"]) == 2
    assert "`old`: it fails open" in capsys.readouterr().out
    with pytest.raises(BadInput, match="cannot be activated"):
        activate_policies(ws, policies(ws).text, note="again", by=local("Ada"))
    assert policies(ws).version == 2


@pytest.mark.parametrize("other", ["man\u0430ger", "mana\u200bger", "Manager", "man\u0430g\u0435r"])
def test_roles_that_look_alike_in_policies_are_refused(ws: Workspace, other: str) -> None:
    first = policy('permit (principal in Role::"manager", action == Action::"order.draft", resource);', "a")
    second = policy(f'permit (principal in Role::"{other}", action == Action::"order.pay", resource) ' + WHEN, "b")
    problems = check_policies(ws, f"{first}\n{second}", actions=ACTIONS).problems
    assert len(problems) == 1
    assert problems[0].startswith("line 3: `b`: ")
