"""A worker in a process of its own, to be killed: `python -m tests.orchestrator.killed_worker`."""

from __future__ import annotations

from core.workspace import open_workspace
from orchestrator.worker import effects
from orchestrator.worker.working import work

NOTED = "python:tests.orchestrator.agents:noted"


def main() -> None:
    """Work until nothing is left; every call of an agent leaves a line in the file that the run's context names."""
    effects._SETTLES_SECONDS = 1.0  # the killed worker's request cannot be under way any more: the system says so
    ws = open_workspace()
    try:
        work(ws, until_idle=True, agents={"drafter": NOTED, "checker": NOTED})
    finally:
        ws.close()


if __name__ == "__main__":
    main()
