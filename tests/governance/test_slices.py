"""Slices of a policy set decide as the whole set does, for any policies, principals and requests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cedarpy
from hypothesis import given, settings
from hypothesis import strategies as st

from governance import Acting, Action, Decision, Principal, PrincipalKind, Request, Ruling, decide
from governance.decision import NO_POLICY, compile_set, policy_set_of
from governance.policy_text import guards
from governance.values import PolicySet

ACTIONS = tuple(Action(f"{thing.lower()}.{verb}", thing) for thing in ("Order", "Bill") for verb in ("draft", "pay"))
ROLES = ("buyer", "clerk", "lead")
PRINCIPALS = st.sampled_from(
    [
        "principal", "principal is Agent", "principal is Person", 'principal in Role::"buyer"',
        'principal is Agent in Role::"clerk"', 'principal == Agent::"a"', 'principal == Person::"a"',
        'principal is Person in Role::"lead"', 'principal in Agent::"a"',
    ]
)  # fmt: skip
SCOPED = st.sampled_from(
    [
        "action", 'action == Action::"order.draft"', 'action == Action::"bill.pay"', 'action in Action::"order.pay"',
        'action in [Action::"order.draft", Action::"bill.draft"]', 'action in [Action::"order.pay"]',
    ]
)  # fmt: skip
RESOURCES = st.sampled_from(["resource", "resource is Order", 'resource == Bill::"1"', 'resource in Order::"1"'])
BODIES = st.sampled_from(
    [
        "", "when { context.approved }", "when { !context.approved }", "unless { context.approved }",
        "when { resource has amount && resource.amount <= 100 }", "when { resource.fields.contains(\"price\") }",
        "when { principal.active }", 'when { principal in Role::"lead" }', "when { context has run }",
        "when { resource has amount && resource.amount * 4611686018427387904 > 0 }",  # overflows: an error
        'when { resource.answer_fields.contains("decision") }', 'when { context.action == "order.pay" }',
        "when { context.autonomy_level > 2 && context.approved }", 'when { context has approved }',
    ]
)  # fmt: skip
POLICY = st.tuples(st.sampled_from(["permit", "permit", "forbid"]), PRINCIPALS, SCOPED, RESOURCES, BODIES)


def text_of(policies: Sequence[tuple[str, ...]]) -> str:
    return "\n".join(
        f'@id("p{n}") @reason("Reason {n}.") {effect} ({principal}, {action}, {resource}) {body};'
        for n, (effect, principal, action, resource, body) in enumerate(policies)
    )


def whole(policy_set: PolicySet, actor: Acting, request: Request, *, approved: bool) -> tuple[Any, tuple[str, ...]]:
    """Effect and policies by the whole set, asked twice: what `decide` did before there were slices."""
    kind = "Person" if actor.principal.kind is PrincipalKind.PERSON else "Agent"
    who = {"type": kind, "id": actor.principal.id}
    facts: dict[str, Any] = {"id": who["id"], "active": actor.principal.active, "simulated": False}
    facts |= {"actions": sorted(actor.actions)} | ({"owner": "o", "sponsor": "s"} if kind == "Agent" else {})
    roles = [{"type": "Role", "id": role} for role in actor.principal.roles]
    thing = {"type": request.resource_type, "id": request.resource_id}
    shown = {"answer_fields": [], **request.attributes}
    if "amount" in shown:
        shown["amount_exact"] = {"__extn": {"fn": "decimal", "arg": f"{shown['amount']}.0"}}
    entities: list[dict[str, Any]] = [
        {"uid": who, "attrs": facts, "parents": roles},
        {"uid": thing, "attrs": shown, "parents": []},
    ]
    entities += [{"uid": role, "attrs": {}, "parents": []} for role in roles]
    level = 4 if kind == "Person" else actor.principal.autonomy_level
    context = {"action": request.action, "autonomy_level": level, **request.context}
    found: list[tuple[bool, tuple[str, ...]]] = []
    for granted in (False, True):
        asked = {"principal": who, "action": {"type": "Action", "id": request.action}, "resource": thing}
        answer = cedarpy.is_authorized(
            {**asked, "context": {**context, "approved": granted}},
            f"{policy_set.guards}\n{policy_set.text}", entities, policy_set.schema,
        )  # fmt: skip
        said = answer.diagnostics
        names = tuple(sorted(said.id_annotations_by_reason[policy] for policy in said.reasons))
        if said.errors and (not found or not found[0][0]):
            return Ruling.DENY, names
        found.append((answer.allowed, names))
    (first, before), (second, after) = found
    if first or (approved and second):
        return Ruling.ALLOW, before if first else after
    return (Ruling.NEEDS_APPROVAL, before or after) if second else (Ruling.DENY, after)


@settings(deadline=None, max_examples=100)
@given(
    st.lists(POLICY, max_size=12), st.sampled_from(list(PrincipalKind)), st.sets(st.sampled_from(ROLES)),
    st.integers(1, 4), st.booleans(), st.sampled_from(ACTIONS), st.sampled_from([None, 0, 7, 1000]), st.booleans(),
    st.sampled_from(["1", "2"]),
)  # fmt: skip
def test_law_a_slice_decides_as_the_whole_set(
    policies: list[tuple[str, ...]], kind: PrincipalKind, roles: set[str], level: int, active: bool, action: Action,
    amount: int | None, approved: bool, thing: str,
) -> None:  # fmt: skip
    policy_set = policy_set_of(1, text_of(policies), guards(), ACTIONS)
    principal = Principal(
        "a", kind, "A", owner="o", sponsor="s", autonomy_level=level, active=active, roles=tuple(sorted(roles))
    )
    actor = Acting(principal, frozenset(a.name for a in ACTIONS[:3]))
    attributes: dict[str, Any] = {"fields": ["price"]} | ({} if amount is None else {"amount": amount})
    request = Request("a", action.name, action.resource_type, thing, attributes, {"run": "r"})
    found: Decision = decide(policy_set, actor, request, approved=approved)
    assert (found.effect, found.policies) == whole(policy_set, actor, request, approved=approved)


def test_a_slice_holds_only_what_the_request_can_meet() -> None:
    policies = [
        ("permit", "principal", f'action == Action::"{a.name}"', "resource", "") for a in ACTIONS for _ in range(50)
    ]
    compiled = compile_set(policy_set_of(1, text_of(policies), guards(), ACTIONS))
    slice_ = compiled.slices.of("bill.pay", "Person", ())
    assert len(slice_.ids) == 50 + 1  # and the one guard that is about people too
    assert not slice_.asks_for_approval
    assert compiled.slices.of("bill.pay", "Person", ()) is slice_


def test_a_decision_without_any_policy_says_so() -> None:
    person = Acting(Principal("a", PrincipalKind.PERSON, "A"), frozenset())
    decision = decide(
        policy_set_of(1, "", guards(), ACTIONS), person, Request("a", "bill.pay", "Bill", "1", {"fields": []})
    )
    assert decision.reasons == (NO_POLICY,)
