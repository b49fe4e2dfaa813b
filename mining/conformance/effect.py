"""What a deviation goes along with: the cases that have it against those that do not. It need not be the cause."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from core.queries import load
from mining.conformance.deviation import Deviation
from mining.estimates import Difference, of_medians, of_shares

if TYPE_CHECKING:
    import duckdb

LEAST = 5  # cases with a value on either side
EXAMPLES = 20

_MEASURES = (
    ("cycle time", "seconds", "cycle_time"),
    ("cost of a case", "currency", "cost"),
    ("activity instances of a case", "count", "events"),
    ("cases with a failed activity instance", "share", "failed"),
    ("cases that met their SLA", "share", "met"),
    ("cases that are complete", "share", "complete"),
)


@dataclass(frozen=True)
class DeviationEffect:
    """One measure of the cases with a deviation, against those without it: medians, or shares of the cases."""

    measure: str
    unit: str  # seconds, currency, count or share
    with_it: float | None
    without: float | None
    n_with: int  # cases with a value
    n_without: int
    difference: Difference | None
    withheld: str | None  # why there is no difference


@dataclass(frozen=True)
class MonthCount:
    """The cases that started in one month."""

    month: datetime
    cases: int
    deviating: int


@dataclass(frozen=True)
class ExampleCase:
    """A case that deviates."""

    case_id: str
    started: datetime
    cycle_time: float | None  # seconds
    events: int


@dataclass(frozen=True)
class Detail:
    """What there is to say of one deviation."""

    deviation: Deviation
    examples: tuple[ExampleCase, ...]  # the latest first
    trend: tuple[MonthCount, ...]
    effects: tuple[DeviationEffect, ...]


def detail(
    connection: duckdb.DuckDBPyConnection, deviation: Deviation, aligned: Collection[int] | None = None
) -> Detail:
    """Examples, trend and effects of `deviation` in the log that `connection` has open.

    `aligned` are the numbers of the variants that were aligned, None when all were: of others it is not known whether
    they deviate, and they are left out.
    """
    import numpy as np

    facts = connection.execute(load("mining.conformance.sql", "case_facts").sql).fetchnumpy()
    if aligned is not None and not deviation.case_numbers:
        keep = np.isin(facts["variant_no"], np.fromiter(aligned, dtype="int64"))
        facts = {name: values[keep] for name, values in facts.items()}
    deviates = _deviates(facts, deviation)
    return Detail(deviation, _examples(facts, deviates), _trend(facts, deviates), _effects(facts, deviates))


def _deviates(facts: dict[str, Any], deviation: Deviation) -> Any:
    import numpy as np

    if deviation.case_numbers:
        return np.isin(facts["case_no"], deviation.case_numbers)
    return np.isin(facts["variant_no"], deviation.variants)


def _effects(facts: dict[str, Any], deviates: Any) -> tuple[DeviationEffect, ...]:
    found = []
    for measure, unit, column in _MEASURES:
        values, known = _known(facts[column])
        one, other = values[deviates & known], values[~deviates & known]
        if not known.any() or (column == "complete" and values.all()):
            continue  # the log says nothing of it
        found.append(_effect(measure, unit, one, other))
    return tuple(found)


def _effect(measure: str, unit: str, one: Any, other: Any) -> DeviationEffect:
    import numpy as np

    centre = np.mean if unit == "share" else np.median
    first, second = (float(centre(side)) if len(side) else None for side in (one, other))
    if min(len(one), len(other)) < LEAST:
        fewer = "with" if len(one) < LEAST else "without"
        why = f"Only {min(len(one), len(other))} cases {fewer} it have a value; {LEAST} are needed."
        return DeviationEffect(measure, unit, first, second, len(one), len(other), None, why)
    if unit == "share":
        difference = of_shares(int(one.sum()), len(one), int(other.sum()), len(other))
    else:
        difference = of_medians(one, other)
    return DeviationEffect(measure, unit, first, second, len(one), len(other), difference, None)


def _trend(facts: dict[str, Any], deviates: Any) -> tuple[MonthCount, ...]:
    import numpy as np

    months = facts["started"].astype("datetime64[M]")
    names, place = np.unique(months, return_inverse=True)
    total = np.bincount(place, minlength=len(names))
    deviating = np.bincount(place[deviates], minlength=len(names))
    return tuple(
        MonthCount(month.astype("datetime64[s]").item().replace(tzinfo=UTC), int(n), int(d))
        for month, n, d in zip(names, total, deviating, strict=True)
    )


def _examples(facts: dict[str, Any], deviates: Any) -> tuple[ExampleCase, ...]:
    cycle, known = _known(facts["cycle_time"])
    where = deviates.nonzero()[0][::-1][:EXAMPLES]  # cases are numbered by their start
    return tuple(
        ExampleCase(
            str(facts["case_id"][i]),
            facts["started"][i].astype("datetime64[us]").item().replace(tzinfo=UTC),
            float(cycle[i]) if known[i] else None,
            int(facts["events"][i]),
        )
        for i in where
    )


def _known(column: Any) -> tuple[Any, Any]:
    """The values as numbers, and which of them there are."""
    import numpy as np

    if isinstance(column, np.ma.MaskedArray):
        known = ~np.ma.getmaskarray(column)
        return column.filled(0).astype(float), known
    return column.astype(float), np.ones(len(column), dtype=bool)
