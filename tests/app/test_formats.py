"""Numbers read as people write them."""

from datetime import UTC, datetime
from enum import Enum

import pytest

from app.theme import Tone, amount_exactly, count, day, duration, moment, money, plural, share, word
from core.coarse import Coarse


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (None, "–"),
        (0, "0 s"),
        (0.4, "0.4 s"),
        (9, "9 s"),
        (59, "59 s"),
        (60, "1 min"),
        (3700, "1 h 1 min"),
        (100_000, "1 d 3 h"),
        (59.6, "1 min"),
        (725, "12 min 5 s"),
        (3600, "1 h"),
        (273_600, "3 d 4 h"),
        (86_400 * 365.0, "365 d"),
        (-90, "−1 min 30 s"),
    ],
)
def test_duration(seconds: float | None, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(None, "–"), (0, "under 1 d"), (-3_600, "under 1 d"), (86_399, "under 1 d"), (86_400, "1 d"),
     (273_600, "3 d"), (-180_000, "−2 d")],
)  # fmt: skip
def test_duration_of_a_log_with_days_only(seconds: float | None, text: str) -> None:
    assert duration(None if seconds is None else Coarse(seconds, 86_400.0)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (0, "0 %"),
        (1, "100 %"),
        (0.0004, "< 0.1 %"),
        (0.9996, "> 99.9 %"),
        (0.004, "0.4 %"),
        (0.052, "5.2 %"),
        (0.314, "31 %"),
        (0.994, "99.4 %"),
    ],
)
def test_share(value: float | None, text: str) -> None:
    assert share(value) == text


def test_money_names_its_currency_and_drops_cents_of_large_amounts() -> None:
    assert money(3.4, "EUR") == "3.40 EUR"
    assert money(1250.6, "EUR") == "1,251 EUR"
    assert money(None) == "–"


def test_counts_and_plurals() -> None:
    assert (count(1434), count(None)) == ("1,434", "–")
    assert (plural(1, "case"), plural(2, "case"), plural(2, "activity", "activities")) == (
        "1 case",
        "2 cases",
        "2 activities",
    )


def test_moments_say_utc() -> None:
    at = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
    assert (moment(at), day(at), moment(None)) == ("2026-01-05 08:00 UTC", "2026-01-05", "–")


def test_a_state_has_a_word_an_icon_and_a_tone() -> None:
    class Effect(Enum):
        DENY = "deny"

    denied = word(Effect.DENY)
    assert (denied.text, denied.icon, denied.tone, str(denied)) == ("Denied", "block", Tone.BAD, "■ Denied")
    assert word("something_new").tone is Tone.QUIET


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (None, "EUR", ""), (200, None, "200"), (1250.5, "EUR", "1,250.5 EUR"), ("12500.00", "EUR", "12,500 EUR"),
        (0, None, "0"), ("many", None, "many"), (float("nan"), None, "nan"),
    ],
)  # fmt: skip
def test_an_amount_that_somebody_answers_for_reads_to_its_last_digit(
    amount: object, currency: str | None, text: str
) -> None:
    assert amount_exactly(amount, currency) == text
