"""What hangs on a pilot: the workflow, the tasks, the cases a month that go through them, what stops if it stops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.figures import per_cent
from core.queries import load
from core.workspace import Workspace
from inventory import labels
from inventory.decisions.bound import Bindings, BoundTasks, bindings
from inventory.finding import one_of
from inventory.overlap.proof import SECONDS_A_MONTH
from inventory.store import list_pilots
from inventory.values import Pilot

_LEAST_SPAN = 86_400  # seconds that a log must cover for cases a month to be told from it


@dataclass(frozen=True)
class WorkflowRuns:
    """What runs of one workflow there are, as whoever knows the runs hands it over."""

    workflow: str
    tasks: tuple[str, ...]
    runs: int  # that began in the last 30 days
    open: int  # that are not over


@dataclass(frozen=True)
class AnchorTasks:
    """The mined tasks of a pilot in one event log."""

    log: str
    tasks: tuple[str, ...]
    cases: int  # that go through one of them
    share: float  # of the log's cases
    cases_a_month: float | None  # None: the log covers less than a day
    agent_share: float  # of their activity instances, done by an agent
    last: datetime  # end of the last of them


@dataclass(frozen=True)
class PilotAnchor:
    """Where a pilot hangs in the work, and what stops if it stops."""

    pilot: int
    name: str
    workflow: str | None  # as the registry says
    tasks: tuple[AnchorTasks, ...]
    runs: tuple[WorkflowRuns, ...]  # of workflows that have one of its tasks
    monthly_runs: int | None  # of the pilot itself, as the registry says
    users: int | None
    words: str  # what stops


def anchor(ws: Workspace, which: str | int, runs: Sequence[WorkflowRuns] = ()) -> PilotAnchor:
    """What hangs on the pilot that `which` names. `runs` come from whoever knows them. Raises NotFound."""
    pilots = list_pilots(ws)
    found = one_of(pilots, which)
    return anchor_of(ws, found, bindings(ws, [found]), runs)


def anchor_of(ws: Workspace, pilot: Pilot, bound: Bindings, runs: Sequence[WorkflowRuns] = ()) -> PilotAnchor:
    """What hangs on `pilot`, given what it is bound to."""
    tasks = tuple(_tasks(ws, one) for one in bound.tasks[pilot.id])
    keys = {labels.key(name) for one in tasks for name in one.tasks} | {
        labels.key(name) for name in pilot.facts.activities
    }
    named = labels.key(pilot.facts.workflow or "")
    using = tuple(
        r for r in runs if labels.key(r.workflow) == named or any(labels.key(task) in keys for task in r.tasks)
    )
    words = _words(pilot, tasks, using, bool(bound.logs))
    return PilotAnchor(
        pilot.id, pilot.facts.name, pilot.facts.workflow, tasks, using, pilot.facts.monthly_runs, pilot.facts.users,
        words,
    )  # fmt: skip


def _tasks(ws: Workspace, bound: BoundTasks) -> AnchorTasks:
    with ws.logs.read(bound.version) as connection:
        every, first, last = connection.execute(load("inventory.sql", "covered").sql).fetchall()[0]
        asked = {"names": list(bound.tasks)}
        cases, instances, agents, newest = connection.execute(load("inventory.sql", "anchor").sql, asked).fetchall()[0]
    span = (last - first).total_seconds()
    months = span / SECONDS_A_MONTH if span >= _LEAST_SPAN else None
    return AnchorTasks(
        bound.version.log, bound.tasks, cases, cases / every, None if months is None else cases / months,
        agents / instances, newest,
    )  # fmt: skip


def _words(pilot: Pilot, tasks: Sequence[AnchorTasks], runs: Sequence[WorkflowRuns], logs: bool) -> str:
    """What stops, as far as event logs and runs tell."""
    said = []
    for one in tasks:
        month = "" if one.cases_a_month is None else f", {one.cases_a_month:,.1f} a month"
        said.append(
            f"{', '.join(f'`{t}`' for t in one.tasks)} in `{one.log}`: {one.cases:,} cases{month}; agents did "
            f"{per_cent(one.agent_share)} of it."
        )
    said += [
        f"Workflow `{r.workflow}` has such a task: {r.runs:,} runs began in 30 days, {r.open:,} are open." for r in runs
    ]
    if not tasks:
        named = len(pilot.facts.activities)
        said.append(
            "There is no event log of real work, so nobody can see what hangs on it." if not logs
            else "It names no activity, so nobody can see what hangs on it." if not named
            else f"None of the {named} activities that it names is in an event log: what hangs on it is not known."
        )  # fmt: skip
    if pilot.facts.users is not None:
        said.append(f"{pilot.facts.users:,} people use it, as the registry says.")
    return " ".join(said)
