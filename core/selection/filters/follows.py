"""Cases by which activity follows which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from core.durations import duration
from core.selection.filters.base import (
    CaseQuery,
    Events,
    FilterKind,
    between,
    cases_by,
)

if TYPE_CHECKING:
    from core.selection.lookup import Lookup


class FollowsFilter(FilterKind):
    """Cases in which `target` follows `source`, directly or eventually, within a range of seconds if given.

    The time runs from the end of `source` to the start of `target` (without starts: to its end), never below 0.
    """

    kind: Literal["follows"] = "follows"
    source: str
    target: str
    directly: bool = True
    least_seconds: float | None = Field(default=None, ge=0)
    most_seconds: float | None = Field(default=None, ge=0)

    def said(self) -> str:
        """What it keeps, in words."""
        how = "directly" if self.directly else "eventually"
        within = between(self.least_seconds, self.most_seconds, duration)
        return f"{self.source} {how} followed by {self.target}{f', {within}' if within else ''}"

    def asks(self, lookup: Lookup) -> CaseQuery | Events:
        """What it means in the stored log. Raises NotFound for unknown names."""
        ends = {"source": lookup.number("activity", self.source), "target": lookup.number("activity", self.target)}
        limits = {"least": self.least_seconds, "most": self.most_seconds}
        if self.directly:
            return cases_by("follows_directly", **ends, **limits)
        return cases_by("follows_eventually", **ends) if limits == dict.fromkeys(limits) else cases_by(
            "follows_within", **ends, **limits
        )  # fmt: skip
