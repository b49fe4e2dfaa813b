"""What every kind of filter has: its fields as they are kept, its words, and what it asks of the stored log."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from core.queries import load

if TYPE_CHECKING:
    from core.selection.lookup import Lookup

_SHOWN = 3
Names = Annotated[tuple[str, ...], Field(min_length=1, max_length=10_000)]


def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


Moment = Annotated[datetime, AfterValidator(_in_utc)]


class Keep(StrEnum):
    """What a filter on values keeps."""

    ANY = "any"  # cases with at least one such activity instance
    EVERY = "every"  # cases with no other activity instance
    EVENTS = "events"  # only such activity instances


@dataclass(frozen=True)
class CaseQuery:
    """A query for the numbers of the cases that a filter means."""

    sql: str
    bound: dict[str, Any] = field(default_factory=dict)
    counted: bool = False  # it needs variants, positions without gaps, or `repeated`


@dataclass(frozen=True)
class Events:
    """A condition on rows of `event`, or (with `of_attribute`) on rows of `event_attribute`."""

    condition: str
    bound: dict[str, Any] = field(default_factory=dict)
    of_attribute: bool = False


class FilterKind(BaseModel):
    """A filter: a name of its own, and whether it is turned round or switched off."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(default="", max_length=100)
    inverted: bool = False
    disabled: bool = False

    def in_words(self) -> str:
        """It in words, such as "Cases with Pay invoice", as chips and exports have it; its own name, if it has one."""
        if self.name:
            return self.name
        said = self.said()
        if not self.inverted:
            return said
        name = getattr(self, "source", None) or getattr(self, "activity", None)  # a name keeps its first letter
        return f"Not: {said}" if name and said.startswith(name) else f"Not: {said[:1].lower()}{said[1:]}"

    @abstractmethod
    def said(self) -> str:
        """What it keeps, in words."""

    @abstractmethod
    def asks(self, lookup: Lookup) -> CaseQuery | Events:
        """What it means in the event log that `lookup` knows. Raises NotFound for unknown names."""

    @property
    def drops_events(self) -> bool:
        """Whether it drops activity instances of cases that stay."""
        return False


def _with_a_point(bound: object) -> object:
    """`bound` itself, or an error that says how a number is written: a comma may be either, so it is not guessed."""
    if isinstance(bound, str) and "," in bound:
        raise ValueError(f"`{bound}` has a comma; write numbers with a decimal point and without separators: 1234.5")
    return bound


Bound = Annotated[float | None, BeforeValidator(_with_a_point)]


class Ranged(FilterKind):
    """A filter with a lowest and a highest value."""

    low: Bound = None  # inclusive
    high: Bound = None  # inclusive

    def check_range(self) -> None:
        """Raise ValueError for a range that holds nothing."""
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"the range from {self.low} to {self.high} is empty")


def cases_by(query: str, counted: bool = False, /, **bound: Any) -> CaseQuery:
    """The query of this name for the numbers of cases; `counted` as CaseQuery has it."""
    return CaseQuery(load("core.selection.sql", query).sql, bound, counted)


def listed(names: Sequence[str], joint: str = "or") -> str:
    """Names in a row, the first few of many."""
    if len(names) > _SHOWN:
        return f"{', '.join(names[: _SHOWN - 1])} {joint} {len(names) - _SHOWN + 1} more"
    return f" {joint} ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def plain(value: float) -> str:
    """A number with its thousands separated and no needless zeros."""
    return f"{value:,.10g}"


def between(low: float | None, high: float | None, write: Callable[[float], str] = plain) -> str:
    """A range in words, such as "at least 3"; empty for one without bounds."""
    if low is not None and high is not None:
        return f"{write(low)} to {write(high)}" if low != high else f"exactly {write(low)}"
    return f"at least {write(low)}" if low is not None else f"at most {write(high)}" if high is not None else ""
