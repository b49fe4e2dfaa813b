"""Overview: how far is each workflow on its road, and what needs somebody?"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.pages.asking import ask
from app.pages.change import summary
from app.pages.parts import badge_text, empty, head, link
from app.pages.road import Landscape, Reached, Road, Stage, roads
from app.pages.state import acting, workspace
from app.pages.text import literal, textual
from app.theme import count, plural, word
from core.errors import NotFound
from core.eventlog import LogVersion
from core.view import View
from core.workspace import Workspace
from governance import ApprovalStatus, RecordKind, Ruling, approvals, audit_records
from inventory import links
from kpi import Comparison, compare
from mining.allocation import allocations
from mining.map.maps import list_maps
from orchestrator.machine.values import RunStatus
from orchestrator.monitoring.baselines import baseline_of_runs
from orchestrator.monitoring.export import runs_log
from orchestrator.promotion.workflows import list_workflows
from orchestrator.running.inbox import inbox
from orchestrator.running.runs import count_runs

_COUNTED = 1000  # denials that are counted; beyond it reads "more than"


def page() -> None:
    """What needs somebody, and the road of every workflow."""
    ws = workspace()
    head("How far is each workflow on its road?")
    logs = ws.logs.versions()
    if not logs:
        empty(
            "Nothing here yet",
            "Tandem starts from an event log: import one, or stop the dashboards and run `tandem demo` to see a whole "
            "road on sample data.",
            to="logs",
            step="Import an event log",
        )
        return
    found = _landscape(ws, logs)
    _attention(ws, found)
    for road in roads(found):
        _show(road, found.comparisons.get(road.name, ()))


def _landscape(ws: Workspace, logs: list[LogVersion]) -> Landscape:
    maps = list_maps(ws)
    newest = {m.name: m for m in maps}
    workflows = list_workflows(ws)
    names = {p.name for p in workflows}
    return Landscape(
        logs=logs,
        links=links(ws),
        maps=maps,
        allocations={(m.name, m.version): allocations(ws, m.name, m.version) for m in newest.values()},
        workflows=workflows,
        runs={name: count_runs(ws, name) for name in names},
        comparisons={name: _comparisons(ws, name, logs) for name in names},
    )


def _comparisons(ws: Workspace, workflow: str, logs: list[LogVersion]) -> tuple[Comparison, ...]:
    """The runs of the workflow's newest signed version that has any, against its baseline; empty before there are."""
    runs = [log for log in logs if log.log == runs_log(workflow)]
    found = baseline_of_runs(ws, runs[-1]) if runs else None
    return ask(_against, found.view, "Comparing with the baseline", baseline=found.baseline) if found else ()


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
        done = sum(stage.reached is Reached.DONE for stage in road.stages)
        st.markdown(f"##### {textual(road.name)} :gray[:small[{count(done)} of {len(road.stages)} stages]]")
        for place, stage in zip(st.columns(len(road.stages), gap="xsmall"), road.stages, strict=True):
            with place:
                _stage(road.name, stage)
        if comparisons:
            _change(comparisons)


def _stage(road: str, stage: Stage) -> None:
    state = word(stage.reached)
    with st.container(gap=None, key=f"stage-{stage.reached.replace(' ', '-')}-{road}-{stage.name}"):
        link(stage.page, f"**{literal(stage.name)}**", icon=state.material, **stage.parameters)
        st.caption(textual(f"{state.text}. {stage.words}"))


def _change(comparisons: Sequence[Comparison]) -> None:
    """What the runs changed against the baseline, one KPI beside the other."""
    simulated = any(c.simulated for c in comparisons)
    mark = f" {badge_text('simulated')}" if simulated else ""
    st.markdown(f"**What its runs changed against the baseline**{mark}")
    for place, found in zip(st.columns(len(comparisons), gap="xsmall"), comparisons, strict=True):
        with place:
            st.markdown(summary(found), help=textual(found.withheld or " ".join(found.judged.reasons)))
