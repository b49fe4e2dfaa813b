"""XES that mixes named and unnamed traces, or is broken: the shared files. Small ones are in `test_xes_unnamed`."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import BadInput
from core.workspace import Workspace
from tests.cases.reading import case_ids, imported, message, shared_case, stored, told

FOLDER = "xes_doubled_and_unnamed"


def test_a_trace_is_a_case_named_or_not(ws: Workspace) -> None:
    done = imported(ws, shared_case(f"{FOLDER}/mixed.xes"))
    assert (done.cases, done.events, told(done)["unnamed_traces"]) == (3, 4, 2)
    assert case_ids(ws) == ["c1", "unnamed trace 2", "unnamed trace 3"]


@pytest.mark.parametrize(("name", "doubled"), [("dup", 2), ("traceless_ns", 0)])
def test_doubled_keys_are_counted(ws: Workspace, name: str, doubled: int) -> None:
    done = imported(ws, shared_case(f"{FOLDER}/{name}.xes"))
    assert (case_ids(ws), told(done).get("doubled_keys", 0)) == (["c1"], doubled)


@pytest.mark.parametrize(
    ("name", "says"),
    [("badtype", "event 2, end: `gestern`"), ("outside", "1 event stands outside a trace"),
     ("trunc", "not well-formed XML at line 1, column 255")],
)  # fmt: skip
def test_what_is_wrong_is_told_by_its_place(ws: Workspace, name: str, says: str) -> None:
    with pytest.raises(BadInput) as raised:
        imported(ws, shared_case(f"{FOLDER}/{name}.xes"))
    assert says in str(raised.value)


TRACE = """<trace><string key="concept:name" value="{name}"/><string key="region" value="{region}"/>
<string key="kind" value="same"/><event><string key="concept:name" value="A"/>
<date key="time:timestamp" value="2026-01-0{day}T08:00:00Z"/></event></trace>"""


def test_what_traces_of_one_name_contradict_each_other_in_is_said(ws: Workspace, tmp_path: Path) -> None:
    told_of = (("1", "north", 5), ("1", "south", 6), ("2", "south", 7))
    traces = [TRACE.format(name=name, region=region, day=day) for name, region, day in told_of]
    path = tmp_path / "x.xes"
    path.write_text(f"<log>{''.join(traces)}</log>")
    done = imported(ws, path)
    assert stored(ws, 'SELECT "@region" FROM case_attribute ORDER BY 1') == [("north",), ("south",)]
    assert (told(done)["traces_contradict"], told(done)["traces_with_a_name_twice"]) == (1, 1)
    assert message(done, "traces_contradict") == (
        "1 case has different values of `case:region` in traces of one name, such as `1` with `north` and `south`; one "
        "is kept, here `north`."
    )
