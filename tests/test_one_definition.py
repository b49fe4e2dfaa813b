"""What core defines once is computed nowhere else: a copy would drift from it, as one of eighteen did."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("core", "ingest", "mining", "kpi", "governance", "inventory", "orchestrator", "app")
HOME = Path("core/eventlog/sql")  # where the definitions are
COPIES = {
    "a cycle time": re.compile(
        r"(epoch(_us)?\(\s*(\w+\.)?ended\s*\)\s*-\s*epoch(_us)?\(\s*(\w+\.)?started\s*\))"
        r"|(epoch(_us)?\(\s*(\w+\.)?ended\s*-\s*(\w+\.)?started\s*\))"
        r"|(date_diff\([^)]*started[^)]*ended)|(max\(ended\)\s*-\s*min\()",
        re.IGNORECASE,
    ),
    "a due moment met": re.compile(r"ended\s*(<=|>)\s*(\w+\.)?due\b|complete\s+AND\s+(\w+\.)?ended", re.IGNORECASE),
    "a case seen at one moment only": re.compile(r"events\s*=\s*1\s+AND\s+(\w+\.)?started\s+IS\s+NULL", re.IGNORECASE),
    "completeness assumed": re.compile(r"coalesce\(\s*(\w+\.)?complete\s*,\s*true", re.IGNORECASE),
    "who did an event, by the performer's usual kind": re.compile(
        r"\b(p|performer)\.kind\s*(=\s*'|<>|IN\s*\()", re.IGNORECASE
    ),
}
ALLOWED = {
    # the start of a chart's axis and the period of a whole log: no case's cycle time
    ("a cycle time", "mining/performance/flow.py"),
}


def found(text: str) -> set[str]:
    """Which definitions `text` has a copy of."""
    bare = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(("--", "#")))
    return {name for name, copy in COPIES.items() if copy.search(bare)}


@pytest.mark.parametrize("room", ROOMS)
def test_no_room_defines_again_what_core_does(room: str) -> None:
    files = [*(ROOT / room).rglob("*.sql"), *(ROOT / room).rglob("*.py")]
    copies = {
        (name, path.relative_to(ROOT).as_posix())
        for path in files if not path.is_relative_to(ROOT / HOME)
        for name in found(path.read_text("utf-8"))
    }  # fmt: skip
    assert copies - ALLOWED == set()


@pytest.mark.parametrize(
    ("copy", "name"),
    [
        ("SELECT (epoch_us(c.ended) - epoch_us(c.started)) / 1e6 FROM case_ c", "a cycle time"),
        ("SELECT epoch(ended - started) FROM case_", "a cycle time"),
        ("SELECT complete AND ended <= due_at AS met", "a due moment met"),
        ("WHERE case_.events = 1 AND event.started IS NULL", "a case seen at one moment only"),
        ("coalesce(c.complete, true)", "completeness assumed"),
        ("count(*) FILTER (p.kind = 'human')", "who did an event, by the performer's usual kind"),
    ],
)
def test_a_copy_is_seen(copy: str, name: str) -> None:
    assert name in found(copy)
    assert found("-- " + copy) == set()


def test_one_name_of_a_class_means_one_thing() -> None:
    """Two classes of one name would make a reader look up which one is meant."""
    where: dict[str, list[str]] = {}
    for room in (*ROOMS, "data"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.parse(path.read_text("utf-8")).body:
                if isinstance(node, ast.ClassDef):
                    where.setdefault(node.name, []).append(path.relative_to(ROOT).as_posix())
    assert {name: paths for name, paths in where.items() if len(paths) > 1} == {}
