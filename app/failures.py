"""What a person reads when something outside Tandem fails: a database, a file, the disk."""

from __future__ import annotations

import errno
import sys

from core.errors import BadInput, TandemError, damage_in_words, first_line


def explained(error: Exception) -> TandemError | None:
    """What failed and what to do, for a failure of a database, a file or the disk; None for anything else.

    The libraries are looked up among those imported so far: one that was not imported cannot have raised it.
    """
    if isinstance(error, OverflowError) or _is(error, "sqlalchemy.exc", "DataError"):
        return BadInput(
            "A value that was given does not fit into the database: a number too large, or a text too long."
        )
    if _is(error, "sqlalchemy.exc", "DBAPIError"):
        cause = first_line(getattr(error, "orig", None) or error)
        damaged = damage_in_words(cause)
        if damaged is not None:
            return damaged
        return TandemError(
            f"The operational database failed: {cause}. Check TANDEM_DATABASE_URL, its server and its disk."
        )
    if _is(error, "duckdb", "ConversionException"):
        return BadInput(f"A value that was given does not fit: {first_line(error)}.")
    if _is(error, "duckdb", "Error"):
        return TandemError(
            f"An event log could not be read or written: {first_line(error)}. If its file is damaged, restore it "
            "from a backup or import the log again; if memory or disk ran out, see docs/settings.md."
        )
    if isinstance(error, UnicodeEncodeError):
        return BadInput("A text that was given holds half a character, which cannot be stored. Write it anew.")
    if isinstance(error, OSError):
        return _of_file(error)
    return None


def _of_file(error: OSError) -> TandemError:
    if error.errno == errno.ENAMETOOLONG:
        return BadInput("The name of a file that was given is too long for this machine.")
    where = f"`{error.filename}`: " if error.filename else ""
    return TandemError(f"A file or connection failed: {where}{error.strerror or error}. Check that it may be used.")


def _is(error: Exception, module: str, name: str) -> bool:
    loaded = sys.modules.get(module)
    return loaded is not None and isinstance(error, getattr(loaded, name))
