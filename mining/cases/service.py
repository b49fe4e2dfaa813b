"""The verbs on variants and cases: pages of their lists, and the story of one case."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import duckdb

from core.errors import BadInput, NotFound
from core.queries import load
from core.view import View
from core.workspace import Workspace
from mining.cases.values import (
    CaseInstance,
    CaseOrder,
    CasePage,
    CaseRow,
    CaseStory,
    VariantPage,
    VariantRow,
)

MOST_ROWS = 1000
_INSTANCE = tuple(f.name for f in fields(CaseInstance) if f.name != "attributes")


def list_variants(
    ws: Workspace,
    view: View,
    *,
    offset: int = 0,
    limit: int = 100,
) -> VariantPage:
    """The variants of what is selected, by falling number of cases, `limit` of them from `offset` on.

    Raises NotFound, and BadInput for a page that cannot be.
    """
    _check(offset, limit)
    with ws.logs.open(view) as opened:
        return opened.told(variant_page(opened.connection, offset, limit))


def variant_page(connection: duckdb.DuckDBPyConnection, offset: int = 0, limit: int = 100) -> VariantPage:
    """A page of the variants of the log, or of the part of it, that `connection` shows."""
    rows = _rows(connection, "variant_rows", offset=offset, limit=limit)
    return VariantPage(
        rows[0][7] if rows else 0,
        int(rows[0][8]) if rows else 0,
        tuple(
            VariantRow(n, digest, cases, cases / total, reached / total, tuple(trace), median, p95)
            for n, (digest, cases, reached, _, trace, median, p95, _, total) in enumerate(rows, offset + 1)
        ),
    )


def list_cases(
    ws: Workspace,
    view: View,
    *,
    by: CaseOrder = CaseOrder.STARTED,
    descending: bool = False,
    search: str = "",
    offset: int = 0,
    limit: int = 50,
) -> CasePage:
    """The selected cases whose identifier contains `search`, sorted by `by`, `limit` of them from `offset` on.

    Raises NotFound, and BadInput for a page that cannot be.
    """
    _check(offset, limit)
    bound = {"by": CaseOrder(by).value, "descending": descending, "search": search, "offset": offset, "limit": limit}
    with ws.logs.open(view) as opened:
        rows = _rows(opened.connection, "case_rows", **bound)
        return opened.told(CasePage(int(rows[0][-1]) if rows else 0, tuple(CaseRow(*row[:-1]) for row in rows)))


def case_story(ws: Workspace, view: View, case: str) -> CaseStory:
    """The case `case` with all that the log says of it. Raises NotFound."""
    with ws.logs.open(view) as opened:
        facts = _named(opened.connection, "facts_of_case", case_id=case)
        if not facts:
            where = f"Event log `{view.log}` version {opened.version.version}"
            raise NotFound(f"{where} has no case `{case}` among those selected.")
        instances = _named(opened.connection, "instances_of_case", case_id=case)
        whole = facts[0]
        found = CaseStory(
            whole["case_id"], whole["started"], whole["ended"], whole["due"], whole["complete"], whole["state"],
            whole["cycle"], _attributes(whole),
            tuple(CaseInstance(**{n: row[n] for n in _INSTANCE}, attributes=_attributes(row)) for row in instances),
        )  # fmt: skip
        return opened.told(found)


def _attributes(row: dict[str, Any]) -> dict[str, Any]:
    return {name[1:]: value for name, value in row.items() if name.startswith("@") and value is not None}


def _check(offset: int, limit: int) -> None:
    if offset < 0 or not 0 < limit <= MOST_ROWS:
        raise BadInput(f"A page has 1 to {MOST_ROWS:,} rows and starts at 0 or later, not {limit} rows from {offset}.")


def _rows(connection: duckdb.DuckDBPyConnection, name: str, **bound: Any) -> list[Any]:
    return connection.execute(load("mining.cases.sql", name).sql, bound).fetchall()


def _named(connection: duckdb.DuckDBPyConnection, name: str, **bound: Any) -> list[dict[str, Any]]:
    cursor = connection.execute(load("mining.cases.sql", name).sql, bound)
    columns = [column[0] for column in cursor.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
