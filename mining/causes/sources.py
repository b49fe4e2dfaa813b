"""Where candidate factors come from: each source is a membership, a query for (case_no, value), and its words."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from core.queries import load as load_query
from mining.causes.values import FactorKind, UntestedFactors

if TYPE_CHECKING:
    import duckdb

FEW_VALUES = 12  # a number with no more different values is taken by value, not by quartile
LIKE_CYCLE_TIME = 0.98  # correlation from which a number counts as the cycle time itself
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE", "UBIGINT", "UINTEGER")
_TABLES = {FactorKind.CASE_ATTRIBUTE: "case_attribute", FactorKind.EVENT_ATTRIBUTE: "event_attribute"}
_MOMENTS = ("TIMESTAMP", "DATE", "TIME", "INTERVAL")


@dataclass(frozen=True)
class Label:
    """A value in words."""

    value: str
    phrase: str  # stands behind "cases"
    low: float | None = None  # of a numeric bin
    high: float | None = None


@dataclass(frozen=True)
class FactorSource:
    """A family of factors: in which cases which value stands."""

    kind: FactorKind
    name: str  # of the attribute; else empty
    membership: str  # SQL that returns (case_no, value), each pair once
    label: Callable[[Any], Label]


@dataclass
class Sources:
    """Every source of a log, and what was not made one."""

    found: list[FactorSource] = field(default_factory=list)
    left_out: list[UntestedFactors] = field(default_factory=list)


def sources(connection: duckdb.DuckDBPyConnection, *, timed: bool = False) -> Sources:
    """The sources of the log that `connection` has open, with `marked_case` in it; those of its variants aside.

    `timed`: the mark is a long cycle time, and numbers of cases that go with it in step are no sources.
    """
    gathered = Sources(list(_of_work(connection)))
    columns = {
        kind: {str(row[0]): str(row[1]) for row in connection.execute(f"DESCRIBE {table}").fetchall()}
        for kind, table in _TABLES.items()
    }
    for kind, typed in columns.items():
        for column, stored in typed.items():
            if column.startswith("@"):
                _add_attribute(connection, gathered, kind, column, stored, timed=timed)
    both = columns[FactorKind.CASE_ATTRIBUTE].keys() & columns[FactorKind.EVENT_ATTRIBUTE].keys()
    gathered.found = [
        replace(s, name=f"case:{s.name}") if s.kind is FactorKind.CASE_ATTRIBUTE and s.name in both else s
        for s in gathered.found
    ]
    return gathered


def _of_work(connection: duckdb.DuckDBPyConnection) -> Iterator[FactorSource]:
    performers = dict(connection.execute("SELECT performer_no, name FROM performer").fetchall())
    systems = dict(connection.execute("SELECT system_no, name FROM system").fetchall())
    kinds = {"human": "a person", "agent": "an agent", "system": "a system"}
    plain = (
        (FactorKind.PERFORMER, "performer", lambda v: Label(performers[v], f"in which `{performers[v]}` performed")),
        (FactorKind.PERFORMER_KIND, "performer_kind",
         lambda v: Label(v, f"in which {kinds.get(v, v)} performed")),
        (FactorKind.SYSTEM, "system", lambda v: Label(systems[v], f"that went through system `{systems[v]}`")),
        (FactorKind.STARTED, "weekday", lambda v: Label(_WEEKDAYS[v - 1], f"that started on a {_WEEKDAYS[v - 1]}")),
        (FactorKind.STARTED, "month", lambda v: Label(_MONTHS[v - 1], f"that started in {_MONTHS[v - 1]}")),
    )  # fmt: skip
    known = {"performer": performers, "performer_kind": performers, "system": systems}
    for kind, query, label in plain:
        if known.get(query, True):
            yield FactorSource(kind, "", _sql(f"of_{query}"), label)
    length = _binned(connection, FactorKind.LENGTH, "", _sql("of_length"), "value")
    if length:
        yield length


def _add_attribute(
    connection: duckdb.DuckDBPyConnection, gathered: Sources, kind: FactorKind, column: str, stored: str, *, timed: bool
) -> None:
    quoted = '"' + column.replace('"', '""') + '"'
    place = {"table": _TABLES[kind], "column": quoted}
    if stored.startswith(_MOMENTS):
        gathered.left_out.append(UntestedFactors(f"{kind.value} `{column[1:]}`", "moments are not compared"))
        return
    if kind is FactorKind.CASE_ATTRIBUTE:
        phrase = f"without {column[1:]}"
        gathered.found.append(
            FactorSource(kind, column, _sql("of_missing", place), lambda v: Label("(missing)", phrase))
        )
    numeric = stored.startswith((*_NUMBERS, "DECIMAL"))
    if stored == "VARCHAR":
        numeric = bool(_row(connection, _sql("numeric", place))[0])
    if numeric:
        number = f"TRY_CAST({quoted} AS DOUBLE)"
        source = _sql("numbers", place)
        alike = _row(connection, _sql("like_cycle_time", {"source": source, "number": number}))[0] if timed else None
        if alike is not None and alike >= LIKE_CYCLE_TIME:
            gathered.left_out.append(
                UntestedFactors(f"{kind.value} `{column[1:]}`", "it grows in step with the cycle time")
            )
            return
        binned = _binned(connection, kind, column, source, number)
        if binned:
            gathered.found.append(binned)
            return
    gathered.found.append(FactorSource(kind, column, _sql("of_attribute", place), _plain(kind, column)))


def _plain(kind: FactorKind, column: str) -> Callable[[Any], Label]:
    return lambda value: _label(kind, column, _text(value))


def _label(kind: FactorKind, column: str, text: str, low: float | None = None, high: float | None = None) -> Label:
    """The words of a value of an attribute, or of the number of activity instances."""
    if kind is FactorKind.LENGTH:
        return Label(text, f"with {text} activity instances", low, high)
    if kind is FactorKind.CASE_ATTRIBUTE:
        return Label(text, f"with {column[1:]} {text}", low, high)
    return Label(text, f"with an activity instance whose {column[1:]} is {text}", low, high)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return str(value)


def _binned(
    connection: duckdb.DuckDBPyConnection, kind: FactorKind, column: str, source: str, number: str
) -> FactorSource | None:
    """A number as its quartiles; None where it has so few values that each is taken by itself, or none at all."""
    quartiles, least, most, different = _row(connection, _sql("limits", {"source": source, "number": number}))
    if not different or least == most or (kind is not FactorKind.LENGTH and different <= FEW_VALUES):
        return None
    limits = sorted({float(limit) for limit in quartiles if limit < most})
    if not limits:
        return None
    cases = " + ".join(f"(number > {limit!r})::INTEGER" for limit in limits)
    edges = [float(least), *limits, float(most)]
    membership = _sql("of_bin", {"bin": cases, "number": number, "source": source})

    def label(value: Any) -> Label:
        low, high = edges[int(value)], edges[int(value) + 1]
        return _label(kind, column, _range(low, high, first=int(value) == 0, last=int(value) == len(limits)), *(
            (low, high) if int(value) == 0 else (math.nextafter(low, math.inf), high)
        ))  # fmt: skip

    return FactorSource(kind, column, membership, label)


def _range(low: float, high: float, *, first: bool, last: bool) -> str:
    """A bin in words; the upper limit belongs to it, the lower one to the bin before."""
    if first:
        return f"at most {_short(high)}"
    if last:
        return f"above {_short(low)}"
    return f"above {_short(low)} and at most {_short(high)}"


def _short(number: float) -> str:
    return f"{number:,.0f}" if number.is_integer() else f"{number:,.6g}"


def _sql(name: str, parts: Mapping[str, str] | None = None) -> str:
    """A named query; `parts` are quoted names and the sources of this module, never values from outside."""
    text = load_query("mining.causes.sql", name).sql.rstrip(";")
    return re.sub(r"\{(\w+)\}", lambda place: (parts or {}).get(place[1], place[0]), text)


def _row(connection: duckdb.DuckDBPyConnection, sql: str) -> Any:
    return connection.execute(sql).fetchall()[0]
