"""What can be done with the registry as a whole: add a pilot, import a sheet, save it as a sheet."""

from __future__ import annotations

import streamlit as st

from app.pages.parts import FORM_WIDTH
from app.pages.pilots.address import ADD, IMPORT, go
from app.pages.pilots.found import PilotFindings
from app.pages.text import literal
from app.theme import plural
from inventory import ExportForm, Pilot, export_pilots, template

_MIME = {ExportForm.CSV: "text/csv", ExportForm.JSON: "application/json"}


def actions(found: PilotFindings | None) -> None:
    """The buttons beside the title."""
    with st.container(horizontal=True, gap="small", width="content"):
        st.button("Add a pilot", icon=":material/add:", key="add-pilot", on_click=go, kwargs={"do": ADD})
        st.button(
            "Import a sheet", icon=":material/upload_file:", key="import-sheet", on_click=go, kwargs={"do": IMPORT},
            type="secondary" if found else "primary",
        )  # fmt: skip
        with st.popover("Export", icon=":material/download:", key="export"), st.container(width=FORM_WIDTH):
            if found:
                st.caption(f"{plural(len(found.pilots), 'pilot')} with every column. An import reads them as they are.")
                with st.container(horizontal=True, gap="small"):
                    for form in ExportForm:
                        save_pilots(found.pilots, form)
            st.caption("A sheet to fill in: what each column holds, and below it the header.")
            save_template()


def save_pilots(pilots: tuple[Pilot, ...], form: ExportForm) -> None:
    """The button that saves `pilots`."""
    st.download_button(
        literal(form.value.upper()), data=lambda: export_pilots(pilots, form), mime=_MIME[form], on_click="ignore",
        file_name=f"pilots.{form.value}", key=f"export-{form.value}", icon=":material/download:",
    )  # fmt: skip


def save_template() -> None:
    """The button that saves the sheet to fill in."""
    st.download_button(
        "Template", data=template, mime="text/csv", file_name="pilots-template.csv", key="template", on_click="ignore",
        icon=":material/table:",
    )  # fmt: skip
