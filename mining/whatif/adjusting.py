"""A scenario with other assumptions than the defaults."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace

from core.errors import BadInput, not_found
from mining.whatif.values import Change, TaskByAgent

EVERY_TASK = "*"
_NO_FIGURES = ("activity", "sources")


def figures_of(change: Change) -> tuple[str, ...]:
    """The names of the assumptions that a change has."""
    return tuple(field.name for field in fields(change) if field.name not in _NO_FIGURES)


def adjusted(changes: Sequence[Change], said: Iterable[tuple[str, str, float]]) -> tuple[Change, ...]:
    """`changes` with each (activity, assumption, value) in force; `*` stands for every change that has the assumption.

    Raises NotFound for an activity that does not change and for an assumption that its change does not have.
    """
    found = list(changes)
    for activity, name, value in said:
        at = [n for n, c in enumerate(found) if activity in (EVERY_TASK, c.activity)]
        if not at:
            raise not_found("task that changes in the scenario", activity, [c.activity for c in found])
        having = [n for n in at if name in figures_of(found[n])]
        if not having:
            raise not_found(f"assumption of `{activity}`", name, sorted({f for n in at for f in figures_of(found[n])}))
        for n in having:
            found[n] = _with(found[n], name, value)
    return tuple(found)


def _with(change: Change, name: str, value: float) -> Change:
    if isinstance(change, TaskByAgent):
        return replace(change, **{name: value}, sources={**change.sources, name: "said by a person"})  # type: ignore[arg-type]
    return replace(change, **{name: value})  # type: ignore[arg-type]


def parse_assumption(text: str) -> tuple[str, str, float]:
    """What `ACTIVITY=NAME=VALUE` says. Raises BadInput for anything else."""
    rest, _, value = text.rpartition("=")
    activity, separator, name = rest.rpartition("=")
    try:
        if not separator or not activity.strip():
            raise ValueError
        return activity.strip(), name.strip(), float(value)
    except ValueError:
        raise BadInput(
            f"`{text}` is no assumption. Write `ACTIVITY=NAME=VALUE`, such as `Pay=error=0.02` or `*=keeps=0.5`."
        ) from None
