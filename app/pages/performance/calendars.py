"""The choice between calendar time and the working time of a business calendar, and the making of one."""

from __future__ import annotations

from zoneinfo import available_timezones

import streamlit as st

from app.pages.context.address import CALENDAR, set_parameter
from app.pages.context.boxes import box
from app.pages.parts import act, fresh
from app.pages.state import actor, workspace
from app.pages.text import literal
from app.verbs import delete_calendar, save_calendar
from core.calendar import Calendar, calendar_from_dict, countries, list_calendars, parse_hours
from core.workspace import Workspace

_EVERY_MOMENT = "calendar time"
_HOURS = "mon-fri 09:00-17:00"


def choose_calendar() -> Calendar | None:
    """The calendar that the URL names; None for calendar time."""
    ws = workspace()
    known = {c.name: c for c in list_calendars(ws)}
    name = box(
        "Measured in", [_EVERY_MOMENT, *known], key=CALENDAR, what="calendar", width=200,
        label_visibility="collapsed", said=lambda n: n.capitalize() if n == _EVERY_MOMENT else f"Working: {n}",
        help="Calendar time runs day and night. Working time runs in the working hours of a business calendar.",
    )  # fmt: skip
    chosen = known.get(name)
    with st.popover("Calendars", icon=":material/edit_calendar:", key=fresh("calendars"), on_change="rerun"):
        _make(ws, known)
        if chosen is not None:
            st.caption(f"**{literal(chosen.name)}**: {literal(chosen.in_words())}")
            if st.button("Delete this calendar", key="delete_calendar", icon=":material/delete:", type="tertiary"):
                act(lambda: _delete(ws, chosen.name), f"Calendar {chosen.name} is deleted")
    return chosen


def _delete(ws: Workspace, name: str) -> None:
    delete_calendar(ws, name, by=actor())
    set_parameter(CALENDAR, None)


def _make(ws: Workspace, known: dict[str, Calendar]) -> None:
    """The inputs of a new calendar; no form, since the parts of a country depend on the country."""
    st.markdown("##### New business calendar")
    name = st.text_input("Name", value="office", key=fresh("calendar_name"), help="a-z, 0-9, `_` and `-`")
    hours = st.text_area(
        "Working hours", value=_HOURS, key=fresh("calendar_hours"), height=80,
        help="One line for days with the same hours: `mon-thu 08:00-12:00 13:00-17:00`. Lines for one day "
        "add up. A night shift, such as `mon-fri 17:00-01:00`, ends on the next day.",
    )  # fmt: skip
    zones = sorted(available_timezones())
    left, middle, right = st.columns([2, 1, 1])
    zone = left.selectbox("Time zone", zones, index=zones.index("UTC"), key=fresh("calendar_zone"))
    places = countries()
    country = middle.selectbox(
        "Country", ["", *sorted(places)], key=fresh("calendar_country"), format_func=lambda c: c or "none",
        help="Its public holidays are free.",
    )  # fmt: skip
    part = right.selectbox(
        "Part", ["", *places.get(country, ())], key=fresh(f"calendar_part_{country}"), format_func=lambda p: p or "none"
    )
    off = st.text_input("Further days off", key=fresh("calendar_off"), placeholder="2026-12-24, 2026-12-31")
    replace = name in known and st.checkbox(literal(f"Replace calendar {name}"), key=fresh("calendar_replace"))
    if st.button("Save calendar", type="primary", key="save_calendar"):
        act(lambda: _save(ws, name, hours, zone, country, part, off, replace=replace), f"Calendar {name} is saved")


def _save(ws: Workspace, name: str, hours: str, zone: str, country: str, part: str, off: str, *, replace: bool) -> None:
    lines = [line for line in hours.splitlines() if line.strip()]
    data = {
        "name": name, "time_zone": zone, "hours": parse_hours(lines), "country": country, "subdivision": part,
        "days_off": off.replace(",", " ").split(),
    }  # fmt: skip
    save_calendar(ws, calendar_from_dict(data), replace=replace, by=actor())
