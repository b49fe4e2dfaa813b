"""Worked examples of the run state machine, with the answers written by hand."""

from __future__ import annotations

import pytest

from core.errors import BadInput, IntegrityError
from core.tree import Operator, ProcessTree
from orchestrator.machine.advance import advance, offers
from orchestrator.machine.serial import state_from_dict, workflow_from_dict
from orchestrator.machine.task import Doer
from orchestrator.machine.values import (
    AskDecision,
    Cancelled,
    Command,
    Decided,
    DecidedBy,
    DecisionSpec,
    EndRun,
    Note,
    OfferTask,
    Paused,
    Resumed,
    Retried,
    RunEvent,
    RunState,
    RunStatus,
    Started,
    TaskCompleted,
    TaskFailed,
    TaskTimedOut,
    Withdraw,
    Workflow,
)
from tests.orchestrator.trees import TAU, node, task, workflow

A, B, C = task("a"), task("b"), task("c")
CHOICE = node(Operator.SEQUENCE, A, node(Operator.CHOICE, B, C))


def play(flow: Workflow, *events: RunEvent) -> tuple[RunState, tuple[Command, ...]]:
    """The state after all `events`, and the commands of the last."""
    state, commands = RunState(), ()
    for event in events:
        state, commands = advance(flow, state, event)  # type: ignore[assignment]
    return state, commands


def offered(item: str, attempt: int = 1, **more: object) -> OfferTask:
    """The offer of `item` to the agent of the test workflow, unless `more` says otherwise."""
    fields = {"level": 0, "doer": Doer.AGENT, "role": "clerk", **more}
    return OfferTask(item, item.partition("#")[0], attempt, **fields)  # type: ignore[arg-type]


def ruled(tree: ProcessTree, at: str, *rules: str, otherwise: int = 0, role: str | None = None) -> Workflow:
    """A workflow whose node `at` is decided by rules."""
    return workflow(tree, {at: DecisionSpec(at, DecidedBy.RULE, rules, otherwise, role)}, max_loop=20)


def test_a_sequence_offers_one_task_after_the_other() -> None:
    flow = workflow(node(Operator.SEQUENCE, A, TAU, B))
    state, commands = play(flow, Started({"amount": 7}))
    assert commands == (offered("0.0#1"),)
    state, commands = advance(flow, state, TaskCompleted("0.0#1", 1, {"ok": True}, {"vendor": "V1"}))
    assert commands == (offered("0.2#1"),)
    assert state.context == {"amount": 7, "vendor": "V1"}
    assert state.answers == {"a": {"ok": True}}
    state, commands = advance(flow, state, TaskCompleted("0.2#1", 1))
    assert commands == (EndRun(RunStatus.COMPLETED),)


def test_a_parallel_node_offers_all_and_waits_for_all() -> None:
    flow = workflow(node(Operator.SEQUENCE, node(Operator.PARALLEL, A, B), C))
    state, commands = play(flow, Started({}))
    assert commands == (offered("0.0.0#1"), offered("0.0.1#1"))
    state, commands = advance(flow, state, TaskCompleted("0.0.1#1", 1))
    assert commands == ()
    state, commands = advance(flow, state, TaskCompleted("0.0.0#1", 1))
    assert commands == (offered("0.1#1"),)


def test_a_choice_takes_the_first_rule_that_is_true() -> None:
    flow = ruled(CHOICE, "0.1", "context.amount > 5000", "context.amount > 100", otherwise=0)
    for amount, child, reason in [
        (9000, 0, "the rule `context.amount > 5000` is true"),
        (101.5, 1, "the rule `context.amount > 100` is true"),
        (3, 0, "no rule is true"),
    ]:
        _, commands = play(flow, Started({"amount": amount}), TaskCompleted("0.0#1", 1))
        assert commands == (Note("0.1", child, reason), offered(f"0.1.{child}#1"))


@pytest.mark.parametrize(
    ("rule", "cause"),
    [
        ("context.amount > 5", "The rule `context.amount > 5` needs `amount`, which is not there."),
        ("context.vendor", "The rule `context.vendor` gives `'V1'`; a rule must give true or false."),
    ],
)
@pytest.mark.parametrize(("role", "asked"), [("lead", "lead"), (None, "process owner")])
def test_a_rule_that_cannot_be_evaluated_asks_a_person(rule: str, cause: str, role: str | None, asked: str) -> None:
    flow = ruled(CHOICE, "0.1", rule, role=role)
    state, commands = play(flow, Started({"vendor": "V1"}), TaskCompleted("0.0#1", 1))
    assert commands == (AskDecision("0.1#1", "0.1", asked, ("b", "c"), cause),)
    state, commands = advance(flow, state, Decided("0.1#1", 1))
    assert commands == (offered("0.1.1#1"),)


def test_an_answer_decides_when_it_names_an_option() -> None:
    tree = node(Operator.SEQUENCE, A, node(Operator.CHOICE, node(Operator.SEQUENCE, B, C), TAU, task("d")))
    flow = workflow(tree, {"0.1": DecisionSpec("0.1", DecidedBy.ANSWER, role="lead")})
    for named, child in [("b … c", 0), ("c", 0), ("skip", 1), ("d", 2)]:
        _, commands = play(flow, Started({}), TaskCompleted("0.0#1", 1, {"decision": named}))
        assert commands[0] == Note("0.1", child, f"the answer names `{named}`")
    _, commands = play(flow, Started({}), TaskCompleted("0.0#1", 1, {"decision": "z"}))
    cause = "the answer's `decision` is `z`; it must be one of `b … c`, `skip`, `d`"
    assert commands == (AskDecision("0.1#1", "0.1", "lead", ("b … c", "skip", "d"), cause),)


def test_a_loop_goes_round_while_its_rule_is_true_and_then_leaves() -> None:
    flow = ruled(node(Operator.LOOP, A, B), "0", "rounds < 2")
    state, commands = play(flow, Started({}), TaskCompleted("0.0#1", 1))
    assert commands == (Note("0", 1, "the rule `rounds < 2` is true"), offered("0.1#1"))
    state, commands = advance(flow, state, TaskCompleted("0.1#1", 1))
    assert commands == (offered("0.0#2"),)
    state, commands = advance(flow, state, TaskCompleted("0.0#2", 1))
    assert commands == (Note("0", 0, "no rule is true"), EndRun(RunStatus.COMPLETED))


def test_a_person_is_asked_once_a_round() -> None:
    flow = workflow(node(Operator.LOOP, A, TAU))
    state, commands = play(flow, Started({}), TaskCompleted("0.0#1", 1))
    assert commands == (AskDecision("0#1.1", "0", "lead", ("leave", "once more")),)
    state, commands = advance(flow, state, Decided("0#1.1", 1))
    assert commands == (offered("0.0#2"),)
    state, commands = advance(flow, state, TaskCompleted("0.0#2", 1))
    assert commands == (AskDecision("0#1.2", "0", "lead", ("leave", "once more")),)
    assert advance(flow, state, Decided("0#1.1", 1)) == (state, ())


def test_a_loop_is_left_at_its_limit_with_the_cause_and_silent_loops_end() -> None:
    flow = ruled(node(Operator.LOOP, TAU, TAU), "0", "true")
    _, commands = play(flow, Started({}))
    assert commands[-2:] == (
        Note("0", 0, "left after 20 rounds, the most this workflow allows"),
        EndRun(RunStatus.COMPLETED),
    )


def test_an_agent_is_tried_again_with_doubled_delay_then_people_are_asked_then_the_run_fails() -> None:
    flow = workflow(
        node(Operator.PARALLEL, A, B), max_attempts=3, retry_delay_seconds=2.0, people_timeout_seconds=7200.0
    )
    state, _ = play(flow, Started({}))
    steps: list[tuple[RunEvent, Command]] = [
        (TaskFailed("0.0#1", 1, "no network"), offered("0.0#1", 2, delay_seconds=2.0, cause="no network")),
        (TaskTimedOut("0.0#1", 2), offered("0.0#1", 3, delay_seconds=4.0, cause="no answer within 3600 seconds")),
        (
            TaskFailed("0.0#1", 3, "no network"),
            offered("0.0#1", 4, level=1, doer=Doer.PERSON, role="lead", cause="no network"),
        ),
        (
            TaskTimedOut("0.0#1", 4),
            offered("0.0#1", 5, level=2, doer=Doer.PERSON, role="head", cause="no answer within 7200 seconds"),
        ),
    ]
    for event, command in steps:
        state, commands = advance(flow, state, event)
        assert commands == (command,)
    state, commands = advance(flow, state, TaskFailed("0.0#1", 5, "cannot be done", retry=False))
    assert commands == (
        Withdraw("0.1#1", "the run failed at `a`"),
        EndRun(RunStatus.FAILED, "`a` failed and nobody is left to ask: cannot be done"),
    )
    assert advance(flow, state, TaskCompleted("0.1#1", 1)) == (state, ())
    state, commands = advance(flow, state, Retried())
    again = "the run was retried"
    assert commands == (offered("0.0#1", 6, cause=again), offered("0.1#1", 2, cause=again))
    state, commands = advance(flow, state, TaskFailed("0.0#1", 6, "no network"))
    assert commands == (offered("0.0#1", 7, delay_seconds=2.0, cause="no network"),)


def test_what_cannot_help_is_not_tried_again_and_a_person_is_never_retried() -> None:
    _, commands = play(workflow(A), Started({}), TaskFailed("0#1", 1, "denied", retry=False))
    assert commands == (offered("0#1", 2, level=1, doer=Doer.PERSON, role="lead", cause="denied"),)
    _, commands = play(workflow(A, doer=Doer.PERSON), Started({}), TaskFailed("0#1", 1, "ill"))
    assert commands == (offered("0#1", 2, level=1, doer=Doer.PERSON, role="lead", cause="ill"),)


def test_a_paused_run_takes_what_was_begun_and_goes_on_when_resumed() -> None:
    flow = workflow(node(Operator.SEQUENCE, A, B))
    state, commands = play(flow, Started({}), Paused(), TaskCompleted("0.0#1", 1))
    assert (state.status, commands) == (RunStatus.PAUSED, (offered("0.1#1"),))
    state, commands = advance(flow, state, Resumed())
    assert (state.status, commands) == (RunStatus.RUNNING, ())
    assert offers(flow, state) == (offered("0.1#1"),)
    assert advance(flow, state, Resumed()) == (state, ())


def test_cancelling_withdraws_and_ends() -> None:
    _, commands = play(workflow(node(Operator.PARALLEL, A, B)), Started({}), Cancelled("order withdrawn"))
    assert commands == (
        Withdraw("0.0#1", "order withdrawn"),
        Withdraw("0.1#1", "order withdrawn"),
        EndRun(RunStatus.CANCELLED, "order withdrawn"),
    )


def test_a_decision_for_a_child_that_does_not_exist_is_refused() -> None:
    flow = workflow(CHOICE)
    state, _ = play(flow, Started({}), TaskCompleted("0.0#1", 1))
    with pytest.raises(BadInput, match=r"no child 2 .* 0: b, 1: c"):
        advance(flow, state, Decided("0.1#1", 2))
    assert advance(flow, state, TaskCompleted("0.1#1", 1)) == (state, ())


def test_another_form_is_refused() -> None:
    with pytest.raises(IntegrityError, match="run state is stored in form `9`"):
        state_from_dict({"form": 9})
    with pytest.raises(IntegrityError, match="workflow is stored in form `None`"):
        workflow_from_dict({})
