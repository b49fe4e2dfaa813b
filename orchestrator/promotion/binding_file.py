"""Reads bindings and decisions from a TOML file, on top of what is suggested for the map.

[tasks."Create purchase order"]        any field of TaskBinding; what is left out stays as suggested
role = "buyer_agent"
fields = ["order_number"]

[decisions."0.2"]                      node of the workflow's tree; those left out: decided by scenario
by = "rule"
rules = ["context.amount > 5000"]
otherwise = 1
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.errors import BadInput, not_found
from orchestrator.machine.task import EffectSpec
from orchestrator.machine.values import DecidedBy, DecisionSpec
from orchestrator.promotion.bindings import TaskBinding


class _Effect(BaseModel):
    model_config = ConfigDict(extra="forbid")

    connector: str
    action: str
    arguments: dict[str, str] = Field(default_factory=dict)
    results: dict[str, str] = Field(default_factory=dict)


class _Task(BaseModel):
    model_config = ConfigDict(extra="forbid")

    role: str | None = None
    action: str | None = None
    resource_type: str | None = None
    agent: str | None = None
    fields: tuple[str, ...] | None = None
    answer_fields: tuple[str, ...] | None = None
    amount_field: str | None = None
    currency: str | None = None
    system: str | None = None
    effect: _Effect | None = None
    sla_seconds: float | None = Field(default=None, gt=0)
    timeout_seconds: float | None = Field(default=None, gt=0)
    people_timeout_seconds: float | None = Field(default=None, gt=0)
    max_attempts: int | None = Field(default=None, ge=1)
    retry_delay_seconds: float | None = Field(default=None, ge=0)
    escalation: tuple[str, ...] | None = None


class _Decision(BaseModel):
    model_config = ConfigDict(extra="forbid")

    by: DecidedBy
    rules: tuple[str, ...] = ()
    otherwise: int = 0
    role: str | None = None


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    tasks: dict[str, _Task] = Field(default_factory=dict)
    decisions: dict[str, _Decision] = Field(default_factory=dict)


def read_bindings(
    path: Path, suggested: Mapping[str, TaskBinding]
) -> tuple[dict[str, TaskBinding], dict[str, DecisionSpec]]:
    """The suggested bindings with what the file says instead, and the decisions that it names.

    Raises BadInput that lists everything in the file that cannot be used, with its place.
    """
    found = _parse(path)
    for label in found.tasks:
        if label not in suggested:
            raise not_found(f"activity to bind in `{path}`:", label, suggested)
    _refuse_limits_of_nobody(path, found, suggested)
    tasks = dict(suggested)
    for label, said in found.tasks.items():
        told = said.model_dump(exclude_unset=True)
        if said.effect is not None:
            told["effect"] = EffectSpec(**said.effect.model_dump())
        tasks[label] = replace(tasks[label], **told)
    decisions = {node: DecisionSpec(node, d.by, d.rules, d.otherwise, d.role) for node, d in found.decisions.items()}
    return tasks, decisions


def _refuse_limits_of_nobody(path: Path, found: _File, suggested: Mapping[str, TaskBinding]) -> None:
    """Raises BadInput for time-outs of an agent's attempts at tasks that no agent does: as `prepare` drafted them
    while there was one time-out for whoever does a task."""
    problems = [
        f"`tasks.{label}.timeout_seconds` limits an agent's attempts, and people do this task: write "
        "`people_timeout_seconds`, or leave it out"
        for label, said in found.tasks.items()
        if said.timeout_seconds is not None and suggested[label].people_timeout_seconds is not None
    ]
    if problems:
        raise BadInput(f"`{path}` holds what cannot be used.", problems=problems)


def _parse(path: Path) -> _File:
    try:
        return _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise BadInput(f"There is no file `{path}`.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"`{path}` cannot be read: {error}.") from None
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"`{path}` is not TOML: {error}.") from None
    except ValidationError as error:
        problems = [f"`{'.'.join(map(str, e['loc']))}`: {e['msg']}" for e in error.errors()]
        raise BadInput(f"`{path}` holds what cannot be used.", problems=problems) from None
