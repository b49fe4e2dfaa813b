"""Turns a request into what Cedar evaluates. What is missing or does not fit is a problem, and a problem denies."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.actor.values import Principal, PrincipalKind
from governance.schema import Catalogue, Fact
from governance.values import Request

HIGHEST_LEVEL = 4
_LONG = 2**63
_CONTEXT = frozenset({"approved", "attempt", "autonomy_level", "item", "run"})


class Unfit(ValueError):
    """A value does not have the type that its fact declares."""


@dataclass(frozen=True)
class Prepared:
    """A request as Cedar sees it, with what is wrong with it."""

    attributes: Mapping[str, Any]
    context: Mapping[str, Any]
    problems: tuple[str, ...]


def prepare(catalogue: Catalogue, principal: Principal, request: Request) -> Prepared:
    """The facts and the context of `request`, and everything that is missing, unknown or of the wrong type.

    The problems name facts, never their values: they go into the hash chain, from which nothing can be erased.
    """
    action = catalogue.actions.get(request.action)
    if action is None:
        return Prepared({}, {}, (f"The policy set in force does not know the action `{request.action}`.",))
    if action.resource_type != request.resource_type:
        wrong = f"`{request.action}` acts on `{action.resource_type}`, not on `{request.resource_type}`."
        return Prepared({}, {}, (wrong,))
    missing = [name for name in catalogue.required[action.name] if request.attributes.get(name) is None]
    attributes, unfit = _attributes(catalogue.declared[action.resource_type], request.attributes)
    context, unknown = _context(principal, request)
    return Prepared(attributes, context, (*(f"The fact `{name}` is missing." for name in missing), *unfit, *unknown))


def _attributes(declared: Mapping[str, Fact], given: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    attributes: dict[str, Any] = {}
    problems = []
    for name, value in given.items():
        if value is None:
            continue
        if name not in declared:
            problems.append(f"The fact `{name}` is not declared; declared are {_listed(declared)}.")
            continue
        try:
            attributes[name] = as_cedar(value, declared[name].type)
        except Unfit as error:
            problems.append(f"The fact `{name}` {error}.")
    return attributes, problems


def _context(principal: Principal, request: Request) -> tuple[dict[str, Any], list[str]]:
    given = request.context
    problems = [
        f"The context `{name}` is not known; known are {_listed(_CONTEXT)}." for name in sorted(set(given) - _CONTEXT)
    ]
    context: dict[str, Any] = {"action": request.action, "approved": False}
    wanted = {"run": (given.get("run"), "String"), "item": (given.get("item"), "String")}
    wanted |= {"attempt": (given.get("attempt"), "Long"), "on_behalf_of": (request.on_behalf_of, "String")}
    wanted["autonomy_level"] = (_level(principal, given.get("autonomy_level")), "Long")
    for name, (value, type_) in wanted.items():
        if value is None:
            continue
        try:
            context[name] = as_cedar(value, type_)
        except Unfit as error:
            problems.append(f"The context `{name}` {error}.")
    return context, problems


def _level(principal: Principal, cap: Any) -> Any:
    """The autonomy level in force: the principal's own (people have the highest), never above `cap`."""
    own = HIGHEST_LEVEL if principal.kind is PrincipalKind.PERSON else principal.autonomy_level or 1
    if cap is None:
        return own
    return min(own, cap) if isinstance(cap, int) else str(cap)  # text is refused below; it never raises a level


def as_cedar(value: Any, type_: str) -> Any:
    """`value` as Cedar's `type_`; a fraction is rounded up, so that a limit is never passed by rounding.

    Raises Unfit.
    """
    if type_ == "Long":
        return _long(value)
    if type_ == "String" and isinstance(value, str):
        return value
    if type_ == "Bool" and isinstance(value, bool):
        return value
    if type_.startswith("Set<") and isinstance(value, list | tuple | set | frozenset):
        return sorted(as_cedar(item, type_[4:-1]) for item in value)
    raise Unfit(f"is a `{type(value).__name__}` and should be a {type_}")


def _long(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise Unfit(f"is a `{type(value).__name__}` and should be a whole number")
    if not math.isfinite(value):
        raise Unfit("is not a finite number")
    whole = math.ceil(value)
    if not -_LONG <= whole < _LONG:
        raise Unfit("is beyond what can be compared")
    return whole


def _listed(names: Any) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))
