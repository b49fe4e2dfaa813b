"""Our values as pm4py wants them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.tree import Operator, ProcessTree


def as_pm4py(tree: ProcessTree) -> Any:
    """A process tree as pm4py's."""
    from pm4py.objects.process_tree.obj import Operator as Theirs
    from pm4py.objects.process_tree.obj import ProcessTree as Their

    operators = {
        Operator.SEQUENCE: Theirs.SEQUENCE,
        Operator.CHOICE: Theirs.XOR,
        Operator.PARALLEL: Theirs.PARALLEL,
        Operator.LOOP: Theirs.LOOP,
    }
    made = Their(operators.get(tree.operator), None, None, tree.label)
    for child in tree.children:
        converted = as_pm4py(child)
        converted.parent = made
        made.children.append(converted)
    return made


def as_frame(traces: Sequence[Sequence[str]]) -> Any:
    """Traces, a case each, as a data frame of events."""
    import pandas as pd

    pd.set_option("mode.string_storage", "python")
    rows = [(f"{case:07}", activity) for case, trace in enumerate(traces) for activity in trace]
    frame = pd.DataFrame(rows, columns=["case:concept:name", "concept:name"])
    frame["time:timestamp"] = pd.Timestamp("2026-01-01", tz="UTC") + pd.to_timedelta(range(len(frame)), unit="s")
    return frame
