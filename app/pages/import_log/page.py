"""The import wizard: from a file to an event log, with every guess shown before anything is stored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from app.components.upload import upload
from app.pages.import_log.columns import choose_roles, chosen_mapping, keep_mapping, offer_mappings
from app.pages.import_log.meaning import WordsAnswered, accept_guesses, choose_words
from app.pages.import_log.times import TimesAnswered, choose_times, show_trial
from app.pages.parts import empty, head, link, section, table
from app.pages.said_here import COLUMNS, ENCODING, TIMES, WORDS
from app.pages.state import actor, parameter, set_parameter, workspace
from app.pages.text import literal, textual
from app.receiving import discard, received
from app.theme import count, day, plural
from app.verbs import import_log
from core.errors import Duplicate, TandemError
from core.workspace import Workspace
from ingest import ColumnMapping, ColumnRole, Part, Preview, Trial, guess_roles, parts_of, personal_in

_UPLOAD = "upload"
_HERE = "import_from"  # a file on this machine; never in the URL, or a mere link would make the server read it
_DONE = "imported"
_ACCEPT = (
    ".csv,.tsv,.txt,.gz,.xes,.parquet,.pq,.xlsx,.xls,.xlsb,.ods,"
    ".jsonl,.ndjson,.json,.jsonocel,.xml,.xmlocel,.sqlite,.db"
)
_HINT = (
    "CSV, TSV, Excel, Parquet, JSON lines, XES and OCEL 2.0; most of them also compressed with gzip. "
    "One row for each event: which case, which activity, when."
)


def page() -> None:
    """File, columns, times, personal data, import: one after the other on one page."""
    ws = workspace()
    head("What is in the file, and how should it be read?")
    done = st.session_state.get(_DONE)
    if done:
        _after(done)
        return
    path = _file(ws)
    if path is None:
        return
    try:
        _steps(ws, path)
    except TandemError as error:
        _say(error, path)


def _file(ws: Workspace) -> Path | None:
    """The file that was sent or named; None while there is none."""
    token, here = parameter(_UPLOAD), st.session_state.get(_HERE)
    if here:
        path = Path(here).expanduser()
    elif token and (found := received(ws.settings, token)):
        path = found
    else:
        if token:
            st.warning("That file was removed in the meantime. Send it again.", icon=":material/upload_file:")
        upload(hint=_HINT, accept=_ACCEPT, on_sent=_sent, key="upload")
        with st.expander("A file on this machine, or a query of a database", icon=":material/folder_open:"):
            named = st.text_input("Path of the file", key="import_path", placeholder="/data/orders.csv.gz")
            st.button("Use this file", key="use-path", disabled=not named, on_click=_use, args=(named,))
            st.caption("Events in a SQL database are imported on the command line: `tandem log query URL --sql ...`.")
        return None
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        size = f", {_size(path.stat().st_size)}" if path.is_file() else ""
        st.markdown(f":material/description: **{textual(path.name)}**{size}", width="content")
        st.button("Another file", key="another-file", type="tertiary", on_click=_forget, args=(token,))
    return path


def _use(named: str) -> None:
    st.session_state[_HERE] = named


def _size(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3)):,} kB"


def _sent(answer: dict[str, Any]) -> None:
    set_parameter(_UPLOAD, str(answer["id"]))


def _forget(token: str | None) -> None:
    if token:
        discard(workspace().settings, token)
    st.session_state.pop(_HERE, None)
    for name in (_UPLOAD, "part"):
        set_parameter(name, None)


def _steps(ws: Workspace, path: Path) -> None:
    stamp = _stamp(path)
    part = _part(_parts(str(path), stamp))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        encoding_asked = _encoding(chosen_mapping(ws))
        offer_mappings(ws)
    preview = _preview(str(path), stamp, part, encoding_asked)
    section(COLUMNS)
    roles = choose_roles(preview)
    missing = [role.value for role in (ColumnRole.CASE, ColumnRole.ACTIVITY, ColumnRole.END) if role.value not in roles]
    if missing:
        st.info(
            f"Every event needs three: a case, an activity and an end. Choose the column of: {', '.join(missing)}.",
            icon=":material/help:",
        )
    _first_rows(preview, roles)
    if missing:
        return
    accepted = accept_guesses(preview, roles)
    section(TIMES)
    answered = dict.fromkeys(ColumnRole, "") | roles  # a role that was left empty is not to be guessed again
    asked = choose_times(path, stamp, answered, part, encoding_asked)
    if asked.error:
        _tell(asked.error, path)
    elif asked.trial is None:
        return
    else:
        show_trial(path.name, asked.trial)
    section(WORDS)
    words = choose_words(preview, roles)
    section("4. Personal data")
    hidden = _personal(preview, roles, asked.missing_words)
    section("5. Import")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input("Name of the event log", placeholder="taken from the file's name", key="import_name")
        ready = st.button(
            f"Import {_stored(asked.trial)}".strip(), key="import", type="primary", icon=":material/check:",
            disabled=asked.trial is None or asked.trial.refused or not accepted,
        )  # fmt: skip
        keep_mapping(ws, _answers(roles, asked, words, encoding_asked))
    if why := _why_not(asked.trial, accepted):
        st.caption(why)
    if ready:
        _import(
            ws, path, log=name or None, roles=answered, timezone=asked.timezone, date_order=asked.date_order,
            encoding=encoding_asked, part=part, pseudonymise=hidden, decimal=asked.decimal,
            missing_words=asked.missing_words, error_words=words.errors, pauses=words.pauses, ends=words.ends,
            by=actor(),
        )  # fmt: skip


def _stored(trial: Trial | None) -> str:
    """How many rows an import stores, to stand on its button; empty where it stores none."""
    if trial is None or trial.refused:
        return ""
    if trial.dropped:
        return f"{count(trial.rows - trial.dropped)} of {plural(trial.rows, 'row')}"
    return plural(trial.rows, "row")


def _why_not(trial: Trial | None, accepted: bool) -> str:
    """Why the button of the import is off, with the way on; empty where it is not."""
    if trial is None:
        return f"The file cannot be read as it is answered so far: see under {TIMES}."
    if trial.unread:
        return "Times that cannot be read refuse the whole file: correct them, or choose another column."
    if trial.refused:
        return "No row has a case, an activity and a time of its end: choose other columns."
    if not accepted:
        return f"Before the import, say under {COLUMNS} that the guesses are right, or choose other columns."
    return ""


def _answers(roles: dict[str, str], times: TimesAnswered, words: WordsAnswered, encoding: str | None) -> ColumnMapping:
    """What was answered, to be kept under a name."""
    return ColumnMapping(
        "", roles, times.timezone, times.date_order, encoding, missing_words=times.missing_words, decimal=times.decimal,
        error_words=words.errors, pauses=words.pauses, ends=words.ends,
    )  # fmt: skip


def _encoding(kept: ColumnMapping | None) -> str | None:
    """The encoding of a text file, None for UTF-8; a mapping that is chosen says it first."""
    names = list(dict.fromkeys(["utf-8", "windows-1252", "latin-1", "utf-16", (kept and kept.encoding) or "utf-8"]))
    chosen = st.selectbox(
        ENCODING, names, key=f"import_encoding-{kept.name if kept else ''}", width=160,
        index=names.index((kept and kept.encoding) or "utf-8"), help="Of text files. XES and JSON say their own.",
    )  # fmt: skip
    return None if chosen == "utf-8" else chosen


def _import(ws: Workspace, path: Path, **asked: Any) -> None:
    """Import with a sign of how far it is; what came of it is kept for the page that follows."""
    with st.status("Reading", expanded=False) as status:

        def progress(what: str, rows: int) -> None:
            status.update(label=f"{what}: {count(rows)} rows" if rows else what)

        try:
            done = import_log(ws, path, progress=progress, **asked)
        except Duplicate as error:
            status.update(label="Imported before", state="error")
            st.info(textual(error.message), icon=":material/content_copy:")
            return
        except TandemError:
            status.update(label="Nothing was stored", state="error")
            raise
    token = parameter(_UPLOAD)
    st.session_state[_DONE] = done
    _forget(token)
    st.rerun()


def _after(done: Any) -> None:
    """What was imported, and where to go from here."""
    with st.container(border=True):
        st.markdown(f":material/check_circle: **{textual(done.log)}, version {done.version}** is imported")
        rows = f" from {plural(done.event_rows, 'row')}" if done.event_rows != done.events else ""
        st.caption(
            f"{plural(done.cases, 'case')}, {plural(done.events, 'activity instance')}{rows}, "
            f"{plural(done.activities, 'activity', 'activities')}, {plural(done.performers, 'performer')}, "
            f"{day(done.start)} to {day(done.end)}."
        )
        for finding in done.quality["findings"][:6]:
            st.markdown(f"- {textual(finding['message'])}")
        with st.container(horizontal=True):
            version = f"v{done.version}"
            link("process_map", "See its process map", icon=":material/account_tree:", log=done.log, version=version)
            link("quality", "Read its quality report", icon=":material/fact_check:", log=done.log, version=version)
            st.button("Import another file", key="import-more", on_click=lambda: st.session_state.pop(_DONE, None))


def _part(parts: tuple[Part, ...]) -> str | None:
    """The sheet, or the object type whose objects are the cases."""
    if not parts:
        return None
    described = {p.name: _described(p) for p in parts}
    kind = parts[0].kind
    label = "Sheet" if kind == "sheet" else "Object type whose objects are the cases"
    return st.selectbox(
        label, list(described), key="part", bind="query-params", format_func=lambda name: described.get(name, name),
        width=420,
        help=None if kind == "sheet" else "Events are told once for each object of this type that they touch; what is "
        "lost by that stands in the quality report.",
    )  # fmt: skip


def _described(part: Part) -> str:
    objects = "" if part.objects is None else f", {plural(part.objects, 'object')}"
    return f"{part.name} ({plural(part.rows, 'row' if part.kind == 'sheet' else 'event')}{objects})"


def _first_rows(preview: Preview, roles: dict[str, str]) -> None:
    plays = {column: role.replace("_", " ") for role, joined in roles.items() for column in _parts_of(joined, preview)}
    heads = [f"{c} ({plays[c]})" if c in plays else c for c in preview.columns]
    rows = [dict(zip(heads, row, strict=True)) for row in preview.rows]
    table(rows, key="preview", alt="First rows")
    st.caption(f"The first rows of {plural(len(preview.columns), 'column')}. Columns without a role become attributes.")


def _parts_of(column: str, preview: Preview) -> list[str]:
    """The columns of the file that `column` is, or joins."""
    return [column] if column in preview.columns else [name for name in column.split("+") if name in preview.columns]


def _personal(preview: Preview, roles: dict[str, str], missing_words: bool) -> list[str]:
    """The columns whose values are to be replaced by pseudonyms."""
    found = personal_in(preview, roles, missing_words=missing_words)
    if not found:
        st.caption("No column looks like data of persons.")
        return []
    for one in found:
        st.markdown(f"- **{textual(one.column)}** ({literal(one.kind.value)}): {textual(one.reason)}")
    return st.multiselect(
        "Store only pseudonyms of", [one.column for one in found], key="import_pseudonyms",
        help="The key lies beside the logs, never in them. Without it nobody can tell who is meant.",
    )  # fmt: skip


def _say(error: TandemError, path: Path) -> None:
    """What is wrong with the file, and that nothing came of it."""
    _tell(error, path)
    empty("Nothing was stored", "Correct the file and send it again, or change how it is read above.")


def _tell(error: TandemError, path: Path) -> None:
    """What is wrong with the file, in words; the folder it lies in is the server's business."""
    message = error.message.replace(f"{path.parent}/", "")
    st.error(textual(message), icon=":material/error:")
    for problem in error.problems:
        st.markdown(f"- {textual(problem)}")


def _stamp(path: Path) -> tuple[int, int]:
    """What tells this content from another under the same path."""
    if not path.is_file():
        return (0, 0)
    facts = path.stat()
    return (facts.st_size, facts.st_mtime_ns)


@st.cache_data(show_spinner="Looking into the file", max_entries=8)
def _parts(path: str, stamp: tuple[int, int]) -> tuple[Part, ...]:  # noqa: ARG001 - the cache compares it
    return parts_of(path)


@st.cache_data(show_spinner="Reading the first rows", max_entries=8)
def _preview(
    path: str,
    stamp: tuple[int, int],  # noqa: ARG001 - the cache compares it
    part: str | None,
    encoding: str | None,
) -> Preview:
    return guess_roles(path, part=part, encoding=encoding)
