"""What an hour of work costs, as a person writes it: an amount and its currency."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.errors import BadInput
from inventory.sheets.amounts import SEVERAL, AmbiguousAmount, read_amount
from inventory.sheets.values import SheetCell

_CODE = re.compile("[A-Z]{3}")


@dataclass(frozen=True)
class HourRate:
    """What an hour of people's work costs, as somebody says. Without one, hours stay hours."""

    amount: float
    currency: str  # ISO 4217


def check_rate(rate: HourRate | None) -> None:
    """Raise BadInput for a rate that is not above 0 or names no currency."""
    if rate is None:
        return
    if not 0 < rate.amount < 1e6:
        raise BadInput(f"An hour at `{rate.amount}` cannot be reckoned with. Give an amount above 0.")
    if not _CODE.fullmatch(rate.currency):
        raise BadInput(f"`{rate.currency}` is no currency. Give an ISO 4217 code such as EUR.")


def hour_rate(text: str) -> HourRate:
    """The cost of an hour that `text` says, such as `45 EUR` or `€ 45,50`. Raises BadInput for what is none."""
    try:
        read = read_amount(SheetCell(text.strip()))
    except AmbiguousAmount:
        raise BadInput(f"The rate `{text}` can be read in two ways. Write it as `45 EUR` or `45.50 EUR`.") from None
    except ValueError:
        raise BadInput(f"The rate `{text}` is no amount of money. Write it as `45 EUR`.") from None
    if read.value <= 0 or read.period is not None:
        raise BadInput(f"The rate `{text}` is no cost of an hour above 0. Write it as `45 EUR`.")
    if read.currency is None or read.currency in SEVERAL:
        raise BadInput(f"The rate `{text}` names no currency. Say its ISO 4217 code, such as `45 EUR`.")
    return HourRate(read.value, read.currency)
