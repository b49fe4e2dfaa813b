"""Reads policy text: its policies, and everything that is wrong with it, at once and with lines."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import cedarpy

from core.errors import BadInput
from core.names import check_name, name_key
from governance import lint
from governance.schema import Catalogue
from governance.scope import Parsed, walk
from governance.statements import Statement, statements
from governance.values import Policy

_NOTHING_APPLIES = "unable to find an applicable action"  # only repeats that a name in the scope is unknown
_MAY_BE_MISSING = re.compile(r"access to optional attribute `(\w+)`")


@dataclass(frozen=True)
class PolicyReading:
    """Policy text as it was understood."""

    parsed: tuple[Parsed, ...]
    problems: tuple[str, ...]  # one line each; empty when the text can be used

    @property
    def policies(self) -> tuple[Policy, ...]:
        """The policies in their order."""
        return tuple(parsed.policy for parsed in self.parsed)


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


def read(text: str, *, guard: bool = False) -> PolicyReading:
    """The policies of `text` and the problems of those that cannot be read or lack an `@id` or a `@reason`."""
    found: list[Parsed] = []
    problems: list[str] = []
    for statement in statements(text):
        try:
            parsed = _parsed(statement, guard)
        except ValueError as error:
            problems.append(f"line {statement.line}: {error}")
            continue
        problems += _missing(parsed.policy, statement.line)
        found.append(parsed)
    for name, times in Counter(p.policy.id for p in found if p.policy.id).items():
        if times > 1:
            lines = ", ".join(str(p.policy.line) for p in found if p.policy.id == name)
            problems.append(f"lines {lines}: the id `{name}` is used {times} times; every policy needs its own")
    return PolicyReading(tuple(found), tuple(problems))


@dataclass(frozen=True)
class Findings:
    """What was found in policy text, one line each with the policy's line, its id, what is wrong and the mend."""

    problems: tuple[str, ...]  # empty when the text can be activated
    warnings: tuple[str, ...]  # what should be looked at and may be meant


def check_text(text: str, schema: str, catalogue: Catalogue) -> Findings:
    """Everything that is wrong with policy text under `schema`: what cannot be read, does not fit, or fails open."""
    reading = read(text)
    problems = [*reading.problems, *_odd_names(reading.parsed)]
    warnings: list[str] = []
    typed = cedarpy.Schema.from_str(schema)
    for parsed in reading.parsed:
        wrong = _misfits(parsed.policy, typed)
        problems += wrong or map(str, lint.findings(parsed, catalogue))
        warnings += [] if wrong else map(str, lint.warnings(parsed, catalogue))
    return Findings(tuple(problems), tuple(warnings))


def _odd_names(parsed: Sequence[Parsed]) -> list[str]:
    """Roles and approvers that have characters nobody can see, or that look like another one in the text."""
    found: list[str] = []
    known: dict[str, str] = {}
    for policy, name in ((p.policy, name) for p in parsed for name in _names(p)):
        try:
            check_name(name)
        except BadInput as error:
            found.append(f"line {policy.line}: `{policy.id}`: a name in it cannot be used. {error.message}")
            continue
        other = known.setdefault(name_key(name), name)
        if other != name:
            found.append(f"line {policy.line}: `{policy.id}`: `{name}` looks like `{other}`. Write one of them only")
    return list(dict.fromkeys(found))


def _names(parsed: Parsed) -> Iterator[str]:
    """The roles that a policy is about and the one that approves."""
    if parsed.policy.approver:
        yield parsed.policy.approver
    for part in walk([parsed.form["principal"], *parsed.form["conditions"]]):
        entity = part.get("entity") or part.get("__entity")
        if isinstance(entity, Mapping) and entity.get("type") == "Role":
            yield str(entity.get("id"))


def _misfits(policy: Policy, schema: cedarpy.Schema) -> list[str]:
    """What Cedar says against one policy under `schema`, in lines."""
    errors = [_words(error.error) for error in cedarpy.validate_policies(policy.text, schema).errors]
    unknown = any(error.startswith("unrecognized") for error in errors)
    named = f"`{policy.id}`: " if policy.id else ""
    return [f"line {policy.line}: {named}{e}" for e in errors if not (unknown and e.startswith(_NOTHING_APPLIES))]


def _parsed(statement: Statement, guard: bool) -> Parsed:
    """The one policy of a statement. Raises ValueError with Cedar's words when it cannot be read."""
    parsed = json.loads(cedarpy.policies_to_json_str(statement.text))
    if parsed["templates"] or len(parsed["staticPolicies"]) != 1:
        raise ValueError("`?principal` and `?resource` stand for nothing here; name the role or the type")
    policy = next(iter(parsed["staticPolicies"].values()))
    annotations = policy.get("annotations", {})
    read = Policy(
        id=annotations.get("id") or "",
        effect=policy["effect"],
        reason=annotations.get("reason") or "",
        approver=annotations.get("approver"),
        line=0 if guard else statement.line,
        text=statement.text,
        guard=guard,
    )
    return Parsed(read, policy)


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
    """Cedar's message without the position-given id, which tells the reader nothing; with the mend where known."""
    said = error.removeprefix("for policy `policy0`, ")
    missing = _MAY_BE_MISSING.search(said)
    if missing is None:
        return said
    where = "context" if "context" in said else "resource"
    return f"{said}; it may be missing, and then nothing is decided. Test `{where} has {missing[1]}` before it"
