"""What selections mean, said again in plain Python over rows: slow, and easy to read."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import md5
from itertools import pairwise
from typing import Any

from core.selection.filters import (
    ActivityFilter,
    AttributeFilter,
    CaseFilter,
    CompleteFilter,
    EndpointFilter,
    FollowsFilter,
    FourEyesFilter,
    Keep,
    Loop,
    Metric,
    MetricFilter,
    PerformerFilter,
    ReworkFilter,
    Timeframe,
    TimeframeFilter,
    VariantFilter,
)


@dataclass(frozen=True)
class Row:
    """One activity instance."""

    case: str
    activity: str
    started: datetime | None
    ended: datetime
    performer: str | None
    kind: str | None
    cost: float | None
    number: int  # its place in the source

    @property
    def began(self) -> datetime:
        return self.started or self.ended


Cases = dict[str, list[Row]]


def cases_of(rows: list[Row]) -> Cases:
    """The rows of each case, in order."""
    found: Cases = defaultdict(list)
    for row in sorted(rows, key=lambda r: (r.case, r.began, r.ended, r.number)):
        found[row.case].append(row)
    return dict(found)


def selected(cases: Cases, filters: tuple[Any, ...], incomplete: frozenset[str] = frozenset()) -> Cases:
    """The cases and rows that the filters leave, one after the other."""
    order = sorted(cases, key=lambda c: (min(r.began for r in cases[c]), c))
    for found in filters:
        if found.disabled:
            continue
        if _drops_rows(found):
            kept = {c: [r for r in rows if _row_stays(found, r) != found.inverted] for c, rows in cases.items()}
            cases = {c: rows for c, rows in kept.items() if rows}
        else:
            meant = _meant(found, cases, incomplete, order)
            cases = {c: rows for c, rows in cases.items() if (c in meant) != found.inverted}
    return cases


def grouped(cases: Cases, by: str) -> Cases:
    """The cases with `by` in the place of the activity."""
    return {c: [replace(r, activity=_group(r, by) or "(not given)") for r in rows] for c, rows in cases.items()}


def _group(row: Row, by: str) -> str | None:
    return row.performer if by == "performer" else row.kind or "unknown"


def waiting(rows: list[Row]) -> list[float | None]:
    """The waiting time before each row of a case in seconds."""
    return [None, *(max(0.0, (b.began - a.ended).total_seconds()) for a, b in pairwise(rows))]


def digest(rows: list[Row]) -> str:
    """The digest of a case's variant."""
    return md5("\x1f".join(r.activity for r in rows).encode(), usedforsecurity=False).hexdigest()[:12]


def _drops_rows(found: Any) -> bool:
    return getattr(found, "mode", None) is Timeframe.TRIM or getattr(found, "keep", None) is Keep.EVENTS


def _within(found: Any, moment: datetime) -> bool:
    start, end = (m and m.replace(tzinfo=None) for m in (found.start, found.end))
    return (start is None or moment >= start) and (end is None or moment < end)


def _row_stays(found: Any, row: Row) -> bool:
    if isinstance(found, TimeframeFilter):
        return _within(found, row.ended)
    if isinstance(found, PerformerFilter):
        return row.performer in found.performers
    return _has_value(found, row)


def _has_value(found: AttributeFilter, row: Row) -> bool:
    if found.attribute == "performer_kind":
        return (row.kind or "unknown") in found.values
    if found.attribute == "performer":
        return row.performer in found.values or (found.missing and row.performer is None)
    raise AssertionError(found.attribute)


def _meant(found: Any, cases: Cases, incomplete: frozenset[str], order: list[str]) -> set[str]:
    if isinstance(found, VariantFilter):
        return _of_variants(found, cases, order)
    return {c for c, rows in cases.items() if _case_is_meant(found, c, rows, c not in incomplete)}


def _of_variants(found: VariantFilter, cases: Cases, order: list[str]) -> set[str]:
    digests = {c: digest(rows) for c, rows in cases.items()}
    if found.digests:
        return {c for c, d in digests.items() if d in found.digests}
    counted = Counter(digests.values())
    first = {digests[c]: place for place, c in reversed(list(enumerate(order))) if c in digests}
    ranked = sorted(counted, key=lambda d: (-counted[d], first[d]))
    if found.top is not None:
        kept = set(ranked[: found.top])
    else:
        assert found.coverage is not None
        kept, reached = set(), 0
        for d in ranked:
            if reached < found.coverage * len(cases):
                kept.add(d)
            reached += counted[d]
    return {c for c, d in digests.items() if d in kept}


def _case_is_meant(found: Any, case: str, rows: list[Row], complete: bool) -> bool:
    names = [r.activity for r in rows]
    if isinstance(found, TimeframeFilter):
        return _timeframe(found, rows)
    if isinstance(found, ActivityFilter):
        return (all if found.all else any)(a in names for a in found.activities)
    if isinstance(found, FollowsFilter):
        return _follows(found, rows)
    if isinstance(found, EndpointFilter):
        return names[0 if found.side == "start" else -1] in found.activities
    if isinstance(found, MetricFilter):
        value = _metric(found.metric, rows, complete)
        return value is not None and (found.low is None or value >= found.low) and (
            found.high is None or value <= found.high
        )  # fmt: skip
    if isinstance(found, PerformerFilter):
        who = [r.performer for r in rows if found.activity is None or r.activity == found.activity]
        if found.keep is Keep.EVERY:
            return bool(who) and all(p in found.performers for p in who)
        return any(p in found.performers for p in who)
    if isinstance(found, AttributeFilter):
        return (all if found.keep is Keep.EVERY else any)(_has_value(found, r) for r in rows)
    if isinstance(found, ReworkFilter):
        return _rework(found, names)
    if isinstance(found, FourEyesFilter):
        did = [{r.performer for r in rows if r.activity == a} - {None} for a in (found.first, found.second)]
        return bool(did[0] & did[1])
    if isinstance(found, CaseFilter):
        return case in found.cases
    assert isinstance(found, CompleteFilter)
    return complete


def _timeframe(found: TimeframeFilter, rows: list[Row]) -> bool:
    started, ended = min(r.began for r in rows), max(r.ended for r in rows)
    start, end = (m and m.replace(tzinfo=None) for m in (found.start, found.end))
    if found.mode is Timeframe.STARTING:
        return _within(found, started)
    if found.mode is Timeframe.ENDING:
        return _within(found, ended)
    if found.mode is Timeframe.INTERSECTING:
        return (start is None or ended >= start) and (end is None or started < end)
    return (start is None or started >= start) and (end is None or ended < end)


def _follows(found: FollowsFilter, rows: list[Row]) -> bool:
    for i, first in enumerate(rows):
        later = rows[i + 1 : i + 2] if found.directly else rows[i + 1 :]
        for second in later:
            if (first.activity, second.activity) != (found.source, found.target):
                continue
            seconds = (second.began - first.ended).total_seconds()
            seconds = max(0.0, seconds)
            if (found.least_seconds is None or seconds >= found.least_seconds) and (
                found.most_seconds is None or seconds <= found.most_seconds
            ):
                return True
    return False


def _metric(metric: Metric, rows: list[Row], complete: bool) -> float | None:
    services = [(r.ended - r.started).total_seconds() for r in rows if r.started]
    costs = [r.cost for r in rows if r.cost is not None]
    waits = [w for w in waiting(rows) if w is not None]
    told = complete and (len(rows) > 1 or rows[0].started is not None)
    different = len({r.activity for r in rows})
    values: dict[Metric, float | None] = {
        Metric.CYCLE_TIME: (max(r.ended for r in rows) - rows[0].began).total_seconds() if told else None,
        Metric.WAITING: sum(waits) if waits else None,
        Metric.SERVICE: sum(services) if services else None,
        Metric.EVENTS: len(rows),
        Metric.ACTIVITIES: different,
        Metric.REWORK: len(rows) - different,
        Metric.PERFORMERS: len({r.performer for r in rows} - {None}),
        Metric.COST: sum(costs) if costs else None,
    }
    return values[metric]


def _rework(found: ReworkFilter, names: list[str]) -> bool:
    seen: Counter[str] = Counter()
    for place, name in enumerate(names):
        seen[name] += 1
        looped = place > 0 and names[place - 1] == name
        fits = found.loop is Loop.ANY or (found.loop is Loop.SELF_LOOP) == looped
        if found.activity in (None, name) and seen[name] >= found.least and fits:
            return True
    return False
