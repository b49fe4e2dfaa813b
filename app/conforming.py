"""How conformance reads, on the command line and on its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.theme.formats import NOTHING, count, duration, money, plural, share

if TYPE_CHECKING:
    from mining.conformance import Conformance


@dataclass(frozen=True)
class Headline:
    """A figure of all cases as it is told."""

    figure: str
    note: str  # what it is: exact, an estimate with its interval, or only between what it lies


def coverage_in_words(found: Conformance) -> str:
    """How much of the log was aligned."""
    if found.complete:
        if found.cases == 1:
            return "The one case is aligned"
        return f"All {plural(found.cases, 'case')} in {plural(found.variants, 'variant')} are aligned"
    left = plural(found.variants - found.aligned_variants, "variant")
    text = f"Approximate: covers {share(found.aligned_cases / found.cases)} of cases, {left} left"
    if found.estimate:
        text += f"; estimated from {plural(found.estimate.sampled, 'variant')} drawn at random within strata"
    return text


def fitness_in_words(found: Conformance) -> Headline:
    """The fitness of all cases: never that of the cases aligned, which are no fair sample of them."""
    if found.complete or found.bounds is None:
        return Headline(f"{found.fitness.log:.4f}" if found.fitness else NOTHING, "")
    sure = f"between {found.bounds.low:.4f} and {found.bounds.high:.4f} for certain"
    if found.estimate is None:
        text = f"{found.bounds.low:.2f} to {found.bounds.high:.2f}"
        return Headline(text, f"it lies {sure}; too little was aligned to estimate it")
    guess = found.estimate
    return Headline(f"≈ {guess.value:.3f}", f"estimate, 95 % interval {guess.low:.3f} to {guess.high:.3f}; {sure}")


def follows_in_words(found: Conformance) -> Headline:
    """The share of all cases that follow the model."""
    of = found.follows
    if of.value is None:
        left = plural(found.cases - of.known, "case")
        return Headline(f"{share(of.low)} to {share(of.high)}", f"for certain; of {left} it is not known")
    if of.exact:
        return Headline(share(of.value), f"{count(round(of.value * found.cases))} of {plural(found.cases, 'case')}")
    return Headline(
        f"≈ {share(of.value)}",
        f"estimate, 95 % interval {share(of.low)} to {share(of.high)}; known of {plural(of.known, 'case')}",
    )


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
