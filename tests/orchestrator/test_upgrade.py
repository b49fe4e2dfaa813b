"""A home of an earlier release, with runs in flight, goes on in this one: on SQLite, and moved to PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from core.actor.values import local
from core.audit.chain import FORM
from core.clock import FixedClock
from core.database import Database, sqlite_module
from core.errors import NotAllowed
from core.migrations import upgrade
from core.settings import Settings
from core.workspace import Workspace, open_workspace
from governance import ApprovalStatus, approvals, audit_records, policies, verify_audit
from orchestrator.machine.values import ItemStatus, RunStatus
from orchestrator.running.approving import answer
from orchestrator.running.inbox import complete
from orchestrator.running.queue import prepare
from orchestrator.running.records import Run, WorkItem
from orchestrator.running.runs import get_run, list_runs, resume_run
from orchestrator.worker.working import work
from tests.orchestrator.running import AGENTS

DUMP = Path(__file__).parents[1] / "homes" / "release_0_2_0.sql"
REVISION = "0009"  # of 0.2.0
QUEUED = ("workflow_status", "workflow_input", "workflow_output")  # tables of DBOS with what is queued
SOON = datetime(2026, 11, 16, 9, 5, tzinfo=UTC)  # after it was left, and before anything in it is late


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workspace]:
    """The home that 0.2.0 left, opened by this release."""
    home = tmp_path / "home"
    home.mkdir()
    module: Any = sqlite_module()
    raw = module.connect(home / "tandem.sqlite")
    raw.executescript(DUMP.read_text("utf-8"))
    raw.close()
    url = ""
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_url")
        move(f"sqlite:///{home / 'tandem.sqlite'}", url)
    ws = open_workspace(Settings(home=home, user="Ada", database_url=url), FixedClock(SOON))
    yield ws
    ws.close()


def move(source: str, target: str) -> None:
    """Copy the rows of an SQLite database of 0.2.0 into a PostgreSQL database with the tables of 0.2.0."""
    here, there = Database(source), Database(target)
    upgrade(there.engine, REVISION)
    prepare(there, Settings(database_url=target))
    with here.read() as reading, there.engine.begin() as writing:
        known = sa.MetaData()
        known.reflect(writing)
        queue = sa.MetaData()
        queue.reflect(writing, schema="dbos", only=list(QUEUED))
        for table in known.sorted_tables:
            if table.name != "alembic_version":
                _copy(reading, writing, table)
        for name in QUEUED:
            _copy(reading, writing, queue.tables[f"dbos.{name}"])
    here.close()
    there.close()


def _copy(reading: sa.Connection, writing: sa.Connection, table: sa.Table) -> None:
    found = sa.inspect(reading).get_columns(table.name)
    shared = [c.name for c in table.columns if c.name in {column["name"] for column in found}]
    source = sa.table(table.name, *(sa.column(name, table.c[name].type) for name in shared))
    rows = [dict(row._mapping) for row in reading.execute(sa.select(source))]
    if rows:
        writing.execute(sa.insert(table), rows)
    owner = sa.func.pg_get_serial_sequence(table.fullname, "id")
    sequence = writing.execute(sa.select(owner)).scalar() if "id" in shared else None
    if rows and sequence is not None:
        writing.execute(sa.select(sa.func.setval(sequence, sa.select(sa.func.max(table.c.id)).scalar_subquery())))


def named(ws: Workspace) -> dict[str, Run]:
    """The runs by their key, which says how 0.2.0 left them."""
    return {str(run.key): get_run(ws, run.id) for run in list_runs(ws)}


def open_item(run: Run) -> WorkItem:
    return next(i for i in run.items if i.status in (ItemStatus.OPEN, ItemStatus.CLAIMED))


def test_runs_in_flight_go_on_and_end(old: Workspace) -> None:
    runs = named(old)
    assert set(runs) == {"pending", "granted", "open", "claimed", "paused", "completed", "queued"}
    assert runs["completed"].status is RunStatus.COMPLETED
    assert verify_audit(old).ok, verify_audit(old).message

    (pending,) = approvals(old, ApprovalStatus.PENDING)
    assert pending.expires_at is not None
    with pytest.raises(NotAllowed, match="own or pay for"):  # Mia owns the agent, which 0.2.0 did not look at
        answer(old, pending.id, grant=True, reason="mine", by=local("Mia"))
    answer(old, pending.id, grant=True, reason="fine", by=local("Max"))
    resume_run(old, runs["paused"].id, reason="back", by=local("Mia"))
    work(old, until_idle=True, agents=AGENTS)
    for run in named(old).values():
        if run.status is RunStatus.RUNNING:
            complete(old, open_item(run).id, by=local("Cleo"))
    work(old, until_idle=True, agents=AGENTS)
    assert {key: run.status for key, run in named(old).items()} == dict.fromkeys(runs, RunStatus.COMPLETED)
    assert named(old)["granted"].state.context["amount"] == 9001


def test_both_forms_of_records_verify_and_state_is_adopted(old: Workspace) -> None:
    records = audit_records(old, limit=10_000)
    forms = {record.id is None for record in records}
    assert forms == {True, False}, f"records of form 1 and of form {FORM}"
    adopted = [record for record in records if record.action == "state.adopt"]
    assert {record.resource_type for record in adopted} >= {"governance_principal", "governance_policy_set"}
    assert verify_audit(old).ok
    with old.database.begin() as connection:
        connection.execute(sa.text("UPDATE governance_principal SET active = false WHERE name = 'Mia'"))
    (said,) = verify_audit(old).state
    assert "was changed without a record" in said


def test_the_policies_in_force_stay_in_force(old: Workspace) -> None:
    assert policies(old).version == 1
    assert "purchase_order.draft" in policies(old).text
