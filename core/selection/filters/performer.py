"""Cases or events by who performed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import model_validator

from core.selection.filters.base import (
    CaseQuery,
    Events,
    FilterKind,
    Keep,
    Names,
    cases_by,
    listed,
)

if TYPE_CHECKING:
    from core.selection.lookup import Lookup


class PerformerFilter(FilterKind):
    """Cases or events by who performed; with `activity`, by who performed that activity."""

    kind: Literal["performer"] = "performer"
    performers: Names
    activity: str | None = None
    keep: Keep = Keep.ANY

    @model_validator(mode="after")
    def _fits(self) -> PerformerFilter:
        if self.activity is not None and self.keep is Keep.EVENTS:
            raise ValueError("`activity` goes with `any` and `every`, which keep cases")
        return self

    @property
    def drops_events(self) -> bool:
        """Whether it drops activity instances of cases that stay."""
        return self.keep is Keep.EVENTS

    def said(self) -> str:
        """What it keeps, in words."""
        who = listed(self.performers)
        if self.keep is Keep.EVENTS:
            return f"Only events by {who}"
        what = f"{self.activity} done" if self.activity else "Cases worked on"
        return f"{what} {'only ' if self.keep is Keep.EVERY else ''}by {who}"

    def asks(self, lookup: Lookup) -> CaseQuery | Events:
        """What it means in the stored log. Raises NotFound for unknown names."""
        numbers = lookup.numbers("performer", self.performers)
        if self.keep is Keep.EVENTS:
            if len(numbers) == 1:  # a comparison takes a third of the time of a look into a list
                return Events("coalesce(performer_no = $number, false)", {"number": numbers[0]})
            return Events("coalesce(list_contains($numbers, performer_no), false)", {"numbers": numbers})
        activity = None if self.activity is None else lookup.number("activity", self.activity)
        return cases_by(f"performer_{self.keep.value}", numbers=numbers, activity=activity)
