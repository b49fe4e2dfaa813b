"""The process tree and the BPMN of what the filters leave, discovered within a time limit and drawn in the browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from app.components.process_map import Picked, TreeView, process_map
from app.pages.parts import empty, say_in_words
from app.pages.process_map.bar import Drawing
from app.pages.state import home, set_parameter
from app.pages.text import textual
from app.theme import count, plural, share
from core.errors import TandemError
from core.view import View
from core.workspace import Workspace
from mining.bpmn import to_bpmn
from mining.map.discovery import MOST_ACTIVITIES
from mining.map.timed import TimedModel, discover_timed

_SECONDS = 60.0
_KEPT = 16  # models that the server keeps
_MOST_DRAWN = 400  # nodes of a tree, or activities of BPMN


@dataclass(frozen=True)
class ShownModel:
    """A discovered model, or why there is none."""

    found: TimedModel | None = None
    error: TandemError | None = None


def model_options(activities: int) -> tuple[float, int]:
    """The noise threshold, 0 to 1, and the share of `activities` in per cent; 0 where it was left to the miner."""
    noise = st.slider(
        "Leave out paths rarer than", 0, 50, 20, format="%d %%", key="noise", bind="query-params", width=190,
        help="The noise threshold of the inductive miner: paths rarer than this share of the most frequent one that "
        "leaves the same activity are not followed. At 0 % the model allows every case.",
    )  # fmt: skip
    opening = round(100 * min(1.0, MOST_ACTIVITIES / max(1, activities)))
    share = st.slider(
        "Activities", 1, 100, opening, format="%d %%", key="model_activities", bind="query-params", width=150,
        help=f"The most frequent activities, in per cent of all; opens with all, or the {MOST_ACTIVITIES} most "
        "frequent where there are more.",
    )  # fmt: skip
    return noise / 100, 0 if share == opening else share


def model_view(
    ws: Workspace, asked: View, drawing: Drawing, options: tuple[float, int], picked: Picked,
    size: tuple[int, int],
) -> None:  # fmt: skip
    """The model of what `asked` shows, drawn as `drawing` says.

    `size` is its least height and how many pixels of the window are above it.
    """
    model = _model(ws, asked, *options)
    if model.error is not None:
        say_in_words(model.error)
        return
    assert model.found is not None
    _drawn(model.found, asked, drawing, picked, size)


def model_words(ws: Workspace, asked: View, options: tuple[float, int], drawing: Drawing) -> None:
    """What the model was discovered from, and what it leaves out."""
    found = _model(ws, asked, *options).found
    if found is None:
        return
    st.markdown(f"##### {textual(asked.log)}, version {asked.version}")
    st.caption(
        f"Inductive miner on {plural(found.variants, 'variant')} of {plural(found.cases, 'case')}, paths rarer than "
        f"{share(options[0])} left out; {found.seconds:.1f} s."
    )
    if found.left_out:
        st.warning(
            f"{plural(len(found.left_out), 'activity is', 'activities are')} left out of this model, the least "
            f"frequent ones. It has {count(len(set(found.tree.labels())))}.",
            icon=":material/info:",
        )
        with st.expander(f"The {count(len(found.left_out))} left out"):
            st.markdown("\n".join(f"- {textual(name)}" for name in found.left_out))
    st.download_button(
        "Save as BPMN", data=lambda: to_bpmn(found.tree, asked.log), file_name=f"{asked.log}-v{asked.version}.bpmn",
        mime="application/xml", icon=":material/download:", key="save-bpmn", on_click="ignore",
    )  # fmt: skip
    st.caption("A large model opens at its beginning. Drag it to move on; ⤢ shows all of it, + and − zoom.")
    if drawing is not Drawing.TREE:
        return
    st.caption(
        "Read a tree from the top: → in this order, × one of these, ∧ all in any order, ↺ the first, then as often as "
        "wanted the second and the first again. A dot is nothing."
    )


def _drawn(found: TimedModel, asked: View, drawing: Drawing, picked: Picked, size: tuple[int, int]) -> None:
    nodes = sum(1 for _ in found.tree.nodes())
    if nodes > _MOST_DRAWN:
        empty(
            f"{count(nodes)} nodes are too many to be read",
            "Show fewer activities, or leave out more of the rare paths. The BPMN can still be saved.",
        )
        return
    name = f"{asked.log}, version {asked.version}, {plural(len(set(found.tree.labels())), 'activity', 'activities')}"
    if drawing is Drawing.TREE:
        shown = TreeView(
            key=f"tree {asked.log} v{asked.version}",
            name=f"Process tree of {name}",
            tree=found.tree.to_dict(),
            caption=f"Process tree of {name}: inductive miner on {plural(found.cases, 'case')}.",
            file=f"{asked.log}-v{asked.version}-tree",
        )
        process_map(shown, selected=picked, on_pick=_pick, key="process_tree", height=size[0], above=size[1])
        return
    from app.components.bpmn_view import bpmn_view

    bpmn_view(
        to_bpmn(found.tree, asked.log), name=f"BPMN of {name}", key="bpmn", height=size[0], above=size[1],
        file=f"{asked.log}-v{asked.version}-bpmn", activity=picked.activity,
        on_pick=lambda activity: _pick(Picked(activity=activity)),
    )  # fmt: skip


def _pick(picked: Picked) -> None:
    set_parameter("path", None)
    set_parameter("activity", picked.activity)


def _model(ws: Workspace, asked: View, noise: float, share: int) -> ShownModel:
    """The model, discovered once; while it is being discovered, the page says for how long."""
    kept = _models()
    key = (home(), asked, noise, share)
    if (known := kept.get(key)) is not None:
        return known
    place = st.empty()

    def tick(seconds: float, variants: int) -> None:
        place.caption(
            f"Discovering a process tree from {plural(variants, 'variant')}: {seconds:.0f} s so far, at most "
            f"{_SECONDS:.0f} s. Any other choice ends it."
        )

    try:
        found = discover_timed(
            ws, asked, noise=noise, activities_share=share / 100 if share else None, most_seconds=_SECONDS, tick=tick
        )
        model = ShownModel(found)
    except TandemError as error:
        model = ShownModel(error=error)
    place.empty()
    kept[key] = model
    for oldest in list(kept)[:-_KEPT]:
        kept.pop(oldest, None)
    return model


@st.cache_resource(show_spinner=False)
def _models() -> dict[Any, ShownModel]:
    """The models that were discovered last, for every session of this server."""
    return {}
