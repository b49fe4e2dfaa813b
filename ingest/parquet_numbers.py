"""Floating-point columns of Parquet as what they mean: missing values, and whole numbers such as identifiers."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from ingest.values import Column, Finding, Treatment, counted

_EXACT = 2**53  # from here on a double has no longer every whole number
_MOST = 9e18  # what BIGINT holds


def read_whole_numbers(connection: duckdb.DuckDBPyConnection, floats: Sequence[Column]) -> tuple[Finding, ...]:
    """What was found in the columns `floats` of `raw`: NaN is now missing, and a column of whole numbers is of BIGINT.

    Programs that know no missing whole number, such as pandas, write `1.0` for the case 1 where another case is
    missing, and NaN for that.
    """
    missing, long = 0, []
    for column in floats:
        key = column.key
        whole, nans, digits = connection.execute(
            f"SELECT coalesce(bool_and(isnan({key}) OR ({key} = trunc({key}) AND abs({key}) < {_MOST})), false), "  # noqa: S608
            f"count(*) FILTER (isnan({key})), count(*) FILTER (abs({key}) >= {_EXACT} AND NOT isnan({key}) "
            f"AND isfinite({key})) FROM raw"
        ).fetchall()[0]
        if nans:
            connection.execute(f"UPDATE raw SET {key} = NULL WHERE isnan({key})")  # noqa: S608
        if whole:
            connection.execute(f"ALTER TABLE raw ALTER {key} TYPE BIGINT USING {key}::BIGINT")
        missing += nans
        long += [(column, digits)] if whole and digits else []
    return (*_missing(missing), *_long(long))


def _missing(count: int) -> tuple[Finding, ...]:
    if not count:
        return ()
    message = f"{counted(count, 'number')} {'is' if count == 1 else 'are'} NaN, which is no number; read as missing."
    return (Finding("nan_missing", Treatment.REPAIRED, count, message),)


def _long(found: list[tuple[Column, int]]) -> tuple[Finding, ...]:
    if not found:
        return ()
    count = sum(times for _, times in found)
    listed = ", ".join(f"`{column.label}`" for column, _ in found)
    message = (
        f"{counted(count, 'whole number')} of more than 15 digits in {listed} {'is' if count == 1 else 'are'} stored "
        "as floating point, which keeps 15. Digits behind these are lost in the file itself."
    )
    return (Finding("long_numbers", Treatment.WARNING, count, message),)
