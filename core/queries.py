"""Named queries: one `.sql` file each, beside the code that runs it, with a header of `-- key: value` lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_HEADER = re.compile(r"^--(?: ?(?P<key>[a-z][a-z_ ]*):)?\s*(?P<value>.*)$")  # a key stands at most one blank behind


@dataclass(frozen=True)
class Query:
    """A named query."""

    name: str  # the file's name without `.sql`
    sql: str  # the statement, with bound parameters such as `$sla_seconds`
    header: tuple[tuple[str, str], ...]  # what its comment lines say, in order

    def __getitem__(self, key: str) -> str:
        """What the header says under `key`. Raises KeyError where it says nothing."""
        return dict(self.header)[key]

    def get(self, key: str, default: str = "") -> str:
        """What the header says under `key`, else `default`."""
        return dict(self.header).get(key, default)


def parse(name: str, text: str) -> Query:
    """The query in `text`: leading `-- key: value` lines are its header; a line without a key, or indented, continues
    the last."""
    header: list[tuple[str, str]] = []
    lines = text.splitlines()
    position = 0
    for position, line in enumerate(lines):  # noqa: B007
        match = _HEADER.match(line)
        if match is None:
            break
        key, value = match["key"], match["value"].strip()
        if key:
            header.append((key, value))
        elif header and value:
            header[-1] = (header[-1][0], f"{header[-1][1]} {value}".strip())
    return Query(name, "\n".join(lines[position:]).strip(), tuple(header))


@cache
def load(package: str, name: str) -> Query:
    """The query in file `<name>.sql` of `package`, such as `load("kpi.sql", "cycle_time")`."""
    return parse(name, files(package).joinpath(f"{name}.sql").read_text(encoding="utf-8"))


def names(package: str) -> tuple[str, ...]:
    """The names of all queries in `package`, sorted."""
    return tuple(sorted(f.name.removesuffix(".sql") for f in files(package).iterdir() if f.name.endswith(".sql")))
