"""A worker in a process of its own, to be killed: `python -m tests.orchestrator.killed_worker`."""

from __future__ import annotations

import os
import time
from pathlib import Path

from core import open_workspace
from orchestrator.runtimes.values import AgentProposal, AgentTask
from orchestrator.worker.working import work
from tests.orchestrator.agents import check, draft


def main() -> None:
    """Work until nothing is left; every call of an agent leaves a line in the file `TANDEM_TEST_CALLS`."""
    calls = Path(os.environ["TANDEM_TEST_CALLS"])

    def noted(task: AgentTask) -> AgentProposal:
        with calls.open("a") as file:
            file.write(f"{task.key}\n")
        time.sleep(0.01)
        return draft(task) if task.task.label == "Draft order" else check(task)

    ws = open_workspace()
    try:
        work(ws, until_idle=True, agents={"drafter": noted, "checker": noted})
    finally:
        ws.close()


if __name__ == "__main__":
    main()
