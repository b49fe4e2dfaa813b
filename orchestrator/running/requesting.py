"""The request that a performer's proposal puts to governance. A pure function: the same proposal asks the same."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.errors import BadInput
from governance import Principal, PrincipalKind, Request
from governance.amounts import exactly, fault_of_amount, finite, whole
from governance.facts import counted
from orchestrator.machine.named import TOO_DEEP, changed, names_of, values_at
from orchestrator.machine.task import EffectSpec, TaskSpec
from orchestrator.machine.values import Workflow
from orchestrator.running.records import Work

SUPERVISED = "agent with approval"  # the allocation under which an agent acts after approval, whatever it has earned
STOPPED = "An inactive principal may do nothing."
DECISION = "decision"  # the answer that decides the choice which follows
_ACTS_AFTER_APPROVAL = 2  # autonomy level
_SHOWN = 20  # names that a task does not have, of one proposal, that are kept
_LONG = 100  # characters of such a name


@dataclass(frozen=True)
class Proposed:
    """What a person or an agent proposes as the result of one attempt; kept on the item until it is done."""

    performer: str  # principal id
    changes: Mapping[str, Any] = field(default_factory=dict)
    answer: Mapping[str, Any] = field(default_factory=dict)
    started: datetime | None = None  # in the run's time; None: not known
    ended: datetime | None = None  # None: whenever it is done
    cost: float | None = None
    confidence: float | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        """Raises BadInput for figures that no KPI could be computed from."""
        for name, value, most in (("cost", self.cost, math.inf), ("confidence", self.confidence, 1)):
            if value is not None and not _is_number(value, most):
                limit = "" if most == math.inf else f" to {most}"
                raise BadInput(f"The {name} is `{value!r}`; it must be a finite number from 0{limit}.")
        if self.note is not None and not isinstance(self.note, str):
            raise BadInput(f"The note is a `{type(self.note).__name__}`; it must be text.")

    def to_dict(self) -> dict[str, Any]:
        """It as JSON."""
        return {k: v.isoformat() if isinstance(v, datetime) else v for k, v in vars(self).items()}

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Proposed:
        """What `to_dict` wrote."""
        times = {k: datetime.fromisoformat(data[k]) if data[k] else None for k in ("started", "ended")}
        return Proposed(**{**data, **times})

    def work(self, principal: Principal, now: datetime) -> Work:
        """It as work performed by `principal`."""
        return Work(
            performer=principal.id,
            name=principal.name,
            kind="human" if principal.kind is PrincipalKind.PERSON else "agent",
            simulated=principal.simulated,
            started=self.started,
            ended=self.ended or now,
            cost=self.cost,
            confidence=self.confidence,
            note=self.note,
        )


@dataclass(frozen=True)
class Asking:
    """Where in which run a request arises."""

    workflow: Workflow
    run: str
    item: str
    attempt: int
    task: TaskSpec
    context: Mapping[str, Any]  # of the run, before the changes
    drafted_by: str | None  # principal id of who drafted what this task acts on


@dataclass(frozen=True)
class ProposalFacts:
    """What policies see of a proposal: what it would change and answer, by name at any depth, and for how much."""

    fields: Collection[str]
    answer_fields: Collection[str] = ()
    decision: Any = None  # what the answer names of the choice that follows
    amount: Any = None


def arguments_of(effect: EffectSpec, context: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments as the run's context, with what was proposed, gives them."""
    known = {**context, **changes}
    return {name: (values_at(known, field) or [None])[0] for name, field in effect.arguments.items()}


def request_for(asking: Asking, proposed: Proposed) -> Request:
    """The request: who wants to do what to the run's resource, with which fields changed and what amount.

    Of names that the task does not have the first twenty stand in it, and their number: `bars` denies them.
    """
    task, named = asking.task, _named(asking, proposed)
    answer = proposed.answer.get(DECISION)
    asked = ProposalFacts(
        named.fields.known | set(named.fields.shown),
        named.answers.known | set(named.answers.shown),
        answer if isinstance(answer, str) else None,
        _amount(task, {**asking.context, **proposed.changes}),
    )
    return request_of(asking, proposed.performer, asked, _payload(asking, named, proposed))


def request_of(asking: Asking, performer: str, asked: ProposalFacts, payload: Mapping[str, Any]) -> Request:
    """The request by `performer` that shows `asked` to policies; `payload` is what will exactly be done."""
    task = asking.task
    attributes: dict[str, Any] = {
        "fields": sorted(asked.fields),
        "workflow": asking.workflow.name,
        "task": task.label,
    }
    if asked.answer_fields:  # left out it means none: requests that wait for an approval since 0.2.0 stay the same
        attributes["answer_fields"] = sorted(asked.answer_fields)
    if asked.decision is not None:
        attributes["decision"] = asked.decision
    attributes |= _money(task, asked.amount)
    if asking.drafted_by is not None:
        attributes["drafted_by"] = asking.drafted_by
    context: dict[str, Any] = {"run": asking.run, "item": asking.item, "attempt": asking.attempt}
    if task.outcome == SUPERVISED:
        context["autonomy_level"] = _ACTS_AFTER_APPROVAL
    return Request(
        principal=performer,
        action=task.action,
        resource_type=task.resource_type,
        resource_id=asking.run,
        attributes=attributes,
        context=context,
        payload=payload,
    )


def bars(asking: Asking, principal: Principal, proposed: Proposed) -> tuple[str, ...]:
    """Why what is proposed is denied whatever a policy says: its principal was stopped, the task does not name all of
    it, or there is no amount where the task has one.

    The reasons hold nothing that comes from outside: they go into the hash chain, from which nothing can be erased.
    """
    task, named = asking.task, _named(asking, proposed)
    reasons = [] if principal.active else [STOPPED]
    if named.fields.unknown:
        are = f"the proposal changes {_not_named(named.fields.unknown)}"
        reasons.append(f"`{task.label}` may change {_listed(task.fields)}; {are}.")
    if named.answers.unknown:
        may = "anything but `decision`" if task.answer_fields is None else _listed(task.answer_fields)
        reasons.append(f"`{task.label}` may answer {may}; the proposal answers {_not_named(named.answers.unknown)}.")
    if task.amount_field and _amount(task, {**asking.context, **proposed.changes}) is None:
        reasons.append(f"`{task.label}` needs an amount in `{task.amount_field}`, and there is none.")
    if task.effect is not None:
        wanted = arguments_of(task.effect, asking.context, proposed.changes)
        missing = sorted(name for name, value in wanted.items() if value is None)
        if missing:
            read = ", ".join(f"`{task.effect.arguments[name]}` (argument `{name}`)" for name in missing)
            are = f"{read} for `{task.effect.connector}.{task.effect.action}`"
            reasons.append(f"`{task.label}` needs {are}, which neither the run nor the proposal has.")
    return tuple(reasons)


@dataclass(frozen=True)
class _ProposalNames:
    """Names of a proposal: those that its task has, and the others, in order."""

    known: frozenset[str]
    unknown: tuple[str, ...]

    @property
    def shown(self) -> tuple[str, ...]:
        """The first of the others, cut where they are long."""
        return tuple(name[:_LONG] for name in self.unknown[:_SHOWN])


@dataclass(frozen=True)
class _Named:
    fields: _ProposalNames
    answers: _ProposalNames


def _named(asking: Asking, proposed: Proposed) -> _Named:
    fields = changed(asking.context, proposed.changes)
    answers, may = names_of(proposed.answer), asking.task.answer_fields
    if may is None:  # stored before tasks named their answers: they may still give any, but decide nothing
        may = tuple(name for name in answers if name != DECISION and not name.endswith(TOO_DEEP))
    return _Named(_apart(fields, asking.task.fields), _apart(answers, may))


def _apart(names: frozenset[str], may: Collection[str]) -> _ProposalNames:
    return _ProposalNames(names & set(may), tuple(sorted(names - set(may))))


def _payload(asking: Asking, named: _Named, proposed: Proposed) -> dict[str, Any]:
    """What will exactly be done, in the run and in a system of record. Of what is denied for its names: what the task
    names, and how much more there is."""
    unknown = named.fields.unknown + named.answers.unknown
    if not unknown:
        wanted: dict[str, Any] = {"changes": dict(proposed.changes), "answer": dict(proposed.answer)}
        effect = asking.task.effect
        if effect is not None:
            arguments = arguments_of(effect, asking.context, proposed.changes)
            wanted["effect"] = {"connector": effect.connector, "action": effect.action, "arguments": arguments}
        return wanted
    return {
        "changes": _only(proposed.changes, named.fields.known),
        "answer": _only(proposed.answer, named.answers.known),
        "unnamed": {
            "count": len(unknown),
            "first": [name[:_LONG] for name in unknown[:_SHOWN]],
            "sha256": _fingerprint(proposed),
        },
    }


def _fingerprint(proposed: Proposed) -> str | None:
    """SHA-256 of all that was proposed, so that two proposals are two; None where it is nested too deeply to write."""
    try:
        text = json.dumps([dict(proposed.changes), dict(proposed.answer)], sort_keys=True)
    except RecursionError:
        return None
    return hashlib.sha256(text.encode()).hexdigest()


def _only(values: Mapping[str, Any], known: frozenset[str]) -> dict[str, Any]:
    """Those of `values` of which everything is known."""
    return {key: value for key, value in values.items() if names_of({key: value}) <= known}


def _not_named(names: tuple[str, ...]) -> str:
    return f"{counted(len(names), 'field')} that the task does not name"


def _listed(names: Collection[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "no field"


def _is_number(value: Any, most: float) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and finite(value) and 0 <= value <= most


def _amount(task: TaskSpec, context: Mapping[str, Any]) -> Any:
    """The amount that the context holds, of several the sum; None where there is none.

    What is there and is no amount is given as it is, so that governance denies it: left out, no limit would see it.
    """
    if not task.amount_field:
        return None
    found = values_at(context, task.amount_field)
    if len(found) < 2:
        return found[0] if found else None
    odd = [value for value in found if fault_of_amount(value)]
    return odd[0] if odd else sum(exactly(value) for value in found)


def _money(task: TaskSpec, amount: Any) -> dict[str, Any]:
    """The facts about the amount: whole units, rounded up; of a task that names a currency also exactly."""
    if amount is None:
        return {}
    if fault_of_amount(amount):
        return {"amount": amount}
    exact = {"amount_exact": f"{exactly(amount):f}", "currency": task.currency} if task.currency else {}
    return {"amount": whole(amount), **exact}
