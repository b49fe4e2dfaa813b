"""The values that an attribute has, and which of them a value that somebody wrote means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from core.errors import BadInput, NotFound, closest
from core.selection.meanings import meanings, moment_of, number_of, truth_of

_WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
_NUMBERS = (*_WHOLE, "FLOAT", "DOUBLE", "DECIMAL")
_COMMA = re.compile(r"[+-]?\d+,\d+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOST = 100_000  # different values that are compared one by one
_SHOWN = 12


@dataclass(frozen=True)
class AttributePlace:
    """Where an attribute stands."""

    of_case: bool
    column: str  # as SQL writes it
    type: str = "VARCHAR"  # of DuckDB
    source: str = ""  # the stored table that it is a column of, where that is no table of attributes

    @property
    def table(self) -> str:
        """The stored table that it is a column of."""
        return self.source or ("stored.case_attribute" if self.of_case else "stored.event_attribute")


class StoredValues:
    """The values of one attribute of one stored event log version."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, attribute: str, place: AttributePlace) -> None:
        self._connection, self._attribute, self._place = connection, attribute, place
        self._kind = place.type.split("(")[0]

    def meant(self, given: Sequence[str]) -> list[str]:
        """The stored values, as text, that `given` mean: `True`, `1` and `1.0` one truth, `2026-01-05` its day.

        Raises NotFound for a value that the attribute does not have, with those that it has, the closest first.
        """
        found: dict[str, None] = {}
        for value in given:
            found |= dict.fromkeys(self._meant(value))
        return list(found)

    def check_range(self) -> None:
        """Raise BadInput where no value of the attribute is a number, so that no range of numbers can hold one."""
        if self._kind in _NUMBERS:
            return
        if self._kind == "VARCHAR" and self._any("try_cast({column} AS DOUBLE) IS NOT NULL", {}):
            return
        shown = self._listed(self._different(_SHOWN))
        raise BadInput(
            f"`{self._attribute}` has no numbers, so it cannot be asked for a range of them. Its values: {shown}. "
            "If they are numbers with a decimal comma, import the log with decimal points."
        )

    def _meant(self, value: str) -> list[str]:
        if self._kind == "VARCHAR":
            found = [value] if self._has(value) else self._alike(value)
        elif self._kind.startswith(("TIMESTAMP", "DATE")):
            found = self._moments(value)
        else:
            text = self._typed(value)
            found = [text] if text is not None and self._has(text) else []
        if not found:
            raise self._unknown(value)
        return found

    def _typed(self, value: str) -> str | None:
        """The text that DuckDB makes of the stored value which `value` means, None where it can mean none."""
        truth, number = truth_of(value), number_of(value)
        if self._kind == "BOOLEAN":
            return None if truth is None else str(truth).lower()
        if number is None:
            return self._cast(value if truth is None else str(int(truth)))
        if self._kind in _WHOLE:
            return str(int(number)) if number == number.to_integral_value() else None
        return self._cast(str(number))

    def _cast(self, text: str) -> str | None:
        sql = f"SELECT try_cast($text AS {self._place.type})::VARCHAR"
        return self._connection.execute(sql, {"text": text}).fetchall()[0][0]  # type: ignore[no-any-return]

    def _moments(self, value: str) -> list[str]:
        """The stored moments that `value` means: that moment, or where it is a day, those of the day in UTC."""
        first = moment_of(value)
        if first is None:
            return []
        days = 1 if _DAY.fullmatch(value.strip()) else 0
        sql = (
            f"SELECT DISTINCT {self._place.column}::VARCHAR FROM {self._place.table} WHERE {self._place.column} "  # noqa: S608
            "BETWEEN $first AND $first + to_days($days) - to_microseconds($days)"
        )
        return [text for (text,) in self._connection.execute(sql, {"first": first, "days": days}).fetchall()]

    def _alike(self, value: str) -> list[str]:
        """The stored texts that mean what `value` means, though they are written otherwise."""
        known = self._different(_MOST)
        wanted = meanings(value)
        found = [text for text in known if wanted & meanings(text)]
        truth = truth_of(value)
        if not found and truth is not None and all(truth_of(text) is not None for text in known):
            found = [text for text in known if truth_of(text) is truth]
        return found

    def _has(self, text: str) -> bool:
        return self._any(f"{{column}} = $text::{self._place.type}", {"text": text})

    def _any(self, condition: str, bound: dict[str, str]) -> bool:
        """Whether some row fulfils `condition`; it stops at the first."""
        where = condition.format(column=self._place.column)
        sql = f"SELECT 1 FROM {self._place.table} WHERE {where} LIMIT 1"  # noqa: S608
        return bool(self._connection.execute(sql, bound).fetchall())

    def _different(self, most: int) -> list[str]:
        """The different values as text, the most frequent first, at most `most`."""
        sql = (
            f"SELECT {self._place.column}::VARCHAR AS value FROM {self._place.table} WHERE {self._place.column} "  # noqa: S608
            "IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT $most"
        )
        return [text for (text,) in self._connection.execute(sql, {"most": most}).fetchall()]

    def _unknown(self, value: str) -> NotFound:
        known = self._different(_MOST)
        near = closest(value, known, _SHOWN)
        number = number_of(value.replace(",", "."))
        if self._kind in _NUMBERS and number is not None:
            near = sorted(known, key=lambda text: abs((number_of(text) or number) - number))[:_SHOWN]
        comma = f" Write numbers with a point: `{value.strip().replace(',', '.')}`." if self._is_comma(value) else ""
        return NotFound(
            f"No `{self._attribute}` is `{value}` in this event log.{comma} Known: {self._listed(near, len(known))}."
        )

    def _is_comma(self, value: str) -> bool:
        return self._kind in _NUMBERS and _COMMA.fullmatch(value.strip()) is not None

    def _listed(self, values: Sequence[str], of: int = 0) -> str:
        more = of - len(values)
        return (", ".join(f"`{text[:100]}`" for text in values) or "none") + (f" and {more:,} more" if more > 0 else "")
