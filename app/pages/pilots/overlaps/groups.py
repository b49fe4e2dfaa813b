"""Groups of pilots that are proposed to do the same work, with what they cost and what they compete for."""

from __future__ import annotations

import streamlit as st

from app.pages.pager import page_number, pager
from app.pages.parts import bullets, empty, link
from app.pages.pilots.figures import costs_in_words
from app.pages.pilots.found import PilotFindings
from app.pages.text import literal
from app.theme import count, plural
from core.figures import per_cent
from core.workspace import Workspace
from inventory import PilotCluster

_ROWS = 10
_PAGE = "group_page"


def groups(_ws: Workspace, seen: PilotFindings) -> None:
    """The groups, of most pilots first."""
    found = seen.overlaps.clusters
    if not found:
        empty("No pilots are shown as the same work", "Pairs that are in doubt are under “Pairs”.")
        return
    at = page_number(len(found), _PAGE, _ROWS)
    pilots = sum(len(one.pilots) for one in found)
    st.caption(
        f"{plural(len(found), 'group')} of {count(pilots)} pilots. All of it is a proposal: open a pilot to judge."
    )
    for one in found[at * _ROWS : (at + 1) * _ROWS]:
        _group(one)
    pager(len(found), at, _PAGE, "groups", _ROWS)


def _group(one: PilotCluster) -> None:
    with st.container(border=True, key=f"group-{one.pilots[0]}", gap="small"):
        costs = f"{costs_in_words(one.costs)} a month" if one.costs else "cost not known"
        known = f" (known of {one.costs_known} of {len(one.pilots)})" if 0 < one.costs_known < len(one.pilots) else ""
        users = "users not known" if one.users is None else f"{count(one.users)} users"
        of = f" (known of {one.users_known})" if one.users is not None and one.users_known < len(one.pilots) else ""
        st.markdown(
            f"**{len(one.pilots)} pilots, {literal(costs + known)}**, {literal(users + of)}, in "
            f"{plural(len(one.departments), 'department')}: {literal(', '.join(one.departments))}"
        )
        left, right = st.columns([2, 3], gap="medium")
        with left, st.container(gap=None):
            for number, name, status in zip(one.pilots, one.names, one.statuses, strict=True):
                with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
                    link("pilots", literal(name), pilot=str(number))
                    st.caption(literal(status), width="content")
        with right:
            answered = f", {plural(one.answered, 'pair')} answered on" if one.answered else ""
            st.caption(f"Mean probability of its pairs {per_cent(one.probability)}{literal(answered)}")
            bullets(one.reasons)
            if one.proof:
                st.caption("Proved on mined work that two or more of them name:")
                bullets(proof.in_words() for proof in one.proof)
            else:
                st.caption("No mined activity that two or more of them name proves it.")
