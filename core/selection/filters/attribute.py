"""Cases or events by an attribute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, model_validator

from core.selection.filters.base import (
    CaseQuery,
    Events,
    Keep,
    Ranged,
    between,
    listed,
)

if TYPE_CHECKING:
    from core.selection.lookup import Lookup
    from core.selection.stored_values import StoredValues


class AttributeFilter(Ranged):
    """Cases or events by an attribute: `@name`, `performer_kind`, `system` or `failed`."""

    kind: Literal["attribute"] = "attribute"
    attribute: str = Field(min_length=1)
    values: tuple[str, ...] = ()  # as text; or a range of numbers in `low` and `high`
    missing: bool = False  # also where there is no value
    keep: Keep = Keep.ANY

    @model_validator(mode="after")
    def _asks_something(self) -> AttributeFilter:
        self.check_range()
        ranged = self.low is not None or self.high is not None
        if ranged and self.values:
            raise ValueError("give values or a range of an attribute, not both")
        if not (ranged or self.values or self.missing):
            raise ValueError("give values, a range, or `missing`")
        return self

    @property
    def drops_events(self) -> bool:
        """Whether it drops activity instances of cases that stay."""
        return self.keep is Keep.EVENTS

    def said(self) -> str:
        """What it keeps, in words."""
        name = self.attribute.split(":", 1)[-1].removeprefix("@").replace("_", " ")
        values = [*self.values, *(["no value"] if self.missing else [])]
        value = between(self.low, self.high) if not self.values and not self.missing else f"is {listed(values)}"
        if self.keep is Keep.EVENTS:
            return f"Only events whose {name} {value}"
        return f"{'Every' if self.keep is Keep.EVERY else 'Any'} {name} {value}"

    def asks(self, lookup: Lookup) -> CaseQuery | Events:
        """What it means in the stored log. Raises NotFound for unknown names."""
        from core.selection.lookup import BUILT_IN

        if self.attribute in BUILT_IN:
            return _of_rows(self, _built_in(self, lookup), "event")
        place = lookup.attribute(self.attribute)
        asked = _asked(self, place.column, lookup.stored_values(self.attribute, place))
        if place.of_case:
            return CaseQuery(f"SELECT case_no FROM case_attribute WHERE {asked.condition}", asked.bound)  # noqa: S608
        return _of_rows(self, Events(asked.condition, asked.bound, of_attribute=True), "event_attribute")


def _of_rows(found: AttributeFilter, asked: Events, table: str) -> CaseQuery | Events:
    """The rows themselves, or the cases that have any of them, or no other."""
    if found.keep is Keep.EVENTS:
        return asked
    if found.keep is Keep.ANY:
        return CaseQuery(f"SELECT DISTINCT case_no FROM {table} WHERE {asked.condition}", asked.bound)  # noqa: S608
    every = f"bool_and(coalesce({asked.condition}, false))"
    return CaseQuery(f"SELECT case_no FROM {table} GROUP BY case_no HAVING {every}", asked.bound)  # noqa: S608


def _built_in(found: AttributeFilter, lookup: Lookup) -> Events:
    from core.selection.lookup import known_kinds
    from core.selection.stored_values import AttributePlace

    if found.attribute == "failed":
        place = AttributePlace(False, "failed", "BOOLEAN", "stored.event")
        return _asked(found, "failed", lookup.stored_values("failed", place))
    if found.attribute == "performer_kind":
        kinds = [*known_kinds(found.values), *(["unknown"] if found.missing else [])]
        return Events("list_contains($kinds, kind::VARCHAR)", {"kinds": kinds})
    column = "system_no" if found.attribute == "system" else "performer_no"
    numbers = lookup.numbers(found.attribute, found.values)
    listed = f"coalesce(list_contains($numbers, {column}), false)"
    return Events(f"({listed} OR {column} IS NULL)" if found.missing else listed, {"numbers": numbers})


def _asked(found: AttributeFilter, column: str, stored: StoredValues) -> Events:
    parts: list[str] = []
    bound: dict[str, Any] = {}
    if found.values:
        parts.append(f"list_contains($values, {column}::VARCHAR)")
        bound["values"] = stored.meant(found.values)
    elif found.low is not None or found.high is not None:
        stored.check_range()
        bounds = {"low": found.low, "high": found.high}
        signs = {"low": ">=", "high": "<="}
        inside = [f"try_cast({column} AS DOUBLE) {signs[n]} ${n}" for n, value in bounds.items() if value is not None]
        parts.append(f"({' AND '.join(inside)})")
        bound |= {name: value for name, value in bounds.items() if value is not None}
    if found.missing:
        parts.append(f"{column} IS NULL")
    return Events(f"coalesce({' OR '.join(parts)}, false)", bound)
