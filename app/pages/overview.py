"""Overview: how far is each workflow on its road, and what needs somebody?"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.pages.asking import ask
from app.pages.change import summary
from app.pages.parts import badge_text, empty, head, link
from app.pages.state import acting, workspace
from app.pages.text import literal, textual
from app.theme import count, plural, word
from app.verbs.roads import Landscape, Reached, Road, Stage, StageName, landscape, roads
from core.errors import NotFound
from core.view import View
from core.workspace import Workspace
from governance import ApprovalStatus, RecordKind, Ruling, approvals, audit_records
from kpi import Comparison, compare
from orchestrator.machine.values import RunStatus
from orchestrator.monitoring.export import runs_log
from orchestrator.running.inbox import inbox

_PAGES = {  # of each stage, and the parameter that names what it is about
    StageName.INVENTORIED: ("pilots", ""),
    StageName.MAPPED: ("process_map", "log"),
    StageName.ALLOCATED: ("allocation", "map"),
    StageName.GOVERNED: ("workflows", "workflow"),
    StageName.RUNNING: ("workflows", "workflow"),
    StageName.MEASURED: ("kpis", "log"),
}
_COUNTED = 1000  # denials that are counted; beyond it reads "more than"


def page() -> None:
    """What needs somebody, and the road of every workflow."""
    ws = workspace()
    head("How far is each workflow on its road?")
    if not ws.logs.versions():
        empty(
            "Nothing here yet",
            "Tandem starts from an event log: import one, or stop the dashboards and run `tandem demo` to see a whole "
            "road on sample data.",
            to="logs",
            step="Import an event log",
        )
        return
    found = landscape(ws, _compared)
    _attention(ws, found)
    for road in roads(found):
        _show(road, found.comparisons.get(road.name, ()))


def _compared(view: View, baseline: int) -> tuple[Comparison, ...]:
    return ask(_against, view, "Comparing with the baseline", baseline=baseline)


def _against(ws: Workspace, view: View, *, baseline: int) -> tuple[Comparison, ...]:
    return compare(ws, baseline, view)


def _attention(ws: Workspace, found: Landscape) -> None:
    """What needs somebody, each with the page where it is done."""
    mine = _mine(ws)
    waiting = len(approvals(ws, ApprovalStatus.PENDING))
    failed = sum(counts.get(RunStatus.FAILED, 0) for counts in found.runs.values())
    denied = len(audit_records(ws, effect=Ruling.DENY, kind=RecordKind.ATTEMPT, limit=_COUNTED))
    lines = [
        (mine, "inbox", "inbox", f"{plural(mine, 'entry', 'entries')} in your inbox"),
        (waiting, "front_hand", "inbox", f"{plural(waiting, 'approval')} {'waits' if waiting == 1 else 'wait'}"),
        (failed, "error", "workflows", f"{plural(failed, 'run')} failed"),
        (denied, "block", "governance", f"{plural(denied, 'attempt')} denied"),
    ]
    shown = [line for line in lines if line[0]]
    with st.container(horizontal=True, gap="medium", vertical_alignment="center", key="attention"):
        if not shown:
            st.caption("Nothing needs you: no open entry, no failed run, no denied attempt.")
        for _, icon, to, words in shown:
            link(to, literal(words), icon=f":material/{icon}:")


def _mine(ws: Workspace) -> int:
    try:
        return len(inbox(ws, acting()))
    except NotFound:
        return 0


def _show(road: Road, comparisons: Sequence[Comparison]) -> None:
    with st.container(border=True, key=f"road-{road.name}", gap="small"):
        st.markdown(f"##### {textual(road.name)} :gray[:small[{count(road.done)} of {len(road.stages)} stages]]")
        for place, stage in zip(st.columns(len(road.stages), gap="xsmall"), road.stages, strict=True):
            with place:
                _stage(road.name, stage)
        if comparisons:
            _change(comparisons)


def _stage(road: str, stage: Stage) -> None:
    state = word(stage.reached)
    with st.container(gap=None, key=f"stage-{stage.reached.replace(' ', '-')}-{road}-{stage.name}"):
        page, parameters = _where(stage)
        link(page, f"**{literal(stage.name)}**", icon=state.material, **parameters)
        st.caption(textual(f"{state.text}. {stage.words}"))


def _where(stage: Stage) -> tuple[str, dict[str, str]]:
    """The page where a stage is seen or done, and what it is to open."""
    page, name = _PAGES[stage.name]
    if stage.name is StageName.GOVERNED and stage.reached is Reached.DONE:
        return "governance", {}
    of = stage.of
    if stage.name is StageName.MEASURED and of:
        of = runs_log(of) if stage.reached is Reached.DONE else None
    return page, {name: of} if of else {}


def _change(comparisons: Sequence[Comparison]) -> None:
    """What the runs changed against the baseline, one KPI beside the other."""
    simulated = any(c.simulated for c in comparisons)
    mark = f" {badge_text('simulated')}" if simulated else ""
    st.markdown(f"**What its runs changed against the baseline**{mark}")
    for place, found in zip(st.columns(len(comparisons), gap="xsmall"), comparisons, strict=True):
        with place:
            st.markdown(summary(found), help=textual(found.withheld or " ".join(found.judged.reasons)))
