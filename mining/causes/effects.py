"""How cycle time differs between the cases with a factor and those without."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from core.queries import load as load_query
from mining.causes.candidates import CountedFactor
from mining.causes.values import CycleEffect
from mining.estimates import difference, quantile

if TYPE_CHECKING:
    import duckdb


def effects(connection: duckdb.DuckDBPyConnection, found: Sequence[CountedFactor]) -> list[CycleEffect | None]:
    """The effect on cycle time of each of `found`, among the complete cases in `marked_case`.

    Medians, their intervals from order statistics, the difference after Zou and Donner (2008). None where no case with
    the factor, or none without, is complete.
    """
    import numpy as np

    base = connection.execute(load_query("mining.causes.sql", "base").sql).fetchnumpy()
    taken: Any = base["seconds"]
    seconds: Any = np.ma.filled(taken.astype(float), np.nan)
    order = np.argsort(seconds, kind="stable")
    order = order[: int(np.count_nonzero(~np.isnan(seconds)))]
    seconds, numbers, variants = (
        seconds[order], np.asarray(base["case_no"])[order], np.asarray(base["variant_no"])[order],
    )  # fmt: skip
    members = _members(connection, found)
    result = []
    for position, candidate in enumerate(found):
        if candidate.source:
            having = _flags(numbers, members[position])
        else:
            having = _flags(variants, np.asarray(candidate.variants))
        result.append(_effect(seconds, having))
    return result


def _flags(numbers: Any, wanted: Any) -> Any:
    """Which of `numbers` are wanted; a look-up, since numbers are small and sets are many."""
    import numpy as np

    known = np.zeros(1 + int(max(numbers.max(initial=0), wanted.max(initial=0))), dtype=bool)
    known[wanted] = True
    return known[numbers]


def _effect(seconds: Any, having: Any) -> CycleEffect | None:
    with_it, without = quantile(seconds[having], 0.5), quantile(seconds[~having], 0.5)
    apart = difference(without, with_it)
    if with_it is None or without is None or apart is None:
        return None
    number = int(having.sum())
    return CycleEffect(
        with_it.value, without.value, apart.value, apart.low, apart.high, number, len(seconds) - number
    )  # fmt: skip


def _members(connection: duckdb.DuckDBPyConnection, found: Sequence[CountedFactor]) -> Mapping[int, Any]:
    """The case numbers of each candidate that has a source, by its place in `found`; each source is read once."""
    import numpy as np

    asked: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for position, candidate in enumerate(found):
        if candidate.source:
            asked[candidate.source.membership][candidate.value] = position
    members: dict[int, Any] = {}
    for membership, wanted in asked.items():
        again = membership.replace("SELECT DISTINCT", "SELECT", 1)  # flags are set as well twice: no need to sort out
        sql = load_query("mining.causes.sql", "members").sql.replace("{membership}", again)
        rows = connection.execute(sql, {"wanted": list(wanted)}).fetchnumpy()
        numbers, places = np.asarray(rows["case_no"]), np.asarray(rows["place"])
        for place, position in enumerate(wanted.values(), 1):
            members[position] = numbers[places == place]
    return members
