"""Reads policy text: its policies, and everything that is wrong with it, at once and with lines."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import cedarpy

from governance.statements import Statement, statements
from governance.values import Policy

_NOTHING_APPLIES = "unable to find an applicable action"  # only repeats that a name in the scope is unknown


@dataclass(frozen=True)
class Reading:
    """Policy text as it was understood."""

    policies: tuple[Policy, ...]
    problems: tuple[str, ...]  # one line each; empty when the text can be used


@cache
def guards() -> str:
    """Tandem's own policies that are part of every policy set, in Cedar."""
    return _own("guards")


@cache
def own_policies() -> str:
    """The policies over Tandem's own actions, in Cedar."""
    return _own("tandem")


def _own(name: str) -> str:
    return files("governance.cedar").joinpath(f"{name}.cedar").read_text(encoding="utf-8")


def read(text: str, *, guard: bool = False) -> Reading:
    """The policies of `text` and the problems of those that cannot be read or lack an `@id` or a `@reason`."""
    policies: list[Policy] = []
    problems: list[str] = []
    for statement in statements(text):
        try:
            policy = _policy(statement, guard)
        except ValueError as error:
            problems.append(f"line {statement.line}: {error}")
            continue
        problems += _missing(policy, statement.line)
        policies.append(policy)
    for name, times in Counter(p.id for p in policies if p.id).items():
        if times > 1:
            lines = ", ".join(str(p.line) for p in policies if p.id == name)
            problems.append(f"lines {lines}: the id `{name}` is used {times} times; every policy needs its own")
    return Reading(tuple(policies), tuple(problems))


def problems_of(text: str, schema: str) -> tuple[str, ...]:
    """Everything that is wrong with policy text under `schema`, one line each; empty when it can be activated."""
    reading = read(text)
    found = list(reading.problems)
    for policy in reading.policies:
        errors = [_words(error.error) for error in cedarpy.validate_policies(policy.text, schema).errors]
        unknown = any(error.startswith("unrecognized") for error in errors)
        found += [f"line {policy.line}: {e}" for e in errors if not (unknown and e.startswith(_NOTHING_APPLIES))]
    return tuple(found)


def _policy(statement: Statement, guard: bool) -> Policy:
    """The one policy of a statement. Raises ValueError with Cedar's words when it cannot be read."""
    parsed = json.loads(cedarpy.policies_to_json_str(statement.text))
    if parsed["templates"] or len(parsed["staticPolicies"]) != 1:
        raise ValueError("`?principal` and `?resource` stand for nothing here; name the role or the type")
    policy = next(iter(parsed["staticPolicies"].values()))
    annotations = policy.get("annotations", {})
    return Policy(
        id=annotations.get("id") or "",
        effect=policy["effect"],
        reason=annotations.get("reason") or "",
        approver=annotations.get("approver"),
        line=0 if guard else statement.line,
        text=statement.text,
        guard=guard,
    )


def _missing(policy: Policy, line: int) -> list[str]:
    problems = []
    if not policy.id:
        problems.append(f'line {line}: the policy has no id; write `@id("...")` before it')
    elif policy.id.startswith("tandem.") and not policy.guard:
        problems.append(f"line {line}: `{policy.id}`: ids that start with `tandem.` are Tandem's own")
    if not policy.reason:
        problems.append(f'line {line}: the policy has no reason for people to read; write `@reason("...")` before it')
    return problems


def _words(error: str) -> str:
    """Cedar's message without the position-given id, which tells the reader nothing."""
    return error.removeprefix("for policy `policy0`, ")
