"""The import page without a browser: which files it reads, and who said so."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.workspace import Workspace
from tests.patience import patience

pytestmark = pytest.mark.usefixtures("no_cache")


def texts(test: AppTest) -> str:
    assert [e.message for e in test.exception] == []
    return unescape("\n".join(str(e.value) for e in [*test.markdown, *test.caption, *test.error]))


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
    meta = ws.logs.meta(ws.logs.get("claims")).stored
    assert (meta["error_words"], meta["pauses"]) == (["rejected"], ["Wait"])


TIMES = "2. Times, amounts, missing values"


def test_what_cannot_be_read_as_answered_leaves_the_answer_on_the_page(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "tiny.csv"
    rows = ['1,A,2026-01-05,"1,234"', '1,B,2026-01-06,"2,500"', '2,A,2026-01-07,"1,100"']
    path.write_text("\n".join(["case,activity,end,cost", *rows]), "utf-8")
    test = wizard(path)
    assert "--" not in texts(test)
    assert f"Choose the decimal mark under {TIMES}" in texts(test).replace("\\", "")
    assert "Nothing was stored" not in texts(test)
    assert test.button(key="import").disabled
    assert [unescape(s.value) for s in test.subheader] == [
        "1. Columns",
        TIMES,
        "3. Words",
        "4. Personal data",
        "5. Import",
    ]
    next(box for box in test.selectbox if box.label == "Decimal mark of amounts").select("comma").run()
    next(box for box in test.checkbox if box.label == "Yes, they mean this").check().run()
    test.button(key="import").click().run()
    with ws.logs.read(ws.logs.get("tiny")) as connection:
        assert connection.execute("SELECT cost FROM event ORDER BY position").fetchall() == [(1.234,), (1.1,), (2.5,)]


def test_a_case_that_is_not_found_looks_missing(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text("claim;step;end\nR1;A;2026-01-05 08:00\nR1;B;2026-01-06 08:00\nR2;A;2026-01-07 08:00\n", "utf-8")
    test = wizard(path)
    (said,) = [info.value for info in test.info]
    assert said == "Every event needs three: a case, an activity and an end. Choose the column of: case."
    box = next(box for box in test.selectbox if box.label == "Case")
    assert box.options[0] == "missing: choose a column"
    assert ":red[Needed: choose its column]" in texts(test)
    assert next(box for box in test.selectbox if box.label == "Cost").options[0] == "not in the file"


def test_the_button_says_how_many_rows_are_stored(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    rows = ["1,A,2026-01-05", "1,B,", "2,A,2026-01-07"]
    path.write_text("\n".join(["case,activity,end", *rows]), "utf-8")
    assert wizard(path).button(key="import").label == "Import 2 of 3 rows"


def test_who_was_chosen_as_performer_is_personal_and_missing_names_are_not_counted(
    ws: Workspace,
    tmp_path: Path,
) -> None:
    path = tmp_path / "people.csv"
    rows = ["1,A,2026-01-05,x7", "1,B,2026-01-06,N/A", "2,A,2026-01-07,q9", "2,B,2026-01-08,-"]
    path.write_text("\n".join(["case,activity,end,who", *rows]), "utf-8")
    test = wizard(path)
    assert "No column looks like data of persons." in texts(test)
    next(box for box in test.selectbox if box.label == "Performer").select("who").run()
    assert "It says who did the work: 2 distinct values stand for persons" in texts(test).replace("\\", "")


def test_what_follows_from_no_error_stands_before_the_next_question(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    rows = ["1,A,2026-01-05,rejected", "1,B,2026-01-06,approved", "2,A,2026-01-07,approved"]
    path.write_text("\n".join(["case,activity,end,decision", *rows]), "utf-8")
    test = wizard(path)
    next(box for box in test.selectbox if box.label == "Outcome").select("decision").run()
    shown = [str(getattr(e, "value" if e.type == "caption" else "label", "")) for e in test.main]
    errors = shown.index("Which of these outcomes are errors?")
    assert shown[errors + 1].startswith("As long as none is chosen")
