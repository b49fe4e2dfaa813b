"""What the URL says, and the names under which it says what every page is about."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

LOG, VERSION, FILTERS, CALENDAR = "log", "version", "f", "calendar"
KEYS = (LOG, VERSION, FILTERS, CALENDAR)


def parameter(name: str) -> str | None:
    """What the URL says under `name`; None where it says nothing."""
    return st.query_params.get(name)


def set_parameter(name: str, value: str | None) -> None:
    """Write `value` into the URL under `name`, or take the name out."""
    put({name: value})


def put(values: Mapping[str, str | None]) -> None:
    """Write `values` into the URL at once; what is None is taken out. What stands there already is left alone."""
    for name in [n for n, value in values.items() if value is None]:
        st.query_params.pop(name, None)
    news = {n: v for n, v in values.items() if v is not None and parameter(n) != v}
    if news:
        st.query_params.update(news)
