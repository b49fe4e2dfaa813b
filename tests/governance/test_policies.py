"""Policy sets: everything wrong at once with its line, nothing stored; versions never change."""

from __future__ import annotations

import pytest

from core.actor.values import local
from core.errors import BadInput, NotAllowed, NotFound
from core.workspace import Workspace
from governance import (
    Action,
    Ruling,
    actions,
    activate_policies,
    add_role,
    audit_records,
    check,
    check_policies,
    declare_actions,
    explain,
    policies,
    policy_sets,
    reactivate_policies,
)
from governance.schema import facts_of_types, own_schema_text, schema_text
from governance.statements import statements
from tests.governance.helpers import ACTIONS, POLICIES, department, draft

BROKEN = """permit (principal, action, resource) when { nonsense };

@id("a") @reason("A misspelt action.")
permit (principal, action == Action::"purchase_order.drft", resource);
@id("b") @reason("A fact that may be missing.")
forbid (principal, action, resource) when { resource.amount > 1 };
@id("b") @reason("An unknown fact.")
permit (principal, action == Action::"ticket.close", resource) when { resource.colour == "red" };
@id("tandem.mine") permit (principal, action == Action::"ticket.close", resource);
permit (principal == ?principal, action, resource);
@id("end") @reason("No semicolon.") permit (principal, action, resource)
"""


def test_every_problem_is_named_with_its_line_and_nothing_is_stored(any_ws: Workspace) -> None:
    department(any_ws)
    with pytest.raises(BadInput) as caught:
        activate_policies(any_ws, BROKEN, note="broken", by=local("Ada"))
    problems = caught.value.problems
    for line, words in [
        (1, "nonsense"), (3, 'unrecognized action `Action::"purchase_order.drft"`'), (5, "optional attribute `amount`"),
        (7, "attribute `colour`"), (9, "Tandem's own"), (9, "no reason"), (10, "?principal"), (11, "unexpected"),
    ]:  # fmt: skip
        assert any(p.startswith(f"line {line}:") and words in p for p in problems), (line, words, problems)
    assert any(p.startswith("lines 5, 7: the id `b` is used 2 times") for p in problems)
    assert [p.version for p in policy_sets(any_ws)] == [1]
    assert check_policies(any_ws, BROKEN).problems == problems


def test_a_draft_is_checked_without_being_activated(ws: Workspace) -> None:
    unknown = check_policies(ws, POLICIES, actions=ACTIONS)
    (said,) = unknown.problems
    assert said.startswith("line 8: `limit`: There is no role `manager`.")
    add_role(ws, "manager", "decides", by=local("Ada"))
    found = check_policies(ws, POLICIES, actions=ACTIONS)
    assert (found.problems, found.policies) == ((), 5)
    assert "entity PurchaseOrder { amount: Long, amount_exact?: decimal, answer_fields: Set<String>" in found.schema
    assert policies(ws).version == 0


def test_before_the_first_policy_set_everything_is_denied(ws: Workspace) -> None:
    assert check(ws, draft("agent-drafter")).effect is Ruling.DENY
    assert next(p.id for p in explain(policies(ws))) == "tandem.active"


def test_versions_are_kept_and_can_be_put_in_force_again(any_ws: Workspace) -> None:
    agent = department(any_ws)["agent"].id
    assert check(any_ws, draft(agent)).policy_set == 1
    same = activate_policies(any_ws, POLICIES, actions=ACTIONS, note="again", by=local("Ada"))
    assert same.version == 1
    second = activate_policies(any_ws, "// nothing is permitted\n", note="stop", by=local("Ada"))
    assert (second.version, check(any_ws, draft(agent)).effect) == (2, Ruling.DENY)
    assert policies(any_ws, 1).text == POLICIES
    assert reactivate_policies(any_ws, 1, note="go on", by=local("Ada")).version == 1
    assert (policies(any_ws).version, check(any_ws, draft(agent)).effect) == (1, Ruling.ALLOW)
    with pytest.raises(NotFound, match="Known: `1`, `2`"):
        policies(any_ws, 9)
    done = [(r.action, r.resource_id) for r in reversed(audit_records(any_ws, kind="change"))]
    activated = [one for one in done if one[0] in ("policy.activate", "policy.reactivate")]
    assert activated == [("policy.activate", "1"), ("policy.activate", "2"), ("policy.reactivate", "1")]


def test_only_administrators_activate(ws: Workspace) -> None:
    department(ws)
    with pytest.raises(NotAllowed):
        activate_policies(ws, "", note="", by=local("Grace"))


def test_an_action_declared_later_is_unknown_until_the_next_activation(ws: Workspace) -> None:
    agent = department(ws)["agent"].id
    declare_actions(ws, [Action("invoice.pay", "Invoice", ("iban: String",))], by=local("Ada"))
    assert next(a.name for a in actions(ws)) == "invoice.pay"
    asked = draft(agent)
    assert check(ws, asked).effect is Ruling.ALLOW
    activate_policies(ws, POLICIES, note="with invoices", by=local("Ada"))
    assert policies(ws).version == 2
    assert "entity Invoice { amount?: Long" in policies(ws).schema


@pytest.mark.parametrize(
    "action",
    [
        Action("Draft", "PurchaseOrder"),
        Action("tandem.change", "PurchaseOrder"),
        Action("a.b", "Agent"),
        Action("a.b", "purchase order"),
        Action("a.b", "Thing", ("amount: Money",)),
        Action("a.b", "Thing", ("in: Long",)),
        Action('a.b" , action "c', "Thing"),
    ],
)
def test_what_would_not_be_a_schema_is_refused(ws: Workspace, action: Action) -> None:
    with pytest.raises(BadInput, match="cannot be declared") as caught:
        declare_actions(ws, [action, Action("fine.one", "Thing")], by=local("Ada"))
    assert len(caught.value.problems) == 1
    assert actions(ws) == ()


def test_a_fact_is_required_of_a_type_only_when_every_action_requires_it() -> None:
    facts = facts_of_types([Action("a.x", "T", ("amount: Long", "who: String")), Action("a.y", "T", ("amount: Long",))])
    assert {name: fact.required for name, fact in facts["T"].items()} == {
        "amount": True, "amount_exact": False, "answer_fields": True, "currency": False, "decision": False,
        "drafted_by": False, "fields": True, "task": False, "who": False, "workflow": False,
    }  # fmt: skip


def test_an_actions_own_fact_of_a_later_common_name_keeps_its_type() -> None:
    """A home of 0.2.0 may have declared it; its policies go on as they are."""
    own = Action("a.x", "T", ("decision: Bool", "answer_fields?: Set<Long>"))
    facts = facts_of_types([own, Action("a.y", "T")])["T"]
    assert {(facts[name].type, facts[name].required) for name in ("decision", "answer_fields")} == {
        ("Bool", False), ("Set<Long>", False),
    }  # fmt: skip


def test_one_fact_has_one_type() -> None:
    with pytest.raises(BadInput, match="`Long` and as `String`"):
        schema_text([Action("a.x", "T", ("size: Long",)), Action("a.y", "T", ("size: String",))])


def test_own_policies_and_guards_hold_under_their_schemas() -> None:
    import cedarpy

    from governance.policy_text import guards, own_policies

    assert cedarpy.validate_policies(own_policies(), own_schema_text()).errors == []
    assert cedarpy.validate_policies(guards(), schema_text(ACTIONS)).errors == []


def test_statements_end_where_cedar_says() -> None:
    text = '// a; b\n\npermit (principal, action, resource)\nwhen { "x;\\"y" == "z" }; forbid; // c;\n  last'
    assert [(s.line, s.text.split("\n")[0]) for s in statements(text)] == [
        (3, "permit (principal, action, resource)"), (4, "forbid;"), (5, "last"),
    ]  # fmt: skip
