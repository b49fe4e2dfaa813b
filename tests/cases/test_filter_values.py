"""Values in filters match what they mean, whatever type is stored; what an attribute does not have is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from core.errors import BadInput, NotFound
from core.selection.filters import AttributeFilter
from core.selection.selection import Selection
from core.workspace import Workspace
from tests.cases.reading import imported, shared_case
from tests.ingest.files import csv_file

TEXT = """case,activity,time,ok,num,when,word,mixed,amount,late
          c1,A,2026-01-01 08:00,True,1.0,2026-01-05,1.0,True,"1,5",2026-01-05T23:30:00Z
          c2,A,2026-01-01 09:00,False,2,2026-02-05,two,no,"2,5",2026-02-05T23:30:00Z
          c3,A,2026-01-01 10:00,,3.5,2026-03-05,a\N{NO-BREAK SPACE}b,maybe,"3,5",2026-03-05T23:30:00Z"""


def kept(ws: Workspace, attribute: str, *values: str, **more: Any) -> list[str]:
    """The cases that the filter keeps."""
    chosen = Selection((AttributeFilter(attribute=attribute, values=values, **more),))
    with ws.logs.select(ws.logs.get("x"), chosen) as connection:
        return [case for (case,) in connection.execute("SELECT case_id FROM case_ ORDER BY 1").fetchall()]


@pytest.mark.parametrize("value", ["True", "true", "1", "1.0"])
def test_shared_truths_and_numbers(ws: Workspace, value: str) -> None:
    imported(ws, shared_case("filter_values/a.csv"))
    assert kept(ws, "@ok", value) == ["c1"]
    assert kept(ws, "@num", value) == ["c1"]


def test_shared_moment_and_what_is_not_there(ws: Workspace) -> None:
    imported(ws, shared_case("filter_values/a.csv"))
    assert kept(ws, "@when", "2026-01-05") == ["c1"]
    with pytest.raises(
        NotFound, match=r"No `@ok` is `maybe` in this event log\. Known: `(false|true)`, `(false|true)`"
    ):
        kept(ws, "@ok", "maybe")


@pytest.fixture
def log(ws: Workspace, tmp_path: Path) -> Workspace:
    """A workspace with the small log."""
    imported(ws, csv_file(tmp_path / "x.csv", TEXT))
    return ws


def test_values_match_what_they_mean(log: Workspace) -> None:
    meant = {
        "@ok": {"True": ["c1"], "true": ["c1"], "1": ["c1"], "1.0": ["c1"], "yes": ["c1"], "0": ["c2"]},
        "@num": {"1": ["c1"], "1.0": ["c1"], "True": ["c1"], "2.0": ["c2"], "2e0": ["c2"], "3.50": ["c3"]},
        "@when": {"2026-01-05": ["c1"], "2026-01-05 00:00": ["c1"], "2026-01-05T01:00:00+01:00": ["c1"]},
        "@word": {"1": ["c1"], "1.00": ["c1"], "a b": ["c3"], " two ": ["c2"]},
        "@mixed": {"True": ["c1"], "true": ["c1"], "no": ["c2"]},
        "@late": {"2026-01-05": ["c1"], "2026-01-05 23:30": ["c1"], "2026-02-05T23:30:00Z": ["c2"]},
    }
    found = {name: {value: kept(log, name, value) for value in values} for name, values in meant.items()}
    assert found == meant
    assert kept(log, "@num", "1", "2.0", "1.0") == ["c1", "c2"]
    assert kept(log, "@num", "2", inverted=True) == ["c1", "c3"]


@pytest.mark.parametrize(
    ("attribute", "value", "says"),
    [("@ok", "maybe", "Known: `"), ("@ok", "2", "No `@ok` is `2`"), ("@num", "1.4", "Known: `1.0`, `2.0`, `3.5`."),
     ("@num", "3", "Known: `3.5`, `2.0`, `1.0`."), ("@num", "3,5", "Write numbers with a point: `3.5`."),
     ("@when", "2026-01-06", "No `@when` is"), ("@word", "twoo", "Known: `two`"),
     ("performer_kind", "robot", "`agent`"), ("failed", "true", "No `failed` is `true`")],
)  # fmt: skip
def test_a_value_that_is_not_there_is_refused_with_the_closest(
    log: Workspace, attribute: str, value: str, says: str
) -> None:
    with pytest.raises(NotFound) as raised:
        kept(log, attribute, value)
    assert says in str(raised.value)


def test_ranges_and_decimal_commas(log: Workspace) -> None:
    assert kept(log, "@num", low=2) == ["c2", "c3"]
    assert kept(log, "@amount", low=2) == ["c2", "c3"]  # 1,5 and 2,5 and 3,5: decimal commas, read at import
    with pytest.raises(BadInput, match="`@when` has no numbers"):
        kept(log, "@when", low=2)
    with pytest.raises(BadInput) as raised:
        Selection.parse('[{"kind": "attribute", "attribute": "@num", "low": "1,5"}]')
    assert "`1,5` has a comma; write numbers with a decimal point" in raised.value.problems[0]
    with pytest.raises(BadInput):
        Selection.parse('[{"kind": "metric", "metric": "cost", "high": "1.234,5"}]')


def test_of_many_values_the_closest_are_listed(ws: Workspace, tmp_path: Path) -> None:
    rows = "\n".join(f"c{n},A,2026-01-01,town {n:03}" for n in range(99))
    imported(ws, csv_file(tmp_path / "x.csv", f"case,activity,time,town\n{rows}"))
    with pytest.raises(NotFound) as raised:
        kept(ws, "@town", "twn 042")
    assert "Known: `town 042`, " in str(raised.value)
    assert str(raised.value).endswith("and 87 more.")
