"""What happened in a run reads as sentences, the same ones on its page and in `tandem run show`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.happened import Known, happened, in_words
from app.main import run as command
from app.pages.inbox import asked_for
from app.pages.run_events import stamps
from app.spelled import changes, named, spelled
from core.actor.values import local
from core.tree import Operator, ProcessTree
from core.workspace import Workspace, open_workspace
from orchestrator.machine.task import EffectSpec
from orchestrator.machine.values import DecidedBy, DecisionSpec, RunState, RunStatus, Workflow
from orchestrator.running.approving import answer
from orchestrator.running.inbox import claim, complete, inbox, reject, release
from orchestrator.running.records import Run, RunRecord, WorkItem, work_item_of
from orchestrator.running.runs import cancel_run, get_run, pause_run, resume_run, retry_run, start_run
from orchestrator.worker.working import work
from tests.app.test_pages import open_page, sound
from tests.orchestrator.running import (
    AGENTS,
    EPOCH,
    choice,
    department,
    procurement,
    promoted,
    sequence,
    spec,
    task,
    unattended,
)
from tests.orchestrator.running import workflow_of as workflow_with

pytestmark = pytest.mark.usefixtures("no_cache")
NAMES = {"agent-drafter": "Drafter", "person-ann": "Ann", "person-bo": "Bo"}
WORKFLOW = procurement(Draft_order={"effect": EffectSpec("orders", "create_order", {}, {})})
KNOWN = Known(WORKFLOW, {}, NAMES, {"agent-drafter": "agent", "person-ann": "human"}, {"a1": "person-bo"})


def record(kind: str, performer: str | None = None, attempt: int = 1, **payload: Any) -> RunRecord:
    item = None if kind in ("started", "cancelled", "paused", "resumed", "retried") else "0.0#1"
    return RunRecord(1, kind, item, attempt if item else None, performer, EPOCH, payload)


def event(kind: str, performer: str | None = None, attempt: int = 1, **payload: Any) -> RunRecord:
    return record(kind, performer, attempt, event=kind, **payload)


def run_with(*events: RunRecord, simulated: bool = False) -> Run:
    state = RunState()
    return Run("r1", "procurement", 1, None, RunStatus.RUNNING, state, len(events), None, simulated, EPOCH,
               EPOCH + timedelta(days=1), None, EPOCH, "person-ann", (), events)  # fmt: skip


def lines(*events: RunRecord, known: Known = KNOWN) -> list[str]:
    return [found.line for found in in_words(run_with(*events), known)]


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (event("started", "person-ann", context={"wanted": 50, "scenario": {"0": [1]}}),
         "Ann started the run. It began with wanted 50."),
        (record("claimed", "person-ann"), "Ann took Draft order."),
        (record("released", "person-ann", attempt=2), "Ann gave Draft order (try 2) back."),
        (record("approval requested", "agent-drafter", approval="a1", role="manager"),
         "Drafter asked people of the role manager to approve Draft order."),
        (record("approval void", approval="a1", cause="The order was changed."),
         "The approval asked for Draft order is void: The order was changed."),
        (event("task allowed", "agent-drafter", facts={"approval": None}),
         "What Drafter proposed for Draft order is allowed; create_order in orders is due."),
        (record("outcome unknown", effect="r1/0.0#1", cause="no answer"),
         "Nobody can say yet what came of create_order in orders, for Draft order: no answer. It is looked up again."),
        (event("task completed", "agent-drafter", changes={"amount": 5.0}, answer={"ok": True},
               work={"note": "cheap", "name": "Drafter"}, facts={"approval": "a1", "effect": "r1/0.0#1"}),
         "Drafter completed Draft order. Changed: amount 5. Answered: ok yes. Note: “cheap”. Bo had approved it. "
         "Done: create_order in orders, known there as r1/0.0#1."),
        (event("task failed", cause="refused: no such supplier", retry=False),
         "Draft order failed: refused: no such supplier. It is not tried again as it is."),
        (event("task failed", "person-ann", cause="rejected by Ann: too dear", retry=False,
               work={"name": "Ann", "note": "too dear"}),
         "Ann rejected Draft order: too dear."),
        (event("task timed out", attempt=3), "Nobody answered Draft order (try 3) in time."),
        (event("cancelled", "person-ann", cause="twice", facts={"reason": "twice"}), "Ann cancelled the run: twice."),
        (event("paused", "person-ann", facts={"reason": "audit"}), "Ann paused the run: audit."),
        (event("resumed", "person-gone", facts={"reason": "over."}), "person-gone resumed the run: over."),
        (event("something new"), "Something new: Draft order."),
    ],
)  # fmt: skip
def test_every_kind_of_event_is_a_sentence(found: RunRecord, said: str) -> None:
    assert lines(found) == [said]


def test_a_change_is_told_from_what_to_what() -> None:
    first = event("started", "person-ann", context={"amount": 100, "vendor": {"name": "Acme", "city": "Ulm"}})
    second = event("task completed", "agent-drafter", changes={
        "amount": 120, "vendor": {"name": "Beta", "city": "Ulm"}, "order_number": "PO-7"})  # fmt: skip
    third = event("task completed", "agent-drafter", changes={"amount": 120, "order_number": None})
    told = lines(first, second, third)
    assert told[1].endswith("Changed: amount 100 → 120, vendor › name “Acme” → “Beta”, order number “PO-7”.")
    assert told[2].endswith("Changed: order number “PO-7” → nothing.")


def test_the_way_on_names_what_was_not_taken_and_why() -> None:
    tree = choice(task("Pay"), task("Refuse"))
    known = replace(KNOWN, workflow=workflow_with("ways", tree, [spec("0.0", "Pay", "x"), spec("0.1", "Refuse", "x")]))
    noted = {"node": "0", "child": 1, "reason": "the rule `context.amount > 5` is true"}
    assert lines(event("started", "person-ann", context={}, decisions=[noted]), known=known) == [
        "Ann started the run. Way on: Refuse, not Pay, since the rule `context.amount > 5` is true."
    ]


@pytest.mark.parametrize(
    ("child", "reason", "said"),
    [(1, "the rule `context.again` is true", " Once more, since the rule `context.again` is true."),
     (1, "the rule `context.scenario[0] > 0` is true", " Once more, since the run's scenario says so."),
     (0, "no rule is true", ""), (0, "it went round 20 times", " Not once more, since it went round 20 times.")],
)  # fmt: skip
def test_a_loop_says_whether_it_goes_round_again(child: int, reason: str, said: str) -> None:
    tree = ProcessTree(Operator.LOOP, children=(task("Pay"), task("Correct")))
    known = replace(KNOWN, workflow=workflow_with("loop", tree, [spec("0.0", "Pay", "x"), spec("0.1", "Correct", "x")]))
    found = event("started", "person-ann", context={}, decisions=[{"node": "0", "child": child, "reason": reason}])
    assert lines(found, known=known) == [f"Ann started the run.{said}"]


def test_a_simulated_run_is_told_in_its_own_time() -> None:
    """As its tasks have it, not as it was recorded; what took effect after an approval was asked for before."""
    asked, done = EPOCH + timedelta(hours=3), EPOCH + timedelta(hours=7)
    item = work_item_of({
        **dict.fromkeys(WorkItem.__dataclass_fields__), "id": "r1/0.0#1", "item": "0.0#1", "kind": "task", "attempt": 1,
        "doer": "agent", "status": "completed", "options": [], "ready_at": EPOCH + timedelta(hours=1), "ended_at": done,
    })  # fmt: skip
    events = [
        event("started", "person-ann"), record("claimed", "person-ann"), record("approval requested", "person-ann"),
        event("task completed", "person-ann", work={"ended": asked.isoformat()}), event("paused", "person-ann"),
    ]  # fmt: skip
    run = run_with(*(replace(e, at=EPOCH + timedelta(days=300)) for e in events), simulated=True)
    told = [h.at for h in in_words(run, replace(KNOWN, items={"0.0#1": item}))]
    assert told == [EPOCH, item.ready_at, asked, done, done]


@pytest.mark.parametrize(
    ("value", "said"),
    [(None, "nothing"), ("", "nothing"), (True, "yes"), (3.0, "3"), (2.5, "2.5"), ("a  b\nc", "“a b c”"),
     (["x", 1], "“x”, 1"), ([{"a": 1}], "1 entry"), ([], "0 entries"), ({"a": {"b": 1}}, "a › b 1"),
     ("x" * 100, f"“{'x' * 79}…”")],
)  # fmt: skip
def test_a_value_reads_as_words(value: object, said: str) -> None:
    assert spelled(value) == said


def test_of_many_values_the_first_few_are_named() -> None:
    assert named({f"f{n}": n for n in range(9)}).endswith("f5 5 and 3 more")
    assert changes({"a": 1}, {"a": 1}) == ""
    assert changes({"a": 1}, {"a": True}) == "a 1 → yes"
    assert changes({"a": {"b": 1}}, {"a": {}}) == "a › b 1 → nothing"


def _everything(ws: Workspace) -> str:
    """A run with most of what can happen; its id."""
    department(ws)
    promoted(ws, procurement())
    run = start_run(ws, "procurement", context={"wanted": 50}, by=local("Ada")).id
    pause_run(ws, run, reason="audit", by=local("Ada"))
    resume_run(ws, run, reason="over", by=local("Ada"))
    work(ws, until_idle=True, agents=AGENTS)
    (entry,) = inbox(ws, "Cleo")
    claim(ws, entry.id, local("Cleo"))
    release(ws, entry.id, local("Cleo"))
    complete(ws, entry.id, answer={"ok": True}, by=local("Cleo"), note="<b>fine</b>")
    work(ws, until_idle=True, agents=AGENTS)
    return run


def test_page_and_command_say_the_same(ws: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    run = _everything(ws)
    told = happened(ws, get_run(ws, run))
    said = " ".join(h.line for h in told)
    assert "Ada paused the run: audit." in said
    assert "Drafter completed Draft order. Changed: amount 50, supplier “Acme”." in said
    assert "Cleo completed Approve order. Answered: ok yes. Note: “<b>fine</b>”." in said
    capsys.readouterr()
    assert command(["run", "show", run, "--all"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    opened = sound(open_page("workflows", workflow="procurement", run=run))
    (story,) = [str(h.proto.body) for h in opened.get("html") if 'class="story"' in str(h.proto.body)]
    for found in told:
        assert found.words.split(".")[0] in shown
        assert f"<span>{found.words}" in story
    assert "&lt;b&gt;fine&lt;/b&gt;" in story
    assert '"form"' not in story


def test_who_approved_is_told(ws: Workspace) -> None:
    department(ws)
    promoted(ws, unattended())
    run = start_run(ws, "unattended", context={"wanted": 8000}, by=local("Ada")).id
    work(ws, until_idle=True, agents=AGENTS)
    (entry,) = inbox(ws, "Mia")
    answer(ws, entry.id, grant=True, reason="", by=local("Mia"))
    work(ws, until_idle=True, agents=AGENTS)
    said = [h.line for h in happened(ws, get_run(ws, run))]
    assert "Drafter asked people of the role manager to approve Draft order." in said
    assert any("Mia had approved it." in line for line in said)


def test_a_rejection_a_retry_and_the_end_are_told(ws: Workspace) -> None:
    department(ws)
    promoted(ws, procurement(Approve_order={"escalation": ()}))
    run = start_run(ws, "procurement", context={"wanted": 50}, by=local("Ada")).id
    work(ws, until_idle=True, agents=AGENTS)
    reject(ws, inbox(ws, "Cleo")[0].id, reason="too dear", by=local("Cleo"))
    retry_run(ws, run, reason="after all", by=local("Ada"))
    cancel_run(ws, run, reason="or not.", by=local("Ada"))
    said = [h.line for h in happened(ws, get_run(ws, run))]
    assert said[-3:] == [
        "Cleo rejected Approve order: too dear.", "Ada retried the run: after all.", "Ada cancelled the run: or not.",
    ]  # fmt: skip


def test_a_stored_mapping_is_never_changed(ws: Workspace) -> None:
    run = get_run(ws, _everything(ws))
    before: list[Mapping[str, Any]] = [dict(e.payload) for e in run.history]
    happened(ws, run)
    assert [dict(e.payload) for e in run.history] == before


def test_events_that_share_a_minute_tell_their_seconds() -> None:
    moments = [EPOCH, EPOCH + timedelta(seconds=5), EPOCH + timedelta(minutes=3)]
    told = stamps(moments)
    assert [len(stamp) for stamp in told] == [19, 19, 16]
    assert told[0] < told[1] < told[2]


def test_a_task_that_a_decision_left_out_is_skipped_and_then_not_needed(ws: Workspace) -> None:
    department(ws)
    promoted(ws, _choosing())
    run = start_run(ws, "choosing", context={"wanted": 50}, by=local("Ada")).id
    assert _states(run) == {"Small order": "▲ Open", "After": "○ Not yet", "Large order": "○ Skipped"}
    work(ws, until_idle=True, agents=AGENTS)
    assert _states(run)["Large order"] == "○ Not needed"


def _choosing() -> Workflow:
    """A small order or a large one, as a rule says, then what comes after."""
    tree = sequence(choice(task("Small order"), task("Large order")), task("After"))
    check = "purchase_order.check"
    tasks = [spec("0.0.0", "Small order", check), spec("0.0.1", "Large order", check), spec("0.1", "After", check)]
    decided = {"0.0": DecisionSpec("0.0", DecidedBy.RULE, ("context.wanted < 100",), otherwise=1)}
    return workflow_with("choosing", tree, tasks, decided)


def _states(run: str) -> dict[str, str]:
    opened = sound(open_page("workflows", workflow="choosing", run=run))
    (shown,) = [frame.value for frame in opened.dataframe if "Offered (UTC)" in frame.value.columns]
    return dict(zip(shown["Task"], shown["State"], strict=True))


def test_an_approval_names_what_is_asked_for_before_its_buttons(ws: Workspace) -> None:
    timely = open_workspace(ws.settings)  # by the clock of the page: else what is asked for has expired there
    department(timely)
    promoted(timely, unattended())
    start_run(timely, "unattended", context={"wanted": 8000}, key="PO-7", by=local("Ada"))
    work(timely, until_idle=True, agents=AGENTS)
    timely.close()
    opened = sound(open_page("inbox").selectbox(key="acting_as").set_value("Mia").run())
    (entry,) = [b.label for b in opened.button if b.label.startswith("**")]
    assert "unattended · PO-7 · 8,000" in entry.replace("&#45;", "-")
    head = next(c.value for c in opened.caption if "**Key:** PO-7" in c.value)
    assert "**Amount:** 8,000" in head
    asked, *folded = [str(h.proto.body) for h in opened.get("html") if 'class="figures"' in str(h.proto.body)]
    assert "<dt>Asked by</dt><dd>Drafter</dd>" in asked
    assert "<dt>Changes amount</dt><dd>8000</dd>" in asked
    assert "<dt>Changes supplier</dt><dd>Acme</dd>" in asked
    assert "<dt>Workflow</dt><dd>unattended</dd>" in folded[0]


def test_what_is_asked_for_is_whole_and_tells_what_stood_there() -> None:
    text = "long " * 50
    payload = {"changes": {"a": 2, "b": {"c": text}, "d": ""}, "answer": {"ok": True}, "effect": {"connector": "erp"}}
    assert asked_for(payload, {"a": 1, "d": "x"}) == {
        "Changes a": "1 → 2", "Changes b › c": text, "Changes d": "x → nothing", "Answers ok": "True",
        "In a system of record: connector": "erp",
    }  # fmt: skip
