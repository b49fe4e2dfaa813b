"""OCEL 1.0 in JSON and XML: refused as such, in one sentence that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import BadInput
from ingest import parts_of
from tests.cases.reading import shared_case

EVENT = (
    '<event><string key="id" value="e1"/><string key="activity" value="a"/>'
    '<date key="timestamp" value="2026-01-05T08:00:00Z"/></event>'
)
GLOBAL = '<global scope="log"><string key="version" value="1.0"/></global>'
FILES = {
    "x.json": '{"ocel:events": {"e1": {"ocel:activity": "a"}}, "ocel:objects": {}}',
    "x.jsonocel": '{"ocel:global-log": {"ocel:version": "1.0"}, "ocel:events": {',  # told before it ends
    "x.xmlocel": f"<?xml version='1.0'?><log>{GLOBAL}<events>{EVENT}</events><objects/></log>",
    "x.xml": f"<log><events>{EVENT}</events><objects/></log>",
    "y.xmlocel": '<log><objects><object><string key="id" value="o1"/></object></objects><events/></log>',
}


def refusal(path: Path) -> str:
    """What is said of the file."""
    with pytest.raises(BadInput) as raised:
        parts_of(path)
    return str(raised.value)


def expected(path: Path) -> str:
    return (
        f"`{path}` is OCEL 1.0, and Tandem reads OCEL 2.0: convert it, such as with `read_ocel` and `write_ocel2` of "
        "pm4py."
    )


@pytest.mark.parametrize("name", ["v1.json", "v1.jsonocel", "v1.xmlocel"])
def test_shared_files(name: str) -> None:
    path = shared_case(f"ocel1/{name}")
    assert refusal(path) == expected(path)


@pytest.mark.parametrize("name", list(FILES))
def test_small_files(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(FILES[name], "utf-8")
    assert refusal(path) == expected(path)
