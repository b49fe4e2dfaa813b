"""How expected KPIs and the changes of a scenario read, for commands and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.durations import duration
from core.figures import per_cent

if TYPE_CHECKING:
    from mining.whatif import Change

TITLES = {
    "cycle_time": "Cycle time, median",
    "cycle_time_mean": "Cycle time, mean",
    "throughput": "Throughput",
    "cost_per_task": "Cost per task",
    "error_rate": "Error rate",
    "people_hours": "People's hours a month",
}
_DASH = "–"


def reads(value: float | None, unit: str, *, signed: bool = False) -> str:
    """A figure in its unit, such as "3 d 4 h"; with a sign where it is a change."""
    if value is None:
        return _DASH
    said = _plain(abs(value) if signed else value, unit)
    if not signed or said == _plain(0.0, unit):
        return said
    return f"{'+' if value > 0 else '-'}{said}"


def _plain(value: float, unit: str) -> str:
    if unit == "seconds":
        return duration(value)
    if unit == "share":
        return f"{100 * value:.1f} %"
    if unit == "cases a day":
        return f"{value:,.1f} a day"
    if unit == "hours a month":
        return f"{value:,.0f} h"
    return f"{value:,.2f}"


def change_in_words(change: Change) -> str:
    """What a change means, with its assumptions, in one line."""
    from mining.whatif import DroppedTask, TaskByAgent

    if isinstance(change, DroppedTask):
        return "done by nobody; the time before it stays"
    if not isinstance(change, TaskByAgent):
        return f"a person with an agent's help, {per_cent(change.saved)} faster (assumed)"
    parts = [f"an agent in {duration(change.seconds)}"]
    if change.approved:
        parts.append(
            f"{per_cent(change.approved)} approved by a person, who gets to it after {duration(change.approval_delay)} "
            "of working time"
        )
    if change.reviewed:
        parts.append(f"{per_cent(change.reviewed)} reviewed")
    parts.append(f"{per_cent(change.error)} done again")
    parts.append(f"{per_cent(change.escalated)} handed to a person")
    if change.keeps < 1:
        parts.append(f"{per_cent(change.keeps)} of the delay before it stays")
    measured = change.sources.get("error") == "measured of people"
    return (
        f"{', '.join(parts)} ({'share done again as measured of people; all else assumed' if measured else 'assumed'})"
    )
