"""What happened in a run, a sentence for each event: on its page and in `tandem run show` alike.

Who did it, what it changed from what to what, why it failed, and what came of it in a system of record. The record
itself stays as it was stored; here it is only read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.simulation import marked, name_of
from app.spelled import changes, named, spelled
from core.tree import Operator
from core.workspace import Workspace
from governance import get_approval, principals
from orchestrator.machine.deciding import options
from orchestrator.machine.values import Workflow
from orchestrator.promotion.workflows import get_workflow
from orchestrator.running.records import Run, RunRecord, WorkItem

_NO_RULE = "no rule is true"
_ITSELF = "system"  # the kind of performer where no principal did it
_ENDS = ("task completed", "task failed", "task timed out", "decided")
_ASKS = ("approval requested", "task allowed", "outcome unknown")  # once what is proposed is worked out
_CONTROLS = {"cancelled": "cancelled", "paused": "paused", "resumed": "resumed", "retried": "retried"}


@dataclass(frozen=True)
class Happened:
    """One event of a run in words."""

    number: int
    at: datetime  # in the run's own time
    kind: str  # of who did it: human, agent or system
    words: str  # one sentence: who did what
    more: tuple[str, ...]  # further sentences: what changed, why, what came of it

    @property
    def line(self) -> str:
        """All of it in one line."""
        return " ".join((self.words, *self.more))


@dataclass(frozen=True)
class Known:
    """What the sentences about a run name things by."""

    workflow: Workflow
    items: Mapping[str, WorkItem]
    names: Mapping[str, str]  # of principals by id
    kinds: Mapping[str, str]  # of principals by id, as an event log says it
    approvers: Mapping[str, str]  # ids of who answered, by approval


def happened(ws: Workspace, run: Run) -> tuple[Happened, ...]:
    """Every event of the run in words, in the order in which it was recorded."""
    everyone = principals(ws)
    asked = {str(a) for e in run.history if (a := _facts(e).get("approval")) and e.kind == "task completed"}
    known = Known(
        get_workflow(ws, run.workflow, run.version),
        {item.item: item for item in run.items},
        {p.id: marked(p) for p in everyone},
        {p.id: "agent" if p.kind.value == "agent" else "human" for p in everyone},
        {approval: get_approval(ws, approval).answered_by or "" for approval in asked},
    )
    return tuple(in_words(run, known))


def in_words(run: Run, known: Known) -> Iterator[Happened]:
    """The events of `run` in words: its context is followed along, so that a change is told from what to what."""
    context: dict[str, Any] = {}
    moments = _moments(run, known) if run.simulated else [event.at for event in run.history]
    for event, moment in zip(run.history, moments, strict=True):
        kind = known.kinds.get(event.performer or "", _ITSELF)
        more = tuple(sentence for sentence in _more(event, context, known) if sentence)
        yield Happened(event.sequence, moment, kind, _said(event, known), more)
        context |= event.payload.get("context" if event.kind == "started" else "changes") or {}


def _moments(run: Run, known: Known) -> Iterator[datetime]:
    """When each event of a simulated run was, in the run's time; where that is not kept, no earlier than what was."""
    worked = {(e.item, e.attempt): datetime.fromisoformat(w["ended"]) for e in run.history if (w := _work(e))}
    latest = run.started_at
    for event in run.history:
        found = known.items.get(event.item or "")
        item = found if found is not None and found.attempt == event.attempt else None  # as this attempt left it
        if event.kind in _ENDS:
            moment = (item.ended_at if item else None) or worked.get((event.item, event.attempt))
        elif event.kind == "claimed":
            moment = item.ready_at if item else None
        else:
            moment = worked.get((event.item, event.attempt)) if event.kind in _ASKS else None
        latest = max(latest, moment or latest)
        yield moment or latest


def _said(event: RunRecord, known: Known) -> str:
    """Who did what, in a sentence."""
    who, what = name_of(known.names, event.performer or "Tandem"), _task(event, known)
    facts, cause = _facts(event), _cause(event)
    if event.kind in _CONTROLS:
        return _sentence(f"{who} {_CONTROLS[event.kind]} the run", facts.get("reason") or cause)
    match event.kind:
        case "started":
            return f"{who} started the run."
        case "claimed":
            return f"{who} took {what}."
        case "released":
            return f"{who} gave {what} back."
        case "approval requested":
            return f"{who} asked people of the role {facts.get('role')} to approve {what}."
        case "approval void":
            return _sentence(f"The approval asked for {what} is void", cause)
        case "task allowed":
            return f"What {who} proposed for {what} is allowed; {_effect(event, known)} is due."
        case "outcome unknown":
            return _sentence(f"Nobody can say yet what came of {_effect(event, known)}, for {what}", cause)
        case "found done":
            return f"{_capital(_effect(event, known))}, for {what}, turned out to have been done after it was given up."
        case "task completed":
            return f"{who} completed {what}."
        case "task timed out":
            return f"Nobody answered {what} in time."
        case "task failed":
            return _failed(event, who, what, cause)
        case "decided":
            return f"{who} decided: {_way(_options(event, known), int(event.payload.get('child', 0)))}."
    return f"{_capital(event.kind)}{f': {what}' if event.item else ''}."


def _more(event: RunRecord, context: Mapping[str, Any], known: Known) -> Iterator[str]:
    """What else there is to say: what it began with, changed and answered, who approved it, what was done where."""
    payload, facts = event.payload, _facts(event)
    if event.kind == "started" and payload.get("context"):
        yield f"It began with {named(_plain(payload['context']))}."
    if told := changes(context, payload.get("changes") or {}):
        yield f"Changed: {told}."
    if told := named(payload.get("answer") or {}):
        yield f"Answered: {told}."
    if note := _note(event):
        yield f"Note: {spelled(note)}."
    if event.kind == "task completed" and (approver := known.approvers.get(str(facts.get("approval")))):
        yield f"{name_of(known.names, approver)} had approved it."
    if event.kind == "task completed" and facts.get("effect"):
        yield f"Done: {_effect(event, known)}, known there as {facts['effect']}."
    if event.kind == "outcome unknown":
        yield "It is looked up again."
    if event.kind == "task failed" and not payload.get("retry", True) and not _rejection(event):
        yield "It is not tried again as it is."
    yield from (_decided(choice, known) for choice in payload.get("decisions") or ())


def _note(event: RunRecord) -> str:
    """What the performer noted; not what stands in the cause already, nor that a simulated one is simulated."""
    work = _work(event)
    note = str(work.get("note") or "")
    return "" if note in _cause(event) or (work.get("simulated") and note == "simulated") else note


def _decided(choice: Mapping[str, Any], known: Known) -> str:
    """How the run went on without anybody being asked; nothing where a loop just ends, as no rule wants it again."""
    tree, reason = known.workflow.tree.at(choice["node"]), _reason(choice["reason"])
    if tree.operator is not Operator.LOOP:
        return f"Way on: {_way(options(tree), choice['child'])}, since {reason}."
    if choice["child"]:  # 0 leaves the loop
        return f"Once more, since {reason}."
    return "" if reason == _NO_RULE else f"Not once more, since {reason}."


def _failed(event: RunRecord, who: str, what: str, cause: str) -> str:
    if (reason := _rejection(event)) is not None:
        return _sentence(f"{who} rejected {what}", reason)
    by = f" by {who}" if event.performer else ""
    return _sentence(f"{what}{by} failed", cause)


def _rejection(event: RunRecord) -> str | None:
    """Why a person rejected the task, where that is what happened; it is kept within the cause."""
    name = _work(event).get("name")
    start = f"rejected by {name}: "
    cause = str(event.payload.get("cause") or "")
    return cause.removeprefix(start) if name and cause.startswith(start) else None


def _task(event: RunRecord, known: Known) -> str:
    """The task or decision that the event is about; a later round and a later try are told."""
    if event.item is None:
        return "the run"
    node, _, visit = event.item.partition("#")
    task, item = known.workflow.tasks.get(node), known.items.get(event.item)
    label = task.label if task else item.label if item else event.item
    further = [
        *([f"round {visit}"] if visit.isdigit() and int(visit) > 1 else []),
        *([f"try {event.attempt}"] if (event.attempt or 1) > 1 else []),
    ]
    return f"{label} ({', '.join(further)})" if further else label


def _effect(event: RunRecord, known: Known) -> str:
    """What the task does in a system of record."""
    task = known.workflow.tasks.get((event.item or "").partition("#")[0])
    effect = task.effect if task else None
    return f"{effect.action} in {effect.connector}" if effect else "its effect in a system of record"


def _options(event: RunRecord, known: Known) -> tuple[str, ...]:
    item = known.items.get(event.item or "")
    return item.options if item else ()


def _way(ways: tuple[str, ...], child: int) -> str:
    """The chosen way, and the one that was not taken where there is but one."""
    chosen = ways[child] if 0 <= child < len(ways) else f"way {child}"
    others = [way for number, way in enumerate(ways) if number != child]
    return f"{chosen}, not {others[0]}" if len(others) == 1 else chosen


def _reason(reason: str) -> str:
    """Why a rule decided so; a rule that only follows the scenario of the run is not spelled out."""
    return "the run's scenario says so" if "context.scenario" in reason else reason.rstrip(".")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _plain(context: Mapping[str, Any]) -> dict[str, Any]:
    """The context without what only steers a simulated or replayed run."""
    return {name: value for name, value in context.items() if name != "scenario"}


def _sentence(words: str, cause: object) -> str:
    """`words` with the cause behind it, ended once."""
    text = " ".join(str(cause or "").split())
    return f"{words}: {text.rstrip('.')}." if text else f"{words}."


def _cause(event: RunRecord) -> str:
    return str(event.payload.get("cause") or _facts(event).get("cause") or "")


def _work(event: RunRecord) -> Mapping[str, Any]:
    found: Mapping[str, Any] = event.payload.get("work") or {}
    return found


def _facts(event: RunRecord) -> Mapping[str, Any]:
    """What is kept beside the event: of what moves no state, its payload is nothing else."""
    found: Mapping[str, Any] = event.payload.get("facts") or {}
    return found if "event" in event.payload else event.payload
