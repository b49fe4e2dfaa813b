"""What a person says about a sheet in the wizard. It outlives reruns and other pages, as long as the session does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from inventory import CostPeriod, SheetAsk, SheetQuestion, SheetReading

_OPTIONS = ("sheet", "encoding", "delimiter", "decimal", "date-order", "currency", "lists", "layout", "conflicts")
_TAB = {"tab": "\t"}


class Said:
    """The answers for one file. The widgets have them while they are shown; a store of our own has them always."""

    def __init__(self, token: str) -> None:
        self._token = token
        self._store: dict[str, Any] = st.session_state.setdefault(f"sheet-said-{token}", {})

    def key(self, name: str) -> str:
        """The key of the widget of `name`, which begins with what was said before."""
        key = f"sheet-{self._token}-{name}"
        if key not in st.session_state and name in self._store:
            st.session_state[key] = self._store[name]
        return key

    def get(self, name: str) -> Any:
        """What was said; None for nothing."""
        return st.session_state.get(f"sheet-{self._token}-{name}", self._store.get(name))

    def put(self, name: str, value: Any) -> Any:
        """Remember what a widget gave back."""
        self._store[name] = value
        return value

    def change(self, name: str, value: Any) -> None:
        """Answer in place of the person, before the widget is shown."""
        self._store[name] = st.session_state[f"sheet-{self._token}-{name}"] = value

    def beginning(self, prefix: str) -> dict[str, Any]:
        """What was said under names that begin with `prefix`, by the rest of the name."""
        return {
            name.removeprefix(prefix): said
            for name in self._store
            if name.startswith(prefix) and (said := self.get(name)) not in (None, "")
        }

    def frame(self) -> str:
        """What decides which headings there are: with another frame, boxes of headings begin anew."""
        return "|".join(str(self.get(n)) for n in ("sheet", "header-row", "encoding", "delimiter", "layout"))

    def answered(self, question: SheetQuestion) -> bool:
        """Whether anything was said to `question`."""
        return self.get(name_of(question)) not in (None, "")


def name_of(question: SheetQuestion) -> str:
    """The name under which a question is answered."""
    if question.ask is SheetAsk.WORD:
        return f"word:{question.column}:{question.value}"
    return question.ask.value if question.column is None else f"{question.ask.value}:{question.column}"


def reading_of(said: Said, columns: Mapping[str, str]) -> SheetReading:
    """All that was said, as the import takes it; `columns` is what was said of headings."""
    words: dict[str, dict[str, str]] = {}
    for name, value in said.beginning("word:").items():
        column, _, word = name.partition(":")
        words.setdefault(column, {})[word] = value
    given = {name: said.get(name) or None for name in _OPTIONS}
    period, row = said.get("period"), said.get("header-row")
    return SheetReading(
        columns=dict(columns), sheet=given["sheet"], header_row=row or None, encoding=given["encoding"],
        delimiter=_TAB.get(str(given["delimiter"]), given["delimiter"]), decimal=given["decimal"],
        date_order=given["date-order"], period=CostPeriod(period) if period else None,
        currency=given["currency"].upper() if given["currency"] else None, lists=given["lists"], words=words,
        defaults=said.beginning("default:"), fill_down=tuple(said.get("fill-down") or ()),
        layout=said.get("layout"), conflicts=given["conflicts"],
    )  # fmt: skip
