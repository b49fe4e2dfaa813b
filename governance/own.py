"""Decisions about Tandem's own actions, by its own policies alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from core.actor.values import Acting
from core.audit.values import Ruling
from governance.decision import Compiled, Question, compiled_text
from governance.digest import digest
from governance.facts import HIGHEST_LEVEL, PreparedRequest
from governance.policy_text import own_policies
from governance.schema import own_schema_text
from governance.values import Decision, Request

NOT_PERMITTED = "No policy of Tandem's own permits this."


@cache
def _compiled() -> Compiled:
    return compiled_text(own_policies(), "", own_schema_text(), ())


def decide_change(actor: Acting, subject: str) -> Decision:
    """Whether `actor` may change principals, roles or policies: `subject` names what."""
    return _decide(actor, Request(actor.principal.id, "tandem.change", "Governance", subject), {})


def decide_answer(actor: Acting, approval: str, role: str, askers: Iterable[str]) -> Decision:
    """Whether `actor` may answer an approval that people of `role` may answer, but none of `askers` (ids)."""
    facts = {"role": {"__entity": {"type": "Role", "id": role}}, "askers": sorted(set(askers))}
    return _decide(actor, Request(actor.principal.id, "tandem.answer", "Approval", approval), facts)


def _decide(actor: Acting, request: Request, facts: Mapping[str, object]) -> Decision:
    compiled = _compiled()
    context = {"action": request.action, "autonomy_level": HIGHEST_LEVEL}
    answer = Question(compiled, actor, request, PreparedRequest(facts, context, ())).ask(approved=False)
    allowed = answer.allowed and not answer.problems
    reasons = answer.problems or tuple(compiled.policies[name].reason for name in answer.policies) or (NOT_PERMITTED,)
    effect = Ruling.ALLOW if allowed else Ruling.DENY
    return Decision(effect, answer.policies, reasons, 0, digest(request))
