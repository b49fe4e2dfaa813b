"""Agents that nobody registered: what was found, what it may be, and what people say about it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import streamlit as st

from app.pages.parts import FORM_WIDTH, act, badge_text, bullets, empty, facts, fresh, section, table
from app.pages.pilots.found import PilotFindings
from app.pages.state import actor
from app.pages.text import literal, quoted, textual
from app.pages.uploads import uploaded
from app.theme import NOTHING, count, day, plural
from app.verbs import discover_agents, dismiss_finding, match_finding, register_finding
from core.workspace import Workspace
from inventory import (
    DiscoveryRun,
    DiscoverySources,
    FindingState,
    Pilot,
    Sighting,
    StoredFinding,
    declared_against_observed,
    findings,
    list_pilots,
)

_DAYS = 180  # for which a finding is dismissed, unless another day is said
_COLUMNS = {"model": "Model", "vendor": "Vendor", "systems": "Systems", "actions": "Actions"}


def discovery(ws: Workspace, _seen: PilotFindings | None = None) -> None:
    """What scans found: the open first. One that is chosen opens with its evidence, and with what can be done."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        every = st.toggle("Also those that are gone or dismissed", key="discovery_every")
        _look(ws)
    found = findings(ws, every=every)
    if not found:
        empty(
            "No agent was found yet",
            "Agents that nobody registered are found in folders (code, agent cards, configurations of MCP clients, "
            "exported flows), in traces, and among the performers of event logs. Press Look for agents and name where.",
        )
        return
    undecided = sum(one.state is FindingState.OPEN for one in found)
    st.caption(
        f"{plural(len(found), 'finding', 'findings')}, {count(undecided)} of them open. Nothing was run to find it."
    )
    chosen = table(
        list(map(_row, found)),
        key="findings",
        columns={"May be": st.column_config.TextColumn(width=140)},
        select=True,
        alt="Agents that were found",
    )
    if chosen is not None:
        _one(ws, found[chosen], list_pilots(ws))
    _compared(ws)


def _look(ws: Workspace) -> None:
    """The form that scans."""
    with st.popover("Look for agents", icon=":material/search:", key=fresh("look")), st.container(width=FORM_WIDTH):
        folder = st.text_input(
            "Folder", key=fresh("look_folder"), placeholder="/home/me/projects",
            help="On the machine that runs Tandem. Its files are read; nothing in them is run.",
        )  # fmt: skip
        files = st.file_uploader(
            "Traces (OTLP in JSON)", type=["json", "jsonl", "ndjson"], accept_multiple_files=True,
            key=fresh("look_traces"),
        )  # fmt: skip
        logs = st.multiselect(
            "Event logs", sorted({v.log for v in ws.logs.versions()}), key=fresh("look_logs"),
            help="Performers who behave like software though the log says that they are people, or says nothing.",
        )  # fmt: skip
        if st.button("Look", type="primary", key="look_now"):
            with ExitStack() as stack:
                traces = [stack.enter_context(uploaded(f.name, f.getvalue())) for f in files]
                folders = (Path(folder.strip()).expanduser(),) if folder.strip() else ()
                act(lambda: discover_agents(ws, DiscoverySources(folders, traces, logs), by=actor()), _told)


def _told(done: DiscoveryRun) -> str:
    parts = [
        plural(len(done.new), "new finding", "new findings"),
        f"{len(done.changed)} changed",
        f"{len(done.gone)} gone",
    ]
    return f"{', '.join(parts)}, {count(done.unchanged)} as before, in {plural(done.files, 'file', 'files')}"


def _row(one: StoredFinding) -> dict[str, object]:
    found = one.finding
    news = [word for word, on in (("gone", one.gone), ("new", one.new), ("changed", one.changed)) if on]
    best = one.matches[0] if one.matches else None
    return {
        "Name": found.name,
        "Kind": found.kind.value,
        "Sure": found.confidence.value,
        "State": ", ".join([str(one.state) + (f" as #{one.pilot}" if one.pilot else ""), *news]),
        "May be": best.pilot_name if best else NOTHING,
        "Made with": found.declared.framework or NOTHING,
        "Model": ", ".join(found.declared.models) or NOTHING,
        "Where": _where(found.place or found.source, found.line),
    }


def _seen_there(one: Sighting) -> str:
    place = _where(one.where, one.line) if one.where else f"line {one.line}" if one.line else ""
    return f"{place}: {one.text}" if place else one.text


def _where(place: str, line: int | None) -> str:
    return f"{place}:{line}" if line else place


def _one(ws: Workspace, one: StoredFinding, pilots: Sequence[Pilot]) -> None:
    """A finding: what was seen, what it may be, what a pilot of it would say, and what to do."""
    found = one.finding
    with st.container(border=True, key="finding"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"**{literal(found.name)}** {badge_text(one.state)} {literal(found.kind)}, {literal(found.confidence)}",
                width="stretch",
            )
            _decide(ws, one, pilots)
        st.markdown(textual(found.reason))
        facts(
            {
                "Where": f"{found.source.partition(':')[2] if found.source.startswith('folder:') else found.source}"
                + (f"/{_where(found.place, found.line)}" if found.place else ""),
                "Seen": f"first {day(one.first_seen)}, last {day(one.last_seen)}",
                "Tools": ", ".join(found.declared.tools),
                **{name[:1].upper() + name[1:]: text for name, text in found.declared.facts},
                "Dismissed": f"until {one.until}: {one.reason}" if one.state is FindingState.DISMISSED else "",
            }
        )
        left, right = st.columns(2)
        with left:
            st.markdown("**Evidence**")
            bullets(_seen_there(e) for e in found.evidence)
        with right:
            if one.matches:
                st.markdown("**It may be**")
                bullets(f"#{m.pilot} {m.pilot_name} ({m.score:.2f}): {'; '.join(m.reasons)}" for m in one.matches)
            elif one.state is FindingState.OPEN:
                st.markdown("**No registered pilot is like it**")
            if one.proposed:
                st.markdown("**A pilot of it would say**")
                bullets(f"{p.column}: {p.value} ({p.known})" for p in one.proposed)


def _decide(ws: Workspace, one: StoredFinding, pilots: Sequence[Pilot]) -> None:
    """What a person can say about a finding."""
    number = one.id
    if one.pilot is None:
        with (
            st.popover("Register", icon=":material/add:", key=fresh(f"register-{number}")),
            st.container(width=FORM_WIDTH),
        ):
            name = st.text_input("Name", one.finding.name, key=fresh(f"register_name-{number}"))
            department = st.text_input("Department", key=fresh(f"register_department-{number}"))
            owner = st.text_input(
                "Owner", key=fresh(f"register_owner-{number}"), help="Who answers for it; may be empty."
            )
            if st.button("Register as a pilot", type="primary", key=f"register_now-{number}"):
                values = {"name": name, "department": department} | ({"owner": owner} if owner.strip() else {})
                act(
                    lambda: register_finding(ws, number, values, by=actor()),
                    lambda made: f"{made.facts.name} is pilot #{made.id}",
                )
    if pilots:
        with st.popover("Match", icon=":material/link:", key=fresh(f"match-{number}")), st.container(width=FORM_WIDTH):
            likely = [m.pilot for m in one.matches]
            ranked = sorted(pilots, key=lambda p: likely.index(p.id) if p.id in likely else len(likely))
            names = {p.id: f"#{p.id} {p.facts.name}, {p.facts.department}" for p in ranked}
            which = st.selectbox(
                "It is", list(names), format_func=names.__getitem__, key=fresh(f"match_which-{number}")
            )
            if st.button("Match", type="primary", key=f"match_now-{number}"):
                act(
                    lambda: match_finding(ws, number, int(which), by=actor()),
                    lambda done: f"{done.finding.name} is pilot #{done.pilot}",
                )
    with st.popover("Dismiss", icon=":material/block:", key=fresh(f"dismiss-{number}")), st.container(width=FORM_WIDTH):
        reason = st.text_area("Why it is none", key=fresh(f"dismiss_reason-{number}"))
        today = ws.clock.now().date()
        until = st.date_input(
            "Left out until", today + timedelta(days=_DAYS), min_value=today + timedelta(days=1),
            key=fresh(f"dismiss_until-{number}"),
        )  # fmt: skip
        if st.button("Dismiss", type="primary", key=f"dismiss_now-{number}"):
            act(
                lambda: dismiss_finding(ws, number, reason=reason, until=until, by=actor()),
                lambda done: f"{done.finding.name} is left out until {done.until}",
            )


def _compared(ws: Workspace) -> None:
    """Of registered pilots with findings: what the registry says against what was found."""
    lines = declared_against_observed(ws)
    if not lines:
        return
    section("Declared against found")
    st.caption("Not found is not absent: it may lie where nobody looked.")
    rows = [
        {
            "Pilot": f"#{one.pilot} {one.pilot_name}",
            "Column": _COLUMNS.get(one.column, one.column),
            "PilotFindings, not declared": quoted(", ".join(one.observed_only)) or NOTHING,
            "Declared, not found": quoted(", ".join(one.declared_only)) or NOTHING,
            "Both": quoted(", ".join(one.both)) or NOTHING,
        }
        for one in lines
    ]
    table(rows, key="declared", alt="Declared against found")
