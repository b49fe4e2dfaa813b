"""What may be asked of a database: its URL, one statement that only reads, and words that never show the password."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

from core.errors import BadInput, first_line

if TYPE_CHECKING:
    import sqlalchemy as sa

_READS = ("select", "with", "values", "table", "from")
_SECRET = re.compile(r"pass|pwd|secret|token|key", re.IGNORECASE)
_ASIDE = re.compile(  # what may hold a semicolon without ending a statement
    r"'(?:[^']|'')*'" + r'|"(?:[^"]|"")*"' + r"|`[^`]*`|\[[^\]]*\]|--[^\n]*|/\*.*?\*/|(\$\w*\$).*?\1", re.DOTALL
)
_EXAMPLE = "`postgresql://user:password@host/database`"


def check_url(url: str) -> sa.URL:
    """The URL in `url`. Raises BadInput for what is none, and for SQLite without a file."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        found = make_url(url)
    except (ArgumentError, ValueError):
        raise BadInput(f"That is not the URL of a database. Write it as SQLAlchemy does, such as {_EXAMPLE}.") from None
    if found.get_backend_name() == "sqlite" and (found.database or ":memory:") == ":memory:":
        raise BadInput("The URL names no SQLite file. Write `sqlite:///folder/file.sqlite`, or four slashes from `/`.")
    return found


def check_query(query: str) -> str:
    """`query` without a semicolon at its end. Raises BadInput for several statements, and what does not read."""
    statement = query.strip().rstrip(";").strip()
    plain = _ASIDE.sub(" ", statement).strip()
    if not plain:
        raise BadInput("The query is empty. Write one SELECT that gives a row for each event.")
    if ";" in plain:
        raise BadInput("The query has more than one statement. Write one SELECT that gives a row for each event.")
    first = re.split(r"\W", plain.lstrip("( \n\t"), maxsplit=1)[0]
    if first.lower() not in _READS:
        raise BadInput(f"The query begins with `{first[:40]}`. Only one that reads is run: SELECT or WITH.")
    return statement


def database_name(address: sa.URL) -> str:
    """How people call the database: its name and host, or its file; neither user nor password."""
    if address.get_backend_name() == "sqlite":
        return str(address.database)
    port = f":{address.port}" if address.port else ""
    return f"{address.database or address.get_backend_name()}@{address.host or 'localhost'}{port}".replace("/", "_")


def without_secrets(text: str, address: sa.URL) -> str:
    """`text` with `***` in place of every secret that `address` holds."""
    secrets = [str(address.password or "")]
    for key, value in address.query.items():
        if _SECRET.search(key):
            secrets += [value] if isinstance(value, str) else list(value)
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        for written in {secret, quote(secret, safe=""), quote_plus(secret), repr(secret)[1:-1]}:
            text = text.replace(written, "***")
    return text


def in_words(error: BaseException, address: sa.URL) -> str:
    """What the database says is wrong, without secrets."""
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, ModuleNotFoundError):
        return f"its driver is not installed: the Python package `{cause.name}`. Install it beside Tandem"
    return without_secrets(first_line(cause), address)
