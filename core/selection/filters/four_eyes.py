"""Cases in which one performer did two activities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from core.selection.filters.base import (
    CaseQuery,
    Events,
    FilterKind,
    cases_by,
)

if TYPE_CHECKING:
    from core.selection.lookup import Lookup


class FourEyesFilter(FilterKind):
    """Cases in which one performer did both activities."""

    kind: Literal["four_eyes"] = "four_eyes"
    first: str
    second: str

    def said(self) -> str:
        """What it keeps, in words."""
        return f"One performer did both {self.first} and {self.second}"

    def asks(self, lookup: Lookup) -> CaseQuery | Events:
        """What it means in the stored log. Raises NotFound for unknown names."""
        first, second = lookup.numbers("activity", (self.first, self.second))
        return cases_by("four_eyes", first=first, second=second)
