"""Cases by the activities that they have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from core.selection.filters.base import (
    CaseQuery,
    Events,
    FilterKind,
    Names,
    cases_by,
    listed,
)

if TYPE_CHECKING:
    from core.selection.lookup import Lookup


class ActivityFilter(FilterKind):
    """Cases that have any (or with `all`, every one) of these activities."""

    kind: Literal["activity"] = "activity"
    activities: Names
    all: bool = False

    def said(self) -> str:
        """What it keeps, in words."""
        return f"Cases with {listed(self.activities, 'and' if self.all else 'or')}"

    def asks(self, lookup: Lookup) -> CaseQuery | Events:
        """What it means in the stored log. Raises NotFound for unknown names."""
        numbers = lookup.numbers("activity", list(dict.fromkeys(self.activities)))
        return cases_by("activity_all" if self.all else "activity", numbers=numbers)
