"""The filters of a selection, as values that come in from links, commands and saved sets.

Filters on cases keep or drop whole cases. Filters on events (`trim`, and `keep` = `events`) drop activity instances
of the cases that stay; what stood before them is then followed by what stood after.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

_Names = Annotated[tuple[str, ...], Field(min_length=1, max_length=10_000)]


def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


_Moment = Annotated[datetime, AfterValidator(_in_utc)]


class Timeframe(StrEnum):
    """How cases and events stand to a period."""

    CONTAINED = "contained"  # cases that start and end in it
    INTERSECTING = "intersecting"  # cases that are open at some moment of it
    STARTING = "starting"  # cases that start in it
    ENDING = "ending"  # cases that end in it
    TRIM = "trim"  # only the activity instances that end in it


class Keep(StrEnum):
    """What a filter on values keeps."""

    ANY = "any"  # cases with at least one such activity instance
    EVERY = "every"  # cases with no other activity instance
    EVENTS = "events"  # only such activity instances


class Metric(StrEnum):
    """A number that every case has."""

    CYCLE_TIME = "cycle_time"  # seconds
    WAITING = "waiting"  # seconds, summed
    SERVICE = "service"  # seconds, summed; cases without any start have none
    EVENTS = "events"  # activity instances
    ACTIVITIES = "activities"  # different activities
    REWORK = "rework"  # activity instances beyond the first of the same activity
    PERFORMERS = "performers"  # different performers
    COST = "cost"  # summed; cases without any cost have none


class Loop(StrEnum):
    """How an activity comes again in its case."""

    ANY = "any"
    SELF_LOOP = "self_loop"  # directly after itself
    REPETITION = "repetition"  # later, after something else


class _Filter(BaseModel):
    """What every filter has: a name of its own, and whether it is turned round or switched off."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(default="", max_length=100)
    inverted: bool = False
    disabled: bool = False


class TimeframeFilter(_Filter):
    """Cases, or with `trim` events, by when they are: from `start`, up to but not including `end`, both UTC."""

    kind: Literal["timeframe"] = "timeframe"
    start: _Moment | None = None
    end: _Moment | None = None
    mode: Timeframe = Timeframe.CONTAINED

    @model_validator(mode="after")
    def _is_a_period(self) -> TimeframeFilter:
        if self.start is None and self.end is None:
            raise ValueError("a timeframe needs a start, an end or both")
        if self.start and self.end and self.start >= self.end:
            raise ValueError("a timeframe must end after it starts")
        return self


def _with_a_point(bound: object) -> object:
    """`bound` itself, or an error that says how a number is written: a comma may be either, so it is not guessed."""
    if isinstance(bound, str) and "," in bound:
        raise ValueError(f"`{bound}` has a comma; write numbers with a decimal point and without separators: 1234.5")
    return bound


_Bound = Annotated[float | None, BeforeValidator(_with_a_point)]


class _Ranged(_Filter):
    low: _Bound = None  # inclusive
    high: _Bound = None  # inclusive

    def _check_range(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"the range from {self.low} to {self.high} is empty")


class AttributeFilter(_Ranged):
    """Cases or events by an attribute: `@name`, `performer_kind`, `system` or `failed`."""

    kind: Literal["attribute"] = "attribute"
    attribute: str = Field(min_length=1)
    values: tuple[str, ...] = ()  # as text; or a range of numbers in `low` and `high`
    missing: bool = False  # also where there is no value
    keep: Keep = Keep.ANY

    @model_validator(mode="after")
    def _asks_something(self) -> AttributeFilter:
        self._check_range()
        ranged = self.low is not None or self.high is not None
        if ranged and self.values:
            raise ValueError("give values or a range of an attribute, not both")
        if not (ranged or self.values or self.missing):
            raise ValueError("give values, a range, or `missing`")
        return self


class VariantFilter(_Filter):
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


class ActivityFilter(_Filter):
    """Cases that have any (or with `all`, every one) of these activities."""

    kind: Literal["activity"] = "activity"
    activities: _Names
    all: bool = False


class FollowsFilter(_Filter):
    """Cases in which `target` follows `source`, directly or eventually, within a range of seconds if given.

    The time runs from the end of `source` to the start of `target` (without starts: to its end), never below 0.
    """

    kind: Literal["follows"] = "follows"
    source: str
    target: str
    directly: bool = True
    least_seconds: float | None = Field(default=None, ge=0)
    most_seconds: float | None = Field(default=None, ge=0)


class EndpointFilter(_Filter):
    """Cases that start, or end, with one of these activities."""

    kind: Literal["endpoint"] = "endpoint"
    side: Literal["start", "end"]
    activities: _Names


class MetricFilter(_Ranged):
    """Cases by one of their numbers."""

    kind: Literal["metric"] = "metric"
    metric: Metric

    @model_validator(mode="after")
    def _has_a_bound(self) -> MetricFilter:
        self._check_range()
        if self.low is None and self.high is None:
            raise ValueError("give a lowest or a highest value")
        return self


class PerformerFilter(_Filter):
    """Cases or events by who performed; with `activity`, by who performed that activity."""

    kind: Literal["performer"] = "performer"
    performers: _Names
    activity: str | None = None
    keep: Keep = Keep.ANY

    @model_validator(mode="after")
    def _fits(self) -> PerformerFilter:
        if self.activity is not None and self.keep is Keep.EVENTS:
            raise ValueError("`activity` goes with `any` and `every`, which keep cases")
        return self


class ReworkFilter(_Filter):
    """Cases with rework: of `activity`, or of any; it stands in the case at least `least` times."""

    kind: Literal["rework"] = "rework"
    activity: str | None = None
    least: int = Field(default=2, ge=2)
    loop: Loop = Loop.ANY


class FourEyesFilter(_Filter):
    """Cases in which one performer did both activities."""

    kind: Literal["four_eyes"] = "four_eyes"
    first: str
    second: str


class CaseFilter(_Filter):
    """The cases with these identifiers."""

    kind: Literal["case"] = "case"
    cases: _Names


class CompleteFilter(_Filter):
    """Cases that the log calls complete."""

    kind: Literal["complete"] = "complete"


Filter = Annotated[
    TimeframeFilter
    | AttributeFilter
    | VariantFilter
    | ActivityFilter
    | FollowsFilter
    | EndpointFilter
    | MetricFilter
    | PerformerFilter
    | ReworkFilter
    | FourEyesFilter
    | CaseFilter
    | CompleteFilter,
    Field(discriminator="kind"),
]


def drops_events(found: Any) -> bool:
    """Whether this filter drops activity instances of cases that stay."""
    return getattr(found, "mode", None) is Timeframe.TRIM or getattr(found, "keep", None) is Keep.EVENTS
