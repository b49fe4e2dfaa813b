"""Decides a request: pure, with the reasons. No policy, an error in a policy, a missing fact or any doubt denies."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cedarpy

from core.actor.values import Acting, Principal, PrincipalKind
from core.audit.values import Ruling
from governance.digest import digest
from governance.facts import PreparedRequest, prepare
from governance.policy_text import read
from governance.schema import Catalogue, catalogue_of, schema_text
from governance.slices import Slice, Slices
from governance.values import Action, Decision, Policy, PolicySet, Request

NO_POLICY = "No policy permits this."
UNKNOWN = "Nobody is known as this principal."
_COMPILED = "_compiled"  # beside the fields of a policy set, which never change
UNREAD = "The facts of the request cannot be put before the policies."


@dataclass(frozen=True)
class Compiled:
    """A policy set parsed once: handles that any thread may use."""

    slices: Slices
    schema: Any  # cedarpy.Schema
    policies: Mapping[str, Policy]  # by id
    catalogue: Catalogue


@dataclass(frozen=True)
class CedarAnswer:
    """What Cedar said to one question."""

    allowed: bool
    policies: tuple[str, ...]
    problems: tuple[str, ...]


def decide(policy_set: PolicySet, actor: Acting | None, request: Request, *, approved: bool = False) -> Decision:
    """The decision on `request` by `actor` (None: nobody knows this principal) under `policy_set`.

    It is asked as it stands and, if that is not allowed, once more as if an approval were granted: allowed only then
    means that it needs approval. `approved` says that an approval was granted. Raises BadInput for a request that
    cannot be written as canonical JSON.
    """
    name = digest(request)
    if actor is None:
        return _denied(policy_set, name, (UNKNOWN,))
    compiled = compile_set(policy_set)
    prepared = prepare(compiled.catalogue, actor.principal, request)
    if prepared.problems:
        return _denied(policy_set, name, prepared.problems)
    question = Question(compiled, actor, request, prepared)
    first = question.ask(approved=False)
    settled = first.allowed or first.problems or not question.slice.asks_for_approval
    second = first if settled else question.ask(approved=True)
    for answer in (first, second):
        if answer.problems:
            return _denied(policy_set, name, answer.problems, answer.policies)
    return _combine(policy_set, compiled, name, first, second, approved)


def _combine(
    policy_set: PolicySet, compiled: Compiled, name: str, first: CedarAnswer, second: CedarAnswer, approved: bool
) -> Decision:
    """One decision from the two answers: as it stands, and with approval granted."""
    if first.allowed or (approved and second.allowed):
        effect, policies = Ruling.ALLOW, first.policies if first.allowed else second.policies
    elif second.allowed:
        effect, policies = Ruling.NEEDS_APPROVAL, first.policies or second.policies
    else:
        effect, policies = Ruling.DENY, second.policies
    found = [compiled.policies[policy] for policy in policies]
    return Decision(
        effect=effect,
        policies=policies,
        reasons=tuple(policy.reason for policy in found) or (NO_POLICY,),
        policy_set=policy_set.version,
        digest=name,
        approvers=tuple(sorted({p.approver for p in found if p.approver})) if effect is Ruling.NEEDS_APPROVAL else (),
    )


def compile_set(policy_set: PolicySet) -> Compiled:
    """The policy set, parsed; the same content is parsed once, and the same value does not look for it twice."""
    known: Compiled | None = vars(policy_set).get(_COMPILED)
    if known is None:
        known = compiled_text(policy_set.guards, policy_set.text, policy_set.schema, policy_set.actions)
        vars(policy_set)[_COMPILED] = known
    return known


@lru_cache(maxsize=32)
def compiled_text(guards: str, text: str, schema: str, actions: tuple[Action, ...]) -> Compiled:
    """Policies and schema, parsed; the same texts are parsed once. Raises ValueError for what Cedar cannot read."""
    cedarpy.PolicySet.from_str(f"{guards}\n{text}")  # all of it can be read, or nothing is used
    parsed = (*read(guards, guard=True).parsed, *read(text).parsed)
    return Compiled(
        slices=Slices(parsed),
        schema=cedarpy.Schema.from_str(schema),
        policies={p.policy.id: p.policy for p in parsed},
        catalogue=catalogue_of(actions),
    )


def policy_set_of(version: int, text: str, guards: str, actions: tuple[Action, ...], **about: Any) -> PolicySet:
    """A policy set over a catalogue of `actions`, its schema generated."""
    return PolicySet(version, text, guards, actions, _schema(actions), **about)


_schema = lru_cache(maxsize=32)(schema_text)


class Question:
    """A request put before the policies that it can meet; its facts are read once, however often it is asked."""

    def __init__(self, compiled: Compiled, actor: Acting, request: Request, prepared: PreparedRequest) -> None:
        kind = _type(actor.principal)
        self.slice: Slice = compiled.slices.of(request.action, kind, actor.principal.roles)
        self._compiled, self._context = compiled, prepared.context
        self._asked = {
            "principal": _uid(kind, actor.principal.id),
            "action": _uid("Action", request.action),
            "resource": _uid(request.resource_type, request.resource_id),
        }
        self._entities = _entities(actor, request, prepared.attributes)

    def ask(self, *, approved: bool) -> CedarAnswer:
        """Cedar's answer; an error or no decision is a problem, never an answer. Problems hold nothing from outside."""
        if self._entities is None:
            return CedarAnswer(False, (), (UNREAD,))
        context = {**self._context, "approved": approved}
        asked = {**self._asked, "context": context}
        result = cedarpy.is_authorized(asked, self.slice.handle, self._entities, self._compiled.schema)
        said = result.diagnostics
        policies = tuple(sorted(said.id_annotations_by_reason[policy] for policy in said.reasons))
        problems: tuple[str, ...] = ()
        if said.errors:
            failed = self.slice.failed(said.errors)
            problems = tuple(f"The policies cannot be evaluated: `{name}` fails." for name in failed) or (UNREAD,)
        elif result.decision is cedarpy.Decision.NoDecision:
            problems = ("The policies gave no decision.",)
        return CedarAnswer(result.allowed, policies, problems)


def _entities(actor: Acting, request: Request, attributes: Mapping[str, Any]) -> cedarpy.Entities | None:
    """The acting principal with its roles, and the resource; None where Cedar cannot read the facts."""
    resource = {"uid": _uid(request.resource_type, request.resource_id), "attrs": dict(attributes), "parents": []}
    try:
        return _acting(actor).with_added_json_str(json.dumps([resource]))
    except ValueError:
        return None


@lru_cache(maxsize=256)
def _acting(actor: Acting) -> cedarpy.Entities:
    """The principal with its roles, in Cedar's form; read once as long as nothing of it changes."""
    principal = actor.principal
    facts: dict[str, Any] = {
        "id": principal.id,
        "active": principal.active,
        "simulated": principal.simulated,
        "actions": sorted(actor.actions),
    }
    if principal.kind is PrincipalKind.AGENT:
        facts |= {"owner": principal.owner or "", "sponsor": principal.sponsor or ""}
    roles = [_uid("Role", role) for role in principal.roles]
    acting = {"uid": _uid(_type(principal), principal.id), "attrs": facts, "parents": roles}
    return cedarpy.Entities.from_json_str(json.dumps([acting]))


def _denied(policy_set: PolicySet, digest: str, reasons: tuple[str, ...], policies: tuple[str, ...] = ()) -> Decision:
    return Decision(Ruling.DENY, policies, reasons, policy_set.version, digest)


def _type(principal: Principal) -> str:
    return "Person" if principal.kind is PrincipalKind.PERSON else "Agent"


def _uid(type_: str, id_: str) -> dict[str, str]:
    return {"type": type_, "id": id_}
