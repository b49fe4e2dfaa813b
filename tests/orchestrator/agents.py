"""The agents of the procurement workflow: light, because each runs in a process of its own."""

from __future__ import annotations

import contextlib
import os
import resource
import sys
import time
from pathlib import Path

from orchestrator.runtimes.values import AgentProposal, AgentTask


def draft(task: AgentTask) -> AgentProposal:
    """Drafts for the amount that the context wants."""
    return AgentProposal(changes={"amount": task.context.get("wanted", 100), "supplier": "Acme"}, cost=1.5)


def check(task: AgentTask) -> AgentProposal:
    """Finds everything in order."""
    return AgentProposal(answer={"ok": True}, cost=0.5, confidence=0.9)


def noted(task: AgentTask) -> AgentProposal:
    """Drafts or checks, and leaves a line with the task's key and attempt in the file `calls` of the context."""
    with Path(task.context["calls"]).open("a") as file:
        file.write(f"{task.key}/{task.attempt}\n")
    time.sleep(0.01)
    return draft(task) if task.task.label == "Draft order" else check(task)


def process(task: AgentTask) -> AgentProposal:
    """Says in which process it is, after as many `seconds` as the context wants."""
    time.sleep(task.context.get("seconds", 0))
    return AgentProposal(answer={"pid": os.getpid()})


def sleeping(task: AgentTask) -> AgentProposal:
    """Leaves its process's number in the file `pid` of the context, and sleeps for ten minutes."""
    Path(task.context["pid"]).write_text(str(os.getpid()))
    time.sleep(600)
    return AgentProposal()


def surroundings(task: AgentTask) -> AgentProposal:
    """Says what it sees around it."""
    files = []
    for entry in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):
            files.append(str(entry.readlink()))
    return AgentProposal(
        answer={
            "environment": list(os.environ),
            "home": os.environ["HOME"],
            "folder": str(Path.cwd()),
            "files": [f for f in files if not f.startswith(("pipe:", "/dev/null", "/proc/"))],
            "session": os.getsid(0) == os.getpid(),
            "core": resource.getrlimit(resource.RLIMIT_CORE)[0],
            "heavy": sorted({"sqlalchemy", "dbos", "governance", "pandas", "pydantic"} & set(sys.modules)),
            "principal": list(vars(task.principal)),
        }
    )


NUMBER = 1
