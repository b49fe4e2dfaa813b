"""How times are read: the zone, the order of day and month, samples before and after, and the rows that do not work."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import streamlit as st

from app.export import csv_file
from app.pages.import_log.columns import chosen_mapping
from app.pages.parts import badge_text, bullets, table
from app.pages.said_here import DECIMAL, ORDER
from app.pages.state import home, workspace
from app.pages.text import literal, textual
from app.theme import count, plural, share
from core.errors import TandemError
from core.workspace import Workspace
from ingest import Trial, try_reading

_ORDERS = {None: "as the values tell", "dmy": "day before month", "mdy": "month before day"}
_DECIMALS = {None: "as the values tell", "comma": "comma: 1.234,50", "point": "point: 1,234.50"}
_AT_ONCE = 60_000_000  # bytes; a larger file is read in full only when that is asked for
_SHOWN = 8


@dataclass(frozen=True)
class TimesAnswered:
    """What was answered about times, and what the whole file makes of it."""

    timezone: str
    date_order: str | None
    decimal: str | None
    missing_words: bool
    trial: Trial | None
    error: TandemError | None = None  # why the file cannot be read as it was answered


def choose_times(
    path: Path, stamp: tuple[int, int], roles: dict[str, str], part: str | None, encoding: str | None
) -> TimesAnswered:
    """The answers; the trial is None until a large file was asked to be read in full."""
    kept = chosen_mapping(workspace())
    zones = _zones()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        timezone = st.selectbox(
            "Time zone of times that state no offset", zones, key=f"import_zone-{kept.name if kept else ''}", width=280,
            index=zones.index(kept.timezone) if kept and kept.timezone in zones else 0,
        )  # fmt: skip
        order = st.selectbox(
            ORDER, list(_ORDERS), format_func=lambda o: _ORDERS[o], width=200,
            key=f"import_order-{kept.name if kept else ''}",
            index=list(_ORDERS).index(kept.date_order) if kept else 0,
        )  # fmt: skip
        decimal = st.selectbox(
            DECIMAL, list(_DECIMALS), format_func=lambda d: _DECIMALS[d], width=200,
            key=f"import_decimal-{kept.name if kept else ''}",
            index=list(_DECIMALS).index(kept.decimal) if kept else 0,
        )  # fmt: skip
        missing = st.toggle(
            "NA, NULL and the like are missing values", value=kept.missing_words if kept else True,
            key=f"import_missing-{kept.name if kept else ''}",
            help="In columns of performers, times, costs and outcomes; never in those of cases and activities.",
        )  # fmt: skip
        asked = (str(path), stamp, tuple(sorted(roles.items())), timezone, order, part, encoding, decimal, missing)
        large = stamp[0] > _AT_ONCE
        if large and st.session_state.get("tried") != asked:
            if not st.button("Read the whole file", key="try", icon=":material/play_arrow:"):
                st.caption("The file is large; it is read in full when you ask for it. Nothing is stored yet.")
                return TimesAnswered(timezone, order, decimal, missing, None)
            st.session_state["tried"] = asked
    try:
        trial, error = _tried(workspace(), home(), *asked), None
    except TandemError as refused:
        trial, error = None, refused
    return TimesAnswered(timezone, order, decimal, missing, trial, error)


def _zones() -> list[str]:
    """UTC, and the zones that are named after places."""
    places = {z for z in available_timezones() if "/" in z and not z.startswith(("Etc/", "posix", "right"))}
    return ["UTC", *sorted(places)]


def show_trial(name: str, trial: Trial) -> None:
    """Samples before and after, what could not be read, and the file of errors."""
    for one in trial.stamps:
        unread = f" · {badge_text('not passed')} {count(one.unread)} not understood" if one.unread else ""
        offset = (
            "all state their offset" if one.stated == one.filled
            else "none states an offset" if not one.stated
            else f"{share(one.stated / one.filled)} state their offset"
        )  # fmt: skip
        st.markdown(
            f"**{literal(one.role.value.capitalize())}**, column {textual(one.column)}: {textual(one.written)}; "
            f"{plural(one.filled, 'value')}, {offset}{unread}"
        )
    rows: list[dict[str, Any]] = [
        {
            "Role": one.role.value,
            "In the file": sample.text,
            "In the time zone": f"{sample.local:%Y-%m-%d %H:%M:%S}",
            "Stored (UTC)": f"{sample.utc:%Y-%m-%d %H:%M:%S}",
        }
        for one in trial.stamps
        for sample in one.samples
    ]
    if rows:
        table(rows, key="samples", alt="Times before and after")
    if trial.findings:
        bullets(trial.findings)
    _problems(name, trial)


def _problems(name: str, trial: Trial) -> None:
    if not trial.problems:
        st.markdown(f"{badge_text('passed')} All {plural(trial.rows, 'row')} can be stored.")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        state = badge_text("not passed" if trial.refused else "warning")
        st.markdown(
            f"{state} **{plural(trial.problem_rows, 'row')} of {count(trial.rows)}** cannot be stored as read, "
            f"{share(trial.problem_rows / trial.rows)}",
            width="content",  # the button stands beside it, not at the right: the tools of the table come up there
        )
        st.download_button(
            "Save the errors", key="errors", icon=":material/download:", mime="text/csv", on_click="ignore",
            file_name=f"{name}-errors.csv", data=lambda: csv_file([vars(p) for p in trial.problems]),
            help="Row, column, value and reason of every one, as CSV.",
        )  # fmt: skip
    table(
        [{"Row": p.row, "Column": p.column, "Value": p.value, "Reason": p.reason} for p in trial.problems[:_SHOWN]],
        key="problems", alt="Rows that cannot be stored",
    )  # fmt: skip


@st.cache_data(show_spinner="Reading the whole file", max_entries=8)
def _tried(
    _ws: Workspace,
    _home: str,
    path: str,
    stamp: tuple[int, int],  # noqa: ARG001 - the cache compares it
    roles: tuple[tuple[str, str], ...],
    timezone: str,
    date_order: str | None,
    part: str | None,
    encoding: str | None,
    decimal: str | None,
    missing_words: bool,
) -> Trial:
    return try_reading(
        _ws, path, roles=dict(roles), timezone=timezone, date_order=date_order, part=part, encoding=encoding,
        decimal=decimal, missing_words=missing_words,
    )  # fmt: skip
