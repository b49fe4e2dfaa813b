"""What a policy's scope covers, and what its conditions look at, read from Cedar's own JSON form of the policy."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from governance.values import Policy


@dataclass(frozen=True)
class Parsed:
    """One policy with Cedar's JSON form of it."""

    policy: Policy
    form: Mapping[str, Any]  # effect, principal, action, resource, conditions

    def covers(self, action: str, kind: str, roles: Collection[str]) -> bool:
        """Whether its scope can match `action` by a principal of the type `kind` with `roles`; true where in doubt."""
        return _covers_action(self.form["action"], action) and _covers_principal(self.form["principal"], kind, roles)

    def actions(self, known: Collection[str]) -> list[str]:
        """Those of the `known` actions that its scope covers."""
        return [action for action in known if _covers_action(self.form["action"], action)]

    @property
    def asks_for_approval(self) -> bool:
        """Whether its conditions may look at `context.approved`."""
        return any(_looks(condition["body"]) for condition in self.form["conditions"])


def _covers_action(scope: Mapping[str, Any], action: str) -> bool:
    """Groups of actions do not exist here, so being in one is being it."""
    if scope["op"] not in ("==", "in"):
        return True
    named = scope.get("entities") or [scope.get("entity")]
    return any(entity is None or _id(entity) == action for entity in named)


def _covers_principal(scope: Mapping[str, Any], kind: str, roles: Collection[str]) -> bool:
    if scope["op"] == "is" and scope["entity_type"] != kind:
        return False
    within = scope.get("in") if scope["op"] == "is" else scope if scope["op"] == "in" else None
    entity = within.get("entity") if within else None
    return entity is None or entity.get("type") != "Role" or _id(entity) in roles


def _id(entity: Mapping[str, Any]) -> Any:
    return entity.get("id")


def _looks(node: Any) -> bool:
    """Whether `context.approved`, or the context as a whole, stands anywhere in `node`."""
    if isinstance(node, Mapping):
        if node.get("Var") == "context":
            return True
        read = node.get(".") or node.get("has")
        if isinstance(read, Mapping) and isinstance(read.get("left"), Mapping) and read["left"].get("Var") == "context":
            return read.get("attr") == "approved" or "attr" not in read
        return any(map(_looks, node.values()))
    return isinstance(node, list) and any(map(_looks, node))


def walk(node: Any) -> Iterator[Mapping[str, Any]]:
    """Every part of an expression, itself first."""
    if isinstance(node, Mapping):
        yield node
        for value in node.values():
            yield from walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value)
