"""The import page without a browser: which files it reads, and who said so."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core import Workspace
from tests.patience import patience

pytestmark = pytest.mark.usefixtures("no_cache")


def texts(test: AppTest) -> str:
    assert [e.message for e in test.exception] == []
    return "\n".join(str(e.value) for e in [*test.markdown, *test.caption, *test.error])


def test_a_mere_link_reads_no_file_of_the_server(ws: Workspace, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("case_id,activity,timestamp\na,Hidden from links,2025-03-03T09:00:00Z\n")
    test = AppTest.from_string("from app.pages.shell import run\nrun('import_log')\n", default_timeout=patience(20))
    test.query_params["path"] = str(secret)
    assert "secret.csv" not in texts(test.run())
    test.text_input(key="import_path").input(str(secret)).run()
    assert "secret.csv" in texts(test.button(key="use-path").click().run())
    assert "secret.csv" not in texts(test.button(key="another-file").click().run())
    assert ws.logs.versions() == []


def wizard(path: Path) -> AppTest:
    test = AppTest.from_string("from app.pages.shell import run\nrun('import_log')\n", default_timeout=120)
    test.run()
    test.text_input(key="import_path").input(str(path)).run()
    return test.button(key="use-path").click().run()


def test_guesses_that_feed_a_figure_are_accepted_before_anything_is_imported(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("case;activity;day;clock;Kosten\n1;A;2026-01-05;08:00;12,50\n1;B;2026-01-05;07:30;7,5\n", "utf-8")
    test = wizard(path)
    assert "**Cost** is Kosten: 12,50 · 7,5" in texts(test)
    assert "such as `12,50`, were read with a decimal comma" in texts(test)
    assert test.button(key="import").disabled
    (accept,) = [box for box in test.checkbox if box.label == "Yes, they mean this"]
    accept.check().run()
    assert not test.button(key="import").disabled
    test.button(key="import").click().run()
    assert "is imported" in texts(test)
    (version,) = ws.logs.versions()
    with ws.logs.read(version) as connection:
        assert connection.execute("SELECT ended::VARCHAR, cost FROM event ORDER BY position").fetchall() == [
            ("2026-01-05 07:30:00", 7.5), ("2026-01-05 08:00:00", 12.5),
        ]  # fmt: skip


def test_outcomes_and_pauses_are_said_and_a_column_may_be_chosen_instead(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    rows = ["1,Check,2026-01-05,rejected,NA", "1,Wait,2026-01-06,approved,Bo", "2,Check,2026-01-07,ok,Bo"]
    path.write_text("\n".join(["case,activity,end,decision,user", *rows]), "utf-8")
    test = wizard(path)
    role = {box.label: box for box in test.selectbox}
    role["Performer"].select_index(0).run()  # a choice is no guess
    role = {box.label: box for box in test.selectbox}
    role["Outcome"].select("decision").run()
    chosen = {box.label: box for box in test.multiselect}
    chosen["Which of these outcomes are errors?"].select("rejected").run()
    chosen = {box.label: box for box in test.multiselect}
    chosen["Activities that wait for somebody outside"].select("Wait").run()
    test.button(key="import").click().run()
    assert "is imported" in texts(test)
    meta = ws.logs.meta(ws.logs.get("claims"))
    assert (meta["error_words"], meta["pauses"]) == (["rejected"], ["Wait"])
