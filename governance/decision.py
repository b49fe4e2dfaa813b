"""Decides a request: pure, with the reasons. No policy, an error in a policy, a missing fact or any doubt denies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cedarpy

from core.actor.values import Acting, Principal, PrincipalKind
from core.audit.values import Effect
from governance.digest import digest
from governance.facts import Prepared, prepare
from governance.policy_text import read
from governance.schema import Catalogue, catalogue_of, schema_text
from governance.values import Action, Decision, Policy, PolicySet, Request

NO_POLICY = "No policy permits this."


@dataclass(frozen=True)
class Compiled:
    """A policy set parsed once: handles that any thread may use."""

    handle: Any  # cedarpy.PolicySet
    schema: Any  # cedarpy.Schema
    policies: Mapping[str, Policy]  # by id
    catalogue: Catalogue


@dataclass(frozen=True)
class Answer:
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
        return _denied(policy_set, name, (f"Nobody is known as principal `{request.principal}`.",))
    compiled = compile_set(policy_set)
    prepared = prepare(compiled.catalogue, actor.principal, request)
    if prepared.problems:
        return _denied(policy_set, name, prepared.problems)
    first = ask(compiled, actor, request, prepared, approved=False)
    second = first if first.allowed or first.problems else ask(compiled, actor, request, prepared, approved=True)
    for answer in (first, second):
        if answer.problems:
            return _denied(policy_set, name, answer.problems, answer.policies)
    return _combine(policy_set, compiled, name, first, second, approved)


def _combine(
    policy_set: PolicySet, compiled: Compiled, name: str, first: Answer, second: Answer, approved: bool
) -> Decision:
    """One decision from the two answers: as it stands, and with approval granted."""
    if first.allowed or (approved and second.allowed):
        effect, policies = Effect.ALLOW, first.policies if first.allowed else second.policies
    elif second.allowed:
        effect, policies = Effect.NEEDS_APPROVAL, first.policies or second.policies
    else:
        effect, policies = Effect.DENY, second.policies
    found = [compiled.policies[policy] for policy in policies]
    return Decision(
        effect=effect,
        policies=policies,
        reasons=tuple(policy.reason for policy in found) or (NO_POLICY,),
        policy_set=policy_set.version,
        digest=name,
        approvers=tuple(sorted({p.approver for p in found if p.approver})) if effect is Effect.NEEDS_APPROVAL else (),
    )


def compile_set(policy_set: PolicySet) -> Compiled:
    """The policy set, parsed; the same content is parsed once."""
    return compiled_text(policy_set.guards, policy_set.text, policy_set.schema, policy_set.actions)


@lru_cache(maxsize=32)
def compiled_text(guards: str, text: str, schema: str, actions: tuple[Action, ...]) -> Compiled:
    """Policies and schema, parsed; the same texts are parsed once. Raises ValueError for what Cedar cannot read."""
    policies = (*read(guards, guard=True).policies, *read(text).policies)
    return Compiled(
        handle=cedarpy.PolicySet.from_str(f"{guards}\n{text}"),
        schema=cedarpy.Schema.from_str(schema),
        policies={policy.id: policy for policy in policies},
        catalogue=catalogue_of(actions),
    )


def policy_set_of(version: int, text: str, guards: str, actions: tuple[Action, ...], **about: Any) -> PolicySet:
    """A policy set over a catalogue of `actions`, its schema generated."""
    return PolicySet(version, text, guards, actions, _schema(actions), **about)


_schema = lru_cache(maxsize=32)(schema_text)


def ask(compiled: Compiled, actor: Acting, request: Request, prepared: Prepared, *, approved: bool) -> Answer:
    """Cedar's answer to one question; an error or no decision is a problem, never an answer."""
    result = cedarpy.is_authorized(
        {
            "principal": _uid(_type(actor.principal), actor.principal.id),
            "action": _uid("Action", request.action),
            "resource": _uid(request.resource_type, request.resource_id),
            "context": {**prepared.context, "approved": approved},
        },
        compiled.handle,
        _entities(actor, request, prepared.attributes),
        compiled.schema,
    )
    known = result.diagnostics.id_annotations_by_reason
    problems = tuple(f"The policies cannot be evaluated: {error}." for error in result.diagnostics.errors)
    if result.decision is cedarpy.Decision.NoDecision and not problems:
        problems = ("The policies gave no decision.",)
    policies = tuple(sorted(known[policy] for policy in result.diagnostics.reasons))
    return Answer(result.allowed, policies, problems)


def _entities(actor: Acting, request: Request, attributes: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The acting principal, its roles and the resource, as Cedar's JSON entities."""
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
    return [
        {"uid": _uid(_type(principal), principal.id), "attrs": facts, "parents": roles},
        {"uid": _uid(request.resource_type, request.resource_id), "attrs": dict(attributes), "parents": []},
        *({"uid": role, "attrs": {}, "parents": []} for role in roles),
    ]


def _denied(policy_set: PolicySet, digest: str, reasons: tuple[str, ...], policies: tuple[str, ...] = ()) -> Decision:
    return Decision(Effect.DENY, policies, reasons, policy_set.version, digest)


def _type(principal: Principal) -> str:
    return "Person" if principal.kind is PrincipalKind.PERSON else "Agent"


def _uid(type_: str, id_: str) -> dict[str, str]:
    return {"type": type_, "id": id_}
