"""Policies that let something through when a fact is missing are refused, with the policy, its line and the mend."""

from __future__ import annotations

import pytest

from core import BadInput, Workspace
from governance import Action, activate_policies, check_policies, ensure_acting

ACTIONS = (Action("order.draft", "Order"), Action("order.pay", "Order", ("amount: Long", "discount?: Long")))


def policy(text: str, name: str = "limit") -> str:
    return f'@id("{name}") @reason("A limit.")\n{text}'


OPEN = [
    'forbid (principal, action, resource) when { resource has amount && resource.amount > 100 };',
    'forbid (principal, action == Action::"order.draft", resource) when { resource has amount && resource.amount > 9 };',
    'forbid (principal, action, resource) unless { if resource has amount then resource.amount <= 9 else true };',
    'forbid (principal, action, resource) when { resource has amount } when { 100 < resource.amount };',
    'forbid (principal, action, resource) when { if resource has amount then resource.amount > 5 else false };',
    'forbid (principal, action, resource) when { principal is Agent && resource has discount && resource.discount > 5 };',
    'forbid (principal, action, resource) when { context has attempt && context.attempt > 3 };',
    'permit (principal, action, resource) when { if resource has amount then resource.amount <= 100 else true };',
    'forbid (principal, action, resource) when { !principal.active || (resource has amount && resource.amount > 100) };',
]
CLOSED = [
    'forbid (principal, action == Action::"order.pay", resource) when { resource has amount && resource.amount > 100 };',
    'forbid (principal, action, resource) unless { resource has amount && resource.amount <= 100 };',
    'forbid (principal, action, resource) when { if resource has amount then resource.amount > 100 else true };',
    'permit (principal, action, resource) when { resource has amount && resource.amount <= 100 };',
    'forbid (principal, action, resource) when { resource has drafted_by && resource.drafted_by == principal.id };',
    'forbid (principal, action, resource) when { resource has amount && resource.amount == 5 };',
]


@pytest.mark.parametrize("text", OPEN)
def test_a_policy_that_fails_open_is_refused_at_activation(ws: Workspace, text: str) -> None:
    ensure_acting(ws, "Ada")
    with pytest.raises(BadInput) as refused:
        activate_policies(ws, policy(text), actions=ACTIONS, note="", by="Ada")
    (problem,) = refused.value.problems
    assert problem.startswith("line 1: `limit`: ")
    assert "missing" in problem
    assert "Write" in problem


@pytest.mark.parametrize("text", CLOSED)
def test_what_fails_closed_is_not_refused(ws: Workspace, text: str) -> None:
    assert check_policies(ws, policy(text), actions=ACTIONS).problems == ()


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
