"""One entry of the catalogue: a verb that writes, what does it, and which faces call it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from inspect import Parameter, signature
from typing import Any

from core.actor.verb import Verb

_GIVEN = ("ws", "by")  # what every verb is given beside its arguments


@dataclass(frozen=True)
class Argument:
    """One argument of a verb."""

    name: str
    kind: str  # its type, as the function says it
    required: bool


@dataclass(frozen=True)
class CatalogueEntry:
    """One thing that can be done and writes."""

    verb: Verb  # its name, what it acts on, and who may before anything else is asked
    does: Callable[..., Any]  # takes the workspace, its arguments and `by`, the Actor
    commands: tuple[str, ...] = ()  # that call it, such as `map save`
    pages: tuple[str, ...] = ()  # modules of app.pages that call it, such as `process_map.page`
    only: str = ""  # in words: who of those may, where not everyone may
    trust: str | None = None  # in words: the judgement of the data that it asks; None: it asks of no log's figures
    not_here: str = ""  # in words: why a face that does not call it does not
    records: str = ""  # in words: what stands in the audit log where it was done, if not the verb's name

    @property
    def key(self) -> str:
        """What tells entries apart: the verb and the function that does it."""
        return f"{self.verb.name} by {self.does.__name__}"

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """Its arguments as the function declares them, without the workspace and the actor."""
        return tuple(
            Argument(p.name, str(p.annotation), p.default is Parameter.empty)
            for p in signature(self.does).parameters.values()
            if p.name not in _GIVEN
        )
