"""What a person reads when something outside Tandem fails: a database, a file, the disk."""

from __future__ import annotations

import sys

from core import first_line


def explained(error: Exception) -> str | None:
    """What failed and what to do, for a failure of a database, a file or the disk; None for anything else.

    The libraries are looked up among those imported so far: one that was not imported cannot have raised it.
    """
    if _is(error, "sqlalchemy.exc", "DBAPIError"):
        cause = first_line(getattr(error, "orig", None) or error)
        return f"The operational database failed: {cause}. Check TANDEM_DATABASE_URL, its server and its disk."
    if _is(error, "duckdb", "Error"):
        return (
            f"An event log could not be read or written: {first_line(error)}. If its file is damaged, restore it "
            "from a backup or import the log again; if memory or disk ran out, see docs/settings.md."
        )
    if isinstance(error, OSError):
        where = f"`{error.filename}`: " if error.filename else ""
        return f"A file or connection failed: {where}{error.strerror or error}. Check that it exists and may be used."
    return None


def _is(error: Exception, module: str, name: str) -> bool:
    loaded = sys.modules.get(module)
    return loaded is not None and isinstance(error, getattr(loaded, name))
