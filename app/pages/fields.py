"""Fields of a run's context as inputs, and back again: each keeps the type of the value that it shows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

import streamlit as st

from app.pages.text import literal
from app.values import value_of
from core.errors import BadInput

_ABSENT = object()
_FEW = 2  # values that are not worth folding away


def edit_fields(names: Iterable[str], context: Mapping[str, Any], *, key: str) -> dict[str, Any]:
    """The value of every field as the person leaves it."""
    return {name: _edit(name, context.get(name), f"field-{key}-{name}") for name in names}


def changed(context: Mapping[str, Any], edited: Mapping[str, Any]) -> dict[str, Any]:
    """The fields whose value differs from the context; one that was absent and is left empty has not changed.

    Raises BadInput for one that begins as JSON and is none.
    """
    for value in edited.values():
        if isinstance(value, BadInput):
            raise value
    return {
        name: value
        for name, value in edited.items()
        if context.get(name, _ABSENT) != value and not (name not in context and value in (None, ""))
    }


def title(name: str) -> str:
    """The name of a field as a label: `order_number` reads "Order number"."""
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def show_context(context: Mapping[str, Any], most: int | None = None, *, cut: bool = False) -> None:
    """The context of a run: plain values as a list, those after the first `most` and structures folded away."""
    plain = {name: value for name, value in context.items() if not isinstance(value, Mapping | list)}
    said = [(title(name), str(value)) for name, value in plain.items()]
    first = said[:most] if most is not None and len(said) > most + _FEW else said
    if said:
        show_figures(dict(first), cut=cut)
    else:
        st.caption("Nothing is known yet.")
    if len(said) > len(first):
        with st.expander(f"{len(said) - len(first)} more"):
            show_figures(dict(said[len(first) :]), cut=cut)
    rest = {name: value for name, value in context.items() if name not in plain}
    if rest:
        with st.expander(literal(f"Structures: {', '.join(rest)}")):
            st.code(json.dumps(rest, indent=2, ensure_ascii=False, default=str), language="json")


def show_figures(named: Mapping[str, str], *, cut: bool = False) -> None:
    """Values beside their names, in two columns; where `cut`, long ones end after a few lines, whole on hover."""
    cells = "".join(_figure(name, text, cut=cut) for name, text in named.items())
    st.html(f'<dl class="figures{" cut" if cut else ""}">{cells}</dl>')


def _figure(name: str, text: str, *, cut: bool) -> str:
    whole = f' title="{escape(text)}"' if cut else ""
    return f"<dt>{escape(name)}</dt><dd{whole}>{escape(text)}</dd>"


def parse(text: str, name: str = "") -> Any:
    """`text` as the JSON value that it is, else as text: `12` is a number, `twelve` a word, nothing is None.

    Raises BadInput for what begins as JSON and is none.
    """
    return value_of(name, text) if text.strip() else None


def _edit(name: str, value: Any, key: str) -> Any:
    label = literal(title(name))
    if isinstance(value, bool):
        return st.checkbox(label, value, key=key)
    if isinstance(value, int | float):
        return st.number_input(label, value=value, key=key)
    if isinstance(value, str):
        return st.text_input(label, value, key=key)
    text = st.text_input(label, "" if value is None else json.dumps(value), key=key) or ""
    try:
        return parse(text, name)
    except BadInput as error:  # said once it is to be sent
        return error
