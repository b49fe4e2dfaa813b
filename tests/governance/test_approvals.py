"""Approvals, on both databases: for one exact request, by the right person, in time, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.actor.values import local
from core.clock import FixedClock
from core.errors import BadInput, IllegalTransition, NotAllowed, NotFound
from core.workspace import Workspace
from governance import (
    Approval,
    ApprovalStatus,
    Request,
    Ruling,
    activate_policies,
    add_person,
    answer_approval,
    approvals,
    assign_role,
    audit_records,
    authorise,
    check,
    gate,
    get_approval,
    request_approval,
    set_active,
    statuses_of,
    verify_audit,
    withdraw_approval,
)
from tests.governance.helpers import POLICIES, department, draft


def asked(ws: Workspace, request: Request, **options: Any) -> Approval:
    """An approval of `request`, asked for by its principal at the managers."""
    permission = authorise(ws, request, key="k")
    return request_approval(ws, request, permission.decision, role="manager", by=local(request.principal), **options)


def test_a_granted_approval_is_used_once_for_the_exact_request(any_ws: Workspace) -> None:
    agent = department(any_ws)["agent"].id
    request = draft(agent, 9000)
    approval = asked(any_ws, request)
    assert (approval.status, approval.role, approval.request.payload) == ("pending", "manager", request.payload)
    assert approval.reasons == ("Above 5,000 a purchase order of an agent needs approval.",)
    assert not gate(any_ws, request, lambda: 1, key="k", approval=approval.id).performed
    granted = answer_approval(any_ws, approval.id, grant=True, by=local("Grace"))
    assert granted.status is ApprovalStatus.GRANTED
    other = gate(any_ws, draft(agent, 9001), lambda: 1, key="other", approval=approval.id)
    assert "is for another request" in other.decision.reasons[-1]
    result = gate(any_ws, request, lambda: "done", key="k", approval=approval.id)
    assert (result.performed, result.value) == (True, "done")
    assert get_approval(any_ws, approval.id).used_by == "k"
    again = gate(any_ws, request, lambda: 1, key="k2", approval=approval.id)
    assert (again.performed, again.decision.effect) == (False, Ruling.NEEDS_APPROVAL)
    assert "was used already" in again.decision.reasons[-1]
    assert verify_audit(any_ws).ok


def test_after_a_crash_the_attempt_that_used_the_approval_goes_on(ws: Workspace) -> None:
    agent = department(ws)["agent"].id
    request = draft(agent, 9000)
    approval = asked(ws, request)
    answer_approval(ws, approval.id, grant=True, by=local("Grace"))
    first = authorise(ws, request, key="k", approval=approval.id)
    records = len(audit_records(ws))
    assert authorise(ws, request, key="k", approval=approval.id) == first
    assert authorise(ws, request, key="k") == first, "the attempt remembers its approval"
    assert (first.may_perform, len(audit_records(ws))) == (True, records)


def test_nobody_answers_what_they_asked_for_and_no_agent_answers_anything(any_ws: Workspace) -> None:
    added = department(any_ws)
    assign_role(any_ws, "Drafter", "manager", by=local("Ada"))
    add_person(any_ws, "Bob", by=local("Ada"))
    approval = asked(any_ws, draft(added["agent"].id, 9000, on_behalf_of=added["Grace"].id))
    for who, why in [
        ("Grace", "Nobody answers an approval of what they asked for"),
        ("Drafter", "Agents never approve"),
        ("Bob", "No policy of Tandem's own permits this"),
        ("Ada", "own or pay for"),
    ]:
        with pytest.raises(NotAllowed, match=why):
            answer_approval(any_ws, approval.id, grant=True, by=local(who))
    assert [r.effect for r in audit_records(any_ws, kind="approval")][:4] == [Ruling.DENY] * 4
    assert get_approval(any_ws, approval.id).status is ApprovalStatus.PENDING
    assert answer_approval(any_ws, approval.id, grant=True, by=local("Mia")).answered_by == added["Mia"].id


def test_an_inactive_person_does_not_answer(ws: Workspace) -> None:
    agent = department(ws)["agent"].id
    approval = asked(ws, draft(agent, 9000))
    set_active(ws, "Grace", active=False, reason="left", by=local("Ada"))
    with pytest.raises(NotAllowed, match="inactive"):
        answer_approval(ws, approval.id, grant=True, by=local("Grace"))


def test_a_refusal_needs_a_reason_and_denies(any_ws: Workspace) -> None:
    agent = department(any_ws)["agent"].id
    approval = asked(any_ws, draft(agent, 9000))
    with pytest.raises(BadInput, match="needs a reason"):
        answer_approval(any_ws, approval.id, grant=False, by=local("Grace"))
    refused = answer_approval(any_ws, approval.id, grant=False, reason="too expensive", by=local("Grace"))
    assert (refused.status, refused.answer_reason) == ("refused", "too expensive")
    result = authorise(any_ws, draft(agent, 9000), key="k", approval=approval.id)
    assert result.decision.effect is Ruling.DENY
    for grant in (True, False):
        with pytest.raises(IllegalTransition, match="is refused and cannot be answered"):
            answer_approval(any_ws, approval.id, grant=grant, reason="oh", by=local("Grace"))


@pytest.mark.parametrize("granted_before", [False, True])
def test_a_time_out_never_approves(any_ws: Workspace, clock: FixedClock, granted_before: bool) -> None:
    agent = department(any_ws)["agent"].id
    approval = asked(any_ws, draft(agent, 9000), expires_in=timedelta(hours=1))
    if granted_before:
        answer_approval(any_ws, approval.id, grant=True, by=local("Grace"))
    clock.advance(timedelta(hours=1))
    assert approvals(any_ws, ApprovalStatus.EXPIRED)[0].id == approval.id
    assert approvals(any_ws, "pending") == ()
    decision = authorise(any_ws, draft(agent, 9000), key="k", approval=approval.id).decision
    assert (decision.effect, "has expired" in decision.reasons[-1]) == (Ruling.DENY, True)
    with pytest.raises(IllegalTransition, match="expired"):
        answer_approval(any_ws, approval.id, grant=True, by=local("Mia"))


def test_an_approval_holds_only_under_the_policy_set_it_was_asked_for(ws: Workspace) -> None:
    agent = department(ws)["agent"].id
    approval = asked(ws, draft(agent, 9000))
    answer_approval(ws, approval.id, grant=True, by=local("Grace"))
    activate_policies(ws, POLICIES + "// changed\n", note="second", by=local("Ada"))
    decision = authorise(ws, draft(agent, 9000), key="k", approval=approval.id).decision
    assert decision.effect is Ruling.NEEDS_APPROVAL
    assert "was asked for before the policies were activated" in decision.reasons[-1]


def test_an_approval_that_is_not_needed_is_not_used_up(ws: Workspace) -> None:
    agent = department(ws)["agent"].id
    approval = asked(ws, draft(agent, 9000))
    answer_approval(ws, approval.id, grant=True, by=local("Grace"))
    assert authorise(ws, draft(agent, 10), key="cheap", approval=approval.id).may_perform
    assert get_approval(ws, approval.id).status is ApprovalStatus.GRANTED


def test_asking_twice_gives_the_open_approval(ws: Workspace) -> None:
    agent = department(ws)["agent"].id
    assert asked(ws, draft(agent, 9000)) == asked(ws, draft(agent, 9000))
    assert len(approvals(ws)) == 1


def test_only_what_needs_approval_can_be_approved(ws: Workspace) -> None:
    agent = department(ws)["agent"].id
    with pytest.raises(IllegalTransition, match="`allow`"):
        request_approval(ws, draft(agent), check(ws, draft(agent)), role="manager", by=local(agent))
    needed = check(ws, draft(agent, 9000))
    with pytest.raises(NotFound, match="no role `boss`"):
        request_approval(ws, draft(agent, 9000), needed, role="boss", by=local(agent))
    other = replace(draft(agent, 9000), resource_id="PO-2")
    with pytest.raises(BadInput, match="another request"):
        request_approval(ws, other, needed, role="manager", by=local(agent))
    with pytest.raises(NotFound, match="no approval `x`"):
        authorise(ws, draft(agent, 9000), key="k", approval="x")


def test_whoever_asked_for_another_does_not_answer(ws: Workspace) -> None:
    """Four eyes: a manager who asks on an agent's account does not then grant it."""
    request = draft(department(ws)["agent"].id, 9000)
    permission = authorise(ws, request, key="k")
    approval = request_approval(ws, request, permission.decision, role="manager", by=local("Mia"))
    with pytest.raises(NotAllowed, match="Nobody answers an approval of what they asked for"):
        answer_approval(ws, approval.id, grant=True, by=local("Mia"))
    assert get_approval(ws, approval.id).status is ApprovalStatus.PENDING
    assert answer_approval(ws, approval.id, grant=True, by=local("Grace")).status is ApprovalStatus.GRANTED


@pytest.mark.parametrize("granted", [False, True])
def test_an_approval_that_is_no_longer_needed_is_withdrawn(any_ws: Workspace, granted: bool) -> None:
    ws = any_ws
    request = draft(department(ws)["agent"].id, 9000)
    approval = asked(ws, request)
    if granted:
        answer_approval(ws, approval.id, grant=True, by=local("Grace"))
    for _ in range(2):  # again changes nothing
        with ws.database.begin() as connection:
            withdraw_approval(connection, approval.id, reason="the run was cancelled", by="Ada", at=ws.clock.now())
    assert [a.id for a in approvals(ws, ApprovalStatus.WITHDRAWN)] == [approval.id]
    assert approvals(ws, ApprovalStatus.PENDING) == approvals(ws, ApprovalStatus.GRANTED) == ()
    (told,) = [r for r in audit_records(ws) if r.action == "approval.withdraw"]
    assert (told.principal, told.resource_id, told.reasons) == ("Ada", approval.id, ("the run was cancelled",))
    with pytest.raises(IllegalTransition, match="is withdrawn"):
        answer_approval(ws, approval.id, grant=True, by=local("Grace"))
    tried = gate(ws, request, lambda: 1, key="k", approval=approval.id)
    assert (tried.performed, tried.decision.effect) == (False, Ruling.DENY)
    assert "was withdrawn" in tried.decision.reasons[-1]
    assert verify_audit(ws).ok


def test_what_was_used_is_not_withdrawn(ws: Workspace) -> None:
    request = draft(department(ws)["agent"].id, 9000)
    approval = asked(ws, request)
    answer_approval(ws, approval.id, grant=True, by=local("Grace"))
    assert gate(ws, request, lambda: 1, key="k", approval=approval.id).performed
    with ws.database.begin() as connection:
        withdraw_approval(connection, approval.id, reason="too late", by="Ada", at=ws.clock.now())
    assert get_approval(ws, approval.id).status is ApprovalStatus.USED


def test_only_the_approvals_of_the_wanted_status_are_read(ws: Workspace) -> None:
    agent = department(ws)["agent"].id
    known = {}
    for amount, status in enumerate(("pending", "granted", "refused", "expired"), 9001):
        request = draft(agent, amount)
        permission = authorise(ws, request, key=status)
        limit = timedelta(hours=1 if status == "expired" else 100)
        approval = request_approval(ws, request, permission.decision, role="manager", by=local(agent), expires_in=limit)
        known[status] = approval.id
        if status in ("granted", "refused"):
            answer_approval(ws, approval.id, grant=status == "granted", reason="so", by=local("Grace"))
    assert isinstance(ws.clock, FixedClock)
    ws.clock.advance(timedelta(hours=2))
    for status, name in known.items():
        assert [a.id for a in approvals(ws, status)] == [name], status
    assert statuses_of(ws, known.values()) == {name: ApprovalStatus(status) for status, name in known.items()}
