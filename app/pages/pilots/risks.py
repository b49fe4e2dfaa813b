"""Which pilots break which rule, the worst first, and what may wait."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from app.pages.parts import FORM_WIDTH, act, badge_text, empty, facts, fresh, say_in_words, table, wide_column
from app.pages.pilots.found import PilotFindings
from app.pages.state import actor
from app.pages.text import literal, quoted, textual
from app.theme import count, day, word
from app.verbs import mute_risk, unmute_risk
from core.workspace import Workspace
from inventory import OWN_RULES, Risk, RiskSeverity

_MUTED = "muted"
_BESIDE = 330  # pixels of the table beside the chosen finding


def risks(ws: Workspace, seen: PilotFindings) -> None:
    """The findings of the chosen severity, the worst first, with the chosen one beside them."""
    if seen.no_risks is not None:
        say_in_words(seen.no_risks)
        return
    if not seen.risks:
        empty("No pilot breaks a rule", "Every rule is listed in docs/pilots.md.")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        shown = _filtered(seen.risks)
    if not shown:
        empty("No finding fits", "Choose another severity, or none to see every finding.")
        return
    left, right = st.columns([8, 5], gap="small")
    with left:
        rows = [
            {
                "Severity": str(word(_MUTED if r.muted else r.severity)),
                "Pilot": r.pilot_name,
                "Finding": quoted(r.wrong),
            }
            for r in shown
        ]
        columns = {"Finding": wide_column()}
        chosen = table(rows, key="risks", columns=columns, select=True, alt="Risks", within=_BESIDE)
    with right, st.container(border=True, key="one-risk", gap="small"):
        _one(ws, shown[chosen or 0])
    st.caption(f"The rules are in docs/pilots.md. Your own are files in the folder {OWN_RULES} of TANDEM_HOME.")


def _filtered(found: Sequence[Risk]) -> list[Risk]:
    """The findings of the severity, pilot and department that are chosen; all where none is."""
    number = Counter(_kind(risk) for risk in found)
    kinds = [kind for kind in (*(s.value for s in reversed(RiskSeverity)), _MUTED) if number[kind]]
    kind = st.segmented_control(
        "Severity", kinds, format_func=lambda k: literal(f"{word(k).text} {count(number[k])}"), key="severity",
        bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    departments = sorted({risk.department for risk in found}, key=str.casefold)
    department = st.selectbox(
        "Department", departments, index=None, key="risk_department", bind="query-params", width=220,
        placeholder="Every department", label_visibility="collapsed", format_func=literal,
    )  # fmt: skip
    return [r for r in found if kind in (None, _kind(r)) and department in (None, r.department)]


def _kind(risk: Risk) -> str:
    return _MUTED if risk.muted else risk.severity.value


def _one(ws: Workspace, risk: Risk) -> None:
    """One finding: what is wrong, what to do, who muted it; and the way to mute it or to let it count again."""
    state = badge_text(risk.severity) + (f" {badge_text(_MUTED)}" if risk.muted else "")
    st.markdown(f"**{literal(risk.pilot_name)}** :gray[:small[{literal(risk.department)}]]  \n{state}")
    st.markdown(textual(risk.finding))
    st.markdown(f"**What to do.** {textual(risk.todo)}")
    facts({"Rule": risk.text, "From": risk.source or "", "Its name": risk.rule})
    if risk.muted is None:
        _mute(ws, risk)
        return
    muted = risk.muted
    st.caption(
        textual(f"Muted until {muted.until} by {muted.by_name}, on {day(muted.at)}: {muted.reason}")
    )  # fmt: skip
    if st.button("Let it count again", icon=":material/notifications_active:", key=fresh("unmute")):
        act(
            lambda: unmute_risk(ws, risk.pilot, risk.rule, by=actor()),
            f"{risk.rule} of {risk.pilot_name} counts again",
        )


def _mute(ws: Workspace, risk: Risk) -> None:
    key = f"{risk.pilot}-{risk.rule}"
    with (
        st.popover("Mute", icon=":material/notifications_off:", key=fresh("mute"), on_change="rerun"),
        st.form(f"mute-{key}", border=False, width=FORM_WIDTH),
    ):
        reason = st.text_input("Reason. It is shown with the finding.", key=fresh(f"mute_reason-{key}"))
        tomorrow = ws.clock.now().date() + timedelta(days=1)
        until: date | None = st.date_input(
            "Last day. After it the finding counts again.", value=None, min_value=tomorrow, format="YYYY-MM-DD",
            key=fresh(f"mute_until-{key}"),
        )  # fmt: skip
        if st.form_submit_button("Mute this finding"):
            _muted(ws, risk, reason, until)


def _muted(ws: Workspace, risk: Risk, reason: str, until: date | None) -> None:
    if until is None:
        st.error("Say on which day it ends.", icon=":material/error:")
        return
    act(
        lambda: mute_risk(ws, risk.pilot, risk.rule, reason=reason, until=until, by=actor()),
        f"{risk.rule} of {risk.pilot_name} is muted until {until}",
    )
