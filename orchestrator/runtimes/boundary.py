"""What a worker does for the boundary between itself and its agents, before it asks the first one."""

from __future__ import annotations

import ctypes
import os
import sys

from core.errors import BadInput, TandemError
from orchestrator.runtimes.child import Code, account
from orchestrator.runtimes.limits import Limits
from orchestrator.runtimes.pool import ChildPool

AS_ROOT = (
    "The worker runs as root, and so do its agents: they can read and change everything on this machine. Run it as "
    "another user, or name one for the agents: TANDEM_AGENT_USER. See docs/security.md."
)
_STARTED_WITHIN = 30.0  # seconds
_DUMPABLE = 4  # of prctl


def prepare(limits: Limits) -> None:
    """Close what can be closed, and see that agents can run as the user and in the interpreter that the settings name.

    Raises TandemError, in words, where they cannot.
    """
    account(limits.user)
    hide()
    if limits.user or limits.python:
        try:
            ChildPool(limits).try_out(Code("builtins", "print"), _STARTED_WITHIN)
        except BadInput as error:
            raise TandemError(
                f"Agents cannot run as `TANDEM_AGENT_USER` and `TANDEM_AGENT_PYTHON` say. {error.message} "
                "That user must be able to run the interpreter and read Tandem's code."
            ) from None


def as_root(limits: Limits) -> bool:
    """Whether agents run as root, where nothing is closed to them."""
    return account(limits.user) is None and os.getuid() == 0


def hide() -> None:
    """Keep other processes of the same user (root excepted) from this one's environment, memory and descriptors.

    Without it an agent reads `/proc/<id of the worker>/environ`, where the address of the database may stand.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DUMPABLE, 0, 0, 0, 0)
