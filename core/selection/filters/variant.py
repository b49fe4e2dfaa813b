"""Cases by their variant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field, model_validator

from core.selection.filters.base import (
    CaseQuery,
    Events,
    FilterKind,
    cases_by,
)

if TYPE_CHECKING:
    from core.selection.lookup import Lookup


class VariantFilter(FilterKind):
    """Cases by their variant: those with these digests, the `top` most frequent, or as few as cover a share."""

    kind: Literal["variant"] = "variant"
    digests: tuple[str, ...] = ()
    top: int | None = Field(default=None, ge=1)
    coverage: float | None = Field(default=None, gt=0, le=1)

    @model_validator(mode="after")
    def _one_way(self) -> VariantFilter:
        if sum((bool(self.digests), self.top is not None, self.coverage is not None)) != 1:
            raise ValueError("give digests, `top` or `coverage` of variants: one of the three")
        return self

    def said(self) -> str:
        """What it keeps, in words."""
        if self.top is not None:
            return "The most frequent variant" if self.top == 1 else f"The {self.top} most frequent variants"
        if self.coverage is not None:
            return f"The most frequent variants, {self.coverage * 100:.4g} % of cases"
        return f"Variant {self.digests[0]}" if len(self.digests) == 1 else f"{len(self.digests)} variants"

    def asks(self, lookup: Lookup) -> CaseQuery | Events:
        """What it means in the stored log. Raises NotFound for unknown names."""
        if self.digests:
            return cases_by("variant_digest", True, digests=list(self.digests))
        return cases_by("variant_frequent", True, top=self.top, coverage=self.coverage)
