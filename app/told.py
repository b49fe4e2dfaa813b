"""What a log cannot carry, and what must be known of the rest, in words: on pages and in commands alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.simulation import in_words
from app.theme.formats import duration
from core import Result, Trust, Withheld


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
    from rich.console import Console

    out = Console(highlight=False, soft_wrap=True, stderr=apart)
    for line in lines(trust.of(*results)):
        out.print(f"Withheld: {line}", markup=False)
    if said := in_words(trust):
        out.print(said, markup=False)
    for words in trust.doubts_of(*results):
        out.print(f"Note: {words}", markup=False)
