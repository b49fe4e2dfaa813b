"""Code in a row of the database: whoever can write there must not be able to run anything as the worker."""

from __future__ import annotations

import base64
import os
import pickle
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.main import run as command
from core.actor.values import local
from core.workspace import Workspace
from orchestrator.machine.values import RunStatus
from orchestrator.running.queue import NAME, foreign_entries
from orchestrator.running.runs import get_run, start_run
from orchestrator.worker import working as worker
from orchestrator.worker.working import work
from tests.orchestrator.running import AGENTS, department, promoted, unattended


class Mine:
    """What makes a folder when it is read with pickle."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self._folder),)


def plant(ws: Workspace, folder: Path) -> str:
    """Give the queue entry that waits arguments which run code when they are read; its id."""
    schema = "" if ws.database.is_sqlite else "dbos."
    loaded = base64.b64encode(pickle.dumps(Mine(folder))).decode()
    said = (
        f"UPDATE {schema}workflow_status SET serialization = 'py_pickle', inputs = :inputs "
        "WHERE queue_name = :queue AND status = 'ENQUEUED' RETURNING workflow_uuid"
    )
    with ws.database.begin() as connection:
        (planted,) = connection.execute(sa.text(said), {"inputs": loaded, "queue": NAME}).scalars()
        stored = f"UPDATE {schema}workflow_input SET inputs = :inputs WHERE workflow_uuid = :entry"
        connection.execute(sa.text(stored), {"inputs": loaded, "entry": planted})
    return str(planted)


def test_a_queue_entry_with_code_is_refused_unread_and_told(
    any_ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(worker, "_RECONCILE_SECONDS", 0.5)
    department(any_ws)
    promoted(any_ws, unattended())
    work(any_ws, until_idle=True, agents=AGENTS)
    run = start_run(any_ws, "unattended", context={}, by=local("Ada"))
    planted = plant(any_ws, tmp_path / "run by the worker")
    assert foreign_entries(any_ws.database) == (planted,)
    work(any_ws, until_idle=True, agents=AGENTS)
    assert not (tmp_path / "run by the worker").exists()
    assert get_run(any_ws, run.id).status is RunStatus.COMPLETED  # by an entry that Tandem wrote in its place
    assert f"`{planted}`" in caplog.text
    assert "is never read" in caplog.text
    assert foreign_entries(any_ws.database) == (planted,)  # kept, for whoever looks into it


def test_audit_verify_names_what_tandem_did_not_write(
    ws: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    department(ws)
    promoted(ws, unattended())
    work(ws, until_idle=True, agents=AGENTS)
    assert command(["audit", "verify"]) == 0
    start_run(ws, "unattended", context={}, by=local("Ada"))
    planted = plant(ws, tmp_path / "run by the worker")
    capsys.readouterr()
    assert command(["audit", "verify"]) == 1
    assert planted in capsys.readouterr().out
    assert not (tmp_path / "run by the worker").exists()
