"""What the words of a file mean: guesses to be accepted, outcomes that are errors, activities that only wait."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from app.pages.import_log.columns import chosen_mapping
from app.pages.said_here import ENDS, ERRORS
from app.pages.state import workspace
from app.pages.text import literal, textual
from ingest import ColumnMapping, Preview, RoleGuess


@dataclass(frozen=True)
class WordsAnswered:
    """What was answered about words."""

    errors: tuple[str, ...]
    pauses: tuple[str, ...]
    ends: tuple[str, ...]


def accept_guesses(preview: Preview, roles: dict[str, str]) -> bool:
    """Whether the guesses that KPIs are computed from, as far as they stand, are accepted; a choice is none."""
    if chosen_mapping(workspace()) is not None:
        return True
    open_ = [guess for guess in preview.roles if guess.feeds and roles.get(guess.role.value) == guess.column]
    if not open_:
        return True
    with st.container(border=True, gap="xsmall"):
        st.markdown("**KPIs are computed from these guesses. Do the values mean this?**")
        st.markdown("\n".join(f"- {_shown(guess)}" for guess in open_))
        asked = ",".join(f"{guess.role}={guess.column}" for guess in open_)
        return st.checkbox("Yes, they mean this", key=f"accept-{preview.path.name}-{asked}")


def choose_words(preview: Preview, roles: dict[str, str]) -> WordsAnswered:
    """Which outcomes are errors, where that is not known, and in which activities work waits for somebody outside."""
    kept = chosen_mapping(workspace())
    named = kept.name if kept else ""
    unknown = preview.unknown_outcomes.get(roles.get("outcome", ""), ())
    errors: list[str] = []
    pauses: list[str] = []
    ends: list[str] = []
    with st.container(horizontal=True, vertical_alignment="top", gap="small"):
        if unknown:
            errors = _choose_errors(unknown, roles["outcome"], kept)
        waiting = list(kept.pauses) if kept else []
        options = list(dict.fromkeys([*preview.words.get(roles.get("activity", ""), ()), *waiting]))
        pauses = st.multiselect(
            "Activities that wait for somebody outside", options, key=f"import_pauses-{named}", default=waiting,
            width=420, accept_new_options=True, placeholder="none",
            help="Pauses: their time is not the organisation's. Type the name of one that is not listed.",
        )  # fmt: skip
        over = list(kept.ends) if kept else []
        ends = st.multiselect(
            ENDS, list(dict.fromkeys([*options, *over])), key=f"import_ends-{named}",
            default=over, width=420, accept_new_options=True, placeholder="those after which old cases do not go on",
            disabled="complete" in roles,
            help="Where no column says which cases are complete: a case that ended with one of these is; the others "
            "are open, or unknown once they have been quiet for long. The quality report says what was taken.",
        )  # fmt: skip
    return WordsAnswered(tuple(errors), tuple(pauses), tuple(ends))


def _choose_errors(unknown: tuple[str, ...], column: str, kept: ColumnMapping | None) -> list[str]:
    """Which of the words of the outcome that are not known are errors."""
    with st.container(width=420, gap="xsmall"):
        errors = st.multiselect(
            ERRORS, unknown, key=f"import_errors-{kept.name if kept else ''}-{column}",
            default=[w for w in unknown if kept and w in kept.error_words],
            help="What is not chosen is no error. Words such as ok and failed are known.",
        )  # fmt: skip
        if not errors:
            st.caption("As long as none is chosen, it is unknown whether these failed; no error rate is told of them.")
    return errors


def _shown(guess: RoleGuess) -> str:
    """A guess with its values."""
    role = guess.role.value.replace("_", " ").capitalize()
    values = " · ".join(textual(text) for text in guess.examples)
    return f"**{literal(role)}** is {textual(guess.column)}: {values}"
