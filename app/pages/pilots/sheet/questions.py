"""What the sheet leaves open, asked where it is open; and everything else that may be said, folded away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from app.pages.fields import title
from app.pages.parts import section
from app.pages.pilots.sheet.said import Said, name_of
from app.pages.text import literal
from inventory import COLUMNS, CostPeriod, ImportPlan, SheetAsk, SheetQuestion, values_of

_WIDTH = 300
_MOST = 30  # questions: a column with more strange words is most likely another column
_DECIMALS = {"comma": "comma, as in 1.234,56", "point": "point, as in 1,234.56"}
_ORDERS = {"dmy": "day first, as in 31/01/2026", "mdy": "month first, as in 01/31/2026"}
_LISTS = {";": "only by ; and lines", ",": "by ; lines and ,", "/": "by ; lines and /", ",/": "by ; lines , and /"}
_PERIODS = {period.value: f"a {period.value}" for period in CostPeriod}
_CURRENCIES = ("EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "JPY", "CAD", "AUD")
_DELIMITERS = (",", ";", "tab", "|", ":")
_ENCODINGS = ("utf-8", "cp1252", "latin-1", "utf-16")
_ASKS: Mapping[SheetAsk, tuple[str, Mapping[str, str], str]] = {
    SheetAsk.DECIMAL: ("Decimal mark of amounts", _DECIMALS, "as other cells show"),
    SheetAsk.DATE_ORDER: ("Order of days and months", _ORDERS, "as other cells show"),
    SheetAsk.CURRENCY: ("Currency of amounts that name none", dict(zip(_CURRENCIES, _CURRENCIES, strict=True)), "none"),
    SheetAsk.PERIOD: ("Amounts that name no period are of", _PERIODS, "a month"),
    SheetAsk.LISTS: ("Lists are split", _LISTS, "by ; and lines, else by , and /"),
}


def ask_whole(said: Said, plan: ImportPlan) -> None:
    """Which sheet of a workbook."""
    if len(plan.sheets) > 1:
        said.put("sheet", st.selectbox(
            "Sheet", plan.sheets, index=None, key=said.key("sheet"), width=_WIDTH, placeholder=plan.sheet or "",
        ))  # fmt: skip


def ask_open(said: Said, plan: ImportPlan) -> None:
    """The questions that are open, and those that were and are answered."""
    kept = said.get("questions") or {}
    kept |= dict.fromkeys(plan.questions)
    said.put("questions", kept)
    open_ = [q for q in kept if q.ask is not SheetAsk.COLUMN and (q in plan.questions or said.answered(q))]
    if not open_:
        return
    section("2. What the sheet leaves open")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="sheet-questions"):
        for question in open_[:_MOST]:
            _ask(said, question)
    if len(open_) > _MOST:
        st.caption(f"{len(open_) - _MOST} more words are not known. Is a heading taken for the wrong column?")


def more(said: Said, *, opened: bool = False) -> None:
    """Everything that may be said beside, whether the sheet asks for it or not."""
    with st.expander("More about how it is read", expanded=opened, icon=":material/tune:"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            said.put("header-row", st.number_input(
                "Row of the header", 1, None, None, step=1, key=said.key("header-row"), placeholder="found", width=150
            ))  # fmt: skip
            _box(said, "encoding", "Encoding", dict(zip(_ENCODINGS, _ENCODINGS, strict=True)), "found out", width=150)
            signs = dict(zip(_DELIMITERS, _DELIMITERS, strict=True))
            _box(said, "delimiter", "What splits cells", signs, "found out", width=150)
            for ask, (label, options, without) in _ASKS.items():
                if not _shown_above(said, ask):
                    _box(said, ask.value, label, options, without)
        said.put("fill-down", st.multiselect(
            "Empty cells repeat the one above in", [c.name for c in COLUMNS], format_func=title,
            key=said.key("fill-down"), placeholder="no column",
        ))  # fmt: skip
        columns = said.put("defaulted", st.multiselect(
            "An empty cell has a meaning in", [c.name for c in COLUMNS], format_func=title,
            key=said.key("defaulted"), placeholder="no column",
        ))  # fmt: skip
        for column in columns:
            question = SheetQuestion(SheetAsk.DEFAULT, column)
            if not _shown_above(said, SheetAsk.DEFAULT, column):
                _ask(said, question)


def _shown_above(said: Said, ask: SheetAsk, column: str | None = None) -> bool:
    """Whether a question stands among the open ones already."""
    asked = said.get("questions") or {}
    return any(q.ask is ask and q.column == column for q in asked)


def _ask(said: Said, question: SheetQuestion) -> None:
    name = name_of(question)
    if question.ask is SheetAsk.WORD:
        column = str(question.column)
        label = f"“{question.value}” in {title(column)} means"
        _box(said, name, label, {value: value for value in values_of(column)}, "not said", more_allowed=False)
    elif question.ask is SheetAsk.DEFAULT:
        label = f"{title(str(question.column))} where it is empty"
        said.put(name, st.text_input(literal(label), key=said.key(name), width=_WIDTH, placeholder="the same for all"))
    else:
        label, options, without = _ASKS[question.ask]
        _box(said, name, label, options, without)


def _box(
    said: Said, name: str, label: str, options: Mapping[str, str], without: str, *, width: int = _WIDTH,
    more_allowed: bool | None = None,
) -> Any:  # fmt: skip
    """A box whose answer may be left open; of signs and currencies others may be typed."""
    typed = name in ("currency", "lists", "encoding", "delimiter") if more_allowed is None else more_allowed
    return said.put(name, st.selectbox(
        literal(label), list(options), index=None, key=said.key(name), format_func=lambda one: options.get(one, one),
        placeholder=without, width=width, accept_new_options=typed,
    ))  # fmt: skip
