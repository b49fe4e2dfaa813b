"""What a scenario assumes: a table to edit, one row a task that changes, its values from the allocation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from app.pages.parts import editing_table, section
from app.pages.text import literal
from mining.allocation import Allocation
from mining.map.maps import MapSummary
from mining.whatif import Change, DroppedTask, TaskByAgent, adjusted, scenario_of

# column: assumption, what one unit of the column is of the assumption's
_COLUMNS: Mapping[str, tuple[str, float]] = {
    "Minutes": ("seconds", 60.0),
    "Done again %": ("error", 0.01),
    "To a person %": ("escalated", 0.01),
    "Approved %": ("approved", 0.01),
    "Approval wait h": ("approval_delay", 3600.0),
    "Reviewed %": ("reviewed", 0.01),
    "Wait kept %": ("keeps", 0.01),
    "Saved %": ("saved", 0.01),
    "Cost each": ("cost_each", 1.0),
    "Cost a month": ("cost_month", 1.0),
}
_HELP = {
    "Minutes": "That an agent takes for one instance. Assumed.",
    "Done again %": "Share of its results that a person does again. As measured of people where the log tells errors.",
    "To a person %": "Share that it hands over to a person, who does it as before. Assumed.",
    "Approved %": "Share that waits for a person's approval. From the allocation.",
    "Approval wait h": "Working hours until somebody gets to an approval, before their queue. Assumed.",
    "Reviewed %": "Share that a person looks at afterwards; the case does not wait. Assumed.",
    "Wait kept %": "Share of the wait before the task that stays when an agent does it: it has other reasons. Assumed.",
    "Saved %": "Share of a person's service time that an agent's help saves. Assumed, from customer support.",
    "Cost each": "Of one instance: model, computing. Assumed.",
    "Cost a month": "Of keeping the agent at work: licence, watching, upkeep. Assumed.",
}
_WHO = {TaskByAgent: "agent", DroppedTask: "nobody"}


def assumed(chosen: MapSummary, found: Sequence[Allocation]) -> tuple[Change, ...]:
    """The changes of the scenario, as the reader left them."""
    defaults = scenario_of(found)
    if not defaults:
        return ()
    section("What is assumed")
    rows = [_row(change) for change in defaults]
    columns: dict[str, Any] = {
        name: st.column_config.NumberColumn(help=help, min_value=0, format="%g") for name, help in _HELP.items()
    }
    st.caption("One row a task that would change. Edit any figure; untick a task to leave it as it is.")
    edited = editing_table(
        rows, key=f"assumed-{chosen.name}-{chosen.version}-{hash(defaults_key(defaults))}", fixed=["Task", "Who"],
        columns={"In": st.column_config.CheckboxColumn(width="small"), **columns},
    )  # fmt: skip
    taken = [change for change, row in zip(defaults, edited, strict=True) if row["In"]]
    said = [
        (change.activity, *_COLUMNS[column][:1], float(row[column]) * _COLUMNS[column][1])
        for change, row, before in zip(defaults, edited, rows, strict=True)
        for column in _COLUMNS
        if row["In"] and before[column] is not None and row[column] is not None and row[column] != before[column]
    ]
    return adjusted(taken, said)


def defaults_key(changes: Sequence[Change]) -> str:
    """What tells one scenario from another: a changed allocation begins with fresh figures."""
    return literal(str([(c.activity, type(c).__name__, getattr(c, "approved", None)) for c in changes]))


def _row(change: Change) -> dict[str, Any]:
    figures = {
        column: None if not hasattr(change, name) else round(getattr(change, name) / unit, 4)
        for column, (name, unit) in _COLUMNS.items()
    }
    return {"In": True, "Task": change.activity, "Who": _WHO.get(type(change), "person, helped"), **figures}
