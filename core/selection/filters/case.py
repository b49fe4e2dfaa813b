"""Cases by their identifiers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from core.selection.filters.base import (
    CaseQuery,
    Events,
    FilterKind,
    Names,
    cases_by,
)

if TYPE_CHECKING:
    from core.selection.lookup import Lookup


class CaseFilter(FilterKind):
    """The cases with these identifiers."""

    kind: Literal["case"] = "case"
    cases: Names

    def said(self) -> str:
        """What it keeps, in words."""
        return f"Case {self.cases[0]}" if len(self.cases) == 1 else f"{len(self.cases)} chosen cases"

    def asks(self, lookup: Lookup) -> CaseQuery | Events:
        """What it means in the stored log. Raises NotFound for unknown names."""
        return cases_by("case_id", cases=list(self.cases))
