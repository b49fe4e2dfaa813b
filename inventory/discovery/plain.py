"""Findings as JSON keeps them, and back."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from inventory.discovery.values import AgentFinding, Declared, FindingKind, Sighting, Sureness


def plain_finding(one: AgentFinding) -> dict[str, Any]:
    """`one` as JSON has it, text that UTF-8 cannot write replaced."""
    return dict(_clean(asdict(one)))


def finding_from(told: dict[str, Any]) -> AgentFinding:
    """The finding that `plain_finding` wrote."""
    said = told["declared"]
    declared = Declared(**{f.name: _tuples(said.get(f.name)) for f in fields(Declared) if f.name in said})
    return AgentFinding(
        FindingKind(told["kind"]), told["name"], told["source"], told["place"], told["line"],
        Sureness(told["confidence"]), told["reason"], declared,
        tuple(Sighting(e["text"], e["where"], e["line"]) for e in told["evidence"]),
    )  # fmt: skip


def _tuples(value: Any) -> Any:
    return tuple(_tuples(v) for v in value) if isinstance(value, list | tuple) else value


def _clean(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _clean(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(v) for v in value]
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode().replace("\x00", "")
    return value
