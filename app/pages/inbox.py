"""Inbox: what waits for the person who acts?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import streamlit as st

from app.pages.context.missing import say_missing
from app.pages.fields import changed, edit_fields, show_context, show_figures, title
from app.pages.parts import FORM_WIDTH, act, badge_text, empty, facts, fresh, head
from app.pages.state import acting, actor, names, parameter, set_parameter, workspace
from app.pages.text import literal, textual
from app.reasons import of_approval
from app.spelled import flat, named
from app.theme import amount_exactly, moment, plural
from app.verbs import answer, claim, complete, decide_item, reject, release
from core.errors import NotFound
from core.workspace import Workspace
from governance import Principal, get_principal
from orchestrator.machine.named import ENTRIES, placed, single
from orchestrator.running.inbox import EntryKind, InboxEntry, inbox

_ICONS = {EntryKind.TASK: "task_alt", EntryKind.DECISION: "alt_route", EntryKind.APPROVAL: "front_hand"}
_SHOWN = 50
_HEIGHT, _FIT = 500, 9  # pixels of the list, which end within an entry, and how many fit before it scrolls
_PARTS = {"changes": "changes", "answer": "answers", "effect": "in a system of record:"}  # of a payload, in words


def page() -> None:
    """The entries for the acting person on the left, the chosen one on the right."""
    ws = workspace()
    head("What waits for you?")
    person = _person(ws)
    if person is None:
        return
    entries = inbox(ws, person.id)
    if not entries:
        empty(
            f"Nothing waits for {person.name}",
            f"Tasks, decisions and approvals for {_roles(person)} appear here. "
            "To see another person's inbox, choose who acts on the left.",
            to="workflows",
            step="See the runs",
        )
        return
    st.caption(
        textual(f"{plural(len(entries), 'entry', 'entries')} for {person.name}, oldest first · {_roles(person)}")
    )
    left, right = st.columns([2, 3], gap="medium")
    long = len(entries) > _FIT
    with (
        left,
        st.container(height=_HEIGHT if long else "content", border=False, key="entries-many" if long else "entries"),
    ):
        chosen = _choose(entries, person)
    with right, st.container(border=True, key="entry"):
        _show(ws, chosen, person)


def _person(ws: Workspace) -> Principal | None:
    try:
        return get_principal(ws, acting())
    except NotFound:
        empty(
            f"{acting()} is not known here yet",
            "An inbox belongs to a person with roles. Choose who acts on the left, or add people under Governance.",
            to="governance",
            step="See people and agents",
        )
        return None


def _roles(person: Principal) -> str:
    if not person.roles:
        return "no role"
    return f"the role{'s' if len(person.roles) > 1 else ''} {', '.join(person.roles)}"


def _choose(entries: tuple[InboxEntry, ...], person: Principal) -> InboxEntry:
    """The entry that the URL names, else the oldest; the list to choose another from."""
    named, done = parameter("item"), st.session_state.setdefault("inbox_shown", set())
    found = next((e for e in entries if e.id == named), None)
    if named and found is None and named not in done:  # what was shown in this session and is gone was done in it
        say_missing("item of the inbox", named, "item")
    chosen = found or entries[0]
    done.add(chosen.id)
    for entry in entries[:_SHOWN]:
        mine = " · taken by you" if entry.claimed_by == person.id else ""
        about = f"{literal(_case(entry))} · {moment(entry.offered_at)}{mine}"
        with st.container(key=f"{'chosen' if entry.id == chosen.id else 'other'}-entry-{entry.id}"):
            if st.button(
                f"**{literal(entry.label)}**  \n{about}",
                key=f"entry-{entry.id}",
                icon=f":material/{_ICONS[entry.kind]}:",
                width="stretch",
            ):
                set_parameter("item", entry.id)
                st.rerun()
    if len(entries) > _SHOWN:
        st.caption(f"The {_SHOWN} oldest of {len(entries)}.")
    return chosen


def _case(entry: InboxEntry) -> str:
    """What an entry is about, in a line: its run's key, without one the beginning of its id, and the amount."""
    return " · ".join(filter(None, [entry.workflow, entry.key or f"run {entry.run[:7]}", _amount(entry)]))


def _amount(entry: InboxEntry) -> str:
    """The amount to the last digit: what the exact request names, else what the run's context holds."""
    asked = entry.approval.request.attributes if entry.approval else {}
    if "amount" in asked:
        return amount_exactly(asked.get("amount_exact", asked["amount"]), asked.get("currency"))
    return amount_exactly(entry.amount, entry.currency)


def _show(ws: Workspace, entry: InboxEntry, person: Principal) -> None:
    kind = f":blue-badge[:material/{_ICONS[entry.kind]}: {literal(entry.kind.value.capitalize())}]"
    st.markdown(f"##### {literal(entry.label)} {kind}")
    facts(
        {
            "Run": f"{entry.workflow} {entry.run}",
            "Key": entry.key or "",
            "Amount": _amount(entry),
            "For": entry.role,
            "Offered": moment(entry.offered_at),
            "Due": moment(entry.due_at) if entry.due_at else "",
            "Why it is here": entry.cause or "" if entry.kind is not EntryKind.APPROVAL else "",
        },
        inline=True,
    )
    match entry.kind:
        case EntryKind.TASK:
            _task(ws, entry, person)
        case EntryKind.DECISION:
            _decision(ws, entry)
        case EntryKind.APPROVAL:
            _approval(ws, entry)


def _task(ws: Workspace, entry: InboxEntry, person: Principal) -> None:
    """Take a task, change the fields that it may change, complete it or reject it with a reason."""
    taken = entry.claimed_by == person.id
    if taken:
        if st.button("Give back", icon=":material/undo:", key=f"release-{entry.id}"):
            act(lambda: release(ws, entry.id, actor()), f"{entry.label} is on offer again")
    elif st.button("Take", icon=":material/person_add:", key=f"claim-{entry.id}"):
        act(lambda: claim(ws, entry.id, actor()), f"{entry.label} is yours")
    with st.form(f"complete-{entry.id}", border=False):
        fields = [name for name in entry.fields if ENTRIES not in name]  # entries of lists: by command, from a file
        shown = single(entry.context, fields)
        edited = edit_fields(fields, shown, key=entry.id)
        note = st.text_input("Note", key=f"note-{entry.id}", placeholder="What those after you should know")
        if st.form_submit_button("Complete", type="primary", icon=":material/check:"):
            act(
                lambda: complete(
                    ws, entry.id, changes=placed(entry.context, changed(shown, edited)), note=note or None, by=actor()
                ),
                f"{entry.label} is completed",
            )
    with (
        st.popover("Reject", icon=":material/close:", key=fresh("reject"), on_change="rerun"),
        st.form(f"reject-{entry.id}", border=False, width=FORM_WIDTH),
    ):
        reason = st.text_input("Reason. The task goes to the next role of its escalation.", key=f"why-{entry.id}")
        if st.form_submit_button(literal(f"Reject {entry.label}")):
            act(lambda: reject(ws, entry.id, reason=reason, by=actor()), f"{entry.label} is rejected")
    _context(entry.context)


def _decision(ws: Workspace, entry: InboxEntry) -> None:
    """Choose one of the ways on."""
    with st.form(f"decide-{entry.id}", border=False):
        child = st.radio(
            "Which way does this run go?", range(len(entry.options)), format_func=lambda n: literal(entry.options[n]),
            key=f"option-{entry.id}", index=None,
        )  # fmt: skip
        if st.form_submit_button("Decide", type="primary", icon=":material/alt_route:"):
            if child is None:
                st.error("Choose one of the ways first.")
            else:
                act(lambda: decide_item(ws, entry.id, child, actor()), f"The run goes on with {entry.options[child]}")
    _context(entry.context)


def _approval(ws: Workspace, entry: InboxEntry) -> None:
    """Grant or refuse one exact request: what would be done stands above the buttons, whole; how it is bound below."""
    approval = entry.approval
    if approval is None:
        return
    known = names()
    request = approval.request
    st.markdown("  \n".join(f"{badge_text('needs approval')} {textual(reason)}" for reason in of_approval(approval)))
    drafted = str(request.attributes.get("drafted_by") or "")
    asked = {
        "Asked by": known.get(request.principal, request.principal),
        "On behalf of": known.get(request.on_behalf_of or "", ""),
        "Drafted by": known.get(drafted, drafted),
        **asked_for(request.payload, entry.context),
    }
    known_of_run = named({name: value for name, value in entry.context.items() if name != "scenario"})
    facts({"The run so far": known_of_run})
    show_figures({name: text for name, text in asked.items() if text})
    with st.form(f"answer-{approval.id}", border=False):
        reason = st.text_input("Reason", key=f"answer-reason-{approval.id}", help="A refusal needs one.")
        with st.container(horizontal=True):
            grant = st.form_submit_button("Approve", type="primary", icon=":material/check:")
            refuse = st.form_submit_button("Refuse", icon=":material/block:")
    if grant or refuse:
        act(
            lambda: answer(ws, approval.id, grant=grant, reason=reason, by=actor()),
            f"{entry.label} is {'approved' if grant else 'refused'}",
        )
    with st.expander("The exact request"):
        facts(
            {
                "Action": f"`{request.action}` on {request.resource_type} `{request.resource_id}`",
                "Bound to": f"policy set {approval.policy_set}, digest `{approval.digest[:16]}…`",
            }
        )
        show_figures({title(name): value for name, value in flat(request.attributes).items()})
        exact = {"attributes": dict(request.attributes), "payload": dict(request.payload)}
        st.code(json.dumps(exact, indent=2, ensure_ascii=False, default=str), language="json")
    _context(entry.context)


def asked_for(payload: Mapping[str, Any], context: Mapping[str, Any]) -> dict[str, str]:
    """Everything that would be done, uncut, each under what it is: a change of the run with what stood there before."""
    before = flat(context)
    said = {}
    for path, value in flat(payload).items():
        part, _, name = path.partition(" › ")
        was = before.get(name) if part == "changes" else None
        new = value or "nothing"
        said[title(f"{_PARTS.get(part, part)} {name}".strip())] = new if was in (None, value) else f"{was} → {new}"
    return said


def _context(context: Mapping[str, Any]) -> None:
    with st.expander("Context of the run"):
        show_context(context)
