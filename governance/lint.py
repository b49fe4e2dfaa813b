"""Policies that fail open: a limit that is not held when the fact it looks at is missing.

A condition is read as alternatives of simple statements. A `forbid` fails open where one alternative holds a limit
over a fact and no other one forbids, under the same circumstances, when that fact is missing. A `permit` fails open
where one alternative holds such a limit and another permits because the fact is missing.

A limit is a number's bound, or a list of what may be: a fact that must be equal to something or among something. That a
fact may not be equal to something is none: where it is missing, it is not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import product
from typing import Any

from governance.schema import Catalogue
from governance.scope import Parsed, walk

_MEMBERSHIPS = frozenset({"in", "like", "contains", "containsAll", "containsAny"})
_CONDITIONS = frozenset({"&&", "||", "if-then-else", "has"})
_LIMITS = frozenset({"<", "<=", ">", ">=", "lessThan", "lessThanOrEqual", "greaterThan", "greaterThanOrEqual"})
_MOST = 256  # alternatives of one condition; beyond, it is too tangled to be sure
_CONTEXT = ("attempt",)  # numbers of the context that may be missing

Place = tuple[str, str]  # `resource` or `context`, and the name of the fact
Literal = tuple[str, bool]  # a statement in Cedar's JSON, and whether it must be true
Alternative = frozenset[Literal]


class Tangled(Exception):
    """A condition has more alternatives than can be looked through."""


@dataclass(frozen=True)
class LintFinding:
    """What is wrong with one policy, why, and what to write instead."""

    line: int
    policy: str
    words: str

    def __str__(self) -> str:
        return f"line {self.line}: `{self.policy}`: {self.words}"


def findings(parsed: Parsed, catalogue: Catalogue) -> tuple[LintFinding, ...]:
    """Why the policy fails open when a fact is missing; empty when it does not."""
    policy = parsed.policy
    unknown = tuple(LintFinding(policy.line, policy.id, words) for words in _undeclared(parsed, catalogue))
    places = list(_optional(parsed, catalogue))
    if unknown or not places:
        return unknown
    try:
        alternatives = _condition(parsed)
    except Tangled:
        words = (
            "its condition has too many alternatives to see whether it fails open when a fact is missing. "
            "Write it as several policies"
        )
        return (LintFinding(policy.line, policy.id, words),)
    check = _forbid_opens if policy.effect == "forbid" else _permit_opens
    words = _FORBID if policy.effect == "forbid" else _PERMIT
    opened = [place for place in places if check(alternatives, place)]
    return tuple(LintFinding(policy.line, policy.id, words.format(place=".".join(p), **_named(p))) for p in opened)


def warnings(parsed: Parsed, catalogue: Catalogue) -> tuple[LintFinding, ...]:
    """What should be looked at and may be meant: a permit without any condition where there is an amount."""
    policy = parsed.policy
    if policy.effect != "permit" or parsed.form["conditions"]:
        return ()
    with_amount = [a for a in parsed.actions(catalogue.actions) if "amount" in catalogue.required[a]]
    if not with_amount:
        return ()
    listed = ", ".join(f"`{action}`" for action in with_amount[:3]) + (" and more" if len(with_amount) > 3 else "")
    words = f"it permits {listed} for any amount. If that is not meant, write `when {{ resource.amount <= ... }}`"
    return (LintFinding(policy.line, policy.id, words),)


_FORBID = (
    "it fails open: when `{place}` is missing, its limit is not held and nothing is forbidden. Write "
    "`if {var} has {name} then ... else true`, put the limit into the permit, or declare `{name}` as required"
)
_PERMIT = (
    "it fails open: when `{place}` is missing, it permits without holding its limit. Write "
    "`{var} has {name} && ...`, or declare `{name}` as required"
)


def _named(place: Place) -> dict[str, str]:
    return {"var": place[0], "name": place[1]}


def _optional(parsed: Parsed, catalogue: Catalogue) -> Iterator[Place]:
    """The facts that the policy looks at and that may be missing in a request that it covers."""
    read = {_place(part["."]) for c in parsed.form["conditions"] for part in walk(c["body"]) if "." in part}
    for var, name in sorted(place for place in read if place is not None):
        if (var == "context" and name in _CONTEXT) or (
            var == "resource"
            and any(_may_be_missing(catalogue, action, name) for action in parsed.actions(catalogue.actions))
        ):
            yield var, name


def _undeclared(parsed: Parsed, catalogue: Catalogue) -> Iterator[str]:
    """What to say of each fact that the policy asks for and no action that it covers can have."""
    covered = parsed.actions(catalogue.actions)
    declared = {name for action in covered for name in catalogue.declared[catalogue.actions[action].resource_type]}
    parts = [part for c in parsed.form["conditions"] for part in walk(c["body"])]
    asked = {place for part in parts for place in (_place(part.get(".")), _place(part.get("has"))) if place is not None}
    for var, name in sorted(asked):
        if var == "resource" and name not in declared and covered:
            near = get_close_matches(name, sorted(declared), 1)
            hint = f" Did you mean `{near[0]}`?" if near else ""
            yield f"it asks for `resource.{name}`, which no action that it covers declares, so it is never there.{hint}"


def _may_be_missing(catalogue: Catalogue, action: str, name: str) -> bool:
    declared = catalogue.declared[catalogue.actions[action].resource_type]
    return name in declared and name not in catalogue.required[action]


def _place(read: Any) -> Place | None:
    if isinstance(read, Mapping) and isinstance(read.get("left"), Mapping):
        var = read["left"].get("Var")
        return (var, read["attr"]) if var in ("resource", "context") and "attr" in read else None
    return None


def _forbid_opens(alternatives: list[Alternative], place: Place) -> bool:
    has = _has(place)
    limits = [a for a in alternatives if _limits(a, place, among=False)]
    return any(
        not any(_without(b, has, missing=True) <= _rest(a, place) for b in alternatives if not _looks_at(b, place))
        for a in limits
    )


def _permit_opens(alternatives: list[Alternative], place: Place) -> bool:
    absent = (_has(place), False)
    limited = any(_limits(a, place, among=True) for a in alternatives)
    return limited and any(absent in a or any(_wraps(said, place) for said, _ in a) for a in alternatives)


def _wraps(said: str, place: Place) -> bool:
    """Whether a statement has a condition within it that reads `place`: what it says of a missing one is not seen."""
    return said != _has(place) and _reads(said, place) and _is_condition(json.loads(said))


def _rest(alternative: Alternative, place: Place) -> Alternative:
    """The circumstances of an alternative: what it says about everything but `place`."""
    return frozenset(literal for literal in alternative if not _mentions(literal[0], place))


def _without(alternative: Alternative, has: str, *, missing: bool) -> Alternative:
    return alternative - {(has, not missing)}


def _looks_at(alternative: Alternative, place: Place) -> bool:
    """Whether it holds only while `place` is there: it reads it, or says that it is there."""
    return (_has(place), True) in alternative or any(
        _mentions(said, place) and said != _has(place) for said, _ in alternative
    )


def _limits(alternative: Alternative, place: Place, among: bool) -> bool:
    """Whether it holds a limit over `place`; `among` says which way round a list of what may be is one."""
    return any(_reads(said, place) and _is_limit(json.loads(said), holds, among) for said, holds in alternative)


def _is_limit(node: Mapping[str, Any], holds: bool, among: bool) -> bool:
    """Whether a statement that reads a fact, or its contrary, is a limit; a condition within it may be anything."""
    if node.keys() & (_LIMITS | {"isEmpty"}) or _is_condition(node):
        return True
    if "." in node:  # a truth value by itself
        return holds is among
    for operator, same in (("==", True), ("!=", False)):
        if operator in node:
            against = [side.get("Value") for side in node[operator].values() if isinstance(side, Mapping)]
            return (holds is same) is (among if not any(value is False for value in against) else not among)
    return bool(node.keys() & _MEMBERSHIPS) and holds is among


def _reads(said: str, place: Place) -> bool:
    return any(_place(part.get(".")) == place for part in walk(json.loads(said)))


def _mentions(said: str, place: Place) -> bool:
    parts = list(walk(json.loads(said)))
    return any(_place(part.get(".")) == place or _place(part.get("has")) == place for part in parts)


def _has(place: Place) -> str:
    return _said({"has": {"left": {"Var": place[0]}, "attr": place[1]}})


def _said(node: Any) -> str:
    return json.dumps(node, sort_keys=True)


def _condition(parsed: Parsed) -> list[Alternative]:
    """All conditions together as alternatives. Raises Tangled."""
    found: list[Alternative] = [frozenset()]
    for condition in parsed.form["conditions"]:
        found = _both(found, _alternatives(condition["body"], condition["kind"] == "when"))
    return found


def _alternatives(node: Mapping[str, Any], holds: bool) -> list[Alternative]:
    """When `node` holds (or does not), as alternatives."""
    if "!" in node:
        return _alternatives(node["!"]["arg"], not holds)
    if "if-then-else" in node:
        parts = node["if-then-else"]
        then = _both(_alternatives(parts["if"], True), _alternatives(parts["then"], holds))
        return _either(then, _both(_alternatives(parts["if"], False), _alternatives(parts["else"], holds)))
    for operator, joined in (("&&", _both), ("||", _either)):
        if operator in node:
            sides = (_alternatives(node[operator]["left"], holds), _alternatives(node[operator]["right"], holds))
            return (joined if holds else _OTHER[joined])(*sides)
    for operator, same in (("==", True), ("!=", False)):  # a condition against a truth value is the condition
        for one, other in (("left", "right"), ("right", "left")):
            against = node.get(operator, {}).get(other, {}).get("Value")
            if isinstance(against, bool) and _is_condition(node[operator][one]):
                return _alternatives(node[operator][one], holds is (against is same))
    if node.get("Value") in (True, False) and isinstance(node["Value"], bool):
        return [frozenset()] if node["Value"] is holds else []
    return [frozenset({(_said(node), holds)})]


def _is_condition(node: Any) -> bool:
    return isinstance(node, Mapping) and any(part.keys() & _CONDITIONS for part in walk(node))


def _both(left: list[Alternative], right: list[Alternative]) -> list[Alternative]:
    """What makes both hold; alternatives that contradict themselves are left out. Raises Tangled."""
    if len(left) * len(right) > _MOST * 4:
        raise Tangled
    joined = {a | b for a, b in product(left, right)}
    return _few([a for a in joined if not any((said, not holds) in a for said, holds in a)])


def _either(left: list[Alternative], right: list[Alternative]) -> list[Alternative]:
    return _few(list({*left, *right}))


_OTHER = {_both: _either, _either: _both}


def _few(found: list[Alternative]) -> list[Alternative]:
    if len(found) > _MOST:
        raise Tangled
    return found
