"""What an hour of work costs, as a person writes it: an amount and its currency."""

from __future__ import annotations

from core.errors import BadInput
from inventory.gap.values import HourRate
from inventory.sheets.amounts import SEVERAL, AmbiguousAmount, read_amount
from inventory.sheets.values import SheetCell


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
