"""What the tasks of a workflow do in systems of record, and their limits: as they are proposed, and as signed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.pages.parts import section, table
from app.task_words import EFFECTS, LIMITS, NO_EFFECT, effect_rows, limit_row
from orchestrator.machine.task import TaskSpec
from orchestrator.promotion.bindings import TaskBinding


def effects_and_limits(tasks: Sequence[tuple[str, TaskSpec | TaskBinding, bool]], *, of: str, key: str) -> None:
    """Two tables about `tasks`: each its label, what it is, and whether an agent does it."""
    section(EFFECTS)
    effects = effect_rows((label, task.effect) for label, task, _ in tasks)
    if effects:
        table(effects, key=f"effects-{key}", alt=f"Effects of {of}")
    else:
        st.caption(NO_EFFECT)
    section(LIMITS)
    limits = [limit_row(label, task, by_agent=by_agent) for label, task, by_agent in tasks]
    table(limits, key=f"limits-{key}", alt=f"Limits of {of}")
