"""Decisions: `governance.decide` beside bare cedarpy with the same policies parsed once, and how it grows.

Bare cedarpy is asked once, with all policies and the schema as handles and the entities as data, and does nothing else.
`decide` also makes the digest, checks the facts, words the reasons, and asks a second time where approval could help.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import cedarpy

from governance import Acting, Action, PolicySet, Principal, PrincipalKind, Request, Ruling, decide
from governance.decision import compile_set, policy_set_of
from governance.policy_text import guards

ROUNDS = 7
CALLS = 200
LIMIT = 1000
ACTIONS = tuple(Action(f"order.step_{n}", "Order", ("amount: Long",)) for n in range(20))
AGENT = Principal("agent-a", PrincipalKind.AGENT, "A", owner="p", sponsor="p", autonomy_level=3, roles=("clerk",))
ACTOR = Acting(AGENT, frozenset(action.name for action in ACTIONS))
Work = Callable[[int], Ruling]


def policies(count: int) -> str:
    """`count` policies over twenty actions and many roles, as a company's would be: of five, one is a limit."""
    texts = []
    for n in range(count):
        action, about = f"order.step_{n % len(ACTIONS)}", f'@id("p{n}") @reason("Step {n}.")'
        role = "clerk" if n < len(ACTIONS) else f"role {n % 37}"
        if n % 5 == 4:
            texts.append(
                f'{about} @approver("manager") forbid (principal in Role::"{role}", action == Action::"{action}", '
                f"resource) when {{ resource.amount > {LIMIT * 9} && !context.approved }};"
            )
        else:
            texts.append(
                f'{about} permit (principal in Role::"{role}", action == Action::"{action}", resource) '
                f'when {{ ["vendor", "amount"].containsAll(resource.fields) }};'
            )
    limit = "when { resource.amount > 1000 && !context.approved }"
    texts.append(f'@id("limit") @reason("Above it, approval.") forbid (principal is Agent, action, resource) {limit};')
    return "\n".join(texts)


def ours(policy_set: PolicySet, amount: int) -> Work:
    """`decide`, which says what comes of it."""

    def work(n: int) -> Ruling:
        attributes = {"amount": amount + n % 100, "fields": ["vendor", "amount"]}
        return decide(policy_set, ACTOR, Request("agent-a", f"order.step_{n % 4}", "Order", f"o{n}", attributes)).effect

    return work


def bare(policy_set: PolicySet, amount: int) -> Work:
    """One question to cedarpy about the same request."""
    handle = cedarpy.PolicySet.from_str(f"{policy_set.guards}\n{policy_set.text}")
    schema = cedarpy.Schema.from_str(policy_set.schema)
    uid, role = {"type": "Agent", "id": "agent-a"}, {"type": "Role", "id": "clerk"}
    facts: dict[str, Any] = {"id": "agent-a", "active": True, "simulated": False, "owner": "p", "sponsor": "p"}
    facts |= {"actions": sorted(ACTOR.actions)}

    def work(n: int) -> Ruling:
        order, action = {"type": "Order", "id": f"o{n}"}, f"order.step_{n % 4}"
        shown = {"amount": amount + n % 100, "fields": ["vendor", "amount"], "answer_fields": []}
        entities: list[dict[str, Any]] = [
            {"uid": uid, "attrs": facts, "parents": [role]},
            {"uid": role, "attrs": {}, "parents": []},
            {"uid": order, "attrs": shown, "parents": []},
        ]
        context = {"approved": False, "action": action, "autonomy_level": 3}
        asked = {"principal": uid, "action": {"type": "Action", "id": action}, "resource": order, "context": context}
        return Ruling.ALLOW if cedarpy.is_authorized(asked, handle, entities, schema).allowed else Ruling.DENY

    return work


def medians(works: dict[str, tuple[Work, Ruling]]) -> dict[str, float]:
    """Microseconds a decision by name: the median of ROUNDS rounds in which all of them take turns."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, (work, expected) in works.items():
            started = time.perf_counter()
            if not all(work(n) is expected for n in range(CALLS)):
                raise AssertionError(f"{name}: a request was not decided as it should be")
            taken[name].append((time.perf_counter() - started) / CALLS * 1e6)
    return {name: statistics.median(rounds) for name, rounds in taken.items()}


def main() -> None:
    """Print what a decision takes, and the ratios that are promised."""
    works: dict[str, tuple[Work, Ruling]] = {}
    for count in (10, 100, 1000):
        policy_set = policy_set_of(1, policies(count), guards(), ACTIONS)
        compile_set(policy_set)
        works[f"cedarpy {count}"] = (bare(policy_set, 1), Ruling.ALLOW)
        works[f"decide {count}"] = (ours(policy_set, 1), Ruling.ALLOW)
        works[f"decide twice {count}"] = (ours(policy_set, LIMIT + 1), Ruling.NEEDS_APPROVAL)
    for work, _ in works.values():
        work(0)  # slices and handles are made when they are first asked for
    found = medians(works)
    for name, microseconds in found.items():
        print(f"{name:20} {microseconds:10,.0f} us")
    for name in ("decide", "decide twice"):
        print(f"{name}: 100 policies against cedarpy {found[f'{name} 100'] / found['cedarpy 100']:8.2f}  (at most 2.5)")
        print(f"{name}: 1,000 policies against 100 {found[f'{name} 1000'] / found[f'{name} 100']:10.2f}  (at most 3)")


if __name__ == "__main__":
    main()
