"""One date as people write it: `2026-01-31`, `31.01.2026`, `01/31/2026`, `31. Januar 2026`, a month or a quarter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ingest.words import plain
from inventory.sheets.values import SheetCell

ORDERS = ("dmy", "mdy")
_LONGEST = 100  # characters of a cell that can be a date
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janner janvier janv enero ene januari janeiro gennaio gen",
            "feb february februar fevrier fevr febrero februari fevereiro fev febbraio",
            "mar march marz mrz maerz mars marzo maart mrt marco",
            "apr april avril avr abril abr aprile",
            "may mai mayo mei maio maggio mag",
            "jun june juni juin junio junho giugno giu",
            "jul july juli juillet juil julio julho luglio lug",
            "aug august aout agosto ago augustus",
            "sep sept september septembre septiembre setembro set settembre",
            "oct october oktober okt octobre octubre outubro out ottobre ott",
            "nov november novembre noviembre novembro",
            "dec december dezember dez decembre diciembre dic desember dezembro dicembre",
        ),
        1,
    )
    for name in names.split()
}
_ISO = re.compile(
    r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$"
)
_TIGHT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_THREE = re.compile(r"^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?: \d{1,2}:\d{2}(?::\d{2})?)?$")
_MONTH = re.compile(r"^(?:(\d{4})[-/](\d{1,2})|(\d{1,2})[./-](\d{4}))$")
_QUARTER = re.compile(r"^(?:[qt](\d) (\d{4})|(\d{4}) [qt](\d))$")


class AmbiguousDate(ValueError):
    """A date whose day and month cannot be told apart."""


@dataclass(frozen=True)
class ReadDate:
    """What one cell says."""

    day: date
    order: str | None = None  # `dmy` or `mdy`, where the cell itself shows it
    settled: bool = False  # whether the order was needed
    rough: bool = False  # whether only the month or quarter stood there: its first day is taken
    short_year: bool = False


def read_date(cell: SheetCell, order: str | None = None) -> ReadDate:
    """The date in `cell`; `order` settles one such as 01/02/2026.

    Raises AmbiguousDate where nothing settles it, and ValueError in words for what is no date.
    """
    text = " ".join(cell.text[:_LONGEST].split())
    found = _ISO.match(text) or _TIGHT.match(text)
    if found:
        return ReadDate(_day(int(found[1]), int(found[2]), int(found[3])))
    if found := _THREE.match(text):
        return _three(int(found[1]), int(found[3]), found[4], found[2], order)
    if found := _MONTH.match(text):
        year, month = (found[1], found[2]) if found[1] else (found[4], found[3])
        return ReadDate(_day(int(year), int(month), 1), rough=True)
    return _worded(plain(text))


def _three(first: int, second: int, year_text: str, sign: str, order: str | None) -> ReadDate:
    year, short = int(year_text), len(year_text) == 2
    year += 2000 if short else 0
    shown = "dmy" if first > 12 else "mdy" if second > 12 else None
    if first == second or sign == ".":  # nobody writes the month first with points
        return ReadDate(_day(year, second, first), short_year=short)
    if shown is None and order is None:
        raise AmbiguousDate(f"can be {_day(year, second, first)} or {_day(year, first, second)}.")
    used = shown or order
    day = _day(year, second, first) if used == "dmy" else _day(year, first, second)
    return ReadDate(day, shown, settled=shown is None, short_year=short)


def _worded(text: str) -> ReadDate:
    """A date with the name of its month, or a quarter."""
    if found := _QUARTER.match(text):
        quarter, year = (int(found[1]), int(found[2])) if found[1] else (int(found[4]), int(found[3]))
        if 1 <= quarter <= 4:
            return ReadDate(_day(year, 3 * quarter - 2, 1), rough=True)
    words = [w for w in text.split() if w not in ("de", "del", "of", "the", "den", "le", "di")]
    months = [_MONTHS[w] for w in words if w in _MONTHS]
    numbers = [int(m[1]) for w in words if (m := re.fullmatch(r"(\d{1,4})(?:st|nd|rd|th|er)?", w))]
    years = [n for n in numbers if n > 31]
    if len(months) == 1 and len(years) == 1 and len(words) == 1 + len(numbers) <= 3:
        days = [n for n in numbers if n <= 31]
        return ReadDate(_day(years[0], months[0], days[0] if days else 1), rough=not days)
    raise ValueError("is not a date. Write it as `2026-01-31`.")


def _day(year: int, month: int, day: int) -> date:
    if not 1900 <= year < 2200:
        raise ValueError("is not a date: its year cannot be meant. Write it as `2026-01-31`.")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError("is not a date: there is no such day. Write it as `2026-01-31`.") from None
