"""Cleaning: every step on a log made by hand, nothing lost on the way, lineage, and back without a step."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.actor.values import local
from core.clock import FixedClock
from core.errors import BadInput, Duplicate, NotFound
from core.eventlog import LogVersion
from core.settings import Settings
from core.workspace import Workspace, open_workspace
from governance import get_principal
from ingest import (
    CaseCondition,
    DropCases,
    DropDuplicates,
    DropEvents,
    EventCondition,
    LetterCase,
    MaskColumn,
    MergeLabels,
    Pseudonymise,
    RemoveColumn,
    Step,
    StepChange,
    TidyLabels,
    clean,
    lineage,
    preview_cleaning,
    step_from_json,
    step_to_json,
    steps_from_text,
    undo,
)
from tests.builders import known, moment
from tests.ingest.stored import row, stored, tables

_NOTHING = MergeLabels((("No such activity", "Other"),))


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """One workspace for all logs of this module, each under a name of its own."""
    home = tmp_path_factory.mktemp("cleaning")
    clock = FixedClock(datetime(2026, 1, 5, 8, tzinfo=UTC))
    workspace = open_workspace(Settings(user="Ada", home=home, database_url="", duckdb_threads=1), clock)
    yield workspace
    workspace.close()


def rich(ws: Workspace) -> LogVersion:
    """A log that has everything a log can have: 3 cases, 8 activity instances."""
    rows = [
        row("b", "Register", "2025-03-03 09:20", "2025-03-03 09:00", "Ada", started_offset=60, ended_offset=60,
            cost=2.5, system="ERP", failed=False, **{"@item": 7, "@note": "first"}),
        row("b", "Check ", "2025-03-03 10:00", "2025-03-03 09:30", "Bo", ended_offset=120, **{"@item": 8}),
        row("a", "Register", "2025-03-01 10:00", None, "SAP", kind="system", system="SAP", cost=0.0),
        row("a", "Register", "2025-03-01 10:00", None, "SAP", kind="system", system="SAP", cost=0.0),
        row("a", "Pay", "2025-03-02 10:00", "2025-03-02 11:00", "Robo", kind="agent", simulated=True, failed=True),
        row("a", "Register", "2025-03-01 10:00", None, "SAP", kind="system", system="SAP", cost=1.0),
        row("c", "check", "2031-03-01 10:00", None, "ada"),
        row("b", "Pay", "2025-03-04 10:00", None, None, **{"@note": "last"}),
    ]  # fmt: skip
    cases: dict[str, dict[str, Any]] = {
        "a": {"due": moment("2025-03-05"), "complete": False, "@region": "N", "@value": 10.5},
        "b": {"complete": True, "@value": 3.0}, "c": {"@region": "S"},
    }  # fmt: skip
    return stored(ws, rows, cases=cases, types={"@item": "BIGINT", "@value": "DOUBLE"}, timezone="Europe/Madrid")


def test_a_step_without_effect_beside_another_leaves_every_table_as_it_was(ws: Workspace) -> None:
    before = rich(ws)
    clean(ws, before.log, None, [DropDuplicates(), _NOTHING], by=local("Ada"))
    after = undo(ws, before.log, None, 1, by=local("Ada"))
    assert (after.version, after.events, after.cases) == (3, 8, 3)
    assert tables(ws, after) == tables(ws, before)
    kept, told = dict(ws.logs.meta(before).stored), dict(ws.logs.meta(after).stored)
    assert told.pop("lineage")["parent"] == {"version": 1, "digest": before.digest}
    assert told == kept


def test_steps_that_change_nothing_make_no_version(ws: Workspace) -> None:
    log = rich(ws).log
    with pytest.raises(BadInput, match=r"Nothing in event log `.*` version 1 is changed by: merge labels of activity"):
        clean(ws, log, None, [_NOTHING, DropEvents(EventCondition.ACTIVITY, activities=("Fly",))], by=local("Ada"))
    assert [v.version for v in ws.logs.versions() if v.log == log] == [1]


@pytest.mark.parametrize(
    ("step", "change"),
    [
        (DropDuplicates(), StepChange(instances=1)),
        (DropDuplicates(exact=False), StepChange(instances=2)),
        (DropCases(CaseCondition.INCOMPLETE), StepChange(instances=4, cases=1)),
        (DropCases(CaseCondition.SINGLE_EVENT), StepChange(instances=1, cases=1)),
        (
            DropCases(CaseCondition.OUTSIDE_PERIOD, since=datetime(2025, 3, 2, tzinfo=UTC)),
            StepChange(instances=4, cases=1),
        ),
        (
            DropCases(CaseCondition.OUTSIDE_PERIOD, until=datetime(2025, 3, 4, tzinfo=UTC)),
            StepChange(instances=4, cases=2),
        ),
        (DropCases(CaseCondition.BEGINS_WITH, activities=("check",)), StepChange(instances=1, cases=1)),
        (DropCases(CaseCondition.ENDS_WITH, activities=("Pay",)), StepChange(instances=7, cases=2)),
        (DropCases(CaseCondition.NAMED, cases=("b", "nobody")), StepChange(instances=3, cases=1)),
        (DropEvents(EventCondition.ACTIVITY, activities=("check", "Pay")), StepChange(instances=3, cases=1)),
        (DropEvents(EventCondition.BEFORE, moment=datetime(2025, 3, 2, tzinfo=UTC)), StepChange(instances=3)),
        (DropEvents(EventCondition.AFTER, moment=datetime(2026, 1, 1, tzinfo=UTC)), StepChange(instances=1, cases=1)),
        (DropEvents(EventCondition.ENDS_BEFORE_START), StepChange(instances=1)),
        (MergeLabels((("Check ", "Check"), ("check", "Check"))), StepChange(values=2)),
        (MergeLabels((("ada", "Ada"),), "performer"), StepChange(values=1)),
        (TidyLabels(), StepChange(values=1)),
        (TidyLabels("activity", LetterCase.SENTENCE), StepChange(values=2)),
        (MaskColumn("@note"), StepChange(values=2)),
        (MaskColumn("@item"), StepChange(values=2)),
        (RemoveColumn("@region"), StepChange(values=2)),
        (RemoveColumn("performer"), StepChange(values=7)),
        (Pseudonymise(), StepChange(values=3)),  # Ada, Bo, ada: systems and agents are no persons
        (Pseudonymise("@value"), StepChange(values=2)),
        (Pseudonymise("case"), StepChange(values=11)),  # eight activity instances, three cases
    ],
)
def test_every_step_changes_exactly_what_it_says(ws: Workspace, step: Step, change: StepChange) -> None:
    log = rich(ws).log
    assert preview_cleaning(ws, log, None, [step]) == (change,)
    made = clean(ws, log, None, [step], by=local("Ada"), reason="because")
    (done,) = lineage(ws, log).steps
    ada = get_principal(ws, "Ada").id
    assert (done.step, done.change, done.version, done.by, done.reason) == (step, change, 2, ada, "because")
    assert (made.events, made.cases) == (8 - change.instances, 3 - change.cases)
    assert step_from_json(json.loads(json.dumps(step_to_json(step)))) == step


def test_merged_labels_are_one_activity_and_one_variant(ws: Workspace) -> None:
    log = rich(ws).log
    made = clean(ws, log, None, [MergeLabels((("Check ", "Check"), ("check", "Check")))], by=local("Ada"))
    assert (made.activities, ws.logs.get(log, 1).activities) == (3, 4)


def test_steps_are_done_in_their_order(ws: Workspace) -> None:
    log = rich(ws).log
    steps: list[Step] = [
        MergeLabels((("check", "Check "),)),
        DropEvents(EventCondition.ACTIVITY, ("Check ",)),
        DropDuplicates(),
    ]
    made = clean(ws, log, None, steps, by=local("Ada"))
    assert [s.change for s in lineage(ws, log).steps] == [StepChange(values=1), StepChange(2, 1), StepChange(1)]
    assert made.events == 5


def test_the_same_steps_on_the_same_version_are_a_duplicate(ws: Workspace) -> None:
    log = rich(ws).log
    clean(ws, log, 1, [DropDuplicates()], by=local("Ada"))
    with pytest.raises(Duplicate, match="they made version 2"):
        clean(ws, log, 1, [DropDuplicates()], by=known(ws, "Bo"))
    assert clean(ws, log, 2, [TidyLabels()], by=known(ws, "Bo")).version == 3


def test_undo_makes_a_version_without_one_step(ws: Workspace) -> None:
    before = rich(ws)
    log = before.log
    clean(ws, log, None, [DropDuplicates(), TidyLabels()], by=local("Ada"))
    clean(ws, log, None, [RemoveColumn("@region"), MaskColumn("@note")], by=known(ws, "Bo"))
    assert [(s.number, s.version) for s in lineage(ws, log).steps] == [(1, 2), (2, 2), (3, 3), (4, 3)]
    without_second = undo(ws, log, 3, 2, by=known(ws, "Cy"), reason="too much")
    assert [s.step for s in lineage(ws, log).steps] == [DropDuplicates(), RemoveColumn("@region"), MaskColumn("@note")]
    assert lineage(ws, log).root == 1
    without_last = undo(ws, log, 3, 4, by=known(ws, "Cy"))
    assert [s.step for s in lineage(ws, log, without_last.version).steps] == [
        DropDuplicates(), TidyLabels(), RemoveColumn("@region"),
    ]  # fmt: skip
    assert ws.logs.meta(without_second).stored["lineage"]["undone"] == {"version": 3, "step": 2}


def test_undoing_the_only_step_gives_the_log_back(ws: Workspace) -> None:
    before = rich(ws)
    clean(ws, before.log, None, [DropDuplicates()], by=local("Ada"))
    back = undo(ws, before.log, None, 1, by=local("Ada"))
    assert tables(ws, back) == tables(ws, before)
    assert lineage(ws, before.log).steps == ()


def test_a_version_is_what_its_steps_make_however_they_came(ws: Workspace) -> None:
    one, two = rich(ws), rich(ws)
    clean(ws, one.log, None, [DropDuplicates(), _NOTHING, TidyLabels()], by=local("Ada"))
    undone = undo(ws, one.log, None, 2, by=local("Ada"))
    direct = clean(ws, two.log, None, [DropDuplicates(), TidyLabels()], by=local("Ada"))
    assert tables(ws, undone) == tables(ws, direct)


@pytest.mark.parametrize(
    ("step", "message"),
    [
        (RemoveColumn("@nothing"), "no column `@nothing`.*`@item`, `@note`, `@region`"),
        (RemoveColumn("case"), "no column `case`"),
        (Pseudonymise("activity"), "no column `activity`"),
        (DropEvents(EventCondition.ACTIVITY), "needs `activities`"),
        (DropEvents(EventCondition.AFTER), "needs `moment`"),
        (DropCases(CaseCondition.OUTSIDE_PERIOD), "needs `since` or `until`"),
        (MergeLabels(()), "needs `mapping`"),
        (MergeLabels((("a", "b"), ("a", "c"))), "two new ones"),
        (DropEvents(EventCondition.AFTER, moment=datetime(2000, 1, 1, tzinfo=UTC)), "would leave nothing"),
    ],
)
def test_a_step_that_cannot_be_done_stores_nothing(ws: Workspace, step: Step, message: str) -> None:
    log = rich(ws).log
    with pytest.raises(BadInput, match=message):
        clean(ws, log, None, [step], by=local("Ada"))
    with pytest.raises(BadInput, match=message):
        preview_cleaning(ws, log, None, [step])
    assert [v.version for v in ws.logs.versions(log)] == [1]
    assert list(ws.logs.folder.glob(".building-*")) == []


def test_no_step_and_no_such_step(ws: Workspace) -> None:
    log = rich(ws).log
    with pytest.raises(BadInput, match="no cleaning step to do"):
        clean(ws, log, None, [], by=local("Ada"))
    with pytest.raises(NotFound, match="no cleaning step of event log"):
        undo(ws, log, None, 1, by=local("Ada"))


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("drop_duplicates", (DropDuplicates(),)),
        ("drop-duplicates:exact=false", (DropDuplicates(exact=False),)),
        ("drop_cases:where=named,cases=a|b", (DropCases(CaseCondition.NAMED, cases=("a", "b")),)),
        ("merge_labels:mapping=a>c|b>c", (MergeLabels((("a", "c"), ("b", "c"))),)),
        ('[{"step": "tidy_labels", "letters": "lower"}, {"step": "pseudonymise"}]',
         (TidyLabels(letters=LetterCase.LOWER), Pseudonymise())),
        ("drop_events:where=after,moment=2026-01-01T00:00:00Z",
         (DropEvents(EventCondition.AFTER, moment=datetime(2026, 1, 1, tzinfo=UTC)),)),
    ],
)  # fmt: skip
def test_steps_as_text(text: str, steps: tuple[Step, ...]) -> None:
    assert steps_from_text(text) == steps


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sweep", "no cleaning step `sweep`.*`drop_cases`"),
        ("drop_cases", "`where`"),
        ("drop_cases:where=sometimes", "incomplete"),
        ("drop_duplicates:deep=1", "has no `deep`. It has: exact"),
        ("drop_duplicates:exact", "not FIELD=VALUE"),
        ("[1]", "is a JSON object"),
        ("{", "not JSON: line 1"),
    ],
)
def test_text_that_is_no_step(text: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        steps_from_text(text)


_STEPS: list[Step] = [
    DropDuplicates(), DropCases(CaseCondition.INCOMPLETE), DropEvents(EventCondition.ENDS_BEFORE_START), TidyLabels(),
    MaskColumn("@note"), RemoveColumn("@region"), MergeLabels((("check", "Check "),)),
]  # fmt: skip


@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_undoing_is_doing_without(ws: Workspace, data: Any) -> None:
    """Law: undoing step n of any steps makes the log that the others make by themselves."""
    steps = data.draw(st.lists(st.sampled_from(_STEPS), min_size=2, max_size=4, unique=True))
    number = data.draw(st.integers(1, len(steps)))
    one, two = rich(ws), rich(ws)
    clean(ws, one.log, None, steps, by=local("Ada"))
    undone = undo(ws, one.log, None, number, by=local("Ada"))
    others = steps[: number - 1] + steps[number:]
    changes = preview_cleaning(ws, two.log, None, others)
    direct = two if all(c.nothing for c in changes) else clean(ws, two.log, None, others, by=local("Ada"))
    assert tables(ws, undone) == tables(ws, direct)
