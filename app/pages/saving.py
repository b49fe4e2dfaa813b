"""What is on the screen as a file: CSV or Parquet, made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from app.export import csv_file, parquet_file
from app.pages.text import textual


def save_rows(name: str, rows: Callable[[], Sequence[Mapping[str, Any]]], *, key: str, what: str = "") -> None:
    """A popover that saves `rows` as a file called `name`; `what` says in words what is in it."""
    with st.popover("Save", icon=":material/download:", key=f"save-{key}", help="Save as CSV or Parquet"):
        if what:
            st.caption(textual(what))
        with st.container(horizontal=True, gap="small"):
            st.download_button(
                "CSV", data=lambda: csv_file(rows()), mime="text/csv", file_name=f"{name}.csv",
                key=f"{key}-csv", on_click="ignore", icon=":material/csv:",
            )  # fmt: skip
            st.download_button(
                "Parquet", data=lambda: parquet_file(rows()), mime="application/vnd.apache.parquet",
                file_name=f"{name}.parquet", key=f"{key}-parquet", on_click="ignore", icon=":material/table:",
            )  # fmt: skip
