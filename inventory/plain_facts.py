"""Facts of a pilot as plain JSON values and back, and what differs between two of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any

from inventory.columns import BY_NAME, COLUMNS, LISTS, ColumnKind
from inventory.records import FieldChange
from inventory.values import BenefitEvidence, CostPeriod, PilotFacts, RiskTier, Sensitivity, Status

TERMS = {
    "status": Status, "data_sensitivity": Sensitivity, "risk_tier": RiskTier, "benefit_evidence": BenefitEvidence,
    "cost_period": CostPeriod,
}  # fmt: skip
_EMPTY = PilotFacts("", "")


def plain_facts(facts: PilotFacts) -> dict[str, Any]:
    """What is known of a pilot, as JSON has it, in the order of the columns; what is not known is left out."""
    found = {column.name: plain_value(getattr(facts, column.name)) for column in COLUMNS}
    return {name: value for name, value in found.items() if value not in (None, [])}


def plain_value(value: Any) -> Any:
    """One value as JSON has it; a tuple of nothing as None."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value) or None
    return value


def facts_of(stored: Mapping[str, Any]) -> PilotFacts:
    """The facts that `plain_facts` made these values of."""
    found: dict[str, Any] = {}
    for name, value in stored.items():
        if name in TERMS:
            found[name] = TERMS[name](value)
        elif name in LISTS:
            found[name] = tuple(value)
        elif BY_NAME[name].kind is ColumnKind.DATE:
            found[name] = date.fromisoformat(value)
        else:
            found[name] = value
    return PilotFacts(**found)


def differences(before: PilotFacts | None, after: PilotFacts) -> tuple[FieldChange, ...]:
    """The fields in which `after` differs from `before`, or from nothing known, in the order of the columns."""
    known = _EMPTY if before is None else before
    return tuple(
        FieldChange(column.name, plain_value(was) if before is not None else None, plain_value(now))
        for column in COLUMNS
        if (was := getattr(known, column.name)) != (now := getattr(after, column.name))
    )


if {f.name for f in fields(PilotFacts)} != set(BY_NAME):  # a field without a column could be neither read nor shown
    raise RuntimeError("PilotFacts and COLUMNS differ")
