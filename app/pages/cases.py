"""Variants and cases: which ways does the work take, and what happened in each case?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import streamlit as st

from app.pages.analysis import Chosen, analysis_bar, current_selection, offer, put_selection
from app.pages.asking import ask
from app.pages.case_story import show_story
from app.pages.pager import page_number, pager
from app.pages.parts import TALL, empty, table, wide_column
from app.pages.saving import save_rows
from app.pages.state import parameter, set_parameter, workspace
from app.theme import count, duration, plural, share
from core.selection.filters import VariantFilter
from core.trust import Result
from core.view import View
from mining.cases import CaseOrder, CasePage, CaseRow, VariantPage, VariantRow, list_cases, list_variants

_ROWS = 50
_WHOLE = 1000  # rows fetched at once where a whole list is saved
_MOST_SAVED = 100_000
_ORDERS = {
    CaseOrder.STARTED: "start", CaseOrder.ENDED: "end", CaseOrder.CYCLE_TIME: "cycle time",
    CaseOrder.EVENTS: "activity instances",
}  # fmt: skip


def page() -> None:
    """The variants, and the cases with the story of each."""
    chosen = analysis_bar("Which ways does the work take, case by case?", shows=(Result.VARIANTS, Result.CYCLE_TIME))
    if chosen is None:
        return
    (_cases if parameter("cases_part") == "Cases" else _variants)(chosen)


def _part() -> None:
    """Which of the two lists is shown."""
    st.segmented_control(
        "Part", ["Variants", "Cases"], default="Variants", key="cases_part", bind="query-params",
        label_visibility="collapsed", required=True,
    )  # fmt: skip


def _variants(chosen: Chosen) -> None:
    doing = "Listing the variants"
    first = ask(list_variants, chosen.view, doing, offset=0, limit=_ROWS)
    number = page_number(first.variants, "variant_page", _ROWS)
    shown = ask(list_variants, chosen.view, doing, offset=number * _ROWS, limit=_ROWS)
    with st.container(horizontal=True, vertical_alignment="center"):
        _part()
        st.markdown(f"**{_covering(first)}**", width="stretch")
        pager(first.variants, number, "variant_page", "variants", _ROWS)
        save_rows(
            f"{chosen.log.log}-variants", lambda: list(_all_variants(chosen)), key="variants",
            what=f"All {plural(min(first.variants, _MOST_SAVED), 'variant')} as selected, times in seconds.",
        )  # fmt: skip
    rows = [
        {
            "No.": v.number,
            "Cases": v.cases,
            "Share": v.share,
            "Covered": v.covered * 100,
            "Median cycle time": v.median_seconds,
            "Steps": len(v.trace),
            "Sequence": list(v.trace),
        }
        for v in shown.rows
    ]
    above = st.container()
    picked = table(
        rows,
        key=f"variants-{number}",
        select=True,
        alt="Variants by falling number of cases",
        within=TALL,
        formats={"Share": share, "Median cycle time": duration},
        columns={
            "No.": st.column_config.NumberColumn(width=50),
            "Sequence": st.column_config.ListColumn(width="large"),
            "Covered": st.column_config.ProgressColumn(
                min_value=0, max_value=100, format="%.1f %%", color="gray", width="small",
                help="Share of the cases that this variant and those above it have.",
            ),
        },
    )  # fmt: skip
    with above:
        if picked is None:
            st.caption("Choose a variant to see its cases, or to keep only them.")
        else:
            _one_variant(shown.rows[picked])


def _covering(found: VariantPage) -> str:
    """How concentrated the work is, in words."""
    most = next((v for v in found.rows if v.covered >= 0.8), None)
    if found.variants == 1:
        return f"All {plural(found.cases, 'case')} take the same way"
    if most is None:
        last = found.rows[-1]
        return f"{count(found.variants)} variants; the first {last.number} cover {share(last.covered)} of the cases"
    first = "the first covers" if most.number == 1 else f"the first {most.number} cover"
    return f"{count(found.variants)} variants; {first} {share(most.covered)} of the cases"


def _one_variant(found: VariantRow) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="variant-chosen"):
        st.markdown(
            f"**Variant {found.number}**: {plural(found.cases, 'case')}, {share(found.share)}; cycle time "
            f"{duration(found.median_seconds)} median, {duration(found.p95_seconds)} at the 95th percentile",
            width="stretch",
        )
        only = VariantFilter(digests=(found.digest,))
        offer(only, f"Keep {plural(found.cases, 'case')}", "keep-variant")
        offer(only.model_copy(update={"inverted": True}), "Leave them out", "drop-variant")
        st.button("Show its cases", key="variant-cases", icon=":material/list:", on_click=_show_cases, args=(only,))


def _show_cases(only: VariantFilter) -> None:
    put_selection(current_selection(workspace()).add(only))
    st.session_state["cases_part"] = "Cases"


def _cases(chosen: Chosen) -> None:
    asked = _asked(chosen)
    left, right = st.columns([11, 9], gap="medium")
    with left:
        picked = _case_list(asked)
    with right, st.container(height=540 if picked else "content", key="story", border=picked is not None):
        if picked is None:
            empty("No case is chosen", "Choose a case on the left to see what happened in it, event by event.")
        else:
            show_story(chosen.view, picked)


@dataclass(frozen=True)
class _CasesAsked:
    """Which cases are listed, and in which order."""

    view: View
    by: CaseOrder
    falling: bool
    search: str


def _asked(chosen: Chosen) -> _CasesAsked:
    """Which cases are listed, and in which order."""
    with st.container(horizontal=True, vertical_alignment="center"):
        _part()
        search = st.text_input(
            "Find a case", key="case_search", bind="query-params", placeholder="Find by identifier", width=200,
            label_visibility="collapsed",
        )  # fmt: skip
        by = st.selectbox(
            "Sorted by", list(_ORDERS), key="case_order", bind="query-params", width=230, label_visibility="collapsed",
            format_func=lambda o: f"Sorted by {_ORDERS[o]}",
        )  # fmt: skip
        falling = st.toggle("Largest first", key="case_falling", bind="query-params")
    return _CasesAsked(chosen.view, CaseOrder(by), bool(falling), search or "")


def _page_of(asked: _CasesAsked, offset: int) -> CasePage:
    return ask(
        list_cases, asked.view, "Listing the cases", by=asked.by, descending=asked.falling, search=asked.search,
        offset=offset, limit=_ROWS,
    )  # fmt: skip


def _case_list(asked: _CasesAsked) -> str | None:
    total = _page_of(asked, 0).cases
    if not total:
        empty("No case found", f"No selected case has “{asked.search}” in its identifier.")
        return None
    number = page_number(total, "case_page", _ROWS)
    rows = _page_of(asked, number * _ROWS).rows
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plural(total, 'case')}**", width="content")  # at the right the tools of the table come up
        pager(total, number, "case_page", "cases", _ROWS)
        save_rows(
            f"{asked.view.log}-cases", lambda: list(_all_cases(asked)), key="cases",
            what=f"All {plural(min(total, _MOST_SAVED), 'case')} as listed, times in seconds.",
        )  # fmt: skip
    picked = table(
        [_shown(row) for row in rows],
        key=f"cases-{number}-{asked.by}-{asked.falling}-{asked.search}",
        select=True,
        alt="Cases",
        within=TALL,
        formats={"Cycle time": duration, "Waiting": duration, "Cost": lambda v: f"{v:,.2f}"},
        columns={"Last activity": wide_column()},
    )
    if picked is not None:
        set_parameter("case", rows[picked].case)
    named = parameter("case")
    if named and picked is None and all(row.case != named for row in rows) and len(rows) == 1:
        return rows[0].case
    return named


def _shown(row: CaseRow) -> dict[str, Any]:
    return {
        "Case": row.case,
        "Started (UTC)": f"{row.started:%Y-%m-%d %H:%M}",
        "Cycle time": row.cycle_seconds,
        "Instances": row.events,
        "Waiting": row.waiting_seconds,
        "Rework": row.rework,
        "Performers": row.performers,
        **({} if row.cost is None else {"Cost": row.cost}),
        "Last activity": row.last_activity,
        "Complete": "yes" if row.complete else "no",
    }


def _all_variants(chosen: Chosen) -> Iterator[dict[str, Any]]:
    for offset in range(0, _MOST_SAVED, _WHOLE):
        found = list_variants(workspace(), chosen.view, offset=offset, limit=_WHOLE).rows
        for v in found:
            yield {
                "variant": v.digest, "cases": v.cases, "share": v.share, "covered": v.covered,
                "median_seconds": v.median_seconds, "p95_seconds": v.p95_seconds, "trace": " → ".join(v.trace),
            }  # fmt: skip
        if len(found) < _WHOLE:
            return


def _all_cases(asked: _CasesAsked) -> Iterator[dict[str, Any]]:
    for offset in range(0, _MOST_SAVED, _WHOLE):
        found = list_cases(
            workspace(),
            asked.view,
            by=asked.by,
            descending=asked.falling,
            search=asked.search,
            offset=offset,
            limit=_WHOLE,
        ).rows
        yield from (vars(row) for row in found)
        if len(found) < _WHOLE:
            return
