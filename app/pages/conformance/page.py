"""Conformance: does the work follow the model?"""

from __future__ import annotations

import streamlit as st

from app.components.process_map import Picked, process_map
from app.conforming import coverage_in_words, fitness_in_words, follows_in_words
from app.pages.analysis import Chosen, analysis_bar, offer
from app.pages.asking import ask
from app.pages.conformance.detail import detail_view
from app.pages.conformance.job import CheckJob, Key, forget, job
from app.pages.conformance.map import departing, draw, model_graph
from app.pages.context.boxes import box
from app.pages.parts import badge_text, empty, say_in_words, table, wide_column
from app.pages.process_map.view import flow_order
from app.pages.state import home, parameter, set_parameter, workspace
from app.pages.text import literal, textual
from app.theme import NOTHING, count, plural, share
from core.errors import TandemError
from core.selection.filters import VariantFilter
from core.trust import Result
from core.view import View
from core.workspace import Workspace
from mining.conformance import (
    Allowed,
    Conformance,
    Detail,
    Deviation,
    Model,
    deviation_detail,
    model_of_bpmn,
    model_of_map,
    variants_model,
    with_allowed,
)
from mining.map.facts import currency_of
from mining.map.maps import list_maps
from mining.map.variant import Variant

_SOURCES = {"map": "Workflow map", "bpmn": "BPMN file", "variants": "Frequent variants"}
_VARIANTS = ("80%", "50%", "90%", "95%", "1", "5", "10", "20", "50")
_BUDGETS = (15, 60, 300, 1800)
_HEIGHT = 520
_PATIENCE = 1.0  # seconds before progress is shown: most checks are done by then
_MOST_ROWS = 500
_FITNESS = (
    "How much of what was done the model allows, from 0 to 1: 1 less the cost of optimal alignments divided by that "
    "of the worst. Each activity skipped or done beyond the model costs 1. Source: Adriansyah and others, 2011."
)
_PRECISION = (
    "How much of what the model allows was done, from 0 to 1: at every point that cases pass, the activities done next "
    "divided by those that the model allows next. A model that allows everything is not precise. Source: Adriansyah "
    "and others, 2012."
)


def page() -> None:
    """A log, or a selection of it, against one model."""
    chosen = analysis_bar(
        "Does the work follow the model?", "Conformance compares real cases with a model.", shows=(Result.ORDER,)
    )
    if chosen is None:
        return
    ws = workspace()
    if chosen.selection.grouped_by:
        empty("Activities are grouped", "A model speaks of activities. Go back to them with the chip above.")
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="conformance-model"):
        model = _choose_model(ws, chosen)
        seconds = _budget()
    if model is None:
        return
    key: Key = (home(), chosen.log.log, chosen.log.version, chosen.selection, model.reference, float(seconds))
    running = job(ws, key, model)
    if not running.ended.wait(_PATIENCE):
        _wait(running, chosen)
        return
    if running.error is not None:
        _failed(running.error, key)
        return
    assert running.result is not None
    _result(ws, with_allowed(ws, running.result), key)


def _choose_model(ws: Workspace, chosen: Chosen) -> Model | None:
    """The model that the boxes name; None where there is none yet, which is said already."""
    maps = list_maps(ws)
    own = [f"{m.name}@{m.version}" for m in reversed(maps) if m.log == chosen.log.log]
    source = st.segmented_control(
        "Check against", list(_SOURCES), key="against", bind="query-params", required=True,
        default="map" if own else "variants", format_func=_SOURCES.__getitem__, label_visibility="collapsed",
    )  # fmt: skip
    if source == "bpmn":
        return _of_bpmn()
    if source == "variants":
        wanted = st.selectbox(
            "Most frequent variants",
            _VARIANTS,
            key="top",
            bind="query-params",
            width=230,
            label_visibility="collapsed",
            format_func=_variants_words,
        )
        return ask(variants_model, chosen.view, "Choosing the variants", chosen=str(wanted))
    if not maps:
        empty(
            "No workflow map yet",
            "A map is saved from what was discovered.",
            to="process_map",
            step="Discover and save a map",
        )
        return None
    named = [f"{m.name}@{m.version}" for m in reversed(maps)]
    name = box(
        "Workflow map", named, key="model_map", what="workflow map", default=own[0] if own else None, width=260,
        label_visibility="collapsed", said=lambda n: n.replace("@", " v"),
    )  # fmt: skip
    wanted_map, _, version = name.rpartition("@")
    return model_of_map(ws, wanted_map, int(version))


def _of_bpmn() -> Model | None:
    sent = st.file_uploader("BPMN 2.0 file", type=["bpmn", "xml"], key="bpmn_file", width=360)
    if sent is None:
        st.caption(
            "Tasks are matched with activities by their names. Exclusive, event-based and parallel gateways, loops, "
            "subprocesses and lanes are read; what cannot be read is said.",
            width=420,
        )
        return None
    try:
        return model_of_bpmn(sent.getvalue(), sent.name)
    except TandemError as error:
        st.error(textual(error.message), icon=":material/error:")
        return None


def _budget() -> int:
    return int(
        st.selectbox(
            "Time", _BUDGETS, index=1, key="budget", bind="query-params", width=150, label_visibility="collapsed",
            format_func=lambda s: f"at most {s} s" if s < 120 else f"at most {s // 60} min",
            help="Variants are aligned in random order, like with like, until this time is over. Figures of all cases "
            "are then estimates with their intervals.",
        )
    )  # fmt: skip


def _variants_words(chosen: str) -> str:
    return f"that cover {chosen.replace('%', ' %')}" if "%" in chosen else plural(int(chosen), "variant")


@st.fragment(run_every=0.5)
def _wait(running: CheckJob, chosen: Chosen) -> None:
    """How far aligning has come, and the button that stops it."""
    if running.done:
        st.rerun()
    so_far = running.progress
    with st.container(border=True, key="conformance-progress"):
        if so_far is None:
            st.progress(0.0, text=f"Reading the variants of {plural(chosen.cases, 'case')}")
        else:
            covered = so_far.cases / so_far.of_cases if so_far.of_cases else 1.0
            st.progress(
                covered,
                text=f"Aligned {count(so_far.variants)} of {plural(so_far.of_variants, 'variant')}: "
                f"{share(covered)} of the cases",
            )
        if running.stop.is_set():
            st.caption("Stopping; what is aligned is shown in a moment.")
        elif st.button("Stop and show what is aligned", icon=":material/stop_circle:", key="stop"):
            running.stop.set()


def _failed(error: Exception, key: Key) -> None:
    if isinstance(error, TandemError):
        say_in_words(error)
    if st.button("Try again", icon=":material/refresh:", key="again"):
        forget(key)
        st.rerun()


def _result(ws: Workspace, found: Conformance, key: Key) -> None:
    if found.unrelated:
        title = found.title[:1].upper() + found.title[1:]
        empty(
            "Model and log have no activity in common",
            f"{textual(title)} speaks of another process. Choose the workflow map of this log, or check against its "
            "own frequent variants.",
        )
        return
    _context(found, key)
    _tiles(found)
    left, right = st.columns([10, 9], gap="medium")
    with left:
        picked = _deviations(found)
    with right, st.container(height=_HEIGHT, key="conformance-panel", border=picked is not None):
        if picked is None:
            _map(found)
        else:
            allowed = next((a for d, a in found.allowed if d.key == picked.key), None)
            told = _detail(ws, key, found.aligned_cases, found, picked)
            detail_view(found, told, allowed, ask(currency_of, View(key[1], key[2])))


def _context(found: Conformance, key: Key) -> None:
    notes = [f"Against {textual(found.title)}", textual(coverage_in_words(found))]
    if found.only_in_model:
        notes.append(f"only in the model: {textual(_some(found.only_in_model))}")
    if found.only_in_log:
        notes.append(f"only in the log: {textual(_some(found.only_in_log))}")
    mark = f"{badge_text('warning', more='')} " if not found.complete else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(mark + " · ".join(notes))
        if not found.complete and st.button("Align the rest", key="go-on", type="tertiary", help="Starts again."):
            forget(key)
            st.rerun()


def _some(names: tuple[str, ...], most: int = 4) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _tiles(found: Conformance) -> None:
    fit, follow, precise = fitness_in_words(found), follows_in_words(found), found.precision
    aligned = f"n = {plural(found.aligned_cases, 'case')}" if found.complete else _of_aligned(found)
    with_allowed_too = (
        f" · {found.fitness_allowing.log:.3f} with {plural(len(found.allowed), 'deviation')} allowed"
        if found.allowed and found.fitness_allowing
        else ""
    )
    rough = precise is not None and precise.approximate
    tiles = (
        (
            "Fitness",
            f"{found.fitness.log:.3f}" if found.complete and found.fitness else fit.figure,
            _FITNESS,
            _first_upper(fit.note or aligned) + with_allowed_too,
        ),
        (
            "Precision",
            f"{'≥ ' if rough else ''}{precise.value:.3f}" if precise is not None else NOTHING,
            _PRECISION,
            ("Approximate: the model is too free to be followed exactly" if rough else aligned)
            if precise is not None or not found.aligned_cases
            else "Not told: the time was over before it was known",
        ),
        (
            "Cases that follow the model",
            follow.figure,
            "Cases whose trace the model allows as it is.",
            _first_upper(follow.note),
        ),
        (
            "Deviations",
            count(len(found.deviations)),
            "Different ways in which cases depart from the model, allowed ones aside.",
            f"{plural(len(found.allowed), 'more is', 'more are')} allowed" if found.allowed else "none is allowed yet",
        ),
    )
    for place, (label, value, meaning, note) in zip(st.columns(4, gap="small"), tiles, strict=True):
        with place, st.container(border=True, height="stretch", gap="xsmall"):
            st.metric(literal(label), literal(value), help=literal(meaning))
            st.caption(textual(note))


def _of_aligned(found: Conformance) -> str:
    """What figures of the cases that were aligned are of."""
    return f"Of the {plural(found.aligned_cases, 'case')} aligned, no fair sample of all {count(found.cases)}"


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:] if not text.startswith("n =") else text


def _deviations(found: Conformance) -> Deviation | None:
    """The table of deviations; the one that is selected, or that the URL names."""
    every: list[tuple[Deviation, Allowed | None]] = [(d, None) for d in found.deviations[:_MOST_ROWS]]
    every += list(found.allowed)
    if not every:
        if found.aligned_cases:
            empty("Every case follows the model", "No deviation was found in the cases that were aligned.")
        else:
            empty("Nothing was aligned", "Give it more time, or choose a smaller model.")
        return None
    share_of = "Share" if found.complete else "Share, estimated"
    rows = [
        {
            "Kind": d.kind.value.capitalize() + (" (allowed)" if a else ""),
            "Cases" if found.complete else "Cases aligned": d.cases,
            share_of: d.share,
            "Activity": d.key.removeprefix(f"{d.kind}: "),
        }
        for d, a in every
    ]
    number = table(
        rows, key="deviations", alt="Deviations", columns={"Activity": wide_column()}, formats={share_of: share},
        select=True, within=_HEIGHT - 42,
    )  # fmt: skip
    _below(found)
    if number is not None:
        return every[number][0]
    named = parameter("deviation")
    return next((d for d, _ in every if d.key == named), None)


def _below(found: Conformance) -> None:
    said = "Select a deviation to see its trend, effects and cases."
    if len(found.deviations) > _MOST_ROWS:
        said += f" The {count(_MOST_ROWS)} most frequent of {count(len(found.deviations))} are listed."
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(said, width="stretch")
        if found.fits and len(found.fits) < found.variants and len(found.fits) <= _MOST_ROWS:
            offer(VariantFilter(digests=found.fits), "Only cases that follow", "offer-fits")


def _map(found: Conformance) -> None:
    graph = model_graph(found)
    if not graph.activities:
        return
    order = flow_order([Variant(one.alignment.of_model(), one.cases) for one in found.alignments])
    shape = draw(found, graph, order)
    st.caption("The model as the cases go through it. The stronger its colour, the more cases depart at an activity.")
    process_map(
        shape,
        selected=Picked(),
        on_pick=lambda p: _pick(found, p),
        key="model_map_drawn",
        height=_HEIGHT - 70,
        above=9999,
    )


def _pick(found: Conformance, picked: Picked) -> None:
    """A click on an activity opens its most frequent deviation."""
    worst = departing(found).get(picked.activity or "")
    set_parameter("deviation", worst[1].key if worst else None)


@st.cache_data(show_spinner="Comparing cases", max_entries=64)
def _detail(
    _ws: Workspace,
    key: Key,  # noqa: ARG001 - what the cached value is of, together with `aligned`
    aligned: int,  # noqa: ARG001
    _found: Conformance,
    deviation: Deviation,
) -> Detail:
    return deviation_detail(_ws, _found, deviation)
