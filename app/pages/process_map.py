"""Process map: how does the work really run?"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.components.process_map import Picked, process_map
from app.pages.map_panel import activity_panel, path_panel, summary_panel
from app.pages.map_view import Colour, Facts, coverage, draw, flow_order
from app.pages.parts import act, badge_text, empty, fresh, head, section, table, wide_column
from app.pages.simulated import simulated_in
from app.pages.state import acting, choose_log, home, parameter, set_parameter, workspace
from app.theme import count, plural, share
from core import LogVersion, Workspace
from mining import Dfg, Variant, discover_dfg, list_maps, opening_view, profiles, save_map, variants, view

_HEIGHT = 500
_VARIANTS_SHOWN = 500
_MOST_PATHS = 1000  # dot needs 3 s for 980 paths and 72 s for 1,657 of the same log


def page() -> None:
    """The map of one event log version, its panel, its variants, and the way to save it."""
    ws = workspace()
    head("How does the work really run?")
    if not ws.logs.versions():
        empty(
            "No event log to map yet",
            "A process map is drawn from the events of real cases.",
            to="logs",
            step="Import an event log",
        )
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        log = choose_log()
        dfg, traces, facts = _discovered(ws, home(), log.log, log.version)
        activities, paths = _sliders(dfg)
        colour = _colour()
        _save(ws, log)
    shown = view(dfg, activities / 100, paths / 100)
    picked = _picked(shown)
    left, right = st.columns([11, 5], gap="small")
    with left:
        if len(shown.paths) > _MOST_PATHS:
            empty(
                f"{count(len(shown.paths))} paths are too many for one map",
                f"Nobody can read more than {count(_MOST_PATHS)}, and drawing them takes minutes. "
                "Lower the slider of the paths or of the activities.",
            )
        else:
            shape = draw(shown, facts, colour, key=f"{log.log} v{log.version}")
            process_map(shape, selected=picked, on_pick=_pick, key="process_map", height=_HEIGHT)
    with right, st.container(height=_HEIGHT, key="panel"):
        _panel(dfg, shown, facts, picked, log, colour)
    _variants(traces, log, simulated=bool(facts.simulated))


def _sliders(dfg: Dfg) -> tuple[int, int]:
    """How many per cent of activities and paths are shown; a map opens with few enough to be understood."""
    opening = opening_view(dfg)
    activities = st.slider(
        "Activities", 0, 100, round(opening.activities * 100), format="%d %%", key="activities", bind="query-params",
        width=150, help="The most frequent activities, in per cent of all.",
    )  # fmt: skip
    paths = st.slider(
        "Paths", 0, 100, round(opening.paths * 100), format="%d %%", key="paths", bind="query-params", width=150,
        help="The most frequent paths between them, in per cent; every activity stays connected.",
    )  # fmt: skip
    return activities, paths


def _colour() -> Colour:
    return Colour(
        st.selectbox(
            "Colour by", [c.value for c in Colour], key="colour", bind="query-params",
            format_func=lambda c: c.capitalize(), width=140,
        )
    )  # fmt: skip


def _picked(shown: Dfg) -> Picked:
    """What the URL says is selected, if the map shows it."""
    activity, path = parameter("activity"), parameter("path")
    if activity in {a.name for a in shown.activities}:
        return Picked(activity=activity)
    for candidate in shown.paths:
        if path == f"{candidate.source}→{candidate.target}":
            return Picked(path=(candidate.source, candidate.target))
    return Picked()


def _pick(picked: Picked) -> None:
    """Write into the URL what is selected; first what is not, so that no step of the way back shows both."""
    wanted = {"activity": picked.activity, "path": "→".join(picked.path) if picked.path else None}
    for name, value in sorted(wanted.items(), key=lambda pair: pair[1] is not None):
        set_parameter(name, value)


def _panel(dfg: Dfg, shown: Dfg, facts: Facts, picked: Picked, log: LogVersion, colour: Colour) -> None:
    if picked.activity is not None:
        activity_panel(picked.activity, dfg, facts, log.cases)
    elif picked.path is not None:
        path_panel(next(p for p in dfg.paths if (p.source, p.target) == picked.path), facts)
    else:
        summary_panel(dfg, shown, facts, log, colour)


def _save(ws: Workspace, log: LogVersion) -> None:
    """Save what was discovered as a workflow map, which never changes."""
    with (
        st.popover("Save map", icon=":material/bookmark_add:", key=fresh("save"), on_change="rerun"),
        st.form("save-map", border=False),
    ):
        known = {m.name for m in list_maps(ws)}
        name = st.text_input("Name of the workflow map", value=log.log, key="map_name")
        noise = st.slider("Leave out paths rarer than", 0, 50, 0, format="%d %%", key="map_noise")
        notes = st.text_area("Notes", key="map_notes", height=80)
        if known:
            st.caption(f"A name that is known gets a new version. Known: {', '.join(sorted(known))}.")
        if st.form_submit_button("Save map", type="primary"):
            act(
                lambda: save_map(ws, name, log.log, log.version, noise=noise / 100, notes=notes, by=acting()),
                f"Workflow map {name} is saved",
            )


def _variants(found: Sequence[Variant], log: LogVersion, *, simulated: bool) -> None:
    section("Variants")
    mark = f" {badge_text('simulated')}" if simulated else ""
    shares = coverage(found)
    most = next((n for n, reached in enumerate(shares, 1) if reached >= 0.8), len(found))
    st.caption(
        f"{plural(len(found), 'variant')} in {plural(log.cases, 'case')}; the most frequent "
        f"{plural(most, 'covers', 'cover').replace('1 covers', 'one covers')} {share(shares[most - 1])} of the cases."
        f"{mark}"
    )
    rows = [
        {
            "No.": number,
            "Cases": variant.cases,
            "Share": variant.cases / log.cases,
            "Covered": shares[number - 1],
            "Activities": len(variant.trace),
            "Trace": " → ".join(variant.trace),
        }
        for number, variant in enumerate(found[:_VARIANTS_SHOWN], 1)
    ]
    formats = {"Share": share, "Covered": share}
    table(rows, key="variants", columns={"Trace": wide_column()}, formats=formats, height=300, alt="Variants")
    if len(found) > _VARIANTS_SHOWN:
        st.caption(f"{count(_VARIANTS_SHOWN)} of {count(len(found))} variants are listed.")


@st.cache_data(show_spinner="Discovering the map", max_entries=16)
def _discovered(_ws: Workspace, _home: str, log: str, version: int) -> tuple[Dfg, tuple[Variant, ...], Facts]:
    """Graph, variants and facts of a log version; no tree, which only a saved map needs and which takes long."""
    stored = _ws.logs.get(log, version)
    with _ws.logs.read(stored) as connection:
        dfg, traces = discover_dfg(connection), variants(connection)
        profiled = profiles(connection, dfg)
    currency = _ws.logs.meta(stored).get("currency")
    return (
        dfg,
        traces,
        Facts({p.activity: p for p in profiled}, flow_order(traces), currency, simulated_in(_ws, stored)),
    )
