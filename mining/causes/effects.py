"""How cycle time differs between the cases with a factor and those without."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from core import load_query
from mining.causes.candidates import Candidate
from mining.causes.stats import difference, quantile
from mining.causes.values import CycleEffect

if TYPE_CHECKING:
    import duckdb


def effects(connection: duckdb.DuckDBPyConnection, found: Sequence[Candidate]) -> list[CycleEffect | None]:
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
    seconds, numbers, variants = seconds[order], np.asarray(base["case_no"])[order], base["variant_no"][order]
    members = _members(connection, found)
    result = []
    for position, candidate in enumerate(found):
        wanted = members[position] if candidate.source else np.asarray(candidate.variants)
        result.append(_effect(seconds, np.isin(numbers if candidate.source else variants, wanted)))
    return result


def _effect(seconds: Any, having: Any) -> CycleEffect | None:
    with_it, without = quantile(seconds[having], 0.5), quantile(seconds[~having], 0.5)
    apart = difference(without, with_it)
    if with_it is None or without is None or apart is None:
        return None
    number = int(having.sum())
    return CycleEffect(
        with_it.value, without.value, apart.value, apart.low, apart.high, number, len(seconds) - number
    )  # fmt: skip


def _members(connection: duckdb.DuckDBPyConnection, found: Sequence[Candidate]) -> Mapping[int, Any]:
    """The case numbers of each candidate that has a source, by its place in `found`; each source is read once."""
    asked: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for position, candidate in enumerate(found):
        if candidate.source:
            asked[candidate.source.membership][candidate.value] = position
    members: dict[int, Any] = {}
    for membership, wanted in asked.items():
        sql = load_query("mining.causes.sql", "members").sql.replace("{membership}", membership)
        rows = connection.execute(sql, {"wanted": list(wanted)}).fetchnumpy()
        values = rows["value"].astype(str)
        for value, position in wanted.items():
            members[position] = rows["case_no"][values == value]
    return members
