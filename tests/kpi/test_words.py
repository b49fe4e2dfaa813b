"""Definitions, their documentation, and how values are said."""

from __future__ import annotations

from pathlib import Path

from core.queries import names
from kpi import KEYS, definitions, in_words
from kpi.reference import reference

ROOT = Path(__file__).parents[2]


def test_every_file_is_a_kpi_and_every_kpi_a_file() -> None:
    assert set(names("kpi.sql")) == set(KEYS)
    assert set(names("kpi.detail")) == {*KEYS, "by_activity", "left_out", "span", "unfinished"}
    assert all(d.title and d.definition and d.unit and d.needs and d.interval and d.source for d in definitions())


def test_the_documentation_is_made_from_the_headers() -> None:
    written = (ROOT / "docs" / "kpis.md").read_text(encoding="utf-8")
    assert written == reference(), "run `python -m kpi.reference`"


def test_values_are_said_with_their_unit() -> None:
    assert in_words(None, "share") == "–"
    assert in_words(0.1234, "share") == "12.3 %"
    assert in_words(4.2, "EUR a task") == "4.20 EUR a task"
    assert in_words(4.2, "currency a task") == "4.20 a task"
    assert in_words(0.0123, "cases a day") == "0.0123 cases a day"
