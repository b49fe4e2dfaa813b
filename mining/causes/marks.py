"""Marks: which cases are set against which others, put into the temporary table `marked_case`, and in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.errors import BadInput
from core.eventlog import LogVersion
from core.figures import per_cent
from core.queries import load as load_query
from core.selection.selection import NO_SELECTION, Selection
from core.workspace import Workspace
from mining.causes.values import Mark, Quick

if TYPE_CHECKING:
    import duckdb

_UNITS = {"s": 1.0, "min": 60.0, "h": 3_600.0, "d": 86_400.0, "w": 604_800.0}
_WORDS = {
    Quick.REWORK: ("have rework", "all cases"),
    Quick.FAILED: ("have an error", "the cases whose log says whether activity instances failed"),
    Quick.OPEN: ("be incomplete", "all cases"),
    Quick.OVERDUE: ("miss their due date", "the cases that have a due date and are complete or past it"),
}


@dataclass(frozen=True)
class MarkWords:
    """A mark in words."""

    marked: str  # stands behind "cases are likely to", such as "have rework"
    base: str  # which cases are looked at


def parse_mark(text: str) -> Mark:
    """The mark that `text` names: `slowest`, `slowest:0.2`, `slower:3d`, `rework`, `failed`, `open`, `overdue`, or the
    filters of a selection as JSON. Raises BadInput that names what there is.
    """
    text = text.strip()
    if text.startswith(("{", "[")):
        return Mark(selection=Selection.parse(text))
    name, _, value = text.partition(":")
    plain = {q.value: q for q in (Quick.REWORK, Quick.FAILED, Quick.OPEN, Quick.OVERDUE)}
    if name in plain and not value:
        return Mark(quick=plain[name])
    if name == Quick.SLOWEST:
        return Mark(quick=Quick.SLOWEST, share=_share(value or "0.1"))
    if name == Quick.SLOWER and value:
        return Mark(quick=Quick.SLOWER, seconds=_seconds(value))
    raise BadInput(
        f"`{text}` is no mark. Use `slowest` (the slowest 10 %), `slowest:0.2`, `slower:3d` (units s, min, h, d, w), "
        "`rework`, `failed`, `open`, `overdue`, `deviating:MAP`, filters as JSON, or `@name` of a saved set of filters."
    )


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = 0.0
    if not 0 < share < 1:
        raise BadInput(f"The share of the slowest cases is `{text}`; it must lie between 0 and 1, such as 0.1.")
    return share


def _seconds(text: str) -> float:
    number = text.rstrip("abcdefghijklmnopqrstuvwxyz ")
    unit = text[len(number) :].strip()
    try:
        return float(number) * _UNITS[unit]
    except (ValueError, KeyError):
        raise BadInput(f"`{text}` is no duration. Write a number and s, min, h, d or w, such as `3d`.") from None


def put_marks(
    connection: duckdb.DuckDBPyConnection, mark: Mark, ws: Workspace, found: LogVersion, base: Selection = NO_SELECTION
) -> MarkWords:
    """Create `marked_case` (case_no, variant_no, started, seconds, marked) on `connection`; the mark in words.

    Raises BadInput when the mark says nothing.
    """
    if mark.quick is Quick.SLOWEST:
        _run(connection, "marked_slowest", {"share": mark.share})
        return MarkWords(f"be among the slowest {per_cent(mark.share)}", "the complete cases")
    if mark.quick is Quick.SLOWER:
        _run(connection, "marked_slower", {"seconds": mark.seconds})
        return MarkWords(f"take longer than {_long(mark.seconds)}", "the complete cases")
    if mark.selection is not None:
        with ws.logs.select(found, mark.selection, moves_only=True) as marked:
            numbers = marked.execute("SELECT case_no FROM case_").fetchnumpy()["case_no"]
        _listed(connection, {"case_no": numbers})
        return MarkWords(mark.words or f"match {_filters(mark.selection, base)}", "all cases")
    if mark.words:
        rows = connection.execute(
            "SELECT case_no FROM case_ WHERE case_id IN (SELECT unnest($cases::VARCHAR[]))", {"cases": list(mark.cases)}
        ).fetchnumpy()
        _listed(connection, rows)
        return MarkWords(mark.words, "all cases")
    if mark.quick is None or mark.quick is Quick.DEVIATING:
        raise BadInput("This mark names no cases. Give a quick mark, a selection, or cases with what they are.")
    _run(connection, f"marked_{mark.quick.value}", {})
    return MarkWords(*_WORDS[mark.quick])


def _filters(marked: Selection, base: Selection) -> str:
    """The filters of a mark in words, those that all cases were chosen by aside."""
    own = [f for f in marked.active if f not in base.filters]
    return " and ".join(f"“{f.in_words()}”" for f in own) or "the filters"


def _listed(connection: duckdb.DuckDBPyConnection, numbers: Any) -> None:
    connection.register("listed", numbers)
    _run(connection, "marked_listed", {})
    connection.unregister("listed")


def _run(connection: duckdb.DuckDBPyConnection, name: str, bound: dict[str, Any]) -> None:
    connection.execute(load_query("mining.causes.sql", name).sql, bound)


def _long(seconds: float) -> str:
    """`seconds` in the largest unit that gives a number of at least 1."""
    for unit in ("d", "h", "min"):
        if seconds >= _UNITS[unit]:
            return f"{seconds / _UNITS[unit]:g} {unit}"
    return f"{seconds:g} s"
