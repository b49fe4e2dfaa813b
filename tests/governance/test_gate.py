"""The gate, on both databases: recorded before it is done, once, whatever crashes."""

from __future__ import annotations

from dataclasses import replace
from threading import Thread
from typing import Any, NoReturn

import pytest
import sqlalchemy as sa

from core.actor.values import local
from core.errors import BadInput, Duplicate, IllegalTransition
from core.workspace import Workspace
from governance import (
    Outcome,
    RecordKind,
    Request,
    Ruling,
    activate_policies,
    audit_records,
    authorise,
    gate,
    gate_within,
    is_open,
    record_outcome,
    set_active,
    verify_audit,
)
from tests.governance.helpers import department, draft


class Crash(BaseException):
    """The process ends here."""


def crash(*_: Any) -> NoReturn:
    raise Crash


def story(ws: Workspace) -> list[tuple[str, str | None, str | None]]:
    """Kind, effect and outcome of every attempt and outcome, oldest first."""
    found = [r for r in audit_records(ws) if r.kind in (RecordKind.ATTEMPT, RecordKind.OUTCOME)]
    return [(r.kind.value, r.effect and r.effect.value, r.outcome and r.outcome.value) for r in reversed(found)]


def test_an_allowed_attempt_is_recorded_performed_and_its_outcome_recorded(any_ws: Workspace) -> None:
    agent = department(any_ws)["agent"].id
    seen = []

    def perform() -> str:
        seen.append(story(any_ws))
        return "PO-1 drafted"

    result = gate(any_ws, draft(agent), perform, key="r1/i1/1")
    assert (result.performed, result.value, result.outcome) == (True, "PO-1 drafted", Outcome.DONE)
    assert seen == [[("attempt", "allow", None)]], "the attempt is on record before anything is done"
    assert story(any_ws) == [("attempt", "allow", "done"), ("outcome", None, "done")]
    attempt = next(r for r in audit_records(any_ws, principal="Drafter") if r.kind is RecordKind.ATTEMPT)
    assert (attempt.number, attempt.policies, attempt.policy_set) == (result.record.number, ("draft",), 1)
    assert attempt.payload is not None
    assert attempt.payload["payload"] == {"amount": 100, "vendor": "Acme"}
    assert attempt.simulated
    assert verify_audit(any_ws).ok


def test_an_agents_forbidden_action_is_denied_recorded_and_never_performed(any_ws: Workspace) -> None:
    agent = department(any_ws)["agent"].id
    request = replace(draft(agent), action="purchase_order.approve")
    result = gate(any_ws, request, crash, key="k")
    assert (result.performed, result.decision.effect, result.outcome) == (False, Ruling.DENY, None)
    record = audit_records(any_ws, principal=agent, effect=Ruling.DENY)[0]
    assert record.action == "purchase_order.approve"
    assert "agents_never_approve" in record.policies
    assert "An agent never approves a purchase order." in record.reasons


def test_the_same_key_is_recorded_and_performed_once(any_ws: Workspace) -> None:
    agent = department(any_ws)["agent"].id
    done: list[int] = []
    first = gate(any_ws, draft(agent), lambda: done.append(1), key="k")
    again = gate(any_ws, draft(agent), lambda: done.append(2), key="k")
    assert (done, again.performed, again.outcome, again.record) == ([1], False, Outcome.DONE, first.record)
    for _ in range(2):
        gate(any_ws, draft(agent, 9000), crash, key="n")
    assert story(any_ws) == [
        ("attempt", "allow", "done"), ("outcome", None, "done"), ("attempt", "needs approval", None),
    ]  # fmt: skip
    with pytest.raises(Duplicate, match="`k` names the attempt of another request"):
        gate(any_ws, draft(agent, 101), crash, key="k")


def test_after_a_crash_the_attempt_goes_on_where_it_stopped(any_ws: Workspace) -> None:
    agent = department(any_ws)["agent"].id
    with pytest.raises(Crash):
        gate(any_ws, draft(agent), crash, key="k")
    assert story(any_ws) == [("attempt", "allow", None)]
    assert gate(any_ws, draft(agent), lambda: "done", key="k").performed
    assert story(any_ws) == [("attempt", "allow", "done"), ("outcome", None, "done")]


def test_a_permission_that_was_withdrawn_meanwhile_does_not_survive_a_crash(ws: Workspace) -> None:
    agent = department(ws)["agent"].id
    with pytest.raises(Crash):
        gate(ws, draft(agent), crash, key="k")
    set_active(ws, agent, active=False, reason="stop", by=local("Ada"))
    result = gate(ws, draft(agent), crash, key="k")
    assert (result.performed, result.decision.policies) == (False, ("tandem.active",))
    assert story(ws) == [("attempt", "allow", None), ("attempt", "deny", None)]


def test_a_failure_is_recorded_with_its_error_and_raised_again(any_ws: Workspace) -> None:
    agent = department(any_ws)["agent"].id

    def fail() -> NoReturn:
        raise RuntimeError("the ERP said no")

    with pytest.raises(RuntimeError, match="the ERP said no"):
        gate(any_ws, draft(agent), fail, key="k")
    assert story(any_ws)[-1] == ("outcome", None, "failed")
    assert audit_records(any_ws)[0].payload == {"error": "RuntimeError", "message": "the ERP said no"}
    assert gate(any_ws, draft(agent), crash, key="k").outcome is Outcome.FAILED


def test_effect_and_outcome_in_one_transaction_are_stored_both_or_neither(any_ws: Workspace) -> None:
    agent = department(any_ws)["agent"].id
    with any_ws.database.begin() as connection:
        connection.execute(sa.text("CREATE TABLE effect (said TEXT)"))
    insert = sa.text("INSERT INTO effect VALUES ('x')")

    def effects() -> int:
        with any_ws.database.read() as connection:
            return int(connection.execute(sa.text("SELECT count(*) FROM effect")).scalar_one())

    def half(connection: sa.Connection) -> NoReturn:
        connection.execute(insert)
        raise Crash

    def broken(connection: sa.Connection) -> NoReturn:
        connection.execute(insert)
        raise RuntimeError("no")

    with pytest.raises(Crash):
        gate_within(any_ws, draft(agent), half, key="k")
    assert (effects(), story(any_ws)) == (0, [("attempt", "allow", None)])
    for _ in range(3):
        gate_within(any_ws, draft(agent), lambda c: c.execute(insert), key="k")
    assert (effects(), story(any_ws)[-1]) == (1, ("outcome", None, "done"))
    with pytest.raises(RuntimeError):
        gate_within(any_ws, draft(agent), broken, key="k2")
    assert (effects(), story(any_ws)[-1]) == (1, ("outcome", None, "failed"))


def test_of_many_workers_with_one_key_only_one_performs(any_ws: Workspace) -> None:
    agent = department(any_ws)["agent"].id
    done: list[int] = []
    results: list[bool] = []

    def work(number: int) -> None:
        results.append(gate_within(any_ws, draft(agent), lambda _: done.append(number), key="k").performed)

    threads = [Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(done), sorted(results)) == (1, [False] * 5 + [True])
    assert story(any_ws) == [("attempt", "allow", "done"), ("outcome", None, "done")]


def test_the_two_halves_in_the_callers_own_transactions(any_ws: Workspace) -> None:
    agent = department(any_ws)["agent"].id
    with any_ws.database.begin() as connection:
        permission = authorise(any_ws, draft(agent), key="k", connection=connection)
    assert permission.may_perform
    tickets = []
    for _ in range(2):
        with any_ws.database.begin() as connection:
            tickets.append(record_outcome(connection, permission, outcome=Outcome.DONE, at=any_ws.clock.now()))
            assert not is_open(connection, permission)
    assert tickets[0] == tickets[1]
    assert tickets[0].number == (permission.record.number or 0) + 1
    denied = authorise(any_ws, replace(draft(agent), action="ticket.close"), key="d")
    assert not denied.may_perform
    with any_ws.database.begin() as connection, pytest.raises(IllegalTransition, match="was not allowed"):
        record_outcome(connection, denied, outcome=Outcome.DONE, at=any_ws.clock.now())


def test_a_key_or_id_that_cannot_be_stored_is_refused_at_once(ws: Workspace) -> None:
    agent = department(ws)["agent"].id
    for key in ("", "k" * 201):
        with pytest.raises(BadInput, match="key of an attempt"):
            authorise(ws, draft(agent), key=key)
    for resource in ("x" * 201, "a\0b"):
        with pytest.raises(BadInput, match="resource_id of an audit record"):
            authorise(ws, replace(draft(agent), resource_id=resource), key="k")


def test_an_unknown_principal_is_denied_and_recorded(any_ws: Workspace) -> None:
    department(any_ws)
    for principal in ("agent-ghost", "Drafter"):  # a name is no identity
        result = gate(any_ws, draft(principal), crash, key=principal)
        assert result.decision.effect is Ruling.DENY
        assert audit_records(any_ws, principal=principal)[0].effect is Ruling.DENY


def test_a_new_policy_set_decides_from_the_next_request_on(ws: Workspace) -> None:
    agent = department(ws)["agent"].id
    assert authorise(ws, draft(agent), key="a").may_perform
    activate_policies(ws, "// nothing\n", note="stop", by=local("Ada"))
    assert authorise(ws, draft(agent), key="b").decision.effect is Ruling.DENY


def test_an_action_on_behalf_of_a_person_says_so(ws: Workspace) -> None:
    added = department(ws)
    request: Request = draft(added["agent"].id, on_behalf_of=added["Mia"].id)
    gate(ws, request, lambda: None, key="k")
    assert {r.on_behalf_of for r in audit_records(ws, principal="Drafter")} == {added["Mia"].id}


def test_what_the_caller_bars_is_denied_and_recorded_as_denied(ws: Workspace) -> None:
    """A bound that no policy knows of: neither allowed nor sent for approval."""
    agent = department(ws)["agent"].id
    for amount in (100, 9000):
        permission = authorise(
            ws, draft(agent, amount), key=f"k{amount}", barred=("The task may not change `secret`.",)
        )
        assert (permission.decision.effect, permission.may_perform) == (Ruling.DENY, False)
        (told, *_) = audit_records(ws, effect=Ruling.DENY)
        assert (told.key, told.reasons) == (f"k{amount}", ("The task may not change `secret`.",))
