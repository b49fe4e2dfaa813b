"""How the amounts of a column are written: with a decimal comma or point, marks between thousands, and a currency.

Decided from all values of the column: where one can only be read with a comma and none only with a point, the column
has decimal commas. Where every value can be read both ways, as `1,234` can, nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb

from core.errors import BadInput
from core.queries import load
from ingest.meaning.codes import MOST_CODES, merged_codes
from ingest.values import Column, Finding, Profile, Treatment
from ingest.words import plain

COMMA, POINT = "comma", "point"
DECIMALS = (COMMA, POINT)
_CODES = (
    "AED", "ARS", "AUD", "BGN", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EGP", "EUR", "GBP", "HKD",
    "HUF", "IDR", "ILS", "INR", "ISK", "JPY", "KRW", "KZT", "MAD", "MXN", "MYR", "NGN", "NOK", "NZD", "PEN", "PHP",
    "PLN", "QAR", "RON", "RSD", "RUB", "SAR", "SEK", "SGD", "THB", "TRY", "TWD", "UAH", "USD", "UYU", "VND", "ZAR",
)  # fmt: skip
CURRENCIES = {code.lower(): code for code in _CODES} | {
    "€": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "us$": "USD", "r$": "BRL", "₹": "INR", "₽": "RUB",
    "₺": "TRY", "₩": "KRW", "₪": "ILS", "zł": "PLN", "kč": "CZK", "fr.": "CHF",
    "$": "$", "¥": "¥", "kr": "kr", "kr.": "kr",  # the sign of several currencies: kept as it stands
}  # fmt: skip
_NAMES = (
    "cost currency", "currency", "currency code", "currency key", "iso currency", "ccy", "curr", "waers", "waerk",
    "wahrung", "waehrung", "wahrungsschlussel", "waehrungsschluessel", "wahrungscode", "moneda", "divisa",
    "codigo moneda", "codigo de moneda", "devise", "monnaie", "valuta", "moeda",
)  # fmt: skip
_ONLY_THOUSANDS = re.compile(r"^-?[1-9]\d{0,2}(\.\d{3})+$")


@dataclass(frozen=True)
class Amounts:
    """How the amounts of a column are written."""

    decimal: str | None = None  # `comma`, `point`; None: plain numbers, as programs write them
    currency: str | None = None
    others: int = 0  # different texts that are no amounts


@dataclass(frozen=True)
class _Counts:
    """How the different texts of a column read."""

    comma: int  # only with a decimal comma
    point: int  # only with a decimal point
    both: int  # either way, although they have a mark
    neither: int
    comma_example: str | None
    point_example: str | None
    both_example: str | None
    other_example: str | None
    currencies: tuple[str, ...]
    texts: int


def know_amounts(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the macros that read amounts, such as `amount_of(cell, decimal)`."""
    bound = {"written": list(CURRENCIES), "codes": list(CURRENCIES.values())}
    connection.execute("SET VARIABLE currencies = map($written::VARCHAR[], $codes::VARCHAR[])", bound)
    connection.execute(load("ingest.sql", "amounts").sql)


def check_decimal(decimal: str | None) -> None:
    """Raise BadInput unless `decimal` is None, `comma` or `point`."""
    if decimal is not None and decimal not in DECIMALS:
        raise BadInput(f"`{decimal}` is no decimal mark. Known: {', '.join(f'`{d}`' for d in DECIMALS)}.")


def costs_of(
    connection: duckdb.DuckDBPyConnection, column: Column, profile: Profile, said: str | None
) -> tuple[Amounts, tuple[Finding, ...]]:
    """How the costs in `column` are written, and what to say of it; `said` settles it.

    Raises BadInput where values contradict each other, where all can be read in two ways, or for several currencies.
    """
    if said is None and not _marked(connection, column):
        return Amounts(), _thousands(connection, column, profile)
    counts = _count(connection, column)
    if len(counts.currencies) > 1:
        raise _several(f"The costs in `{column.label}` are", counts.currencies)
    currency = counts.currencies[0] if counts.currencies else None
    decimal = said or _decided(counts, column)
    found = Amounts(decimal, currency, counts.neither)
    return found, () if said and not currency else tuple(_told(column, found, counts))


def currency_beside(
    connection: duckdb.DuckDBPyConnection, cost: Column, found: Amounts, named: str | None, free: Sequence[Profile]
) -> tuple[Amounts, tuple[Finding, ...]]:
    """`found` with the currency that a column of its own states, and what to say of it.

    `free` are the columns that may be it; where the name of the `cost` says which currency it is (`named`), that is
    believed.
    Raises BadInput where rows with a cost state several currencies, or another one than the costs themselves.
    """
    column = _currency_column(free)
    if column is None or named:
        return found, ()
    query = load("ingest.sql", "currencies_beside").sql
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW spoken AS SELECT {cost.key}::VARCHAR AS cost, {column.key}::VARCHAR AS cell "  # noqa: S608
        "FROM raw"
    )
    rows = connection.execute(query).fetchall()
    connection.execute("DROP VIEW spoken")
    codes = {CURRENCIES.get(text.lower(), text.upper()): count for text, count in rows}
    stated = sorted({*codes, *([found.currency] if found.currency else [])})
    if len(stated) > 1:
        raise _several(f"The costs in `{cost.label}` are, by `{column.label}`,", stated)
    if not codes or stated[0] not in CURRENCIES.values():
        return found, ()
    message = f"The costs in `{cost.label}` are in {stated[0]}, as `{column.label}` says."
    finding = Finding("currency", Treatment.NOTE, codes[stated[0]], message)
    return replace(found, currency=stated[0]), () if found.currency else (finding,)


def _currency_column(free: Sequence[Profile]) -> Column | None:
    """The column that is named as one of currencies, and has nothing but their codes and signs."""
    for name in _NAMES:
        for one in free:
            if plain(one.column.name) == name and one.words and all(_is_currency(word) for word in one.words):
                return one.column
    return None


def _is_currency(word: str) -> bool:
    bare = word.strip()
    return bare.lower() in CURRENCIES or (len(bare) == 3 and bare.isascii() and bare.isalpha())


def _several(subject: str, currencies: Sequence[str]) -> BadInput:
    listed = " and ".join(f"`{currency}`" for currency in currencies)
    return BadInput(
        f"{subject} in {listed}: amounts of two currencies cannot be added. Convert them in the file, or leave them "
        "out with `--cost ''`."
    )


def amounts_of(
    connection: duckdb.DuckDBPyConnection, column: Column, said: str | None
) -> tuple[Amounts | None, Finding | None]:
    """How an attribute's amounts are written; None where not every value is one, or none shows a decimal mark.

    More care than with costs: digits in groups may be numbers of contracts, so that one value must show its decimals.
    """
    counts = _count(connection, column)
    if counts.neither or len(counts.currencies) > 1 or not counts.texts:
        return None, None
    if counts.comma and counts.point:
        return None, None
    decimal = COMMA if counts.comma else POINT if counts.point else said
    currency = counts.currencies[0] if counts.currencies else None
    if decimal is None or said not in (None, decimal):
        if counts.both and decimal is None:
            message = (
                f"The values of `{column.label}`, such as `{counts.both_example}`, may be thousands or decimals; it is "
                "kept as text. Say which with `--decimal comma` or `--decimal point`."
            )
            return None, Finding("decimal_mark_unknown", Treatment.NOTE, counts.both, message)
        return None, None
    if counts.texts <= MOST_CODES and not currency:
        codes = merged_codes(connection, column, f"amount_of({column.key}, '{decimal}')")
        if codes:
            return None, codes
    example = counts.comma_example or counts.point_example or counts.both_example
    message = f"The values of `{column.label}`, such as `{example}`, were read with a decimal {decimal}."
    return Amounts(decimal, currency), Finding("decimal_mark", Treatment.NOTE, counts.texts, message)


def _marked(connection: duckdb.DuckDBPyConnection, column: Column) -> bool:
    """Whether a value is no plain number, so that how amounts are written has to be found out."""
    query = (
        f"SELECT count(*) FROM raw WHERE CASE WHEN {column.key} = '' OR try_cast({column.key} AS DOUBLE) IS NOT NULL "  # noqa: S608
        f"THEN false ELSE NOT is_missing({column.key}::VARCHAR) END"
    )
    typed = dict(connection.execute(load("ingest.sql", "raw_types").sql).fetchall())[column.key]
    return typed == "VARCHAR" and bool(connection.execute(query).fetchall()[0][0])


def _thousands(connection: duckdb.DuckDBPyConnection, column: Column, profile: Profile) -> tuple[Finding, ...]:
    """A warning where every value with a point has three digits behind it, as thousands have."""
    pointed = [word for word in profile.words if "." in word]
    if not pointed or not all(_ONLY_THOUSANDS.match(word) for word in pointed):
        return ()
    counts = _count(connection, column)
    if counts.point or not counts.both:
        return ()
    message = (
        f"Every value of `{column.label}` with a point has three digits behind it, such as `{counts.both_example}`; it "
        "was read as a decimal point. If it marks thousands, import again with `--decimal comma`."
    )
    return (Finding("thousands_or_decimals", Treatment.WARNING, counts.both, message),)


def _count(connection: duckdb.DuckDBPyConnection, column: Column) -> _Counts:
    connection.execute(f"CREATE OR REPLACE TEMP VIEW spoken AS SELECT {column.key}::VARCHAR AS cell FROM raw")  # noqa: S608
    row = connection.execute(load("ingest.sql", "amount_counts").sql).fetchall()[0]
    connection.execute("DROP VIEW spoken")
    return _Counts(*(*row[:8], tuple(row[8] or ()), row[9]))


def _decided(counts: _Counts, column: Column) -> str | None:
    """The decimal mark of costs; None where no value has a mark. Raises BadInput where nothing decides."""
    ways = "Say how with `--decimal comma` or `--decimal point`, or leave them out with `--cost ''`."
    if counts.comma and counts.point:
        raise BadInput(
            f"The costs in `{column.label}` have decimal commas and decimal points: `{counts.comma_example}` and "
            f"`{counts.point_example}`. {ways}"
        )
    if counts.both and not counts.comma and not counts.point:
        raise BadInput(
            f"The costs in `{column.label}`, such as `{counts.both_example}`, can be read in two ways: as thousands or "
            f"with decimals. {ways}"
        )
    if counts.comma:
        return COMMA
    return POINT if counts.point or counts.currencies or counts.texts > counts.neither else None


def _told(column: Column, found: Amounts, counts: _Counts) -> list[Finding]:
    told = []
    if found.decimal == COMMA or counts.both:
        example = counts.comma_example or counts.point_example or counts.both_example
        words = f"The costs in `{column.label}`, such as `{example}`, were read with a decimal {found.decimal}."
        told.append(Finding("decimal_mark", Treatment.NOTE, counts.texts, words))
    if found.currency:
        words = f"The costs in `{column.label}` are in {found.currency}, as they say themselves."
        told.append(Finding("currency", Treatment.NOTE, counts.texts, words))
    return told
