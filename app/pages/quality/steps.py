"""Cleaning on the quality page: steps are collected, their effect is counted, then they make a new version."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from app.pages.context.address import LOG, VERSION, put
from app.pages.parts import act, facts, fresh, say_in_words
from app.pages.quality.forms import step_form
from app.pages.state import actor, home, name_of
from app.pages.text import textual
from app.theme import count, moment, plural
from app.verbs import clean, undo
from core.errors import TandemError
from core.eventlog import LogVersion
from core.workspace import Workspace
from ingest import Lineage, Offer, Step, StepChange, lineage, preview_cleaning

_MADE = "quality_made"  # the version that was just made, to be shown next


@dataclass(frozen=True)
class Basket:
    """The steps that were collected for one version, in this browser session."""

    log: LogVersion

    @property
    def key(self) -> str:
        """Where they are kept between two runs of the page."""
        return f"cleaning-{self.log.log}.v{self.log.version}"

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps, in the order in which they will be done."""
        return tuple(st.session_state.get(self.key, ()))

    def put(self, steps: Sequence[Step]) -> None:
        """Let `steps` be what is collected."""
        st.session_state[self.key] = tuple(steps)

    def add(self, step: Step) -> None:
        """Collect one more step; one that is there already is not added again."""
        if step not in self.steps:
            self.put((*self.steps, step))

    def offer(self, offered: Offer, key: str) -> None:
        """A button that adds the step offered, or says that it is collected; beside it, what the step takes away."""
        step = offered.step
        there = step in self.steps
        st.button(
            textual(_sentence(step.words)),
            key=f"add-{key}-{step.kind}", on_click=self.add, args=(step,), disabled=there,
            icon=":material/check:" if there else ":material/cleaning_services:",
            help="It is among the cleaning steps below." if there else "Adds it to the cleaning steps below.",
        )  # fmt: skip
        st.caption(textual(f"{_sentence(offered.effect)}."))


def open_version() -> None:
    """Show the version that the last act made. Called before the boxes that choose one."""
    made = st.session_state.pop(_MADE, None)
    if made is not None:
        put({LOG: made.log, VERSION: f"v{made.version}"})


def show_cleaning(ws: Workspace, basket: Basket) -> None:
    """The collected steps with what each would change, and the button that does them."""
    left, right = st.columns([8, 7], gap="medium")
    with right, st.container(border=True, key="another-step"):
        step_form(ws, basket.log, basket.add)
    with left:
        if not basket.steps:
            st.caption(
                "No step is collected yet. Findings offer steps that mend them; others can be written at the right. "
                "They make a new version: the one shown here stays as it is."
            )
            return
        try:
            changes = _counted(ws, home(), basket.log, basket.steps)
        except TandemError as error:
            say_in_words(error)
            changes = ()
        for number, step in enumerate(basket.steps):
            _collected(basket, number, step, changes[number] if changes else None)
        if changes:
            _do(ws, basket, changes)


def _collected(basket: Basket, number: int, step: Step, change: StepChange | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        effect = "" if change is None else f"  \n:small[{textual(change.words)}]"
        st.markdown(f"**{count(number + 1)}.** {textual(_sentence(step.words))}{effect}", width="stretch")
        rest = [other for place, other in enumerate(basket.steps) if place != number]
        st.button(
            "Leave out", key=f"out-{number}-{step.kind}", icon=":material/close:", type="tertiary", on_click=basket.put,
            args=(rest,),
        )  # fmt: skip


def _do(ws: Workspace, basket: Basket, changes: Sequence[StepChange]) -> None:
    whole = StepChange(
        sum(c.instances for c in changes), sum(c.cases for c in changes), sum(c.values for c in changes)
    )  # fmt: skip
    log = basket.log
    with st.form(f"clean-{basket.key}", border=False):
        reason = st.text_input("Why", key=fresh(f"why-{basket.key}"), placeholder="Kept with the new version")
        st.caption(
            f"In all: {textual(whole.words)}. Version {log.version} stays as it is, and every step can be undone."
        )
        label = f"Make a new version with {plural(len(basket.steps), 'step')}"
        if not st.form_submit_button(label, type="primary", icon=":material/cleaning_services:"):
            return
        if not reason.strip():
            st.error("Say why: who reads the new version wants to know.", icon=":material/error:")
            return

    def verb() -> None:
        made = clean(ws, log.log, log.version, basket.steps, by=actor(), reason=reason.strip())
        basket.put(())
        st.session_state[_MADE] = made

    act(verb, f"{log.log} has a new version: {whole.words}")


def show_lineage(ws: Workspace, log: LogVersion) -> None:
    """Where the version comes from, step by step, each with a way back."""
    found: Lineage = _lineage(ws, home(), log)
    if not found.steps:
        facts({"Made from": log.source, "Stored": f"{moment(log.created_at)} by {name_of(log.created_by)}"})
        st.caption("Nothing was cleaned: this version is as it was stored first.")
        return
    st.caption(f"Version {log.version} comes from version {count(found.root)} by {plural(len(found.steps), 'step')}.")
    for step in found.steps:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            why = f" · {textual(step.reason)}" if step.reason else ""
            by = textual(name_of(step.by))
            st.markdown(
                f"**{step.number}.** {textual(_sentence(step.step.words))}  \n"
                f":small[{textual(step.change.words)} · version {step.version}, {moment(step.at)}, by {by}{why}]",
                width="stretch",
            )
            _undo(ws, log, step.number)


def _undo(ws: Workspace, log: LogVersion, number: int) -> None:
    with st.popover("Undo", icon=":material/undo:", key=fresh(f"undo-{number}")):
        st.caption(f"Makes a new version without step {count(number)}. Version {log.version} stays.")
        reason = st.text_input("Why", key=fresh(f"undo-why-{number}"))
        if st.button("Undo this step", key=f"undo-do-{number}", type="primary", disabled=not reason.strip()):
            act(_undone(ws, log, number, reason.strip()), f"Step {number} is undone in a new version")


def _undone(ws: Workspace, log: LogVersion, number: int, reason: str) -> Callable[[], None]:
    def verb() -> None:
        st.session_state[_MADE] = undo(ws, log.log, log.version, number, by=actor(), reason=reason)

    return verb


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


@st.cache_data(show_spinner="Counting what the steps change", max_entries=32)
def _counted(_ws: Workspace, _home: str, log: LogVersion, steps: tuple[Any, ...]) -> tuple[StepChange, ...]:
    return preview_cleaning(_ws, log.log, log.version, steps)


@st.cache_data(show_spinner=False, max_entries=64)
def _lineage(_ws: Workspace, _home: str, log: LogVersion) -> Lineage:
    return lineage(_ws, log.log, log.version)
