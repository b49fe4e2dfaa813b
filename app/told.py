"""What a log cannot carry, and what must be known of the rest, in words: on pages and in commands alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.simulation import in_words
from app.theme.formats import duration
from core.trust import Result, Trust, Withheld

_EXPECTED = {  # what Great Expectations was asked of a column, or of two
    "expect_column_values_to_not_be_null": "every row has a value",
    "expect_column_value_lengths_to_be_between": "no text is empty or very long",
    "expect_column_values_to_be_between": "no value is out of its bounds",
    "expect_column_values_to_be_unique": "no value comes twice",
    "expect_column_values_to_be_in_set": "every value is a known word",
    "expect_column_pair_values_a_to_be_greater_than_b": "the first is not before the second",
}


def expected(name: str) -> str:
    """An expectation of Great Expectations in words."""
    return _EXPECTED.get(name, name.removeprefix("expect_").replace("_", " "))


def lines(withheld: Mapping[Result, Withheld]) -> list[str]:
    """A line for each reason: what is withheld, below which length, and why."""
    by_reason: dict[Withheld, list[str]] = {}
    for result, why in withheld.items():
        by_reason.setdefault(why, []).append(result.value)
    return [
        f"{', '.join(results)}{f' below {duration(why.below)}' if why.below else ''}: {why.reason}"
        for why, results in by_reason.items()
    ]


def tell(trust: Trust, results: Sequence[Result], *, apart: bool) -> None:
    """Print what of `results` is withheld, and what must be known of them; `apart` on standard error."""
    from app.output import console

    out = console(apart=apart)
    for line in lines(trust.of(*results)):
        out.print(f"Withheld: {line}", markup=False)
    if said := in_words(trust):
        out.print(said, markup=False)
    for words in trust.doubts_of(*results):
        out.print(f"Note: {words}", markup=False)
