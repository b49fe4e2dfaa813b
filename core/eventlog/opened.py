"""An opened view: the connection that shows it, and what its log can carry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from core.coarse import coarsened
from core.eventlog.meta import Meta
from core.trust import Trust
from core.view import View

if TYPE_CHECKING:
    import duckdb

    from core.eventlog.store import LogVersion

T = TypeVar("T")


@dataclass(frozen=True)
class Opened:
    """A view while it is open."""

    connection: duckdb.DuckDBPyConnection  # every table shows what the view's selection leaves
    version: LogVersion
    view: View  # its version is a number
    _ask: Callable[[], Trust]
    _read: Callable[[], Meta]

    @cached_property
    def trust(self) -> Trust:
        """What the log can carry."""
        return self._ask()

    @cached_property
    def meta(self) -> Meta:
        """What is kept beside the events."""
        return self._read()

    @property
    def known_until(self) -> datetime:
        """The moment up to which everything that happened is in the log: after it, nobody knows what was done."""
        said = self.meta.known_until
        return max(self.version.ended, said) if said else self.version.ended

    def told(self, found: T) -> T:
        """`found`, a frozen dataclass with a field `trust`, with this log's trust in it and no duration finer than the
        log can tell."""
        trusted: T = replace(found, trust=self.trust)  # type: ignore[type-var]
        return self.coarse(trusted)

    def coarse(self, found: T) -> T:
        """`found` with no duration finer than the log can tell."""
        least = self.trust.tells_from
        return found if least is None else coarsened(found, float(least))
