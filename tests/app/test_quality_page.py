"""The quality page without a browser: findings, a step collected and done, lineage, and back."""

from __future__ import annotations

from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from core.workspace import Workspace
from ingest import lineage
from tests.ingest.stored import row, stored
from tests.patience import patience

pytestmark = pytest.mark.usefixtures("no_cache")


def opened(**parameters: str) -> AppTest:
    test = AppTest.from_string("from app.pages.shell import run\nrun('quality')\n", default_timeout=patience(20))
    test.query_params.update(parameters)
    return sound(test.run())


def sound(test: AppTest) -> AppTest:
    assert [e.message for e in test.exception] == []
    assert [e.value for e in test.error] == []
    return test


def texts(test: AppTest) -> str:
    return unescape("\n".join(str(e.value) for e in [*test.markdown, *test.caption]))


def test_a_finding_is_mended_and_undone(ws: Workspace) -> None:
    same = row("a", "Check", "2025-03-03 09:00", None, "Anna Smith")
    rows = [same, same, row("a", "Pay", "2025-03-04 09:00", None, "Ben Jones"), row("b", "Check", "2025-03-05 09:00")]
    stored(ws, rows, log="orders")
    test = opened(log="orders", finding="duplicate_exact")
    assert "The same twice" in texts(test)
    assert "Takes away 1 activity instance, 25 % of all activity instances." in texts(test)
    assert "name of a person" in texts(test)
    sound(test.button(key="add-finding-0-drop_duplicates").click().run())
    assert "1 activity instance dropped" in texts(test)
    make = next(b for b in test.button if b.label == "Make a new version with 1 step")
    assert "Say why" in make.click().run().error[0].value
    next(box for box in test.text_input if box.label == "Why").input("rows doubled by the export")
    sound(next(b for b in test.button if b.label == "Make a new version with 1 step").click().run())
    assert ws.logs.get("orders").events == 3
    assert "rows doubled by the export" in texts(test)  # the new version is shown, with its lineage
    assert "The same twice" not in texts(test)
    next(box for box in test.text_input if box.key and box.key.startswith("undo-why-1")).input("it was right").run()
    sound(test.button(key="undo-do-1").click().run())
    assert ws.logs.get("orders").events == 4
    assert lineage(ws, "orders").steps == ()


def test_a_sound_log_says_so(ws: Workspace) -> None:
    rows = [
        {**row(f"c{n}", name, f"2025-03-{n + 3:02} {hour}:{n * 3:02}", None, "Anna Smith"), "cost": 1.0}
        for n in range(5)
        for name, hour in (("Check", "09"), ("Pay", "11"))
    ]
    stored(ws, rows, log="orders")
    assert "No rule found anything" in texts(opened(log="orders"))


def test_a_kind_is_one_row_that_opens_to_its_columns(ws: Workspace) -> None:
    rows = [row(f"c{n}", "Check", f"2025-03-{n % 25 + 3:02} 09:{n:02}", None, "Ada") for n in range(40)]
    cases = {f"c{n}": {f"@a{p}": None if n < p else f"v{n}" for p in range(1, 9)} for n in range(40)}
    stored(ws, rows, log="orders", cases=cases)
    test = opened(log="orders", finding="missing_values")
    labels = [unescape(link.proto.label) for link in test.get("page_link")]
    assert [label for label in labels if "Missing values" in label] == ["**Missing values: @a8, @a7 and 6 more**"]
    assert "Found in 8 columns; choose one to see its examples." in texts(test)
    assert "In @a8: **8** of 40 values, 20 %" in texts(test)


def test_why_nothing_is_offered_is_said(ws: Workspace) -> None:
    rows = [row(f"c{n}", "Check", f"2025-03-{n + 3:02} 09:{n:02}", None, "Ada") for n in range(20)]
    stored(ws, [*rows, row("c0", "Pay", "2025-03-04 10:05", None, "Ada")], log="orders")
    test = opened(log="orders", finding="single_event_cases")
    assert "No step is offered, since dropping them would take away 95 % of all cases." in texts(test)
    assert [button.key for button in test.button if str(button.key).startswith("add-finding")] == []
