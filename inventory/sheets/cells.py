"""One cell as the value of its column, or why it cannot be."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from ingest.meaning.amounts import CURRENCIES
from ingest.meaning.missing import means_missing
from inventory.columns import BY_NAME, ColumnKind, SheetColumn
from inventory.sheets.amounts import SEVERAL, AmbiguousAmount, ReadAmount, read_amount, read_number
from inventory.sheets.dates import AmbiguousDate, read_date
from inventory.sheets.evidence import Evidence
from inventory.sheets.lists import links_of, parts_of
from inventory.sheets.values import SheetAsk, SheetCell, SheetReading, Unsettled
from inventory.sheets.words import meanings, values_of, word_key
from inventory.values import BenefitEvidence, CostPeriod, RiskTier, Sensitivity, Status

LONGEST = 300
_LONGER = {"log_location": 2000, "links": 2000}
_NEVER_MISSING = ("reference", "name", "department")
_TERMS: Mapping[str, Callable[[str], Any]] = {
    "status": Status, "data_sensitivity": Sensitivity, "risk_tier": RiskTier, "benefit_evidence": BenefitEvidence,
    "cost_period": CostPeriod,
}  # fmt: skip
_ANY_LENGTH = (ColumnKind.TEXT, ColumnKind.LONG, ColumnKind.LIST, ColumnKind.REMARKS)  # of which each part has a limit
_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:~|≈|>|ca\.?|circa|approx\.?|about|env\.?|etwa|rund)\s*|\s*\+$", re.IGNORECASE)


class CellNote(Protocol):
    """Told what was read otherwise than it stands, as what, and what may be asked about it."""

    def __call__(self, what: str, read: object, /, *, ask: SheetAsk | None = None) -> None: ...


class CellReader:
    """Reads cells as one sheet writes them."""

    def __init__(self, reading: SheetReading, evidence: Evidence) -> None:
        self._reading, self._evidence = reading, evidence
        self._words = {
            column: {word_key(word): meant for word, meant in words.items()} for column, words in reading.words.items()
        }

    def value(self, column: str, cell: SheetCell, note: CellNote) -> Any:
        """The value of `cell` in `column`: None, or an empty tuple, where it is not known; of money a ReadAmount.

        Raises ValueError, in words, for what cannot be read.
        """
        spec = BY_NAME[column]
        listed = spec.kind in (ColumnKind.LIST, ColumnKind.REMARKS)
        text = self._words.get(column, {}).get(word_key(cell.text), cell.text).strip()
        _check_text(text)
        known = word_key(text) in meanings(column)
        if not text or (not known and self._missing(spec, text, note)):
            return () if listed else None
        if len(text) > LONGEST and spec.kind not in _ANY_LENGTH:
            raise ValueError(f"has {len(text)} characters; at most {LONGEST} are kept.")
        said = SheetCell(text, cell.exact and text == cell.text)
        return _READERS[spec.kind](self, spec, said, note)

    def _missing(self, spec: SheetColumn, text: str, note: CellNote) -> bool:
        if spec.kind in (ColumnKind.LONG, ColumnKind.REMARKS) or spec.name in _NEVER_MISSING or not means_missing(text):
            return False
        note("words for a missing value", "not known")
        return True

    def _text(self, spec: SheetColumn, cell: SheetCell, _note: CellNote) -> str:
        return _short(" ".join(cell.text.split()), _LONGER.get(spec.name, LONGEST))

    def _long(self, _spec: SheetColumn, cell: SheetCell, _note: CellNote) -> str:
        return cell.text.replace("\r\n", "\n").replace("\r", "\n")

    def _list(self, spec: SheetColumn, cell: SheetCell, note: CellNote) -> tuple[str, ...]:
        if spec.name == "links":
            return tuple(_link(_short(each, _LONGER["links"])) for each in links_of(cell.text))
        remarks = spec.kind is ColumnKind.REMARKS
        names, signs = parts_of(cell.text, None if remarks else self._reading.lists, remarks=remarks)
        if signs:
            listed = " and ".join(f"`{sign}`" for sign in signs)
            note(f"cells that {listed} split (`--lists ';'` keeps them whole)", " | ".join(names), ask=SheetAsk.LISTS)
        return tuple(_short(name) for name in names)

    def _term(self, spec: SheetColumn, cell: SheetCell, _note: CellNote) -> Any:
        return _TERMS[spec.name](_meaning(spec.name, cell.text))

    def _truth(self, spec: SheetColumn, cell: SheetCell, _note: CellNote) -> bool:
        return _meaning(spec.name, cell.text) == "yes"

    def _level(self, spec: SheetColumn, cell: SheetCell, _note: CellNote) -> int:
        leading = re.match(r"^\s*(?:L|level\s*)?([1-4])\s*(?:[-–:]|\()", cell.text, re.IGNORECASE)
        return int(leading[1] if leading else _meaning(spec.name, cell.text))

    def _date(self, spec: SheetColumn, cell: SheetCell, note: CellNote) -> Any:
        order = self._evidence.orders.get(spec.name)
        try:
            found = read_date(cell, order)
        except AmbiguousDate as error:
            text = f"{error} Say which with `--date-order dmy` or `--date-order mdy`."
            raise Unsettled(text, SheetAsk.DATE_ORDER) from None
        if found.settled:
            note(f"dates that can be read two ways, with the {'day' if order == 'dmy' else 'month'} first", found.day)
        if found.rough:
            note("dates without a day, as the first", found.day)
        if found.short_year:
            note("years of two digits", found.day)
        return found.day

    def _money(self, spec: SheetColumn, cell: SheetCell, note: CellNote) -> ReadAmount:
        decimal = self._evidence.decimals.get(spec.name)
        try:
            found = read_amount(cell, decimal)
        except AmbiguousAmount as error:
            text = f"{error} Say which with `--decimal comma` or `--decimal point`."
            raise Unsettled(text, SheetAsk.DECIMAL) from None
        except ValueError as error:
            raise ValueError(f"{error} Write it as `1250.50`.") from None
        if not cell.exact and re.search(r"[,]|\.\d{3}(?!\d)", cell.text):
            note("amounts with marks", f"{found.value:g}" if found.value < 1e6 else f"{found.value:.2f}")
        if found.about:
            note("rough amounts", found.value)
        if found.thousands:
            note("amounts in thousands", found.value)
        return found

    def _currency(self, _spec: SheetColumn, cell: SheetCell, note: CellNote) -> str:
        code = CURRENCIES.get(cell.text.casefold(), cell.text.upper())
        if code == "$":
            code = "USD"
            note("the sign of several currencies (`--word 'currency:$=CAD'` says another)", code)
        if code in SEVERAL or not re.fullmatch(r"[A-Z]{3}", code):
            raise ValueError("is not a currency. Write an ISO 4217 code such as `EUR`.")
        return code

    def _whole(self, spec: SheetColumn, cell: SheetCell, note: CellNote) -> int:
        text = _ABOUT.sub("", cell.text)
        try:
            number, _ = read_number(text, "comma" if re.fullmatch(r"\d{1,3}(\.\d{3})+", text) else "point")
        except ValueError:
            number = None
        if number is None or number != int(number) or number >= 10**12:
            raise ValueError("is not a whole number from 0.")
        if cell.exact and "." in text:
            raise ValueError("is not a whole number from 0.")
        if text != cell.text:
            note("rough numbers", int(number))
        elif not text.isdigit():
            note("numbers with marks", int(number))
        return int(number)

    def _share(self, spec: SheetColumn, cell: SheetCell, note: CellNote) -> float:
        text = cell.text.removesuffix("%").strip()
        try:
            number = float(read_number(text, "comma" if "," in text else "point")[0])
        except ValueError:
            raise ValueError("is not a share. Write it as `93 %` or `0.93`.") from None
        plain = text == cell.text.strip()
        if plain and spec.name in self._evidence.per_cent and number <= 1 and number:
            raise ValueError("can be a share or per cent: others in its column are above 1. Write it with `%`.")
        share = round(number if plain and number <= 1 else number / 100, 12)
        if share > 1:
            raise ValueError("is more than 100 %.")
        if plain and number > 1:
            note("plain numbers as per cent", f"{number:g} %")
        return share


_READERS: Mapping[ColumnKind, Callable[[CellReader, SheetColumn, SheetCell, CellNote], Any]] = {
    ColumnKind.TEXT: CellReader._text, ColumnKind.LONG: CellReader._long, ColumnKind.LIST: CellReader._list,
    ColumnKind.REMARKS: CellReader._list, ColumnKind.TERM: CellReader._term, ColumnKind.TRUTH: CellReader._truth,
    ColumnKind.LEVEL: CellReader._level, ColumnKind.DATE: CellReader._date, ColumnKind.MONEY: CellReader._money,
    ColumnKind.CURRENCY: CellReader._currency, ColumnKind.WHOLE: CellReader._whole, ColumnKind.SHARE: CellReader._share,
}  # fmt: skip


def _meaning(column: str, text: str) -> str:
    """The value that a word means. Raises ValueError that names those there are, and the option that says which."""
    found = meanings(column).get(word_key(text))
    if found is None:
        listed = ", ".join(f"`{value}`" for value in values_of(column))
        told = f"is not one of {listed}. Say what it means with `--word '{column}:{text}=VALUE'`."
        raise Unsettled(told, SheetAsk.WORD)
    return found


def _check_text(text: str) -> None:
    """Raise ValueError for what no database keeps."""
    if "\0" in text or (not text.isprintable() and any("\ud800" <= sign <= "\udfff" for sign in text)):
        raise ValueError("has characters that are no text.")


def _short(text: str, most: int = LONGEST) -> str:
    if len(text) > most:
        raise ValueError(f"has {len(text)} characters; at most {most} are kept.")
    return text


def _link(text: str) -> str:
    scheme = _SCHEME.match(text)
    if scheme and scheme[1].lower() not in ("http", "https", "mailto") and len(scheme[1]) > 1:
        raise ValueError("is no address of a page: it must begin with `https:`, `http:` or `mailto:`.")
    return text
