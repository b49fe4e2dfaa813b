"""Event logs: what was imported, how good is it, and what can be imported?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from app.pages.parts import act, badge_text, empty, facts, fresh, head, link, section, table, textual
from app.pages.simulated import simulated_in
from app.pages.state import acting, home, parameter, set_parameter, workspace
from app.pages.uploads import uploaded
from app.theme import NOTHING, count, day, moment, plural
from core import BadInput, LogVersion, TandemError, Workspace
from ingest import Preview, Role, guess_roles, import_log, quality

_FINDINGS_SHOWN = 4
_TYPES = ["csv", "tsv", "txt", "gz", "xes", "parquet"]


def page() -> None:
    """The event log versions with their quality, and the import of a new one."""
    ws = workspace()
    head("Which event logs are there, and how good are they?")
    versions = ws.logs.versions()[::-1]
    with st.expander("Import an event log", icon=":material/upload_file:", expanded=not versions):
        _import(ws)
    if not versions:
        empty(
            "No event log yet",
            "An event log is a file with one row for each event of real cases: which case, which activity, when. "
            "CSV, TSV, Parquet and XES are read, also compressed with gzip.",
        )
        return
    left, right = st.columns([2, 1], gap="medium")
    with left:
        chosen = _list(ws, versions)
    with right, st.container(border=True, key="log"):
        _one(ws, chosen)


def _list(ws: Workspace, versions: Sequence[LogVersion]) -> LogVersion:
    rows = [
        {
            "Event log": v.log,
            "Version": v.version,
            "Cases": v.cases,
            "Instances": v.events,
            "Activities": v.activities,
            "From": day(v.started),
            "To": day(v.ended),
            "Simulated": "simulated" if simulated_in(ws, v) else NOTHING,
        }
        for v in versions
    ]
    chosen = table(rows, key="logs", select=True, height=430, alt="Event logs")
    if chosen is not None:
        set_parameter("shown", f"{versions[chosen].log}.v{versions[chosen].version}")
    named = parameter("shown")
    return next((v for v in versions if f"{v.log}.v{v.version}" == named), versions[0])


def _one(ws: Workspace, version: LogVersion) -> None:
    simulated = f" {badge_text('simulated')}" if simulated_in(ws, version) else ""
    st.markdown(f"##### {textual(version.log)}, version {version.version}{simulated}")
    link("process_map", "See its process map", icon=":material/account_tree:", log=version.log)
    facts(
        {
            "Source": textual(version.source),
            "Imported": f"{moment(version.created_at)} by {version.created_by}",
            "Rows read": f"{count(version.event_rows)}, stored as {plural(version.events, 'activity instance')}",
            "Performers": count(version.performers) if version.performers else "not in the log",
            "Digest": f"`{version.digest[:16]}…`",
        }
    )
    section("Quality")
    _trusted(ws, version)


def _trusted(ws: Workspace, version: LogVersion) -> None:
    """What the import did to the rows, in short, and the way to the quality report of what is stored."""
    try:
        findings = _quality(ws, home(), version.log, version.version).get("findings", ())
    except BadInput:
        findings = ()  # made from runs
    lines = [f"- {badge_text(f['effect'])} {textual(f['message'])}" for f in findings]
    if lines:
        st.caption("On import:")
        st.markdown("\n".join(lines[:_FINDINGS_SHOWN]))
    if len(lines) > _FINDINGS_SHOWN:
        with st.expander(f"{len(lines) - _FINDINGS_SHOWN} more"):
            st.markdown("\n".join(lines[_FINDINGS_SHOWN:]))
    link(
        "quality", "How far can it be trusted?", icon=":material/fact_check:", log=version.log,
        version=f"v{version.version}",
    )  # fmt: skip


def _import(ws: Workspace) -> None:
    sent = st.file_uploader("File", type=_TYPES, key=fresh("log_file"), label_visibility="collapsed")
    if sent is None:
        st.caption("Its columns are guessed from names and values; you can correct them before anything is stored.")
        return
    try:
        preview = _guess(sent.name, sent.getvalue())
    except TandemError as error:
        st.error(error.message, icon=":material/error:")
        for problem in error.problems:
            st.markdown(f"- {textual(problem)}")
        return
    with st.form("import-log", border=False):
        roles = _roles(preview)
        with st.container(horizontal=True):
            name = st.text_input(
                "Name of the event log", placeholder="taken from the file's name", key=fresh("log_name")
            )
            timezone = st.text_input("Time zone of times without an offset", "UTC", key="log_timezone")
        if not st.form_submit_button("Import", type="primary", icon=":material/upload_file:"):
            pass
        elif missing := [role.value for role in (Role.CASE, Role.ACTIVITY, Role.END) if role.value not in roles]:
            st.error(f"Choose the column of: {', '.join(missing)}.", icon=":material/error:")
        else:
            with uploaded(sent.name, sent.getvalue()) as path, st.spinner("Importing"):
                act(
                    lambda: import_log(ws, path, log=name or None, roles=roles, timezone=timezone, by=acting()),
                    f"{sent.name} is imported",
                )
    section("First rows")
    table([dict(zip(preview.columns, row, strict=True)) for row in preview.rows], key="preview", alt="First rows")


def _roles(preview: Preview) -> dict[str, str]:
    """The column of every role as the person leaves it; a role without a column is left out."""
    guessed = {guess.role: guess for guess in preview.roles}
    if preview.missing:
        missing = ", ".join(role.value for role in preview.missing)
        st.warning(f"No column seems to be: {missing}. Choose it below.", icon=":material/help:")
    for hint in preview.hints:
        st.caption(textual(hint))
    chosen: dict[str, str] = {}
    places = st.columns(4)
    for number, role in enumerate(Role):
        guess = guessed.get(role)
        options = [None, *preview.columns]
        with places[number % len(places)]:
            column = st.selectbox(
                role.value.replace("_", " ").capitalize(),
                options,
                index=options.index(guess.column) if guess and guess.column in options else 0,
                format_func=lambda c: "not in the file" if c is None else c,
                help=guess.reason if guess else None,
                key=f"role-{role.value}",
            )
        if column is not None:
            chosen[role.value] = column
    return chosen


@st.cache_data(show_spinner="Reading the first rows", max_entries=4)
def _guess(name: str, content: bytes) -> Preview:
    with uploaded(name, content) as path:
        return guess_roles(path)


@st.cache_data(show_spinner=False, max_entries=64)
def _quality(_ws: Workspace, _home: str, log: str, version: int) -> Mapping[str, Any]:
    return quality(_ws, log, version)
