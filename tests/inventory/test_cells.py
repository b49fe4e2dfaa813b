"""Cells and headings of sheets as people write them; values worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInput
from inventory import CostPeriod
from inventory.sheets.amounts import AmbiguousAmount, read_amount, read_number
from inventory.sheets.dates import AmbiguousDate, read_date
from inventory.sheets.lists import joined, links_of, parts_of
from inventory.sheets.mapping import propose
from inventory.sheets.texts import text_of
from inventory.sheets.values import SheetCell
from inventory.sheets.words import LANGUAGES, _kept, unit_of, word_key


@pytest.mark.parametrize(
    ("text", "value", "mark", "currency", "period"),
    [
        ("1.234,56", 1234.56, "comma", None, None),
        ("1,234.56", 1234.56, "point", None, None),
        ("1234,5", 1234.5, "comma", None, None),
        ("1.234.567", 1234567, "comma", None, None),
        ("€ 1200", 1200, None, "EUR", None),
        ("$1,200.50", 1200.5, "point", "$", None),
        ("1 234,50 €", 1234.5, "comma", "EUR", None),
        ("1'200.–", 1200, "point", None, None),
        ("€ 24.000,-", 24000, "comma", "EUR", None),
        ("CHF 1'200.50", 1200.5, "point", "CHF", None),
        ("12k", 12000, None, None, None),
        ("12,5k€", 12500, "comma", "EUR", None),
        ("€1200/month", 1200, None, "EUR", "month"),
        ("12.000,00 EUR p.a.", 12000, "comma", "EUR", "year"),
        ("3000 USD per quarter", 3000, None, "USD", "quarter"),
        ("1200 € pro Monat", 1200, None, "EUR", "month"),
        ("~1200", 1200, None, None, None),
        ("0.125", 0.125, "point", None, None),
        ("1200", 1200, None, None, None),
        ("R$ 10,00", 10, "comma", "BRL", None),
    ],
)
def test_amounts(text: str, value: float, mark: str | None, currency: str | None, period: str | None) -> None:
    found = read_amount(SheetCell(text))
    assert (found.value, found.mark, found.currency, found.period) == (value, mark, currency, period)


@pytest.mark.parametrize(
    "text", ["-5", "(1,200)", "1,2,3", "1.23.456", "12,34,567", "free", "1e9", "", "1 2", "1..5", "."]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="number from 0"):
        read_amount(SheetCell(text))


def test_an_amount_that_can_be_read_two_ways_is_settled_or_refused() -> None:
    with pytest.raises(AmbiguousAmount):
        read_amount(SheetCell("1.234"))
    assert read_amount(SheetCell("1.234"), "comma").value == 1234
    assert read_amount(SheetCell("1.234"), "point").value == 1.234
    assert read_amount(SheetCell("1.234", exact=True), "comma").value == 1.234  # a program typed it


STYLES = {"de": (".", ","), "en": (",", "."), "ch": ("'", "."), "fr": (" ", ","), "plain": ("", ".")}


@given(
    st.integers(0, 10**12), st.sampled_from(sorted(STYLES)), st.sampled_from(["{}", "€ {}", "{} EUR", "{} € / Monat"])
)
def test_formatted_amounts_are_read_as_they_were(cents: int, style: str, around: str) -> None:
    thousands, mark = STYLES[style]
    text = f"{cents // 100:,}".replace(",", thousands) + f"{mark}{cents % 100:02}"
    assert read_amount(SheetCell(around.format(text))).value == cents / 100


@given(st.integers(0, 10**9), st.sampled_from([".", ",", "'", " "]))
def test_whole_numbers_with_marks_are_read_as_they_were(number: int, mark: str) -> None:
    text = f"{number:,}".replace(",", mark)
    decimal = "comma" if mark == "." else "point"
    assert read_number(text, decimal)[0] == number


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-31", date(2026, 1, 31)),
        ("2026-01-31 00:00:00", date(2026, 1, 31)),
        ("2026/01/31", date(2026, 1, 31)),
        ("20260131", date(2026, 1, 31)),
        ("31.01.2026", date(2026, 1, 31)),
        ("1.2.2026", date(2026, 2, 1)),  # nobody writes the month first with points
        ("01/31/2026", date(2026, 1, 31)),
        ("31/01/2026", date(2026, 1, 31)),
        ("31-01-26", date(2026, 1, 31)),
        ("02/02/2026", date(2026, 2, 2)),
        ("31. Januar 2026", date(2026, 1, 31)),
        ("Jan 31, 2026", date(2026, 1, 31)),
        ("31 janvier 2026", date(2026, 1, 31)),
        ("31 de enero de 2026", date(2026, 1, 31)),
        ("März 2026", date(2026, 3, 1)),
        ("2026-03", date(2026, 3, 1)),
        ("03/2026", date(2026, 3, 1)),
        ("Q2 2026", date(2026, 4, 1)),
    ],
)
def test_dates(text: str, day: date) -> None:
    assert read_date(SheetCell(text)).day == day


@pytest.mark.parametrize("text", ["2026", "31.02.2026", "46053", "soon", "13/13/2026", "0026-01-01", "Q5 2026"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a date"):
        read_date(SheetCell(text))


@given(
    st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y"])
)
def test_written_dates_are_read_as_they_were(day: date, form: str) -> None:
    order = {"%d/%m/%Y": "dmy", "%m/%d/%Y": "mdy"}.get(form)
    assert read_date(SheetCell(f"{day:{form}}"), order).day == day
    if order and day.day <= 12 and day.day != day.month:
        with pytest.raises(AmbiguousDate):
            read_date(SheetCell(f"{day:{form}}"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Screen, Rank", ("Screen", "Rank")),
        ("Screen / Rank", ("Screen", "Rank")),
        ("SAP/Outlook", ("SAP", "Outlook")),
        ("SAP S/4HANA", ("SAP S/4HANA",)),
        ("CI/CD", ("CI/CD",)),
        ("24/7 support", ("24/7 support",)),
        ("Check invoice, amount; Pay", ("Check invoice, amount", "Pay")),
        ("Check invoice, amount;", ("Check invoice, amount",)),
        ("Screen\nRank", ("Screen", "Rank")),
        ("Pay (SAP, ERP), Book", ("Pay (SAP, ERP)", "Book")),
        ("1,5 tonnes", ("1,5 tonnes",)),
        ("pay; PAY ;", ("pay",)),
        ("", ()),
    ],
)
def test_lists(text: str, names: tuple[str, ...]) -> None:
    assert parts_of(text)[0] == names


def test_lists_by_what_was_said_and_of_remarks() -> None:
    assert parts_of("A, B / C", ";")[0] == ("A, B / C",)
    assert parts_of("A + B", "+")[0] == ("A", "B")
    assert parts_of("Works council, 3 March; DPO", remarks=True)[0] == ("Works council, 3 March", "DPO")
    assert links_of("https://a.example/x,y https://b.example;\nwiki") == (
        "https://a.example/x,y",
        "https://b.example",
        "wiki",
    )


@given(st.lists(st.text("ab ,/()1", min_size=1).map(lambda t: " ".join(t.split())).filter(bool), max_size=4))
def test_joined_names_are_the_names_again(names: list[str]) -> None:
    once = parts_of(";".join(names))[0]
    assert parts_of(joined(once))[0] == once


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"])
def test_texts_in_every_encoding(encoding: str) -> None:
    text = "name;department\nMüller;Büro\n" + ("Preis €;X\n" if encoding == "cp1252" else "")
    found, _, note = text_of(text.encode(encoding), "x.csv", None)
    assert found == text
    assert (note is None) is encoding.startswith("utf-8")


def test_an_encoding_that_does_not_fit_is_refused() -> None:
    with pytest.raises(BadInput, match="is not `utf-8`: see byte 1"):
        text_of(b"M\xfcller", "x.csv", "utf-8")
    with pytest.raises(BadInput, match="There is no encoding"):
        text_of(b"x", "x.csv", "klingon")


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Verantwortlich", "owner"), ("Responsable", "owner"), ("Eigenaar", "owner"), ("Responsável", "owner"),
        ("Fachbereich", "department"), ("Département", "department"), ("Área", "department"), ("Reparto", "department"),
        ("Kosten pro Jahr (T€)", "monthly_cost"), ("Coût annuel", "monthly_cost"),
        ("Custo anual em EUR", "monthly_cost"), ("Schutzbedarf", "data_sensitivity"),
        ("PILOT-NAME", "name"), ("monthlyCost", "monthly_cost"), ("Sistemi", "systems"),
        ("Custo mensal (R$)", "monthly_cost"), ("AI Vendor", "vendor"), ("Product Owner (IT)", "owner"),
        ("Departmnet", "department"), ("Statut", "status"), ("Commanditaire", "sponsor"),
    ],
)  # fmt: skip
def test_headings_in_other_words(heading: str, column: str) -> None:
    found = propose(heading)
    assert found.column == column
    assert found.confidence >= 0.8
    assert found.reason


def test_what_is_only_alike_is_proposed_and_not_used() -> None:
    found = propose("Data owner")
    assert (found.column, found.proposed) == (None, "owner")
    assert propose("Colour").proposed is None


def test_headings_say_period_currency_and_thousands() -> None:
    found = unit_of("Kosten pro Jahr (T€)")
    assert found is not None
    assert (found.column, found.period, found.currency, found.factor) == ("monthly_cost", CostPeriod.YEAR, "EUR", 1000)
    assert unit_of("Quartalskosten").period is CostPeriod.QUARTER  # type: ignore[union-attr]
    assert unit_of("owner") is None


def test_every_word_means_one_column_and_every_language_has_words() -> None:
    seen: dict[str, set[str]] = {}
    for column, languages in _kept()["heading"].items():
        assert set(languages) <= set(LANGUAGES), column
        for word in (w for words in languages.values() for w in words):
            seen.setdefault(word_key(word), set()).add(column)
    assert {word: columns for word, columns in seen.items() if len(columns) > 1} == {}
    for column, values in _kept()["cell"].items():
        keys = [word_key(word) for words in values.values() for word in set(words)]
        assert len({(k, v) for v, words in values.items() for k in map(word_key, words)}) == len(set(keys)), column
