"""A sheet of pilots comes in."""

from __future__ import annotations

import streamlit as st

from app.pages.parts import act, fresh
from app.pages.state import actor
from app.pages.uploads import uploaded
from app.verbs import import_pilots
from core.workspace import Workspace


def bring_in(ws: Workspace) -> None:
    """The button that imports a sheet."""
    with st.popover("Import pilots", icon=":material/upload_file:", key=fresh("import"), on_change="rerun"):
        sheet = st.file_uploader(
            "Sheet of pilots (CSV)",
            type=["csv", "tsv", "txt", "xlsx", "json", "yaml", "yml"],
            key=fresh("pilots_sheet"),
        )
        if sheet is not None and st.button("Import", type="primary", key="import_pilots"):
            with uploaded(sheet.name, sheet.getvalue()) as path:
                act(lambda: import_pilots(ws, path, by=actor()), f"Pilots of {sheet.name} are in the inventory")
