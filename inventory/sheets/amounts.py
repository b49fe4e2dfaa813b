"""One amount as people write it: decimal comma or point, marks between thousands, currency, period, `k`, "about"."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from ingest.meaning.amounts import COMMA, CURRENCIES, POINT
from inventory.sheets.values import SheetCell
from inventory.sheets.words import period_in
from inventory.values import CostPeriod

LARGEST = Decimal(10) ** 15
_LONGEST = 100  # characters of a cell that can be an amount
SEVERAL = ("$", "¥", "kr", "kr.")  # signs of more than one currency
_ABOUT = re.compile(r"^(?:~|≈|ca\.?|circa|approx\.?|about|env\.?|environ|etwa|rund|around)\s*", re.IGNORECASE)
_FACTOR = re.compile(r"(?<=\d)\s*(k|tsd\.?)$", re.IGNORECASE)
_NONE_BEHIND = re.compile(r"[.,][-–]{1,2}$")
_SIGNS = sorted(CURRENCIES, key=len, reverse=True)
_PLAIN = re.compile(r"^\d+(\.\d+)?$")


class AmbiguousAmount(ValueError):
    """An amount that can be read with a decimal comma and with a decimal point."""


@dataclass(frozen=True)
class ReadAmount:
    """What one cell says."""

    value: float
    mark: str | None = None  # `comma` or `point`, where the cell itself shows which it uses
    currency: str | None = None  # a code, or a sign of several currencies as it stands
    period: CostPeriod | None = None
    about: bool = False
    thousands: bool = False  # whether `k` stood behind it


def read_amount(cell: SheetCell, decimal: str | None = None) -> ReadAmount:
    """The amount in `cell`; `decimal` settles one that can be read both ways.

    Raises AmbiguousAmount where nothing settles it, and ValueError in words for what is no amount from 0.
    """
    if cell.exact and _PLAIN.match(cell.text):
        return ReadAmount(_bounded(Decimal(cell.text)))
    if len(cell.text) > _LONGEST:
        raise ValueError("is not a number from 0.")
    text = unicodedata.normalize("NFKC", cell.text).replace("’", "'").strip()
    about, text = bool(_ABOUT.match(text)), _ABOUT.sub("", text)
    period, text = _period(text)
    currency, text = _currency(text)
    thousands, text = bool(_FACTOR.search(text)), _FACTOR.sub("", text)
    if currency is None:
        currency, text = _currency(text)
    number, mark = read_number(text, decimal)
    return ReadAmount(_bounded(number * (1000 if thousands else 1)), mark, currency, period, about, thousands)


def read_number(text: str, decimal: str | None = None) -> tuple[Decimal, str | None]:
    """The number from 0 that `text` writes, and the decimal mark that it shows, if it shows one.

    Raises AmbiguousAmount and ValueError as `read_amount` does.
    """
    text, none = text.strip(), _NONE_BEHIND.search(text.strip())
    if none:  # `24.000,-`: no cents, and the mark of decimals shown
        shown = COMMA if none[0][0] == "," else POINT
        return read_number(text[: none.start()], shown)[0], shown
    if not text or len(text) > _LONGEST or not re.fullmatch(r"\d[\d .,'_]*", text):
        raise ValueError("is not a number from 0.")
    for gap in (" ", "'", "_"):
        if gap in text:
            whole = re.split(r"[.,]", text)[0] if gap in re.split(r"[.,]", text)[0] else ""
            if not re.fullmatch(rf"\d{{1,3}}({gap}\d{{3}})+", whole) or gap in text[len(whole) :]:
                raise ValueError("is not a number from 0: its thousands cannot be told.")
            text = whole.replace(gap, "") + text[len(whole) :]
    return _marked(text, decimal)


def _marked(text: str, decimal: str | None) -> tuple[Decimal, str | None]:
    """The number that digits with points and commas write."""
    marks = [sign for sign in text if sign in ".,"]
    if not marks:
        return Decimal(text), None
    last = marks[-1]
    if len(set(marks)) == 2 or len(marks) == 1:
        whole, _, fraction = text.rpartition(last)
        other = "," if last == "." else "."
        if marks.count(last) > 1 or not fraction:
            raise ValueError("is not a number from 0: its marks cannot be told.")
        if len(marks) == 1 and len(fraction) == 3 and re.fullmatch(r"[1-9]\d{0,2}", whole):
            return _either(whole, fraction, last, decimal)
        return Decimal(f"{_ungrouped(whole, other)}.{fraction}"), COMMA if last == "," else POINT
    return Decimal(_ungrouped(text, last)), POINT if last == "," else COMMA  # marks of thousands only


def _either(whole: str, fraction: str, mark: str, decimal: str | None) -> tuple[Decimal, None]:
    if decimal is None:
        raise AmbiguousAmount("can be read as thousands or with decimals.")
    is_decimal = decimal == (COMMA if mark == "," else POINT)
    return Decimal(f"{whole}.{fraction}" if is_decimal else whole + fraction), None


def _ungrouped(text: str, mark: str) -> str:
    """Digits without the marks between thousands. Raises ValueError where these do not stand so."""
    if mark in text and not re.fullmatch(rf"\d{{1,3}}({re.escape(mark)}\d{{3}})+", text):
        raise ValueError("is not a number from 0: its thousands cannot be told.")
    return text.replace(mark, "")


def _period(text: str) -> tuple[CostPeriod | None, str]:
    """The period that stands behind the number, as in "1200 EUR/month" and "1200 p.a.", and the rest."""
    behind = re.search(r"\D*$", text)
    tail = behind[0] if behind else ""
    head = text[: len(text) - len(tail)]
    before, slash, after = tail.rpartition("/")
    if slash and (period := period_in(after)):
        return period, (head + before).strip()
    words = tail.split()
    for start in range(len(words)):
        if words[start][0].isalpha() and (period := period_in(" ".join(words[start:]))):
            kept = tail[: tail.find(words[0])] + " ".join(words[:start])
            return period, (head + kept).strip()
    return None, text


def _currency(text: str) -> tuple[str | None, str]:
    """The currency that stands before or behind the number, and the rest."""
    low = text.casefold()
    for sign in _SIGNS:
        if low.startswith(sign) and not low[len(sign) : len(sign) + 1].isalpha():
            return CURRENCIES[sign], text[len(sign) :].strip()
        before = low[: -len(sign)].rstrip()
        if low.endswith(sign) and before and (not before[-1].isalpha() or (before[-1] == "k" and not sign.isalpha())):
            return CURRENCIES[sign], text[: -len(sign)].strip()
    return None, text


def _bounded(number: Decimal) -> float:
    if number > LARGEST:
        raise ValueError("is too large to be an amount.")
    return float(number)
