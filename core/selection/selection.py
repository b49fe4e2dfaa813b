"""A selection: ordered filters on an event log, and what its activities are grouped by. One object for every view."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pydantic import BaseModel, ConfigDict, ValidationError

from core.errors import BadInput
from core.selection.filters import Filter

_MOST_FILTERS = 50


class _FilterText(BaseModel):
    model_config = ConfigDict(extra="forbid")

    filters: tuple[Filter, ...] = ()
    grouped_by: str = ""


@dataclass(frozen=True)
class Selection:
    """Ordered filters: each sees what the ones before it left. Equal selections are equal values."""

    filters: tuple[Filter, ...] = ()
    grouped_by: str = ""  # "", "performer", "system" or "@attribute": what stands in the place of activities

    @property
    def active(self) -> tuple[Filter, ...]:
        """The filters that are not switched off."""
        return tuple(f for f in self.filters if not f.disabled)

    @property
    def is_whole(self) -> bool:
        """Whether it is the log as it is stored."""
        return not self.active and not self.grouped_by

    def add(self, *more: Filter) -> Selection:
        """It with further filters at its end; one that it has already is not added again."""
        return replace(self, filters=(*self.filters, *(f for f in more if f not in self.filters)))

    def put(self, position: int, changed: Filter) -> Selection:
        """It with `changed` in the place of the filter at `position`, from 0."""
        filters = list(self.filters)
        filters[position] = changed
        return replace(self, filters=tuple(filters))

    def without(self, position: int) -> Selection:
        """It without the filter at `position`, from 0."""
        return replace(self, filters=self.filters[:position] + self.filters[position + 1 :])

    def group(self, by: str) -> Selection:
        """It with `by` in the place of activities; an empty text means the activities themselves."""
        return replace(self, grouped_by=by)

    def text(self) -> str:
        """It as compact JSON, which `parse` reads; what has its default value is left out."""
        filters = [{"kind": f.kind, **f.model_dump(mode="json", exclude_defaults=True)} for f in self.filters]
        whole: dict[str, object] = {"filters": filters}
        if self.grouped_by:
            whole["grouped_by"] = self.grouped_by
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))

    @property
    def digest(self) -> str:
        """Sixteen hexadecimal digits that stand for it."""
        return hashlib.sha256(self.text().encode()).hexdigest()[:16]

    @staticmethod
    def parse(text: str) -> Selection:
        """The selection in `text`: what `text()` wrote, or a JSON list of filters.

        Raises BadInput that names every problem.
        """
        stripped = text.strip()
        if not stripped:
            return NO_SELECTION
        if stripped.startswith("["):
            stripped = f'{{"filters":{stripped}}}'
        try:
            found = _FilterText.model_validate_json(stripped)
        except ValidationError as error:
            raise BadInput("These filters cannot be used. See docs/filters.md.", problems=_problems(error)) from None
        if len(found.filters) > _MOST_FILTERS:
            raise BadInput(f"{len(found.filters)} filters are too many; {_MOST_FILTERS} can be used at once.")
        return Selection(found.filters, found.grouped_by)


NO_SELECTION = Selection()


def _problems(error: ValidationError) -> Sequence[str]:
    return [f"{_place(e['loc'])}: {e['msg'].removeprefix('Value error, ')}" for e in error.errors()]


def _place(location: tuple[int | str, ...]) -> str:
    if len(location) > 1 and location[0] == "filters" and isinstance(location[1], int):
        rest = ".".join(str(part) for part in location[2:])
        return f"filter {location[1] + 1}{f' ({rest})' if rest else ''}"
    return ".".join(map(str, location)) or "the text"
