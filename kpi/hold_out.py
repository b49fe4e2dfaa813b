"""A hold-out: cases drawn by chance to the old way and to the new one, told apart by an attribute."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.errors import BadInput, not_found
from core.view import View
from core.workspace import Workspace
from kpi.verdict.values import Rules, Verdict

if TYPE_CHECKING:
    from kpi.verdict.values import Population


@dataclass(frozen=True)
class HoldOut:
    """The verdicts on the arms of one log version."""

    log: str
    version: int
    attribute: str
    control: str  # its value for the old way
    treated: str  # its value for the new way
    cases: tuple[int, int]  # control, treated
    verdicts: tuple[Verdict, ...]


def compare_arms(
    ws: Workspace,
    view: View,
    *,
    attribute: str,
    control: str,
    treated: str,
    sla_seconds: float | None = None,
    as_of: datetime | None = None,
    rules: Rules = Rules(),
) -> HoldOut:
    """The verdicts on `treated` against `control`, two values of the case attribute that says where chance drew a case.

    Raises NotFound for an attribute or a value that the log does not have, BadInput.
    """
    from kpi.verdict.judging import judge_arms
    from kpi.verdict.reading import check_segments, read_side

    if control == treated:
        raise BadInput(
            f"`{control}` is named as both arms. Name one value for the old way and another for the new one."
        )
    found = ws.logs.get(view.log, view.version)
    side = read_side(ws, replace(view, version=found.version), sla_seconds=sla_seconds, as_of=as_of)
    arms = side.population.attributes.get(attribute)
    if arms is None:
        raise not_found("case attribute", attribute, side.population.attributes, f"in `{view.log}`")
    check_segments(rules.segments, side.population)
    values = arms.astype(str)
    one, other = (_arm(side.population, attribute, values, value) for value in (control, treated))
    verdicts = judge_arms(one, other, rules)
    counts = (len(one.started), len(other.started))
    return HoldOut(found.log, found.version, attribute, control, treated, counts, tuple(verdicts.values()))


def _arm(population: Population, attribute: str, values: Any, value: str) -> Population:
    """The cases of one arm, without the attribute that names it."""
    mine = values == value
    if not mine.any():
        raise not_found("value", value, sorted(set(values.tolist()))[:20], f"of `{attribute}`")
    kept = {name: getattr(population, name)[mine] for name in _ARRAYS}
    attributes = {name: array[mine] for name, array in population.attributes.items() if name != attribute}
    return replace(population, **kept, attributes=attributes)


_ARRAYS = (
    "case_ids", "started", "ended", "complete", "done", "cycle", "cost", "costed", "errors", "judged", "due", "met",
    "simulated",
)  # fmt: skip
