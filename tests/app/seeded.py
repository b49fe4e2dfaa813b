"""A home for the pages: a small demo, and one run that waits for a person."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.demo.loop import run_demo
from app.demo.story import Story
from core.actor.values import local
from core.settings import Settings
from core.workspace import open_workspace
from governance import people_with_role
from orchestrator.promotion.workflows import get_workflow
from orchestrator.running.runs import start_run

USER = "Ada"
RUNS = 4
WORKFLOW = "procurement"


def seed(home: Path) -> None:
    """Fill `home` with the whole road: from event log and pilots to runs that are over, and one that waits."""
    with settings_of(home) as settings:
        ws = open_workspace(settings)
        try:
            run_demo(ws, None, runs=RUNS, by=local(USER), story=Story(lambda _line: None))
            start_run(ws, WORKFLOW, context={"amount": 1200.0, "department": "Laboratory"}, key="waits", by=local(USER))
        finally:
            ws.close()


def first_person(home: Path) -> str:
    """The name of somebody whose inbox holds the first task of the waiting run."""
    with settings_of(home) as settings:
        ws = open_workspace(settings)
        try:
            workflow = get_workflow(ws, WORKFLOW)
            role = next(task.role for task in workflow.tasks.values() if task.label == workflow.tree.labels()[0])
            return people_with_role(ws, role)[0].name
        finally:
            ws.close()


@contextmanager
def settings_of(home: Path) -> Iterator[Settings]:
    """Settings of `home`, whatever the environment says."""
    before = {name: os.environ.get(name) for name in ("TANDEM_HOME", "TANDEM_USER", "TANDEM_DATABASE_URL")}
    os.environ |= {"TANDEM_HOME": str(home), "TANDEM_USER": USER}
    os.environ.pop("TANDEM_DATABASE_URL", None)
    try:
        yield Settings()
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
