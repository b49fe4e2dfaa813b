"""How conformance reads, on the command line and on its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.theme.formats import NOTHING, duration, money, plural, share

if TYPE_CHECKING:
    from mining import Conformance


def coverage_in_words(found: Conformance) -> str:
    """How much of the log the figures speak of, and what is certain of the rest."""
    if found.complete:
        if found.cases == 1:
            return "The one case is aligned"
        return f"All {plural(found.cases, 'case')} in {plural(found.variants, 'variant')} are aligned"
    left = plural(found.variants - found.aligned_variants, "variant")
    text = f"Approximate: covers {share(found.aligned_cases / found.cases)} of cases, {left} left"
    if found.bounds:
        text += f"; the fitness of all cases lies between {found.bounds.low:.4f} and {found.bounds.high:.4f}"
    return text


def value_in_words(value: float | None, unit: str, currency: str | None = None) -> str:
    """A measure's value with its unit."""
    if value is None:
        return NOTHING
    if unit == "seconds":
        return duration(value)
    if unit == "share":
        return ("−" if value < 0 else "") + share(abs(value))
    if unit == "currency":
        return ("−" if value < 0 else "") + money(abs(value), currency)
    return f"{value:,.1f}".removesuffix(".0").replace("-", "−")
