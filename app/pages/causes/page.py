"""Causes: what sets these cases apart? Marked cases against the others, each factor with its odds ratio."""

from __future__ import annotations

import streamlit as st

from app.apart import in_unit
from app.pages.analysis import analysis_bar, offer
from app.pages.asking import ask
from app.pages.causes.marks import choose_mark
from app.pages.causes.view import columns, forest, number, rows
from app.pages.fields import show_figures
from app.pages.parts import empty, link, palette, section, table
from app.pages.state import workspace
from app.pages.text import textual
from app.theme import NOTHING, count, duration, plural, share
from core.errors import BadInput
from core.eventlog import LogVersion
from core.selection.kept import fold as fold_selection
from core.selection.selection import Selection
from core.trust import Result
from mining.causes.filters import filter_of
from mining.causes.service import find_causes
from mining.causes.values import Causes, Factor
from mining.causes.words import those_that
from mining.compare.values import SideUnit

_HEIGHT = 430
_DRAWN = 12  # factors in the chart


def page() -> None:
    """Marked cases of one event log, and what they have more often than the others."""
    chosen = analysis_bar(
        "What sets these cases apart?", "Causes are looked for in the events of real cases.",
        shows=(Result.CYCLE_TIME,),
    )  # fmt: skip
    if chosen is None:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="causes-bar"):
        asked = choose_mark(workspace(), chosen)
        less = st.segmented_control(
            "Show what they have", ("more often", "less often"), key="side", bind="query-params",
            default="more often", required=True,
        ) == "less often"  # fmt: skip
    if asked is None:
        return
    try:
        found = ask(
            find_causes, chosen.view.of(asked.base), "Comparing the marked cases with the others", mark=asked.mark
        )  # fmt: skip
    except BadInput as error:
        empty("Nothing can be said of these cases", str(error))
        return
    _headline(found)
    if found.withheld:
        empty("Nothing can be said of these cases", found.withheld)
        return
    side = found.less if less else found.more
    if not side:
        _nothing(found, less)
    else:
        _answer(found, list(side), less, chosen.log, asked.base)
    _follows(found)
    _left_out(found)


def _headline(found: Causes) -> None:
    st.markdown(
        f"**{count(found.marked)} of {plural(found.cases, 'case')}** ({share(found.marked / found.cases or 0)}) "
        f"{textual(those_that(found.mark))}, among {textual(found.base)}."
        if found.cases
        else ""
    )
    if found.withheld:
        return
    st.caption(
        f"{plural(found.tested, 'factor')} with at least {plural(found.support, 'case')} tested; "
        f"{count(found.found)} stand out after correction for all of them "
        f"(false discovery rate {share(found.alpha)}). Associations, not proven causes.",
        help=textual(found.notes[0]) if found.notes else None,
    )


def _answer(found: Causes, side: list[Factor], less: bool, log: LogVersion, base: Selection) -> None:
    left, right = st.columns([11, 6], gap="medium")
    with left:
        chart = forest(palette(), side[:_DRAWN], found.mark, height=_HEIGHT)
        st.plotly_chart(chart, theme=None, key="forest", config={"displayModeBar": False})
        if len(side) > _DRAWN:
            st.caption(f"The {_DRAWN} surest of {count(len(side))}; all stand in the table.")
    section(f"All that they have {'less' if less else 'more'} often")
    picked = table(
        rows(side), key=f"factors-{less}", alt="Factors", select=True, columns=columns(),
        formats={
            "With it": share, "Without it": share, "Odds ratio": number,
            "Marked beyond expected": lambda v: f"{v:,.0f}",
            "Cycle time, median": lambda v: NOTHING if v is None else _signed(v),
        },
    )  # fmt: skip
    if found.found > len(found.factors):
        st.caption(f"{count(len(found.factors))} of the {count(found.found)} that stand out are listed, the surest.")
    with right, st.container(height=_HEIGHT, key="factor-panel"):
        _panel(side[picked or 0], log, base, first=picked is None)


def _panel(factor: Factor, log: LogVersion, base: Selection, *, first: bool) -> None:
    """One factor: its sentence, its table, its effect on cycle time, and the way to its cases."""
    st.caption("The surest. Choose another in the table." if first else "Chosen in the table.")
    st.markdown(textual(factor.sentence))
    _ways(factor, log, base)
    show_figures(
        {
            "Marked, with it": f"{count(factor.marked)} of {count(factor.cases)} = {share(factor.share)}",
            "Marked, without it": f"{count(factor.other_marked)} of {count(factor.other_cases)} "
            f"= {share(factor.other_share)}",
            "Odds ratio": f"{number(factor.odds_ratio)} ({number(factor.low)} to {number(factor.high)})",
            "Marked beyond expected": f"{factor.attributable:+,.0f}".replace("-", "−"),
            "Chance, corrected": _chance(factor.q),
            **_effect(factor),
        }
    )
    if factor.same_as:
        shown = "; ".join(factor.same_as[:4]) + (f" and {len(factor.same_as) - 4} more" * (len(factor.same_as) > 4))
        st.caption(textual(f"The very same cases are those {shown}."))


def _ways(factor: Factor, log: LogVersion, base: Selection) -> None:
    """To the cases with the factor: as a filter here, and as a list."""
    kept = filter_of(factor)
    if kept is None:
        st.caption("There is no filter for this factor.")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        offer(kept, "Only cases with it", f"offer-{factor.kind}-{factor.name}-{factor.value}")
        folded = fold_selection(workspace(), base.add(kept))
        link("cases", "List them", icon=":material/list:", log=log.log, version=f"v{log.version}", f=folded)


def _effect(factor: Factor) -> dict[str, str]:
    effect = factor.effect
    if effect is None:
        return {"Cycle time, median": f"{NOTHING} no complete cases on one side"}
    interval = "too few for an interval"
    if effect.low is not None and effect.high is not None:
        interval = f"{_signed(effect.low)} to {_signed(effect.high)}"
    return {
        "Cycle time, median": f"{duration(effect.median_with)} against {duration(effect.median_without)}",
        "Difference (95 %)": f"{_signed(effect.difference)} ({interval})",
    }


def _signed(seconds: float) -> str:
    return in_unit(seconds, SideUnit.SECONDS, sign=True)


def _chance(q: float) -> str:
    return "below 1 in 10,000" if q < 1e-4 else f"{q:.2g}"


def _nothing(found: Causes, less: bool) -> None:
    empty(
        f"Nothing that these cases have {'less' if less else 'more'} often stands out",
        f"{plural(found.tested, 'factor')} were tested, each in at least {plural(found.support, 'case')}. What sets "
        "the marked cases apart may not be in this log, or be too rare to tell from chance.",
    )


def _follows(found: Causes) -> None:
    if not found.follows:
        return
    with st.expander(f"Follows from the mark: it comes after the mark is decided ({len(found.follows)})"):
        shown = [{"What": textual(late.what).replace("\\", ""), "Why": late.reason} for late in found.follows]
        wide = {"Why": st.column_config.TextColumn(width="large")}
        table(shown, key="follows", alt="What follows from the mark", columns=wide)


def _left_out(found: Causes) -> None:
    if not found.left_out:
        return
    with st.expander(
        f"Left out, since it would explain the mark by itself or cannot be compared ({len(found.left_out)})"
    ):
        shown = [{"What": textual(left.what).replace("\\", ""), "Why": left.reason} for left in found.left_out]
        table(
            shown, key="left-out", alt="Factors left out", columns={"Why": st.column_config.TextColumn(width="large")}
        )
