"""Hostile XES: refused with one message, and nothing stored."""

from __future__ import annotations

from pathlib import Path

import pytest

from core import BadInput, Workspace
from ingest import import_log
from tests.ingest.files import event, xes_text
from tests.ingest.test_bad_input import nothing_stored

TEXT = xes_text([("c", [event("a", "2026-01-05T08:00:00Z"), event("b", "2026-01-05T09:00:00Z")])])
LAUGHS = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
LOST = '<event><string key="concept:name" value="lost"/></event>'

HOSTILE = {
    "billion laughs": (TEXT.replace("<log", f'<!DOCTYPE log [<!ENTITY a "ha">{LAUGHS}]><log'), "document type"),
    "one entity": (
        TEXT.replace("<log", '<!DOCTYPE log [<!ENTITY a "ha">]><log').replace('"a"', '"&a;"'),
        "document type",
    ),
    "a file as entity": (TEXT.replace("<log", '<!DOCTYPE log [<!ENTITY a SYSTEM "/etc/x">]><log'), "document type"),
    "events before the first trace": (TEXT.replace("<trace>", LOST + "<trace>", 1), "outside a trace"),
    "a control sign": (TEXT.replace("</event>\n<event>", "</event>\x1c<event>"), "not well-formed"),
    "text after the log": (TEXT + "\u00a0", "not well-formed"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_xes_is_refused(case: str, ws: Workspace, tmp_path: Path) -> None:
    text, message = HOSTILE[case]
    path = tmp_path / "x.xes"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=message):
        import_log(ws, path, by="Ada")
    assert nothing_stored(ws)


def test_a_trace_that_closes_itself_is_counted(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "x.xes"
    path.write_text(TEXT.replace("<trace>", "<trace/><trace>", 1))
    done = import_log(ws, path, by="Ada")
    assert (done.cases, done.events) == (1, 2)
    assert ("empty_traces", 1) in [(f["code"], f["count"]) for f in done.quality["findings"]]


def test_what_an_event_does_not_say_is_not_filled_from_globals(ws: Workspace, tmp_path: Path) -> None:
    default = '<global scope="event"><string key="org:resource" value="UNKNOWN"/></global>'
    bo = event("a", "2026-01-05T08:00:00Z", None, ("string", "org:resource", "Bo"))
    text = xes_text([("c", [bo, event("b", "2026-01-05T09:00:00Z")])])
    path = tmp_path / "x.xes"
    path.write_text(text.replace("<trace>", f"{default}<!-- so that r4pm reads it --><trace><!-- x -->", 1))
    assert import_log(ws, path, by="Ada").performers == 1
