"""Process map: how does the work really run?"""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.components.process_map import END, START, Picked, process_map
from app.pages.analysis import Chosen, analysis_bar
from app.pages.asking import ask
from app.pages.context.missing import say_missing
from app.pages.parts import act, empty, fresh
from app.pages.process_map.bar import Drawing, choose_options, choose_view, sliders
from app.pages.process_map.export import activity_rows, downloads, path_rows
from app.pages.process_map.metrics import Counting, Look
from app.pages.process_map.models import model_options, model_view, model_words
from app.pages.process_map.panel import ShownGraph, activity_panel, boundary_panel, path_panel, summary_panel
from app.pages.process_map.view import (
    NO_FIGURES,
    ORDERED,
    ActivityFacts,
    caption,
    complete_order,
    draw,
    flow_order,
    legend,
)
from app.pages.simulated import simulated_in
from app.pages.state import actor, parameter, set_parameter, workspace
from app.pages.text import literal
from app.theme import count, plural
from app.verbs import save_map
from core.eventlog import LogVersion
from core.selection.selection import Selection
from core.trust import Result
from core.view import View
from mining.map.abstraction import view
from mining.map.dfg import Dfg
from mining.map.facts import attributes_of_events, currency_of, detail_of, figures_of, frequent_of
from mining.map.figures import ActivityDetail, MapFigures
from mining.map.maps import list_maps
from mining.map.redraw import redraw

_HEIGHT = 470
_ABOVE = 232  # pixels over the map: title, context bar, choosers
_MOST_PATHS = 1000  # dot needs 3 s for 980 paths and 72 s for 1,657 of the same log
_ARROW = "→"


@dataclass(frozen=True)
class Graph:
    """What the first paint needs of a selection."""

    dfg: Dfg
    facts: ActivityFacts
    cases: int


def page() -> None:
    """The map of what the filters leave, its process tree and BPMN, and the panel beside it."""
    chosen = analysis_bar(
        "How does the work really run?",
        "A process map is drawn from the events of real cases.",
        shows=(Result.ORDER, Result.WAITING_TIME),
    )
    if chosen is None:
        return
    bar = st.container(horizontal=True, vertical_alignment="bottom", key="map-bar")
    with bar:
        shown_as = choose_view()
    if shown_as is Drawing.MAP:
        _map(chosen, bar)
    else:
        _model(chosen.view, shown_as, bar)


def _map(chosen: Chosen, bar: DeltaGenerator) -> None:
    asked = chosen.view
    with bar:
        # The sliders stand first, but open where the graph says, and that depends on the options.
        places = (
            st.container(horizontal=True, width="content"),
            st.container(horizontal=True, vertical_alignment="bottom"),
        )
    with places[1]:
        look, group = choose_options(ask(attributes_of_events, asked.whole), ask(currency_of, asked.whole))
    asked = asked.of(asked.selection.group(group or asked.selection.grouped_by))
    counted = look.counting is Counting.CASES or parameter("activity") is not None or parameter("path") is not None
    graph = _graph(asked, cases=counted)
    with places[0]:
        percent = sliders(graph.dfg)
    shown = view(graph.dfg, percent[0] / 100, percent[1] / 100, _also())
    with places[1]:
        _save(asked)
        _export(asked, percent)
    figures = _figures(asked) if look.needs_figures else NO_FIGURES
    facts = replace(graph.facts, figures=figures)
    picked = _picked(graph.dfg)
    left, right = st.columns([11, 5], gap="small")
    with left:
        _draw(shown, graph.dfg, facts, look, picked, asked)
    with right, st.container(height=_HEIGHT, key="panel"):
        seen = ShownGraph(graph.dfg, shown, facts, graph.cases, asked.selection.grouped_by)
        if picked != Picked():
            seen = replace(seen, facts=replace(facts, figures=_figures(asked)))
        _panel(chosen.log, asked, seen, picked, look)


def _draw(shown: Dfg, whole: Dfg, facts: ActivityFacts, look: Look, picked: Picked, asked: View) -> None:
    if len(shown.paths) > _MOST_PATHS:
        empty(
            f"{count(len(shown.paths))} paths are too many for one map",
            f"Nobody can read more than {count(_MOST_PATHS)}, and drawing them takes minutes. "
            "Lower the slider of the paths or of the activities.",
        )
        return
    shape = replace(
        draw(shown, facts, look, key=f"{asked.log} v{asked.version} {asked.selection.grouped_by}", whole=whole),
        legend=tuple((m.words, m.look) for m in legend(shown, facts, look)),
        caption=f"{asked.log}, version {asked.version}{_filtered(asked.selection)}: {caption(shown, whole, look)}",
        file=f"{asked.log}-v{asked.version}-map",
    )
    process_map(shape, selected=picked, on_pick=_pick, key="process_map", height=_HEIGHT, above=_ABOVE)


def _filtered(selection: Selection) -> str:
    active = len(selection.active)
    return f", {plural(active, 'filter')}" if active else ""


def _model(asked: View, shown_as: Drawing, bar: DeltaGenerator) -> None:
    ws = workspace()
    with bar:
        options = model_options(len(_graph(asked, cases=False).dfg.activities))
        _save(asked)
    picked = Picked(activity=parameter("activity"))
    left, right = st.columns([11, 5], gap="small")
    with left:
        model_view(ws, asked, shown_as, options, picked, (_HEIGHT, _ABOVE))
    with right, st.container(height=_HEIGHT, key="panel"):
        model_words(ws, asked, options, shown_as)
        if picked.activity is not None:
            graph = _graph(asked, cases=True)
            if picked.activity in {a.name for a in graph.dfg.activities}:
                facts = replace(graph.facts, figures=_figures(asked))
                seen = ShownGraph(graph.dfg, graph.dfg, facts, graph.cases)
                activity_panel(picked.activity, seen, _detail(asked, picked.activity), _show)


def _panel(log: LogVersion, asked: View, seen: ShownGraph, picked: Picked, look: Look) -> None:
    if picked.activity is not None:
        detail = _detail(asked, picked.activity)
        activity_panel(picked.activity, seen, detail, _show)
    elif picked.path is None:
        _say_missing()
        summary_panel(seen, log, look)
    elif START in picked.path or END in picked.path:
        boundary_panel(picked.path, seen)
    else:
        path_panel(next(p for p in seen.whole.paths if (p.source, p.target) == picked.path), seen)


def _say_missing() -> None:
    """Say what the URL selects and the map does not have."""
    for name in ("activity", "path"):
        named = parameter(name)
        if named is not None:
            say_missing(name, named, name)


def _picked(dfg: Dfg) -> Picked:
    """What the URL says is selected, if the filters leave it; the sliders may hide it."""
    activity, path = parameter("activity"), parameter("path")
    if activity in {a.name for a in dfg.activities}:
        return Picked(activity=activity)
    if path is None:
        return Picked()
    ends = [(START, b.activity) for b in dfg.starts] + [(b.activity, END) for b in dfg.ends]
    for pair in [(p.source, p.target) for p in dfg.paths] + ends:
        if path == _ARROW.join(pair):
            return Picked(path=pair)
    return Picked()


def _pick(picked: Picked) -> None:
    """Write into the URL what is selected; first what is not, so that no step of the way back shows both."""
    wanted = {"activity": picked.activity, "path": _ARROW.join(picked.path) if picked.path else None}
    for name, value in sorted(wanted.items(), key=lambda pair: pair[1] is not None):
        set_parameter(name, value)


def _also() -> list[str]:
    """The activities that the person asked to see whatever the sliders say."""
    return st.query_params.get_all("show")


def _show() -> None:
    """Show the selected activity on the map, whatever the sliders say."""
    activity = parameter("activity")
    if activity is not None:
        st.query_params["show"] = [*_also(), activity]


def _save(asked: View) -> None:
    """Save what was discovered as a workflow map, which never changes."""
    saving = st.popover("Save map", key=fresh("save"), on_change="rerun")
    if not saving.open:
        return
    ws, active = workspace(), len(asked.selection.active)
    with saving, st.form("save-map", border=False):
        known = {m.name for m in list_maps(ws)}
        name = st.text_input("Name of the workflow map", value=asked.log, key="map_name")
        noise = st.slider("Leave out paths rarer than", 0, 50, 0, format="%d %%", key="map_noise")
        notes = st.text_area("Notes", key="map_notes", height=80)
        if active:
            st.caption(f"It is discovered from what {plural(active, 'filter')} leave of the log.")
        if known:
            st.caption(f"A name that is known gets a new version. Known: {literal(', '.join(sorted(known)))}.")
        if st.form_submit_button("Save map", type="primary"):
            act(
                lambda: save_map(
                    ws, name, asked.of(asked.selection.group("")), noise=noise / 100, notes=notes, by=actor()
                ),
                f"Workflow map {name} is saved",
            )


def _export(asked: View, percent: tuple[int, int]) -> None:
    """Offer what the map shows as files, with everything that is known of it."""
    exporting = st.popover("Export", key="export", on_change="rerun")
    if not exporting.open:
        return
    graph, figures = _graph(asked, cases=True), _figures(asked)
    shown = view(graph.dfg, percent[0] / 100, percent[1] / 100, _also())
    with exporting:
        downloads(
            f"{asked.log}-v{asked.version}",
            lambda: activity_rows(shown, graph.facts, figures),
            lambda: path_rows(shown, figures),
        )


def _graph(view: View, *, cases: bool) -> Graph:
    """The graph of a view with who works; no tree and no times, which the first paint does not show, and the cases of
    paths only where they are asked for."""
    found = ask(redraw, view, "Discovering the map", cases=cases)
    grouped = bool(view.selection.grouped_by)
    simulated = frozenset() if grouped else simulated_in(view)
    order = flow_order(ask(frequent_of, view.of(Selection(grouped_by=view.selection.grouped_by)), most=ORDERED))
    facts = ActivityFacts(
        found.mix, complete_order(order, found.dfg), NO_FIGURES, ask(currency_of, view.whole), simulated
    )
    return Graph(found.dfg, facts, found.cases)


def _figures(view: View) -> MapFigures:
    return ask(figures_of, view, "Measuring times")


def _detail(view: View, activity: str) -> ActivityDetail:
    return ask(detail_of, view, activity=activity)
