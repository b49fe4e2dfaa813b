"""Event logs: what was imported, how good is it, and what can be imported?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from app.pages.context.missing import say_missing
from app.pages.parts import TALL, badge_text, empty, facts, head, link, section, table
from app.pages.simulated import simulated_in
from app.pages.state import home, name_of, parameter, set_parameter, workspace
from app.pages.text import textual
from app.theme import NOTHING, count, day, moment, plural
from core.errors import BadInput
from core.eventlog import LogVersion
from core.workspace import Workspace
from ingest import quality

_FINDINGS_SHOWN = 4


def page() -> None:
    """The event log versions with their quality, and the import of a new one."""
    ws = workspace()
    head("Which event logs are there, and how good are they?")
    versions = sorted(ws.logs.versions(), key=lambda v: (v.created_at, v.version), reverse=True)
    if not versions:
        empty(
            "No event log yet",
            "An event log is a file with one row for each event of real cases: which case, which activity, when. "
            "CSV, TSV, Excel, Parquet, JSON lines, XES and OCEL 2.0 are read.",
            to="import_log",
            step="Import an event log",
        )
        return
    link("import_log", "Import an event log", icon=":material/upload_file:")
    left, right = st.columns([2, 1], gap="medium")
    with left:
        chosen = _list(versions)
    with right, st.container(border=True, key="log"):
        _one(ws, chosen)


def _list(versions: Sequence[LogVersion]) -> LogVersion:
    rows = [
        {
            "Event log": v.log,
            "Version": v.version,
            "Cases": v.cases,
            "Instances": v.events,
            "Activities": v.activities,
            "From": day(v.started),
            "To": day(v.ended),
            "Simulated": "simulated" if simulated_in(v) else NOTHING,
        }
        for v in versions
    ]
    chosen = table(rows, key="logs", select=True, within=TALL, alt="Event logs")
    if chosen is not None:
        set_parameter("shown", f"{versions[chosen].log}.v{versions[chosen].version}")
    named = parameter("shown")
    found = next((v for v in versions if f"{v.log}.v{v.version}" == named), None)
    if named and found is None:
        say_missing("event log", named, "shown")
        st.stop()
    return found or versions[0]


def _one(ws: Workspace, version: LogVersion) -> None:
    simulated = f" {badge_text('simulated')}" if simulated_in(version) else ""
    st.markdown(f"##### {textual(version.log)}, version {version.version}{simulated}")
    link(
        "process_map", "See its process map", icon=":material/account_tree:", log=version.log,
        version=f"v{version.version}",
    )  # fmt: skip
    facts(
        {
            "Source": version.source,
            "Imported": f"{moment(version.created_at)} by {name_of(version.created_by)}",
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


@st.cache_data(show_spinner=False, max_entries=64)
def _quality(_ws: Workspace, _home: str, log: str, version: int) -> Mapping[str, Any]:
    return quality(_ws, log, version)
