"""Odd XES that is read right; what is refused is in the corpus of bad files."""

from __future__ import annotations

from pathlib import Path

from core.actor.values import local
from core.workspace import Workspace
from ingest import import_log
from tests.ingest.files import event, xes_text

TEXT = xes_text([("c", [event("a", "2026-01-05T08:00:00Z"), event("b", "2026-01-05T09:00:00Z")])])


def test_a_trace_that_closes_itself_is_counted(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "x.xes"
    path.write_text(TEXT.replace("<trace>", "<trace/><trace>", 1))
    done = import_log(ws, path, by=local("Ada"))
    assert (done.cases, done.events) == (1, 2)
    assert ("empty_traces", 1) in [(f["code"], f["count"]) for f in done.quality["findings"]]


def test_what_an_event_does_not_say_is_not_filled_from_globals(ws: Workspace, tmp_path: Path) -> None:
    default = '<global scope="event"><string key="org:resource" value="UNKNOWN"/></global>'
    bo = event("a", "2026-01-05T08:00:00Z", None, ("string", "org:resource", "Bo"))
    text = xes_text([("c", [bo, event("b", "2026-01-05T09:00:00Z")])])
    path = tmp_path / "x.xes"
    path.write_text(text.replace("<trace>", f"{default}<!-- so that r4pm reads it --><trace><!-- x -->", 1))
    assert import_log(ws, path, by=local("Ada")).performers == 1
