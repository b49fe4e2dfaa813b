"""One effect in a system of record: begin it, ask the system or look up what it did, and note what came of it.

An effect that was begun before is looked up first, so that nothing is repeated blindly: a worker may have stopped after
the system was asked and before that was noted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row
from sqlalchemy.engine import Connection

from core.audit.canonical import exactly_told
from core.audit.values import Outcome, Ruling
from core.errors import BadInput, TandemError
from governance import authorise, get_principal
from orchestrator.connectors.protocol import Absent, Call, Done, Refused
from orchestrator.connectors.registry import Connectors
from orchestrator.machine.task import EffectSpec
from orchestrator.machine.values import ItemStatus, RunStatus, TaskCompleted
from orchestrator.running.effects import (
    MAYBE_DONE,
    EffectRow,
    EffectStatus,
    actor_of,
    as_allowed,
    change_effect,
    end_attempt,
    read_effect,
    results_of,
)
from orchestrator.running.requesting import Proposed
from orchestrator.running.rows import change_item, item_id, lock, read_item
from orchestrator.running.step import Happening, Runner, remark, step
from orchestrator.running.submit import as_json, attempt_key, fail, storable
from orchestrator.worker.telling import suppress_and_tell

MOST_UNANSWERED = 12  # look-ups in a row that nobody answered; after that a person is asked, and it is looked up rarely
_CHANGED = "What is to be done was changed since it was allowed."
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 300.0  # seconds until an unknown outcome is looked up again
_SECONDS = 30.0  # that a system gets to answer
_SETTLES_SECONDS = 90.0  # from asking a system until its knowing nothing of it is believed
_OTHERWISE = "it was done in `{}` for an earlier attempt already, with other values (key `{}`): see to it there"


@dataclass(frozen=True)
class _Unknown:
    """Nobody can say what came of it."""

    cause: str


@dataclass(frozen=True)
class _Early:
    """The system knows nothing of it, but what it was asked not long ago may still be on its way."""

    seconds: float  # until that can be believed


_Came = Done | Refused | _Unknown | _Early


def perform_effect(runner: Runner, connectors: Connectors, run: str, item: str, number: int) -> None:
    """Do the effect that queue entry `number` stands for; nothing where it is no longer wanted.

    What cannot be put before the gate or be kept ends the attempt, or leaves the outcome unknown: it is never silent.
    """
    try:
        _perform_effect(runner, connectors, run, item, number)
    except (TandemError, RecursionError) as error:
        with suppress_and_tell(f"The effect of `{item_id(run, item)}`"):
            _spoilt(runner, run, item, number, _said(error))


def _perform_effect(runner: Runner, connectors: Connectors, run: str, item: str, number: int) -> None:
    begun = _begin(runner, run, item, number)
    if begun is not None:
        came = _ask(connectors, begun)
        if isinstance(came, Absent) and (left := _unsettled(begun)) > 0:
            came = _Early(left)
        if isinstance(came, Absent):  # what was begun before was not done: it is begun afresh, if it is still wanted
            afresh = _afresh(runner, begun)
            if afresh is None:
                return
            begun, came = afresh, _perform(connectors, afresh)
        _settle(runner, begun, _storable(came))


def _spoilt(runner: Runner, run: str, item: str, number: int, cause: str) -> None:
    """End the attempt whose effect cannot be begun, or cannot complete it; one that is under way counts as looked up in
    vain."""
    with runner.begin() as connection:
        row = lock(connection, run)
        effect = read_effect(connection, item_id(run, item))
        if effect is None or effect.queued != number:
            return
        now = runner.ws.clock.now()
        if effect.status in MAYBE_DONE:
            _unknown(runner, connection, row, effect, cause, now)
        elif effect.status in (EffectStatus.DUE, EffectStatus.DONE):
            if effect.status is EffectStatus.DUE:
                change_effect(connection, effect.id, now, status=EffectStatus.WITHDRAWN.value, ended_at=now)
            end_attempt(connection, effect, Outcome.FAILED, now, {"effect": effect.status.value, "cause": cause})
            found = read_item(connection, run, item)
            if found.status is ItemStatus.PERFORMING and found.attempt == effect.attempt:
                fail(runner, connection, row, found, cause, retry=False)


def _unsettled(effect: EffectRow) -> float:
    """Seconds for which what the system was last asked may still be on its way to it, so that `absent` says little."""
    if effect.begun_at is None:
        return 0.0
    return min(_SETTLES_SECONDS, _SETTLES_SECONDS - (datetime.now(UTC) - effect.begun_at).total_seconds())


def _storable(came: Done | Refused | _Unknown | _Early | Absent) -> _Came:
    """`came` as it can be kept; an answer that cannot leaves the outcome unknown."""
    assert not isinstance(came, Absent)
    match came:
        case Done(result=result):
            try:
                return Done(as_json(result, "system's answer"))
            except BadInput as error:
                return _Unknown(storable(error.message))
        case Refused(cause=cause, retry=retry):
            return Refused(storable(cause), retry)
        case _Unknown(cause=cause):
            return _Unknown(storable(cause))
    return came


def _begin(runner: Runner, run: str, item: str, number: int) -> EffectRow | None:
    """The effect, now noted as begun; it is decided once more before the system is asked the first time."""
    with runner.begin() as connection:
        row = lock(connection, run)
        effect = read_effect(connection, item_id(run, item))
        if effect is None or effect.queued != number:
            return None
        now = runner.ws.clock.now()
        if effect.status is EffectStatus.DONE:  # an earlier attempt of the item had it done
            _complete(runner, connection, row, effect, now)
            return None
        if effect.status is EffectStatus.DUE and not _goes_ahead(runner, connection, row, effect, now):
            return None
        if effect.status not in (EffectStatus.DUE, *MAYBE_DONE):
            return None
        asked = "looked_at" if effect.status in MAYBE_DONE else "begun_at"
        moment = {asked: datetime.now(UTC)}  # in the system's time, not in a run's
        change_effect(connection, effect.id, now, status=EffectStatus.BEGUN.value, begun=effect.begun + 1, **moment)
        return effect  # as it was: who looks at it knows whether it was begun before


def _afresh(runner: Runner, begun: EffectRow) -> EffectRow | None:
    """The effect with the values that are allowed now, noted before the system is asked for them; None: not wanted."""
    with runner.begin() as connection:
        row = lock(connection, begun.run)
        effect = read_effect(connection, begun.id)
        if effect is None or effect.status is not EffectStatus.BEGUN or effect.queued != begun.queued:
            return None
        now = runner.ws.clock.now()
        if not _goes_ahead(runner, connection, row, effect, now):
            return None
        change_effect(connection, effect.id, now, arguments=effect.proposed["arguments"], begun_at=datetime.now(UTC))
        return read_effect(connection, effect.id)


def _goes_ahead(runner: Runner, connection: Connection, row: Row[Any], effect: EffectRow, now: datetime) -> bool:
    """Whether the run still wants it now and the gate still allows it.

    A paused run wants it later: it is put aside, and due again. Else it is withdrawn, and the attempt over.
    """
    found = read_item(connection, effect.run, effect.item)
    wanted = found.status is ItemStatus.PERFORMING and found.attempt == effect.attempt
    if not wanted or row.status not in (RunStatus.RUNNING, RunStatus.PAUSED):
        change_effect(connection, effect.id, now, status=EffectStatus.WITHDRAWN.value, ended_at=now)
        end_attempt(connection, effect, Outcome.FAILED, now, {"effect": EffectStatus.WITHDRAWN.value})
        return False
    if row.status == RunStatus.PAUSED:
        wanted_now = effect.proposed["arguments"]
        change_effect(connection, effect.id, now, status=EffectStatus.DUE.value, arguments=wanted_now)
        change_item(connection, effect.run, effect.item, parked=True)
        return False
    actor = actor_of(effect.proposed)
    again = authorise(
        runner.ws, effect.asked, key=effect.attempt_key, approval=effect.proposed["approval"], actor=actor,
        connection=connection,
    )  # fmt: skip
    if again.decision.effect is Ruling.ALLOW and as_allowed(effect):
        return True
    change_effect(connection, effect.id, now, status=EffectStatus.WITHDRAWN.value, ended_at=now)
    why = again.decision.reasons
    if again.decision.effect is Ruling.ALLOW:  # else the denial is on record, and ends the attempt
        end_attempt(connection, effect, Outcome.FAILED, now, {"effect": "changed"})
        why = (_CHANGED,)
    cause = f"no longer allowed: {'; '.join(why)}"
    fail(runner, connection, row, found, cause, retry=False)
    return False


def _ask(connectors: Connectors, effect: EffectRow) -> _Came | Absent:
    """What came of it, looked up where it was begun before. Whatever a connector raises leaves the outcome unknown."""
    try:
        connector = connectors.get(effect.connector)
        if effect.action not in connector.actions:
            raise BadInput(f"The connector `{effect.connector}` has no action `{effect.action}`.")
    except BadInput as error:
        # Nothing was asked now; what an earlier worker asked is as unknown as before.
        return _Unknown(error.message) if effect.status in MAYBE_DONE else Refused(error.message)
    if effect.status not in MAYBE_DONE:
        return _perform(connectors, effect)
    try:
        return connector.look_up(Call(effect.key, effect.action, effect.arguments, _SECONDS))
    except Exception as error:  # noqa: BLE001  whatever a system or its connector does: nobody knows what came of it
        return _Unknown(_said(error))


def _perform(connectors: Connectors, effect: EffectRow) -> _Came:
    try:
        return connectors.get(effect.connector).perform(Call(effect.key, effect.action, effect.arguments, _SECONDS))
    except BadInput as error:  # of the connector's set-up, before anything was asked
        return Refused(error.message)
    except Exception as error:  # noqa: BLE001  as above
        return _Unknown(_said(error))


def _said(error: Exception) -> str:
    """What went wrong, in words where they are ours."""
    return error.message if isinstance(error, TandemError) else f"{type(error).__name__}: {error}"


def _settle(runner: Runner, begun: EffectRow, came: _Came) -> None:
    with runner.begin() as connection:
        row = lock(connection, begun.run)
        effect = read_effect(connection, begun.id)
        if effect is None or effect.status is not EffectStatus.BEGUN or effect.queued != begun.queued:
            return
        now = runner.ws.clock.now()
        match came:
            case Done(result=result):
                change_effect(
                    connection,
                    effect.id,
                    now,
                    status=EffectStatus.DONE.value,
                    result=dict(result),
                    cause=None,
                    ended_at=now,
                )
                done = read_effect(connection, effect.id)
                assert done is not None
                _complete(runner, connection, row, done, now)
            case Refused(cause=cause, retry=retry):
                _refused(runner, connection, row, effect, cause, retry, now)
            case _Unknown(cause=cause):
                _unknown(runner, connection, row, effect, cause, now)
            case _Early(seconds=seconds):
                number = effect.queued + 1
                change_effect(connection, effect.id, now, status=EffectStatus.UNKNOWN.value, queued=number)
                runner.queue.put_effect(connection, effect.run, effect.item, number, seconds)


def _complete(runner: Runner, connection: Connection, row: Row[Any], effect: EffectRow, now: datetime) -> None:
    """Note that it was done, and complete the task with what was proposed and what the system answered."""
    told = effect.proposed
    result = exactly_told(dict(effect.result or {}))
    outcome = Outcome.DONE if effect.same else Outcome.FAILED  # what this attempt wanted was not what was done
    end_attempt(connection, effect, outcome, now, {"effect": effect.key, "result": result})
    item = read_item(connection, effect.run, effect.item)
    if item.status is not ItemStatus.PERFORMING or item.attempt != effect.attempt:  # found out after it was given up
        _remark(connection, row, effect, "found done", now, {"result": result})
        return
    if not effect.same:
        fail(runner, connection, row, item, _OTHERWISE.format(effect.connector, effect.key), retry=False)
        return
    spec = _spec(runner, row, item.node)
    proposed = Proposed.from_dict(told["proposed"])
    results = results_of(spec, effect.result or {}) if spec is not None else {}
    principal = get_principal(runner.ws, proposed.performer)
    moment = datetime.fromisoformat(told["moment"]) if told["moment"] else None
    event = TaskCompleted(
        effect.item, effect.attempt, answer=dict(proposed.answer), changes={**proposed.changes, **results}
    )
    facts = {"audit": told["audit"], "approval": told["approval"], "effect": effect.key}
    happening = Happening(
        event, attempt_key(item), performer=principal.id, work=proposed.work(principal, now), moment=moment, facts=facts
    )
    step(runner, connection, row, happening)


def _refused(
    runner: Runner, connection: Connection, row: Row[Any], effect: EffectRow, cause: str, retry: bool, now: datetime
) -> None:  # fmt: skip
    change_effect(connection, effect.id, now, status=EffectStatus.REFUSED.value, cause=cause, ended_at=now)
    end_attempt(connection, effect, Outcome.FAILED, now, {"effect": effect.key, "refused": cause})
    item = read_item(connection, effect.run, effect.item)
    if item.status is ItemStatus.PERFORMING and item.attempt == effect.attempt:
        proposed = Proposed.from_dict(effect.proposed["proposed"])
        work = proposed.work(get_principal(runner.ws, proposed.performer), now)
        fail(runner, connection, row, item, cause, retry=retry, work=work)


def _unknown(
    runner: Runner, connection: Connection, row: Row[Any], effect: EffectRow, cause: str, now: datetime
) -> None:
    """Look it up again later. After many times in a row the attempt has failed, its outcome is unknown on the record,
    and the worker's tending goes on looking, now and then; whatever follows for the item looks it up first."""
    item = read_item(connection, effect.run, effect.item)
    unanswered, number = effect.unanswered + 1, effect.queued + 1
    change_effect(
        connection, effect.id, now, status=EffectStatus.UNKNOWN.value, unanswered=unanswered, cause=cause, queued=number
    )
    wanted = item.status is ItemStatus.PERFORMING and item.attempt == effect.attempt
    if unanswered >= MOST_UNANSWERED:
        end_attempt(connection, effect, Outcome.UNKNOWN, now, {"effect": effect.key, "cause": cause})
        if wanted:
            said = f"nobody can say what came of it in `{effect.connector}` after {unanswered} look-ups: {cause}"
            fail(runner, connection, row, item, said, retry=False)
        return
    _remark(connection, row, effect, "outcome unknown", now, {"cause": cause})
    wait = min(_FIRST_WAIT * 2.0 ** (unanswered - 1), _LONGEST_WAIT)
    runner.queue.put_effect(connection, effect.run, effect.item, number, wait)


def _remark(
    connection: Connection, row: Row[Any], effect: EffectRow, kind: str, now: datetime, facts: dict[str, Any]
) -> None:
    facts = {"effect": effect.key, **facts}
    remark(connection, row, kind, item=effect.item, attempt=effect.attempt, performer=None, at=now, facts=facts)


def _spec(runner: Runner, row: Row[Any], node: str) -> EffectSpec | None:
    return runner.workflow(row.workflow, row.version).tasks[node].effect
