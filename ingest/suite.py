"""A Great Expectations suite over a sample of what was staged; its result is kept with the log.

Great Expectations works on pandas, so it sees a sample; the counts over every row are those of checks.py.
"""

from __future__ import annotations

import os
import warnings
from datetime import UTC, datetime
from typing import Any

import duckdb

from core.queries import load
from ingest.words import KINDS

SAMPLE = 10_000


def take_sample(connection: duckdb.DuckDBPyConnection) -> Any:
    """A pandas frame of up to SAMPLE activity instances of `staged`, spread over all of them."""
    return connection.execute(load("ingest.sql", "sample").sql, {"most": SAMPLE}).df()


def validate_sample(frame: Any, now: datetime) -> dict[str, Any]:
    """What the suite says of a sample: how many rows it saw, whether all held, and each expectation with its count."""
    gx = great_expectations()
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    batch = (
        context.data_sources.add_pandas("sample")
        .add_dataframe_asset("staged")
        .add_batch_definition_whole_dataframe("all")
        .get_batch({"dataframe": frame})
    )
    suite = context.suites.add(gx.ExpectationSuite(name="event log", expectations=_expectations(gx, frame, now)))
    result = batch.validate(suite)
    return {
        "tool": f"Great Expectations {gx.__version__}",
        "rows": len(frame),
        "success": bool(result.success),
        "expectations": [_told(single) for single in result.results],
    }


def _expectations(gx: Any, frame: Any, now: datetime) -> list[Any]:
    """What a sound event log holds to: everything named, in time, in order, and from a known set where there is one."""
    e = gx.expectations
    latest = now.astimezone(UTC).replace(tzinfo=None)
    wanted = [e.ExpectColumnValuesToNotBeNull(column=name) for name in ("case_id", "activity", "ended")]
    wanted += [
        e.ExpectColumnValueLengthsToBeBetween(column="activity", min_value=1, max_value=200),
        e.ExpectColumnValuesToBeBetween(column="ended", min_value=datetime(1971, 1, 1), max_value=latest),  # noqa: DTZ001
        e.ExpectColumnValuesToBeUnique(column="source_row"),
        e.ExpectColumnValuesToBeInSet(column="performer_kind", value_set=list(KINDS)),
    ]
    if frame["started"].notna().any():
        wanted.append(
            e.ExpectColumnPairValuesAToBeGreaterThanB(
                column_A="ended", column_B="started", or_equal=True, ignore_row_if="either_value_is_missing"
            )
        )
    if frame["cost"].notna().any():
        wanted.append(e.ExpectColumnValuesToBeBetween(column="cost", min_value=0))
    return wanted


def _told(single: Any) -> dict[str, Any]:
    config = single.expectation_config
    columns = [config.kwargs[key] for key in ("column", "column_A", "column_B") if key in config.kwargs]
    return {
        "expectation": config.type,
        "columns": columns,
        "success": bool(single.success),
        "unexpected": int(single.result.get("unexpected_count", 0) or 0),
    }


def great_expectations() -> Any:
    """The library, imported late because that takes two seconds, with its telemetry off."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"module 'sre_\w+' is deprecated", DeprecationWarning)
        import great_expectations as gx
    return gx
