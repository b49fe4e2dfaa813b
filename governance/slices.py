"""A policy set cut into slices: of all policies only those that an action and a kind of principal can meet.

What a slice leaves out cannot match by its scope, so it can neither permit, nor forbid, nor fail: the answer is equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cedarpy

from governance.scope import Parsed

_KEPT = 512  # slices of one policy set that are kept
_POSITION = re.compile(r"\bpolicy(\d+)\b")


@dataclass(frozen=True)
class Slice:
    """The policies that one kind of request can meet, parsed once: a handle that any thread may use."""

    handle: Any  # cedarpy.PolicySet
    ids: tuple[str, ...]  # of its policies, in the order in which Cedar counts them
    asks_for_approval: bool  # whether any of them may look at `context.approved`

    def failed(self, errors: Iterable[str]) -> tuple[str, ...]:
        """The policies that Cedar's `errors` are about, by id. Cedar's words hold values, so they are not passed on."""
        found = {int(n) for error in errors for n in _POSITION.findall(error)[:1]}
        return tuple(sorted(self.ids[n] for n in found if n < len(self.ids)))


class Slices:
    """The slices of one policy set, each made when it is first asked for."""

    def __init__(self, parsed: Sequence[Parsed]) -> None:
        self._parsed = tuple(parsed)
        self._of = lru_cache(maxsize=_KEPT)(self._make)

    def of(self, action: str, kind: str, roles: tuple[str, ...]) -> Slice:
        """The slice for `action` by a principal of the type `kind` with `roles`."""
        return self._of(action, kind, roles)

    def _make(self, action: str, kind: str, roles: tuple[str, ...]) -> Slice:
        found = [parsed for parsed in self._parsed if parsed.covers(action, kind, roles)]
        handle = cedarpy.PolicySet.from_str("\n".join(parsed.policy.text for parsed in found))
        ids = tuple(parsed.policy.id for parsed in found)
        return Slice(handle, ids, any(parsed.asks_for_approval for parsed in found))
