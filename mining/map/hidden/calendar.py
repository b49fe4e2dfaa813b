"""Steps outside the system's calendar: work at hours or on weekdays at which it otherwise records hardly anything.

An hour of the day (or a weekday) is *dark* when it has at most a twentieth of the instances of the typical hour
(weekday): the one in which the median instance lies. A system has a calendar when at least six hours or a weekday are
dark, and these together hold at most a twentieth of its instances. Hours are those of the source's own clock where
offsets are known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mining.map.hidden.confidence import confidence
from mining.map.hidden.queries import rows
from mining.map.hidden.values import MOST_EXAMPLES, FindingFigure, HiddenFinding, HiddenKind, Judged

if TYPE_CHECKING:
    import duckdb

LEAST_INSTANCES = 200  # of a system before it has a calendar
LEAST_OUTSIDE = 5  # instances of one activity
_DARK = 0.05
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class _Calendar:
    """When a system records hardly anything."""

    hours: tuple[int, ...]
    days: tuple[int, ...]  # 1 is Monday
    instances: int
    outside: int

    @property
    def dark_share(self) -> float:
        """The share of the week that is dark."""
        return 1 - (24 - len(self.hours)) * (7 - len(self.days)) / 168


def outside_calendar(connection: duckdb.DuckDBPyConnection) -> Judged:
    """Activities done at hours or on weekdays at which their system (or the log) otherwise records hardly anything."""
    midnight = sum(row[2] for row in rows(connection, "clock"))
    if midnight >= 0.9:
        return Judged((), "The log has dates without a time of day, so there is no calendar to be outside of.")
    cells: defaultdict[str | None, dict[tuple[int, int], int]] = defaultdict(dict)
    for system, day, hour, count in rows(connection, "hours"):
        cells[system][day, hour] = count
    if len(cells) > 1:
        cells.pop(None, None)  # what names no system belongs to no system's calendar
    found: list[HiddenFinding] = []
    without = 0
    for system, counts in cells.items():
        calendar = _calendar(counts)
        if calendar is None:
            without += 1
        elif calendar.outside:
            found += _outside(connection, system, calendar)
    return Judged(tuple(found), _reason(without, len(cells)), len(cells) - without)


def _reason(without: int, systems: int) -> str | None:
    if not without:
        return None
    whose = "The log has no calendar" if systems == 1 else f"{without} of {systems} systems have no calendar"
    return f"{whose}: fewer than {LEAST_INSTANCES} activity instances, or work around the clock."


def _calendar(counts: Mapping[tuple[int, int], int]) -> _Calendar | None:
    total = sum(counts.values())
    if total < LEAST_INSTANCES:
        return None
    hours = _dark({h: sum(n for (_, hour), n in counts.items() if hour == h) for h in range(24)})
    days = _dark({d: sum(n for (day, _), n in counts.items() if day == d) for d in range(1, 8)})
    outside = sum(n for (day, hour), n in counts.items() if day in days or hour in hours)
    if (len(hours) < 6 and not days) or outside > _DARK * total:
        return None
    return _Calendar(hours, days, total, outside)


def _dark(counts: Mapping[int, int]) -> tuple[int, ...]:
    """The keys with at most a twentieth of the count in which the median instance lies."""
    reached, half, typical = 0, sum(counts.values()) / 2, 0
    for count in sorted(counts.values()):
        reached += count
        typical = count
        if reached >= half:
            break
    return tuple(key for key, count in sorted(counts.items()) if count <= _DARK * typical)


def _outside(connection: duckdb.DuckDBPyConnection, system: str | None, calendar: _Calendar) -> list[HiddenFinding]:
    wanted = {"system": system, "hours": list(calendar.hours), "days": list(calendar.days)}
    return [_finding(system, calendar, row) for row in rows(connection, "outside", wanted) if row[1] >= LEAST_OUTSIDE]


def _finding(system: str | None, calendar: _Calendar, row: tuple[Any, ...]) -> HiddenFinding:
    activity, count, cases, performer, by_performer, hour, in_hour, performers, examples = row
    regular = max(by_performer, in_hour) / count
    share = calendar.outside / calendar.instances
    evidence = [
        FindingFigure("instances of this activity then", count, "count"),
        FindingFigure("share of all instances that lie then", share, "share"),
        FindingFigure("share of the week that is otherwise dark", calendar.dark_share, "share"),
        FindingFigure("dark", _when(calendar), "text"),
        FindingFigure(f"between {hour}:00 and {hour + 1}:00", in_hour / count, "share"),
    ]
    if performer is not None:
        evidence.append(FindingFigure(f"by {performer}", by_performer / count, "share"))
    where = f" in {system}" if system else ""
    return HiddenFinding(
        HiddenKind.CALENDAR, f"`{activity}` happens{where} when hardly anything else does: {count} times.",
        "A job, an interface or somebody at home may do it; who did it, and with which rights, is worth asking.",
        count, cases, confidence(cases, regular, 1 - share / calendar.dark_share), tuple(evidence),
        tuple(sorted(examples)[:MOST_EXAMPLES]), activities=(activity,),
        performers=(performer,) if performers == 1 else (), systems=(system,) if system else (),
    )  # fmt: skip


def _when(calendar: _Calendar) -> str:
    said = []
    if calendar.days:
        said.append(", ".join(_DAYS[d - 1] for d in calendar.days))
    if calendar.hours:
        said.append("hours " + ", ".join(_runs(calendar.hours)))
    return " and ".join(said)


def _runs(hours: tuple[int, ...]) -> list[str]:
    """Hours as spans, such as "0:00 to 7:00"."""
    spans: list[list[int]] = []
    for hour in hours:
        if spans and spans[-1][1] == hour:
            spans[-1][1] = hour + 1
        else:
            spans.append([hour, hour + 1])
    return [f"{a}:00 to {b}:00" for a, b in spans]
