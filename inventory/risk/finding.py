"""Which pilots break which rules, worst first. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from inventory.columns import BY_NAME, ColumnKind
from inventory.plain_facts import plain_value
from inventory.risk.conditions import Hit, holds
from inventory.risk.values import FieldSeen, Risk, RiskMute, RiskRule
from inventory.values import Pilot, PilotFacts

Mutes = Mapping[tuple[int, str], RiskMute]  # by pilot and rule


def find_risks(
    pilots: Sequence[Pilot], rules: Sequence[RiskRule], today: date, mutes: Mutes | None = None
) -> tuple[Risk, ...]:
    """Every rule that a pilot which is not stopped breaks on the day `today`, worst first.

    Muted findings come last; then by severity, by how many findings that are not muted the pilot has, by its name, and
    in the order of the rules.
    """
    found = [
        replace(_risk(pilot, rule, hits, today), muted=(mutes or {}).get((pilot.id, rule.id)))
        for pilot in pilots
        if pilot.active
        for rule in rules
        if (hits := holds(rule.condition, pilot.facts, today)) is not None
    ]
    number = Counter(risk.pilot for risk in found if risk.muted is None)
    place = {rule.id: n for n, rule in enumerate(rules)}
    return tuple(
        sorted(
            found,
            key=lambda r: (
                r.muted is not None, -r.severity.rank, -number[r.pilot], r.pilot_name.casefold(), r.pilot,
                place[r.rule],
            ),
        )
    )  # fmt: skip


def _risk(pilot: Pilot, rule: RiskRule, hits: tuple[Hit, ...], today: date) -> Risk:
    facts = pilot.facts
    fields = tuple(_seen(facts, field, words, today) for field, words in hits)
    finding = f"{rule.wrong.rstrip('.')}: {', '.join(field.said for field in fields)}."
    return Risk(
        pilot.id, facts.name, facts.department, rule.id, rule.text, finding, rule.severity, rule.todo, fields,
        rule.source, wrong=rule.wrong.rstrip("."),
    )  # fmt: skip


def _seen(facts: PilotFacts, field: str, words: tuple[str, ...], today: date) -> FieldSeen:
    value = plain_value(getattr(facts, field))
    if value is None or value == "":
        return FieldSeen(field, None, (), f"`{field}` is not known")
    if words:
        return FieldSeen(field, value, words, f"`{field}` says {', '.join(f'“{word}”' for word in words)}")
    return FieldSeen(field, value, (), f"`{field}` is {_said(facts, field, value, today)}")


def _said(facts: PilotFacts, field: str, value: Any, today: date) -> str:
    kind = BY_NAME[field].kind
    if kind is ColumnKind.MONEY:
        return f"{value:,.2f} {facts.currency or ''}".strip()
    if kind is ColumnKind.TRUTH:
        return "yes" if value else "no"
    if kind is ColumnKind.DATE:
        days = (today - getattr(facts, field)).days
        return f"{value}, {days:,} days ago" if days > 0 else str(value)
    if kind is ColumnKind.TERM:
        return str(value)
    if isinstance(value, list):
        return ", ".join(f"“{one}”" for one in value)
    return f"{value:g}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else f"“{value}”"
