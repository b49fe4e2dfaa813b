"""The selected activity instances as a file for other programs, written whole or not at all."""

from __future__ import annotations

import uuid
from pathlib import Path

import duckdb

from core.errors import BadInput
from core.queries import load
from core.view import View
from core.workspace import Workspace

_SUFFIXES = (".csv", ".parquet")
# Text that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay as they are.
_SAFE = (
    "CASE WHEN regexp_matches({0}, '^[=+@\\t\\r\\n-]') AND try_cast({0} AS DOUBLE) IS NULL "
    "THEN '''' || {0} ELSE {0} END"
)


def export_events(
    ws: Workspace,
    view: View,
    path: Path,
    *,
    replace: bool = False,
) -> int:
    """The number of activity instances written to `path`, as CSV or Parquet by its suffix.

    Times are UTC. In CSV, text that a spreadsheet would run as a formula has `'` before it. Raises NotFound, and
    BadInput for another suffix, a file that is there already (unless `replace`), or a place nothing can be written to.
    """
    path = Path(path)
    if path.suffix.lower() not in _SUFFIXES:
        raise BadInput(f"`{path}` ends in none of {', '.join(f'`{s}`' for s in _SUFFIXES)}, which say what is written.")
    if path.exists() and not replace:
        raise BadInput(f"`{path}` is there already. Choose another file, or say `--replace`.")
    aside = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    with ws.logs.open(view, writes=aside) as opened:
        connection = opened.connection
        connection.execute(f"CREATE TEMP VIEW exported AS {load('mining.cases.sql', 'exported').sql}")
        try:
            return _write(connection, path, aside)
        except (duckdb.IOException, OSError) as error:
            raise BadInput(f"`{path}` cannot be written: {str(error).splitlines()[0]}") from None
        finally:
            aside.unlink(missing_ok=True)


def _write(connection: duckdb.DuckDBPyConnection, path: Path, aside: Path) -> int:
    quoted = str(aside).replace("'", "''")
    if path.suffix.lower() == ".csv":
        columns = ", ".join(_safe_columns(connection))
        copied = f"COPY (SELECT {columns} FROM exported) TO '{quoted}' (HEADER)"  # noqa: S608
    else:
        copied = f"COPY (FROM exported) TO '{quoted}' (FORMAT parquet, COMPRESSION zstd)"
    row = connection.execute(copied).fetchone()
    aside.replace(path)
    return int(row[0]) if row else 0


def _safe_columns(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Every column under its name, its text made safe."""
    columns = connection.execute("SELECT column_name, column_type FROM (DESCRIBE exported)").fetchall()
    listed = []
    for name, kind in columns:
        quoted = '"' + name.replace('"', '""') + '"'
        value = _SAFE.format(quoted) if kind == "VARCHAR" else quoted
        # `@name` would itself be run as a formula; what begins so once the `@` is gone keeps an apostrophe.
        plain = name.removeprefix("@")
        head = ("'" if plain[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") else "") + plain
        same = head in {n for n, _ in columns if n != name}
        listed.append(value + ' AS "' + (f"attribute {head}" if same else head).replace('"', '""') + '"')
    return listed
