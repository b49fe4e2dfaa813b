"""The part of Governance that shows what was recorded: denials, decisions, approvals, the audit log."""

from __future__ import annotations

import json
from collections.abc import Sequence

import streamlit as st

from app.pages.fields import show_figures, title
from app.pages.parts import badge, badge_text, bullets, empty, facts, table
from app.pages.state import names
from app.pages.text import literal, quoted, textual
from app.reasons import of_approval
from app.simulation import proof_in_words, with_names
from app.soundness import soundness
from app.spelled import flat
from app.theme import NOTHING, count, moment, word
from core.workspace import Workspace
from governance import (
    Approval,
    ApprovalStatus,
    AuditRecord,
    RecordKind,
    Ruling,
    approvals,
    audit_records,
)

_DENIALS_SHOWN = 3
_PAGE = 200


def denials(ws: Workspace) -> None:
    """The newest attempts that were denied, in one line above everything else that opens; nothing without any."""
    found = audit_records(ws, effect=Ruling.DENY, kind=RecordKind.ATTEMPT, limit=_DENIALS_SHOWN)
    if not found:
        return
    tried = textual(f"{_who(found[0])} tried `{found[0].action}`")
    with (
        st.container(key="denials"),
        st.expander(f"{badge_text('deny')} **Newest denied attempts** · {tried} · {moment(found[0].at)}"),
    ):
        st.markdown("  \n".join(_denial(record) for record in found))


def _denial(record: AuditRecord) -> str:
    why = textual(with_names(" ".join(record.reasons), names()))
    tried = textual(f"tried `{record.action}` on {record.resource_type} `{record.resource_id}`")
    return f"{badge_text('deny')} :small[**{textual(_who(record))}** {tried}. {why}] :gray[:small[{moment(record.at)}]]"


def decisions_tab(ws: Workspace) -> None:
    """Every decision of the gate, newest first, by effect and by who asked."""
    with st.container(horizontal=True, vertical_alignment="center"):
        effect = st.segmented_control(
            "Effect", [e.value for e in Ruling], format_func=lambda e: literal(word(e).text), key="effect",
            bind="query-params", label_visibility="collapsed",
        )  # fmt: skip
        who = _principal_filter()
    found = audit_records(ws, kind=RecordKind.ATTEMPT, effect=effect, principal=who, limit=_PAGE)
    if not found:
        empty(
            "No decision to show",
            "Every action of an agent or a person in a run passes the gate and leaves a record here.",
            to="workflows",
            step="Start a run",
        )
        return
    _grid(found, "decisions")


def audit_tab(ws: Workspace) -> None:
    """The audit log as it was appended, and its verification."""
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Verify the audit log", icon=":material/verified:", key="verify"):
            with st.spinner("Verifying every record"):
                found = soundness(ws)
            if found.ok:
                st.success(textual(found.said[0]), icon=":material/verified:")
            else:
                for sentence in found.said:
                    st.error(textual(sentence), icon=":material/gpp_bad:")
    before = st.session_state.get("audit_before")
    records = audit_records(ws, limit=_PAGE, after=before)
    if not records:
        empty("The audit log is empty", "The first change or the first action of a run writes its first record.")
        return
    _grid(records, f"audit-{before}")
    with st.container(horizontal=True):
        if before is not None and st.button("Newest records", icon=":material/first_page:"):
            st.session_state["audit_before"] = None
            st.rerun()
        if records[-1].number > 1 and st.button("Older records", icon=":material/chevron_right:"):
            st.session_state["audit_before"] = records[-1].number
            st.rerun()


def _principal_filter() -> str | None:
    known = names()
    return st.selectbox(
        "Who", [None, *known], format_func=lambda i: "everyone" if i is None else known[i], key="who",
        bind="query-params", label_visibility="collapsed", width=240,
    )  # fmt: skip


def _grid(found: Sequence[AuditRecord], key: str) -> None:
    known = names()
    rows = [
        {
            "No.": r.number,
            "When": moment(r.at),
            "Decision": str(word(r.effect)) if r.effect else NOTHING,
            "Who": _who(r),
            "Action": r.action,
            "On": f"{r.resource_type} {with_names(r.resource_id, known)}",
            "Proved by": proof_in_words(r.proof),
            "Machine user": r.machine_user or NOTHING,
            "Why": quoted(with_names(" ".join(r.reasons), known)) or NOTHING,
            "Outcome": r.outcome.value if r.outcome else NOTHING,
            "Kind": r.kind.value,
        }
        for r in found
    ]
    st.caption(f"{count(len(rows))} newest records. Choose a row to see the exact request.")
    chosen = table(rows, key=f"grid-{key}", select=True, alt="Records of the audit log")
    if chosen is not None:
        _record(found[chosen])


def _record(record: AuditRecord) -> None:
    """One record in full."""
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**Record {record.number}**")
            if record.effect:
                badge(record.effect)
        known = names()
        bullets(with_names(reason, known) for reason in record.reasons)
        facts(
            {
                "Policies": ", ".join(record.policies),
                "Policy set": str(record.policy_set or ""),
                "Proved by": proof_in_words(record.proof),
                "Machine user": record.machine_user or "",
                "On behalf of": known.get(record.on_behalf_of or "", record.on_behalf_of or ""),
                "Key": record.key or "",
                "Digest of the request": record.digest or "",
                "Hash of the record": record.hash,
            }
        )
        if record.payload is None:
            st.caption("The payload was erased; its commitment is still in the chain.")
        elif record.payload:
            show_figures({title(name): text for name, text in flat(record.payload).items()})
            with st.expander("The payload as JSON"):
                st.code(json.dumps(record.payload, indent=2, ensure_ascii=False), language="json")


def approvals_tab(ws: Workspace) -> None:
    """Approvals that wait, then those that were answered."""
    found = approvals(ws)
    if not found:
        empty("No approval was asked for", "Where a policy wants a person's approval, the exact request waits here.")
        return
    known = names()
    waiting = [a for a in found if a.status is ApprovalStatus.PENDING]
    if waiting:
        st.caption(f"{count(len(waiting))} wait for an answer, in the inbox of people with the role that each names.")
    rows = [_approval_row(a, known) for a in sorted(found, key=lambda a: a.status is not ApprovalStatus.PENDING)]
    table(rows, key="approvals", alt="Approvals")


def _approval_row(approval: Approval, known: dict[str, str]) -> dict[str, object]:
    request = approval.request
    return {
        "Status": str(word(approval.status)),
        "Asked": moment(approval.created_at),
        "Who asks": known.get(request.principal, request.principal),
        "Action": request.action,
        "On": f"{request.resource_type} {request.resource_id}",
        "Why": quoted(" ".join(of_approval(approval))),
        "Role": approval.role,
        "Answered by": known.get(approval.answered_by or "", approval.answered_by or NOTHING),
        "Reason": approval.answer_reason or NOTHING,
        "Policy set": approval.policy_set,
    }


def _who(record: AuditRecord) -> str:
    name = record.principal_name or record.principal
    return f"{name} (simulated)" if record.simulated else name
