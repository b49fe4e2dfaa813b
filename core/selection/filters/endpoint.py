"""Cases by how they start or end."""

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


class EndpointFilter(FilterKind):
    """Cases that start, or end, with one of these activities."""

    kind: Literal["endpoint"] = "endpoint"
    side: Literal["start", "end"]
    activities: Names

    def said(self) -> str:
        """What it keeps, in words."""
        return f"Cases that {self.side} with {listed(self.activities)}"

    def asks(self, lookup: Lookup) -> CaseQuery | Events:
        """What it means in the stored log. Raises NotFound for unknown names."""
        numbers = lookup.numbers("activity", self.activities)
        return cases_by(f"endpoint_{self.side}", self.side == "end", numbers=numbers)
