"""Cases or events by when they are."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from pydantic import model_validator

from core.selection.filters.base import (
    CaseQuery,
    Events,
    FilterKind,
    Moment,
    cases_by,
)

if TYPE_CHECKING:
    from core.selection.lookup import Lookup


class Timeframe(StrEnum):
    """How cases and events stand to a period."""

    CONTAINED = "contained"  # cases that start and end in it
    INTERSECTING = "intersecting"  # cases that are open at some moment of it
    STARTING = "starting"  # cases that start in it
    ENDING = "ending"  # cases that end in it
    TRIM = "trim"  # only the activity instances that end in it


class TimeframeFilter(FilterKind):
    """Cases, or with `trim` events, by when they are: from `start`, up to but not including `end`, both UTC."""

    kind: Literal["timeframe"] = "timeframe"
    start: Moment | None = None
    end: Moment | None = None
    mode: Timeframe = Timeframe.CONTAINED

    @model_validator(mode="after")
    def _is_a_period(self) -> TimeframeFilter:
        if self.start is None and self.end is None:
            raise ValueError("a timeframe needs a start, an end or both")
        if self.start and self.end and self.start >= self.end:
            raise ValueError("a timeframe must end after it starts")
        return self

    @property
    def drops_events(self) -> bool:
        """Whether it drops activity instances of cases that stay."""
        return self.mode is Timeframe.TRIM

    def said(self) -> str:
        """What it keeps, in words."""
        period = " ".join(
            [
                *([f"from {self.start:%Y-%m-%d %H:%M}".removesuffix(" 00:00")] if self.start else []),
                *([f"before {self.end:%Y-%m-%d %H:%M}".removesuffix(" 00:00")] if self.end else []),
            ]
        )
        what = {
            Timeframe.CONTAINED: "Whole cases",
            Timeframe.INTERSECTING: "Cases open",
            Timeframe.STARTING: "Cases starting",
            Timeframe.ENDING: "Cases ending",
            Timeframe.TRIM: "Only events",
        }[self.mode]
        return f"{what} {period}"

    def asks(self, lookup: Lookup) -> CaseQuery | Events:
        """What it means in the stored log. Raises NotFound for unknown names."""
        start, end = (moment and moment.replace(tzinfo=None) for moment in (self.start, self.end))
        if self.drops_events:
            parts = [*(["ended >= $start"] if start else []), *(["ended < $end"] if end else [])]
            return Events(" AND ".join(parts), {**({"start": start} if start else {}), **({"end": end} if end else {})})
        return cases_by("timeframe", start=start, end=end, mode=self.mode.value)
