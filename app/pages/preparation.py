"""What is missing before a map can be promoted: its roles and actions are made here, its drafts downloaded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from app.next_steps import next_steps
from app.pages.parts import act
from app.pages.state import actor
from app.pages.text import literal
from app.theme import plural
from app.verbs import prepare
from core.workspace import Workspace
from orchestrator.promotion.planning import Plan
from orchestrator.promotion.preparing import Preparation

_DRAFTS = "drafts"


@dataclass(frozen=True)
class Drafts:
    """What was prepared, with the texts of its two drafts."""

    prepared: Preparation
    bindings: str
    policies: str


def preparation(ws: Workspace, plan: Plan) -> None:
    """The way to pass the gates: the button that prepares, then the drafts and the steps that follow."""
    with st.expander("What is missing?", icon=":material/construction:", expanded=_drafts(plan) is not None):
        st.caption(
            f"Preparing adds the roles and declares the actions that the tasks of {literal(plan.name)} need, as "
            "suggested, and drafts its policies and bindings. Roles and policies that are there stay as they are."
        )
        if st.button("Prepare", icon=":material/construction:", key="prepare"):
            act(lambda: _prepare(ws, plan), f"{plan.name} is prepared")
        drafts = _drafts(plan)
        if drafts is not None:
            _next(drafts, plan)


def _drafts(plan: Plan) -> Drafts | None:
    """What this person prepared for this workflow in this session."""
    found: Drafts | None = st.session_state.get(_DRAFTS)
    return found if found is not None and found.prepared.workflow == plan.name else None


def _prepare(ws: Workspace, plan: Plan) -> None:
    with TemporaryDirectory(prefix="tandem-drafts-") as folder:
        made = prepare(
            ws, plan.name, map_name=plan.map_name, map_version=plan.map_version, folder=Path(folder), by=actor()
        )
        texts = made.bindings.read_text("utf-8"), made.policies.read_text("utf-8")
    here = replace(made, bindings=Path(made.bindings.name), policies=Path(made.policies.name))
    st.session_state[_DRAFTS] = Drafts(here, *texts)


def _next(drafts: Drafts, plan: Plan) -> None:
    """The drafts to download, and what remains to be done with them."""
    made = drafts.prepared
    roles, actions = plural(len(made.roles), "role"), plural(len(made.actions), "action")
    new = f"New: {roles} and {actions}." if made.roles or made.actions else "Every role and action was there already."
    st.markdown(f"{new} What remains is for people to decide:")
    with st.container(horizontal=True):
        for path, text in ((made.policies, drafts.policies), (made.bindings, drafts.bindings)):
            st.download_button(
                literal(f"Download {path.name}"), text, path.name, "text/plain", icon=":material/download:"
            )
    st.code("\n".join(next_steps(made, plan.map_name)[:4]), language="bash")
    st.caption(
        "Then come back: the gates are looked at afresh. A changed bindings file is chosen under “Tasks are bound”."
    )
