"""Public holidays of a country or one of its parts, from the `holidays` package."""

from __future__ import annotations

from datetime import date
from functools import cache


@cache
def countries() -> dict[str, tuple[str, ...]]:
    """Every country whose public holidays are known, by ISO 3166 code, with the codes of its parts."""
    import holidays

    known = holidays.list_supported_countries(include_aliases=False)
    return {code: tuple(parts) for code, parts in known.items() if len(code) == 2}


@cache
def public_holidays(country: str, subdivision: str, year: int) -> frozenset[date]:
    """The public holidays of one year, days given in lieu included; none where `country` is empty."""
    if not country:
        return frozenset()
    import holidays

    found = holidays.country_holidays(country, subdiv=subdivision or None, years=[year - 1, year, year + 1])
    return frozenset(day for day in found if day.year == year)
