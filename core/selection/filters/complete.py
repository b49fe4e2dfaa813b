"""Cases that are complete."""

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


class CompleteFilter(FilterKind):
    """Cases that the log calls complete."""

    kind: Literal["complete"] = "complete"

    def said(self) -> str:
        """What it keeps, in words."""
        return "Complete cases"

    def asks(self, lookup: Lookup) -> CaseQuery | Events:
        """What it means in the stored log. Raises NotFound for unknown names."""
        return cases_by("complete")
