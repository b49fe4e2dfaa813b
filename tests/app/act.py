"""How one verb of the catalogue is done, with what several of them need."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.actor.values import Actor, local
from core.workspace import Workspace

ADA = local("Ada")
LATER = date(2999, 1, 31)  # after whatever day a test runs on
WHY = ("--reason", "because")


@dataclass(frozen=True)
class Act:
    """How one verb is done with the least that it needs."""

    page: Callable[[Workspace, Actor, Mapping[str, Any]], object]
    command: tuple[str, ...] = ()  # empty: there is none
    who: str = "Ada"  # who may
    role: bool = False  # whether an active person without a role may not
    done_as: str = ""  # the action that is recorded where it is done, if it is not the verb's
    refused_as: str = ""  # the action that refuses first, where it is another verb's
