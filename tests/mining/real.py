"""Real logs for these tests: read by pm4py, staged by hand, so that they do not depend on ingest."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

from core.eventlog import LogVersion
from core.workspace import Workspace

_STAGE = """
CREATE TABLE staged AS
SELECT "case:concept:name" AS case_id, "concept:name" AS activity,
       {start} AS started, "time:timestamp"::TIMESTAMP AS ended,
       NULL::SMALLINT AS started_offset, NULL::SMALLINT AS ended_offset,
       {performer} AS performer, NULL::VARCHAR AS performer_kind, false AS simulated,
       NULL::VARCHAR AS system, NULL::DOUBLE AS cost, NULL::BOOLEAN AS failed, row_number() OVER () AS source_row
FROM frame
"""


def read_xes(path: Path) -> Any:
    """The log at `path` as pm4py's own data frame."""
    import pandas as pd
    import pm4py

    pd.set_option("mode.string_storage", "python")  # pm4py's variants fail on Arrow strings
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "In the current version", UserWarning)  # which reader it took
        return pm4py.read_xes(str(path))


def read_csv(path: Path) -> Any:
    """The CSV at `path`, its columns named as pm4py wants them."""
    import pandas as pd

    pd.set_option("mode.string_storage", "python")
    frame = pd.read_csv(path)
    for column in ("start_timestamp", "time:timestamp"):
        frame[column] = pd.to_datetime(frame[column], utc=True, format="mixed")
    frame["case:concept:name"] = frame["case:concept:name"].astype(str)
    return frame


def stage(ws: Workspace, log: str, frame: Any) -> LogVersion:
    """`frame` published as a version of `log`, its rows in order."""
    start = '"start_timestamp"::TIMESTAMP' if "start_timestamp" in frame else "NULL::TIMESTAMP"
    performer = '"org:resource"::VARCHAR' if "org:resource" in frame else "NULL::VARCHAR"
    with ws.logs.draft(log) as draft:
        draft.connection.register("frame", frame)
        draft.connection.execute(_STAGE.format(start=start, performer=performer))
        draft.connection.unregister("frame")
        return draft.publish(
            source="a real log", digest=log, created_by="tester", event_rows=len(frame), meta={}, ends=["*"]
        )
