"""Cases by their rework."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from core.selection.filters.base import (
    CaseQuery,
    Events,
    FilterKind,
    cases_by,
)

if TYPE_CHECKING:
    from core.selection.lookup import Lookup


class Loop(StrEnum):
    """How an activity comes again in its case."""

    ANY = "any"
    SELF_LOOP = "self_loop"  # directly after itself
    REPETITION = "repetition"  # later, after something else


class ReworkFilter(FilterKind):
    """Cases with rework: of `activity`, or of any; it stands in the case at least `least` times."""

    kind: Literal["rework"] = "rework"
    activity: str | None = None
    least: int = Field(default=2, ge=2)
    loop: Loop = Loop.ANY

    def said(self) -> str:
        """What it keeps, in words."""
        what = {Loop.ANY: "rework", Loop.SELF_LOOP: "self-loops", Loop.REPETITION: "repetitions"}[self.loop]
        times = f", {self.least} times or more" if self.least > 2 else ""
        return f"Cases with {what}{f' of {self.activity}' if self.activity else ''}{times}"

    def asks(self, lookup: Lookup) -> CaseQuery | Events:
        """What it means in the stored log. Raises NotFound for unknown names."""
        activity = None if self.activity is None else lookup.number("activity", self.activity)
        if self.least == 2:
            return cases_by("rework_twice", True, activity=activity, loop=self.loop.value)
        return cases_by("rework", activity=activity, least=self.least, loop=self.loop.value)
