"""Pages of a long list put together, for who asks for every one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

PAGE = 1000  # rows that one question may ask for


def pages(ask: Callable[[int, int], Any], rows: str, limit: int, offset: int, every: bool) -> Any:
    """What `ask` answers for a limit and an offset; where every row is asked for, with the `rows` of all pages."""
    if not every:
        return ask(limit, offset)
    found = last = ask(PAGE, offset)
    listed = list(getattr(found, rows))
    while len(getattr(last, rows)) == PAGE:
        last = ask(PAGE, offset + len(listed))
        listed += getattr(last, rows)
    return replace(found, **{rows: tuple(listed)})
