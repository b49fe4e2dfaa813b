"""Turns a request into what Cedar evaluates. What is missing or does not fit is a problem, and a problem denies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.actor.values import Principal, PrincipalKind
from governance.amounts import exactly, fault_of_amount, finite, is_currency, plain_decimal, whole
from governance.digest import inexact
from governance.schema import FILLED, Catalogue, Fact
from governance.values import Request

HIGHEST_LEVEL = 4
_LONG = 2**63
_CONTEXT = frozenset({"approved", "attempt", "autonomy_level", "item", "run"})


class Unfit(ValueError):
    """A value does not have the type that its fact declares."""


@dataclass(frozen=True)
class PreparedRequest:
    """A request as Cedar sees it, with what is wrong with it."""

    attributes: Mapping[str, Any]
    context: Mapping[str, Any]
    problems: tuple[str, ...]


def prepare(catalogue: Catalogue, principal: Principal, request: Request) -> PreparedRequest:
    """The facts and the context of `request`, and everything that is missing, unknown or of the wrong type.

    The problems name only what the catalogue declares, never values or names that come with the request: they go into
    the hash chain, from which nothing can be erased.
    """
    action = catalogue.actions.get(request.action)
    if action is None:
        return PreparedRequest({}, {}, ("The policy set in force does not know the action.",))
    if action.resource_type != request.resource_type:
        wrong = f"`{action.name}` acts on `{action.resource_type}` and on nothing else."
        return PreparedRequest({}, {}, (wrong,))
    given = {**FILLED, **{name: value for name, value in request.attributes.items() if value is not None}}
    missing = [name for name in catalogue.required[action.name] if name not in given]
    attributes, unfit = _attributes(catalogue.declared[action.resource_type], given)
    context, unknown = _context(principal, request)
    lost = [f"The fact `{name}` is missing." for name in missing]
    return PreparedRequest(attributes, context, (*lost, *unfit, *unknown, *_beyond(request)))


def _beyond(request: Request) -> list[str]:
    count = inexact(request)
    return [f"{counted(count, 'number')} of the request cannot be written exactly."] if count else []


def _attributes(declared: Mapping[str, Fact], given: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    attributes: dict[str, Any] = {}
    problems = []
    for name, value in given.items():
        if name in declared:
            try:
                attributes[name] = as_cedar(value, declared[name].type)
            except Unfit as error:
                problems.append(f"The fact `{name}` {error}.")
    unknown = sum(name not in declared for name in given)
    if unknown:
        are = "is" if unknown == 1 else "are"
        problems.append(f"{counted(unknown, 'fact')} {are} not declared; declared are {_listed(declared)}.")
    return attributes, problems + _money(declared, given, attributes)


def _money(declared: Mapping[str, Fact], given: Mapping[str, Any], attributes: dict[str, Any]) -> list[str]:
    """What is wrong with amount and currency; the exact amount is added to `attributes` where it is not given."""
    problems = []
    if "amount" in attributes and declared["amount"].type == "Long":
        fault = fault_of_amount(given["amount"])
        if fault:
            problems.append(f"The fact `amount` {fault}.")
        elif declared["amount_exact"].type == "decimal":
            exact = plain_decimal(given.get("amount_exact", given["amount"]))
            if exact is None or whole(exact) != attributes["amount"]:
                problems.append("The facts `amount` and `amount_exact` contradict each other.")
            else:
                attributes["amount_exact"] = as_cedar(exact, "decimal")
    elif "amount_exact" in attributes and "amount" in declared and declared["amount_exact"].type == "decimal":
        problems.append("The fact `amount_exact` goes with `amount`, which is missing.")
    if "currency" in attributes and not is_currency(given["currency"]):
        problems.append("The fact `currency` must be three capital letters, such as EUR.")
    return problems


def counted(number: int, noun: str) -> str:
    """`number` and the noun it counts, such as `1 field` or `20,000 fields`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _context(principal: Principal, request: Request) -> tuple[dict[str, Any], list[str]]:
    given = request.context
    unknown = len(set(given) - _CONTEXT)
    are = "is" if unknown == 1 else "are"
    told = f"{counted(unknown, 'entry').replace('entrys', 'entries')} of the context {are} not known"
    problems = [f"{told}; known are {_listed(_CONTEXT)}."] if unknown else []
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
    if type_ == "decimal":
        found = plain_decimal(value)
        if found is None:
            raise Unfit("is no decimal that can be compared")
        return {"__extn": {"fn": "decimal", "arg": f"{exactly(found):f}"}}
    if type_.startswith("Set<") and isinstance(value, list | tuple | set | frozenset):
        return sorted(as_cedar(item, type_[4:-1]) for item in value)
    raise Unfit(f"is a `{type(value).__name__}` and should be a {type_}")


def _long(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise Unfit(f"is a `{type(value).__name__}` and should be a whole number")
    if not finite(value):
        raise Unfit("is not a finite number")
    if not -_LONG <= value < _LONG:
        raise Unfit("is beyond what can be compared")
    rounded = whole(value)
    if not -_LONG <= rounded < _LONG:
        raise Unfit("is beyond what can be compared")
    return rounded


def _listed(names: Any) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))
