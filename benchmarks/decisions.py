"""Decisions a second: `governance.decide` beside cedarpy asked with policies, entities and schema as text."""

from __future__ import annotations

import time
from collections.abc import Callable

import cedarpy

from governance import Acting, Action, Effect, Principal, PrincipalKind, Request, decide
from governance.decision import compile_set, policy_set_of
from governance.policy_text import guards

ROUNDS = 3
ACTIONS = tuple(Action(f"order.step_{n}", "Order", ("amount: Long",)) for n in range(10))
POLICIES = "\n".join(
    f'@id("p{n}") @reason("Step {n}.") '
    f'permit (principal in Role::"clerk", action == Action::"order.step_{n}", resource) '
    f'when {{ ["vendor", "amount"].containsAll(resource.fields) && resource.amount <= {1000 * (n + 1)} }};'
    for n in range(10)
)
AGENT = Principal("agent-a", PrincipalKind.AGENT, "A", owner="p", sponsor="p", autonomy_level=3, roles=("clerk",))
ACTOR = Acting(AGENT, frozenset(action.name for action in ACTIONS))


def rate(count: int, work: Callable[[int], bool]) -> float:
    """The best rate of ROUNDS rounds, in calls a second; every call must allow."""
    best = 0.0
    for _ in range(ROUNDS):
        started = time.perf_counter()
        if not all(work(n) for n in range(count)):
            raise AssertionError("a request that should be allowed was not")
        best = max(best, count / (time.perf_counter() - started))
    return best


def main() -> None:
    """Print both rates and their ratio."""
    policy_set = policy_set_of(1, POLICIES, guards(), ACTIONS)
    compile_set(policy_set)
    uid = {"type": "Agent", "id": "agent-a"}
    facts = {"id": "agent-a", "active": True, "simulated": False, "owner": "p", "sponsor": "p"}
    facts |= {"actions": [action.name for action in ACTIONS]}
    role = {"type": "Role", "id": "clerk"}

    def ours(n: int) -> bool:
        attributes = {"amount": n % 1000, "fields": ["vendor", "amount"]}
        request = Request("agent-a", f"order.step_{n % 10}", "Order", f"o{n}", attributes)
        return decide(policy_set, ACTOR, request).effect is Effect.ALLOW

    def as_text(n: int) -> bool:
        order = {"type": "Order", "id": f"o{n}"}
        action = f"order.step_{n % 10}"
        entities: list[dict[str, object]] = [
            {"uid": uid, "attrs": facts, "parents": [role]},
            {"uid": role, "attrs": {}, "parents": []},
            {"uid": order, "attrs": {"amount": n % 1000, "fields": ["vendor", "amount"]}, "parents": []},
        ]
        context = {"approved": False, "action": action, "autonomy_level": 3}
        asked = {"principal": uid, "action": {"type": "Action", "id": action}, "resource": order, "context": context}
        allowed: bool = cedarpy.is_authorized(asked, f"{guards()}\n{POLICIES}", entities, policy_set.schema).allowed
        return allowed

    fast, slow = rate(4000, ours), rate(300, as_text)
    print(f"governance.decide   {fast:10,.0f} decisions a second (digest, facts and reasons included)")
    print(f"cedarpy from text   {slow:10,.0f} decisions a second")
    print(f"ratio               {fast / slow:10.1f}")


if __name__ == "__main__":
    main()
