"""What is bought in the sample: the facts of each case, drawn before any work is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from data.draws import Draws
from data.hours import DAY, FREE_DAYS, HOUR, seconds_of
from data.staff import DEPARTMENTS

QUOTATIONS_ABOVE = 1_000  # below it a framework contract is used
LIMIT = 5_000  # above it the head of procurement approves the order
FIRST_DAY, DAYS = date(2025, 1, 7), 358
SLA_DAYS = {"standard": 40, "urgent": 25}
SPLIT_PAIRS = 9


class RuleBreach(StrEnum):
    """What somebody did that the purchasing rules do not allow."""

    NONE = "none"
    MAVERICK = "maverick"  # bought without requisition, budget check and approvals
    LATE_ORDER = "late order"  # the order was written when the invoice was on the desk
    SELF_APPROVED = "self-approved"  # who drafted the order approved it
    SPLIT = "split"  # one need written as two orders, each just below the limit


@dataclass(frozen=True)
class Category:
    """A class of goods or services."""

    name: str
    vendors: tuple[str, ...]
    median: float  # of an order, EUR
    weight: float  # share of orders
    delivery_days: float
    inspected: bool = False


CATEGORIES = (
    Category("Office supplies", ("Papyra Bürobedarf GmbH", "Kontoor Nord OÜ", "Veldkamp Kantoor BV"), 260, 18, 4),
    Category(
        "Machine parts", ("Rotavis Antriebe AG", "Ferrum Lenk GmbH", "Officine Baldrati Srl"), 2_900, 24, 13, True
    ),
    Category("Laboratory", ("Chemoria SA", "Labtek Skåne AB", "Vitrolux GmbH"), 1_700, 14, 9, True),
    Category("IT hardware", ("Bitwerk Systeme GmbH", "Nordlys Data AS", "Datacomptoir SARL"), 2_300, 15, 7, True),
    Category("Packaging", ("Kartonage Wessling KG", "Embalis Iberia SL"), 1_150, 12, 6),
    Category("Transport", ("Spedition Harland", "Trans Oder Sp. z o.o."), 1_900, 8, 5),
    Category("Maintenance services", ("Instandwerk Ruhr GmbH", "Servitec Liège SRL"), 3_400, 9, 12),
)


@dataclass(frozen=True)
class Order:
    """The facts of one case."""

    case_id: str
    created: int  # seconds, when the need arises
    department: str
    category: Category
    vendor: str
    amount: float
    priority: str
    deviation: RuleBreach
    budget_refusals: int  # how often the budget does not cover it
    rejections: int  # how often the requisition is sent back
    requotes: int  # how often quotations are asked for again
    send_errors: int  # how often the portal fails to take the order
    returns: int  # how often goods are sent back
    entry_errors: int  # how often the invoice is recorded wrongly
    mismatches: int  # how often the invoice does not match

    @property
    def due(self) -> int:
        """When the case must be paid: days after it was created, by priority."""
        return self.created + SLA_DAYS[self.priority] * DAY


def _created(draws: Draws) -> int:
    """A working moment; the last week of a month is busier, as budgets end with it."""
    while True:
        day = FIRST_DAY + timedelta(days=int(draws.between(0, DAYS)))
        busy = (day + timedelta(days=7)).month != day.month
        if day.weekday() < 5 and day not in FREE_DAYS and (busy or draws.chance(0.7)):
            return seconds_of(day, int(draws.between(8.5, 16) * HOUR))


def _times(draws: Draws, probability: float) -> int:
    """How often something goes wrong: once with this probability, a second time in a fifth of those."""
    return (2 if draws.chance(0.2) else 1) if draws.chance(probability) else 0


def _deviation(draws: Draws) -> RuleBreach:
    return draws.weighted(
        [
            (RuleBreach.NONE, 0.905),
            (RuleBreach.MAVERICK, 0.04),
            (RuleBreach.LATE_ORDER, 0.035),
            (RuleBreach.SELF_APPROVED, 0.02),
        ]
    )


def _draw(draws: Draws) -> Order:
    category = draws.weighted([(c, c.weight) for c in CATEGORIES])
    amount = round(min(max(draws.around(category.median, 1.05), 25.0), 96_000.0), 2)
    deviation = _deviation(draws)
    return Order(
        case_id="",
        created=_created(draws),
        department=draws.pick(DEPARTMENTS),
        category=category,
        vendor=draws.weighted([(v, 1.0 / (n + 1)) for n, v in enumerate(category.vendors)]),
        amount=amount,
        priority="urgent" if draws.chance(0.15) else "standard",
        deviation=deviation,
        budget_refusals=_times(draws, 0.03),
        rejections=_times(draws, 0.08),
        requotes=_times(draws, 0.05),
        send_errors=_times(draws, 0.06),
        returns=_times(draws, 0.07) if category.inspected else 0,
        entry_errors=_times(draws, 0.06),
        mismatches=_times(draws, 0.4 if deviation is RuleBreach.MAVERICK else 0.11),
    )


def _split(order: Order, draws: Draws) -> tuple[Order, Order]:
    """`order` and its twin: same vendor, same department, the same day, both just below the limit."""
    first = replace(order, deviation=RuleBreach.SPLIT, amount=round(draws.between(4_700, 4_995), 2))
    twin = replace(first, amount=round(draws.between(4_600, 4_995), 2), created=first.created + 20 * 60)
    return first, twin


def orders(count: int, seed: int) -> Sequence[Order]:
    """`count` orders in the order of their creation, numbered from PR-0001."""
    drawn = [_draw(Draws(seed, "order", n)) for n in range(count)]
    plain = [n for n, o in enumerate(drawn) if o.deviation is RuleBreach.NONE and o.category.median > QUOTATIONS_ABOVE]
    pairs = min(SPLIT_PAIRS, len(plain) // 20)
    for n in plain[: 2 * pairs : 2]:
        drawn[n], drawn[plain[plain.index(n) + 1]] = _split(drawn[n], Draws(seed, "split", n))
    drawn.sort(key=lambda o: (o.created, o.amount))
    return [replace(o, case_id=f"PR-{n:04d}") for n, o in enumerate(drawn, start=1)]
