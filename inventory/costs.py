"""What several pilots cost together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from inventory.values import Pilot


@dataclass(frozen=True)
class MonthlyCost:
    """The costs a month of several pilots in one currency; amounts of two currencies are never added."""

    currency: str
    amount: float


def monthly_costs(pilots: Iterable[Pilot]) -> tuple[tuple[MonthlyCost, ...], int]:
    """The costs a month of `pilots` by currency, and of how many of them the cost is known."""
    sums: defaultdict[str, float] = defaultdict(float)
    known = 0
    for one in pilots:
        if one.facts.monthly_cost is not None:
            sums[one.facts.currency or ""] += one.facts.monthly_cost
            known += 1
    return tuple(MonthlyCost(currency, amount) for currency, amount in sorted(sums.items())), known
