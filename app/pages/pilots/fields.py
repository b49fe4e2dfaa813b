"""What is kept of a pilot as inputs: a widget for each kind of column, and what was changed in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from app.pages.fields import title
from app.pages.parts import section
from app.pages.pilots.found import PilotFindings
from app.pages.text import literal
from inventory import GROUPED, ColumnKind, PilotFacts, SheetColumn, values_of

_LEVELS = {1: "1 suggests", 2: "2 acts after approval", 3: "3 acts and is reviewed", 4: "4 acts alone"}
_CURRENCIES = ("EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "JPY", "CAD", "AUD")
_FIRST, _LAST = date(1990, 1, 1), date(2099, 12, 31)
_PLACES = 3  # widgets beside each other
_LONG = (ColumnKind.LONG, ColumnKind.REMARKS)
_EMPTY = PilotFacts("", "")


def names_known(found: PilotFindings | None) -> Mapping[str, Sequence[str]]:
    """What other pilots say in columns of names, to choose from."""
    pilots = found.pilots if found else ()
    listed = [c.name for columns in GROUPED.values() for c in columns if c.kind is ColumnKind.LIST]
    names = {c: sorted({n for p in pilots for n in getattr(p.facts, c)}, key=str.casefold) for c in listed}
    return {**names, "currency": sorted({p.facts.currency for p in pilots if p.facts.currency})}


def ask_all(facts: PilotFacts | None, known: Mapping[str, Sequence[str]], *, key: str) -> dict[str, object]:
    """Every column, in groups, as the person leaves it."""
    given: dict[str, object] = {}
    for group, columns in GROUPED.items():
        section(group.value)
        short = [c for c in columns if c.kind not in _LONG]
        for at in range(0, len(short), _PLACES):
            for place, column in zip(st.columns(_PLACES, gap="small"), short[at : at + _PLACES], strict=False):
                with place:
                    given[column.name] = ask(column, facts, key=f"{key}-{column.name}", known=known)
        for column in (c for c in columns if c.kind in _LONG):
            given[column.name] = ask(column, facts, key=f"{key}-{column.name}", known=known)
    return given


def ask(column: SheetColumn, facts: PilotFacts | None, *, key: str, known: Mapping[str, Sequence[str]]) -> object:
    """One column as the person leaves it: what `edit_pilot` takes, empty for what is not known."""
    value: Any = as_asked(facts or _EMPTY, column)
    plain = title(column.name) + (" (needed)" if column.required else "")
    label = literal(plain)
    named: dict[str, Any] = {"key": key, "help": column.help.split(", `;`", 1)[0]}
    kind = column.kind
    if kind is ColumnKind.LIST:
        options = list(dict.fromkeys([*value, *known.get(column.name, ())]))
        return st.multiselect(
            label, options, default=value, accept_new_options=True, placeholder="choose or type", **named
        )
    if kind in _LONG:
        help_ = f"{named['help']}, one in each line" if kind is ColumnKind.REMARKS else named["help"]
        return st.text_area(label, value, height=80, key=key, help=literal(help_))
    if kind is ColumnKind.DATE:
        return st.date_input(label, value, min_value=_FIRST, max_value=_LAST, format="YYYY-MM-DD", **named)
    if kind is ColumnKind.MONEY:
        return st.number_input(label, 0.0, None, value, format="%.2f", placeholder="not known", **named)
    if kind is ColumnKind.WHOLE:
        return st.number_input(label, 0, None, value, step=1, placeholder="not known", **named)
    if kind is ColumnKind.SHARE:
        share = st.number_input(f"{label}, %", 0.0, 100.0, _hundred(value), step=1.0, placeholder="not known", **named)
        return None if share is None else f"{share:.10g} %"
    if kind in (ColumnKind.TERM, ColumnKind.TRUTH, ColumnKind.LEVEL, ColumnKind.CURRENCY):
        return _choose(column, value, plain, known, named)
    return st.text_input(label, value, **named)


def as_asked(facts: PilotFacts, column: SheetColumn) -> object:
    """One field as its widget gives it back when nobody touches it."""
    value: Any = getattr(facts, column.name)
    match column.kind:
        case ColumnKind.LIST:
            return list(value)
        case ColumnKind.REMARKS:
            return "\n".join(value)
        case ColumnKind.TRUTH:
            return None if value is None else "yes" if value else "no"
        case ColumnKind.SHARE:
            return None if value is None else f"{value * 100:.10g} %"
        case ColumnKind.TERM:
            return None if value is None else value.value
        case ColumnKind.TEXT | ColumnKind.LONG:
            return value or ""
    return value


def changed(facts: PilotFacts | None, given: Mapping[str, object]) -> dict[str, object]:
    """What of `given` differs from what was known."""
    columns = [c for group in GROUPED.values() for c in group]
    known = {c.name: as_asked(facts or _EMPTY, c) for c in columns}
    return {name: value for name, value in given.items() if value != known[name]}


def _hundred(said: str | None) -> float | None:
    return None if said is None else float(said.removesuffix(" %"))


def _choose(
    column: SheetColumn, value: Any, label: str, known: Mapping[str, Sequence[str]], named: Mapping[str, Any]
) -> object:
    """One of a few words."""
    options: list[Any]
    if column.kind is ColumnKind.LEVEL:
        options = list(_LEVELS)
    elif column.kind is ColumnKind.CURRENCY:
        options = list(dict.fromkeys([*known.get("currency", ()), *_CURRENCIES, *([value] if value else [])]))
    else:
        options = list(values_of(column.name))
    return st.selectbox(
        literal(label), options, index=options.index(value) if value in options else None, placeholder="not known",
        format_func=lambda one: _LEVELS.get(one, str(one)), accept_new_options=column.kind is ColumnKind.CURRENCY,
        **named,
    )  # fmt: skip
