"""Governance: principals, roles, policies, approvals, the gate that every effect passes, and the audit log.

The gate, in two forms. Both record the attempt and its decision before anything is done:

    gate(ws, request, perform, *, key, approval=None) -> GateResult[T]
        perform() runs if allowed; its outcome is recorded afterwards
    gate_within(ws, request, perform, *, key, approval=None) -> GateResult[T]
        perform(connection) runs in the very transaction that records its outcome: both are stored, or neither

and the two halves that they are made of, for callers that do the middle themselves:

    authorise(ws, request, *, key, approval=None, connection=None) -> GateDecision
    is_open(connection, permission) -> bool
        locks the attempt in the caller's transaction; ask it there before performing
    record_outcome(connection, permission, *, outcome, at, detail=None) -> int
        appends in the caller's transaction, together with the effect

`key` names one attempt, such as `run/item/attempt`. The same key is decided and recorded once: after a crash between
attempt and outcome the same call goes on where it stopped (and is decided again only in so far as a permission that has
since been withdrawn does not survive); once an outcome is recorded nothing is performed again, and
`GateDecision.outcome` says how it ended. The same key with another request raises Duplicate.
A key that needed approval is asked again with the same key and `approval=<id>`.
"""

from core.actor.acting import ADMINISTRATOR
from core.actor.values import Acting, Principal, PrincipalKind, Role
from core.audit.append import record
from core.audit.export import LastRecord, export_audit
from core.audit.read import audit_records
from core.audit.values import AuditRecord, Entry, Outcome, RecordKind, Ruling
from core.audit.verify import Verification, verify_audit, verify_export
from governance.approvals import (
    answer_approval,
    answerable,
    approvals,
    get_approval,
    request_approval,
    statuses_of,
    withdraw_approval,
)
from governance.decision import decide
from governance.digest import digest
from governance.erasure import erase_payload
from governance.gate import (
    GateDecision,
    GateResult,
    allowed_to,
    authorise,
    decided_before,
    gate,
    gate_within,
    is_open,
    record_outcome,
)
from governance.people import (
    add_agent,
    add_person,
    add_role,
    assign_role,
    ensure_acting,
    get_principal,
    people_with_role,
    principals,
    roles,
    self_granted,
    set_active,
    set_autonomy_level,
    withdraw_role,
)
from governance.policies import (
    PolicyCheck,
    actions,
    activate_policies,
    check,
    check_policies,
    check_version,
    declare_actions,
    explain,
    policies,
    policy_sets,
    reactivate_policies,
)
from governance.values import (
    Action,
    Approval,
    ApprovalStatus,
    Decision,
    Policy,
    PolicySet,
    Request,
)

__all__ = [
    "ADMINISTRATOR",
    "Acting",
    "Action",
    "Approval",
    "ApprovalStatus",
    "AuditRecord",
    "Decision",
    "Entry",
    "GateDecision",
    "GateResult",
    "LastRecord",
    "Outcome",
    "Policy",
    "PolicyCheck",
    "PolicySet",
    "Principal",
    "PrincipalKind",
    "RecordKind",
    "Request",
    "Role",
    "Ruling",
    "Verification",
    "actions",
    "activate_policies",
    "add_agent",
    "add_person",
    "add_role",
    "allowed_to",
    "answer_approval",
    "answerable",
    "approvals",
    "assign_role",
    "audit_records",
    "authorise",
    "check",
    "check_policies",
    "check_version",
    "decide",
    "decided_before",
    "declare_actions",
    "digest",
    "ensure_acting",
    "erase_payload",
    "explain",
    "export_audit",
    "gate",
    "gate_within",
    "get_approval",
    "get_principal",
    "is_open",
    "people_with_role",
    "policies",
    "policy_sets",
    "principals",
    "reactivate_policies",
    "record",
    "record_outcome",
    "request_approval",
    "roles",
    "self_granted",
    "set_active",
    "set_autonomy_level",
    "statuses_of",
    "verify_audit",
    "verify_export",
    "withdraw_approval",
    "withdraw_role",
]
