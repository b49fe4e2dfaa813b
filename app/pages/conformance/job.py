"""Checking conformance beside the pages: a job has a thread, tells how far it is, and can be stopped."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field

import streamlit as st

from core.errors import TandemError
from core.selection.selection import Selection
from core.view import View
from core.workspace import Workspace
from mining.conformance import Conformance, Model, Progress, check_conformance

_MOST_KEPT = 12

Key = tuple[str, str, int, Selection, str, float]  # home, log, version, selection, model's reference, seconds


@dataclass
class CheckJob:
    """One check, under way or done."""

    stop: threading.Event = field(default_factory=threading.Event)
    progress: Progress | None = None
    result: Conformance | None = None
    error: Exception | None = None
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def done(self) -> bool:
        """Whether it has ended, well or not."""
        return self.ended.is_set()


@st.cache_resource(show_spinner=False)
def _jobs() -> OrderedDict[Key, CheckJob]:
    return OrderedDict()


def job(ws: Workspace, key: Key, model: Model) -> CheckJob:
    """The job of this check: the one that runs or has run, or a new one."""
    known = _jobs()
    if key in known:
        known.move_to_end(key)
        return known[key]
    made = known[key] = CheckJob()
    while len(known) > _MOST_KEPT:
        known.popitem(last=False)[1].stop.set()
    threading.Thread(target=_run, args=(made, ws, key, model), name="conformance", daemon=True).start()
    return made


def forget(key: Key) -> None:
    """Drop a job, so that the next look starts it anew."""
    dropped = _jobs().pop(key, None)
    if dropped is not None:
        dropped.stop.set()


def _run(made: CheckJob, ws: Workspace, key: Key, model: Model) -> None:
    _, log, version, selection, _, seconds = key

    def say(progress: Progress) -> None:
        made.progress = progress

    try:
        made.result = check_conformance(
            ws, View(log, version, selection), model=model, seconds=seconds, progress=say, cancelled=made.stop.is_set
        )
    except TandemError as error:
        made.error = error
    except Exception as error:  # noqa: BLE001 - a thread has nobody else to tell
        made.error = TandemError(f"The check failed: {error}. Try again; if it fails again, report it.")
    finally:
        made.ended.set()
