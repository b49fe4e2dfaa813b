"""The wizard: from a sheet of pilots to the registry, with everything shown before anything is stored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from app.components.upload import upload
from app.pages.parts import act, bullets, empty, head, section
from app.pages.pilots.actions import save_template
from app.pages.pilots.address import IMPORT, SHEET, back, go
from app.pages.pilots.kept import kept_plan
from app.pages.pilots.sheet.headings import choose_columns, chosen_of
from app.pages.pilots.sheet.layouts import choose_layout, keep_as, kept_layouts
from app.pages.pilots.sheet.questions import ask_open, ask_whole, more
from app.pages.pilots.sheet.said import Said, reading_of
from app.pages.pilots.sheet.trial import show_trial
from app.pages.state import actor, parameter, set_parameter, workspace
from app.pages.text import textual
from app.receiving import discard, received
from app.theme import plural
from app.verbs import import_pilots
from core.errors import TandemError
from core.workspace import Workspace
from inventory import ImportPlan, PilotImport, SheetReading, said_columns, without_options

_DONE = "pilots-imported"
_ACCEPT = ".csv,.tsv,.txt,.xlsx,.xlsm,.xlsb,.xls,.ods,.json,.jsonl,.ndjson,.yaml,.yml"
_HINT = (
    "One pilot a row, in any layout: CSV, Excel, JSON or YAML. Banners, headings in seven languages, amounts and dates "
    "as people write them are understood; nothing is stored before you have seen what would happen."
)


def bring_in(ws: Workspace) -> None:
    """File, headings, open questions, what would happen, import: one after the other on one page."""
    done = st.session_state.get(_DONE)
    back("All pilots")
    head("What does the sheet say, and what would change?")
    if isinstance(done, PilotImport):
        _after(done)
        return
    token = parameter(SHEET)
    path = received(ws.settings, token) if token else None
    if token is None or path is None:
        if token:
            st.warning("That sheet was removed in the meantime. Send it again.", icon=":material/upload_file:")
        upload(hint=_HINT, accept=_ACCEPT, on_sent=_sent, key="pilots-upload")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            save_template()
            kept_layouts(ws)
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":material/description: **{textual(path.name)}**", width="content")
        st.button("Another sheet", key="another-sheet", type="tertiary", on_click=_forget, args=(token,))
    _steps(ws, path, Said(token))


def forget_done() -> None:
    """Let the wizard begin anew when it is opened again."""
    st.session_state.pop(_DONE, None)


def _sent(answer: dict[str, Any]) -> None:
    set_parameter(SHEET, str(answer["id"]))


def _forget(token: str) -> None:
    discard(workspace().settings, token)
    go(do=IMPORT)


def _steps(ws: Workspace, path: Path, said: Said) -> None:
    """What the sheet says as it was answered so far; where it cannot be read at all, why and the controls for it."""
    try:
        found = kept_plan(ws, path, reading_of(said, {}))
    except TandemError as error:
        _say(error)
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            choose_layout(ws, said)
        more(said, opened=True)
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        ask_whole(said, found)
        choose_layout(ws, said)
    columns = said_columns(found.mapping, chosen_of(said, found))
    plan, reading = _planned(ws, path, said, columns, found)
    section("1. Headings")
    choose_columns(said, found, plan)
    ask_open(said, plan)
    more(said)
    section("What would happen")
    show_trial(said, plan)
    _finish(ws, path, plan, reading)


def _planned(
    ws: Workspace, path: Path, said: Said, columns: dict[str, str], found: ImportPlan
) -> tuple[ImportPlan, SheetReading]:
    """What would happen with what was said of headings; as without it, where that cannot be."""
    reading = reading_of(said, columns)
    if not columns:
        return found, reading
    try:
        return kept_plan(ws, path, reading), reading
    except TandemError as error:
        _say(error)
        return found, reading_of(said, {})


def _finish(ws: Workspace, path: Path, plan: ImportPlan, reading: SheetReading) -> None:
    """The button that stores it, and the name under which the way it was read is kept."""
    hindered = len(plan.problems) + len(plan.conflicts)
    changes = len(plan.added) + len(plan.changed)
    section("Import")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        keep = keep_as(plan)
        ready = st.button(
            f"Import {plural(changes, 'pilot')}" if changes else "Import", type="primary", key="import-pilots",
            icon=":material/check:", disabled=bool(hindered),
        )  # fmt: skip
    if hindered:
        st.caption(
            f"Nothing can be imported before {plural(hindered, 'problem or conflict', 'problems and conflicts')} "
            f"{'is' if hindered == 1 else 'are'} settled: above, or in the sheet. All of it is stored or nothing."
        )
    if ready:
        act(
            lambda: _import(ws, path, reading, keep),
            lambda done: f"{plural(done.pilots, 'pilot')} of {done.file}: {_counts(done)}",
        )


def _import(ws: Workspace, path: Path, reading: SheetReading, keep: str) -> PilotImport:
    try:
        done = import_pilots(ws, path, reading, keep=keep, by=actor())
    except TandemError as error:  # somebody changed a pilot between what was shown and this
        error.message = without_options(error.message)
        error.problems = tuple(without_options(problem) for problem in error.problems)
        raise
    st.session_state[_DONE] = done
    discard(ws.settings, parameter(SHEET) or "")
    set_parameter(SHEET, None)
    return done


def _counts(done: PilotImport) -> str:
    return f"{len(done.added)} added, {len(done.updated)} updated, {len(done.unchanged)} unchanged"


def _after(done: PilotImport) -> None:
    """What came of it, and where to go from here."""
    with st.container(border=True):
        st.markdown(
            f":material/check_circle: **{plural(done.pilots, 'pilot')} of {textual(done.file)}**: {_counts(done)}"
        )
        said = [f"Not understood and not stored: {', '.join(done.unknown_columns)}."] if done.unknown_columns else []
        if done.layout:
            said.append(f"How it was read is kept as {done.layout}.")
        if said:
            bullets(said)
        if done.notes:
            with st.expander(f"{plural(len(done.notes), 'thing')} that was read otherwise than it stands"):
                bullets(without_options(note) for note in done.notes)
        with st.container(horizontal=True):
            st.button(
                "See the pilots", icon=":material/inventory_2:", key="see-pilots", on_click=_leave, type="primary"
            )
            st.button("Import another sheet", key="import-more", on_click=forget_done)


def _leave() -> None:
    forget_done()
    go()


def _say(error: TandemError) -> None:
    """What is wrong with the sheet as it is read now."""
    st.error(textual(without_options(error.message)), icon=":material/error:")
    bullets(without_options(problem) for problem in error.problems)
    empty("Nothing was stored", "Say below how it is to be read, or correct the sheet and send it again.")
