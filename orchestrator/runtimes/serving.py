"""What runs in an agent's own process: limits first, then the agent's code, then questions until the pipe ends.

Standard library only, and nothing of Tandem that stores: the process knows the address of its agent and the questions.
"""

from __future__ import annotations

import contextlib
import os
import resource
import sys
import threading
import time
from collections.abc import Mapping
from functools import reduce
from importlib import import_module
from typing import Any, BinaryIO

from orchestrator.runtimes.answering import answer, read_question
from orchestrator.runtimes.values import Agent
from orchestrator.runtimes.wire import LENGTH, frame

_NO_NEW_PRIVILEGES = 38  # of prctl


def main(said: Mapping[str, Any]) -> None:
    """Serve the agent that `said` names until nobody asks any more."""
    questions, answers = _pipes()
    _confine(said["limits"])
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    try:
        agent = _load(said["module"], said["attribute"])
    except BaseException as error:  # noqa: BLE001  importing is running foreign code
        missing = isinstance(error, ModuleNotFoundError | AttributeError | TypeError)
        _send(answers, frame({"unusable": f"{type(error).__name__}: {error}"[:2000], "missing": missing}))
        return
    _send(answers, frame({"ready": True}))
    while head := questions.read(LENGTH.size):
        number, question = read_question(questions.read(LENGTH.unpack(head)[0]))
        _allow_cpu(said["limits"]["cpu"])
        _send(answers, answer(agent, number, question))


def _pipes() -> tuple[BinaryIO, int]:
    """Questions and answers on descriptors of their own: what an agent prints is no answer, it goes to the log."""
    questions, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return os.fdopen(questions, "rb"), answers


def _send(answers: int, body: bytes) -> None:
    left = memoryview(body)
    while left:
        left = left[os.write(answers, left) :]


def _confine(limits: Mapping[str, Any]) -> None:
    """Limits that the agent's code cannot raise again, unless it runs as root."""
    wanted = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_AS: limits["memory"],
        resource.RLIMIT_FSIZE: limits["file"],
        resource.RLIMIT_NOFILE: limits["files"],
        resource.RLIMIT_NPROC: limits["processes"],
    }
    for which, most in wanted.items():
        _, hard = resource.getrlimit(which)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with contextlib.suppress(OSError, ValueError):  # a system that knows no such limit
            resource.setrlimit(which, (most, most))
    if limits["gain_nothing"] and sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)


def _allow_cpu(seconds: int) -> None:
    """So much processor time from now on, then the system ends this process. Only what an agent means well is bound."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    most = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _end_with(parent: int) -> None:
    """End this process when the worker that started it is gone."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _load(module: str, attribute: str) -> Agent:
    agent: Any = reduce(getattr, attribute.split("."), import_module(module))
    if not callable(agent):
        raise TypeError(f"`{attribute}` is a `{type(agent).__name__}` and cannot be called")
    found: Agent = agent
    return found
