"""What texts mean at import: missing values, guessed roles, due days, outcomes and pauses (`figures`)."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.main import run
from core.actor.values import local
from core.errors import BadInput, Duplicate, NotFound
from core.workspace import Workspace
from ingest import ColumnMapping, ColumnRole, get_mapping, guess_roles, import_log, save_mapping
from ingest.meaning.missing import MISSING_WORDS, know_missing, means_missing
from tests.cases.meaning import case_file, column, imported, stored, told
from tests.ingest.files import csv_file

HANDOVERS = """SELECT count(*) FROM (SELECT performer_no, lag(performer_no) OVER w AS before FROM event
               WINDOW w AS (PARTITION BY case_no ORDER BY position)) WHERE performer_no <> before"""


def test_words_for_missing_are_no_performers_and_no_costs(ws: Workspace, tmp_path: Path) -> None:
    imported(ws, case_file("figures/na.csv"), tmp_path)
    assert stored(ws, "SELECT name FROM performer ORDER BY 1") == [("Ann",), ("Bob",)]
    assert stored(ws, HANDOVERS) == [(0,)]
    assert column(ws, "cost") == [10, None, 20, 10, 5, 20, 10, None, 20]


NA = """case,activity,end,user,cost,outcome,due
        1,A,2026-01-05 09:00,Ann,10,ok,2026-02-01 10:00
        1,B,2026-01-05 10:00,NA,N/A,NULL,2026-02-01 10:00
        1,NA,2026-01-05 11:00, null ,nan,ok,2026-02-01 10:00
        NA,A,2026-01-05 09:00,Na,-5,failed,-"""


def test_each_word_is_counted_and_cases_and_activities_are_never_touched(ws: Workspace, tmp_path: Path) -> None:
    done = imported(ws, NA, tmp_path)
    assert column(ws, "name") == ["Ann", None, None, "Na"]  # a name, not the letters
    assert column(ws, "cost") == [10, None, None, -5]
    assert column(ws, "failed") == [False, None, False, True]
    assert stored(ws, "SELECT case_id FROM case_ ORDER BY 1") == [("1",), ("NA",)]
    assert ("NA",) in stored(ws, "SELECT name FROM activity")
    assert "`user` (performer): 1 value was `NA`, which is read as missing." in told(done, "missing_word")
    assert len(told(done, "looks_missing")) == 2
    assert [f["code"] for f in done.quality["findings"] if f["code"] in ("cost_not_a_number", "due_not_a_date")] == []


def test_capitals_and_blanks_around_a_missing_word_mean_nothing(ws: Workspace, tmp_path: Path) -> None:
    users = ["Not Available", "nUll", "NA  ", "  Not applicable ", "nOt AvAiLaBlE", "Na", "Nan Li", "Ann"]
    rows = [f"{n},A,2026-01-05,{user},{user if n == 1 else 'ok'}" for n, user in enumerate(users, 1)]
    done = imported(ws, "\n".join(["case,activity,end,user,outcome", *rows]), tmp_path)
    assert column(ws, "name") == [None] * 5 + ["Na", "Nan Li", "Ann"]
    assert column(ws, "failed") == [None] + [False] * 7
    assert len(told(done, "missing_word")) == 6
    assert told(done, "outcome_unknown") == []


def test_missing_words_of_attributes_are_said(ws: Workspace, tmp_path: Path) -> None:
    text = """case;activity;end;paid;count
    1;A;2026-01-05;1,5;1
    1;B;2026-01-06;NA;2
    1;C;2026-01-07;Not Available;nUll
    1;D;2026-01-08;2,25;4"""
    done = imported(ws, text, tmp_path)
    assert stored(ws, 'SELECT "@paid", "@count" FROM event_attribute ORDER BY position') == [
        (1.5, 1), (None, 2), (None, None), (2.25, 4)
    ]  # fmt: skip
    assert sorted(message.split(" are ")[0] for message in told(done, "missing_word")) == [
        "`count`: 1 values `nUll`", "`paid`: 1 values `NA`", "`paid`: 1 values `Not Available`"
    ]  # fmt: skip


def test_it_can_be_turned_off_and_that_is_another_import(ws: Workspace, tmp_path: Path) -> None:
    text = "case,activity,end,user\n1,A,2026-01-05,NA\n1,B,2026-01-06,Bo"
    imported(ws, text, tmp_path)
    with pytest.raises(Duplicate):
        imported(ws, text, tmp_path)
    done = imported(ws, text, tmp_path, missing_words=False)
    assert column(ws, "name") == ["NA", "Bo"]
    assert (done.version, told(done, "missing_word")) == (2, [])


@pytest.mark.parametrize("word", sorted({*MISSING_WORDS, "NaN", "NaT", "None", "Unknown", "NULL", " NA", "n/a "}))
def test_every_word_is_missing_as_an_end_too(word: str, ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f'case,activity,end,user\n1,A,2026-01-05,Bo\n1,B,"{word}","{word}"\n', "utf-8")
    done = imported(ws, path, tmp_path)
    assert told(done, "no_end") == ["1 rows without the end of their event."]
    assert (done.events, done.performers) == (1, 1)


def test_a_file_that_reads_as_ever_has_the_digest_of_ever(ws: Workspace, tmp_path: Path) -> None:
    """The digest of release 0.2.0, so that a file which it imported is still known."""
    text = "case,activity,end,user,cost\n1,A,2026-01-05T08:00:00Z,Bo,1.5\n1,B,2026-01-06T08:00:00Z,Cy,2"
    done = imported(ws, text, tmp_path)
    assert done.digest == "69117fc555c1aa4b51d36a41b93f36f838ef1075980951b46b23e38cd4880490"


def test_a_cost_centre_is_no_cost(ws: Workspace, tmp_path: Path) -> None:
    assert "cost" not in imported(ws, case_file("figures/cc.csv"), tmp_path).roles


NO_COSTS = [
    "Cost Center", "cost centre", "CostCenter", "Cost Type", "cost_code", "Cost ID", "cost class", "cost category",
    "Cost number", "cost key", "Kostenstelle", "Kosten Stelle", "Kosten Nr", "Kosten Art", "centro de coste",
    "tipo de coste", "código coste", "clase de costo", "centre de coût", "code coût",
]  # fmt: skip


@pytest.mark.parametrize("name", NO_COSTS)
def test_what_says_which_cost_is_no_cost(name: str, tmp_path: Path) -> None:
    text = f"case,activity,end,{name}\n1,A,2026-01-05,4711\n2,A,2026-01-06,8200"
    assert ColumnRole.COST not in {g.role for g in guess_roles(csv_file(tmp_path / "x.csv", text)).roles}


@pytest.mark.parametrize(
    ("name", "values", "guessed"),
    [
        ("Labour cost", ("1.5", "2.5"), True),
        ("Gesamtkosten", ("1,5", "2,5"), True),
        ("Coste de personal", ("1", "2"), True),
        ("Labour cost", ("3", "3"), False),  # a constant says nothing
        ("cost", ("3", "3"), True),  # but where the name is the word itself
    ],
)
def test_a_cost_is_guessed_with_care(name: str, values: tuple[str, str], guessed: bool, tmp_path: Path) -> None:
    first, second = values
    text = f"case;activity;end;{name}\n1;A;2026-01-05;{first}\n2;A;2026-01-06;{second}"
    found = {g.role: g for g in guess_roles(csv_file(tmp_path / "x.csv", text)).roles}
    assert (ColumnRole.COST in found) is guessed
    if guessed:
        assert found[ColumnRole.COST].feeds
        assert set(found[ColumnRole.COST].examples) == set(values)


def test_guesses_that_feed_a_figure_are_said_first(
    ws: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "case;activity;end;Kosten\n1;A;2026-01-05 08:00;12,50\n1;B;2026-01-06 08:00;7,5"
    path = csv_file(tmp_path / "x.csv", text)
    assert run(["log", "import", str(path)]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first == "Guessed: cost is `Kosten` (12,50, 7,5). Say `--cost ''` if it is not."
    assert run(["log", "import", str(path), "--cost", "", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["guessed"], "cost" in answer["roles"]) == ([], False)
    path = csv_file(tmp_path / "y.csv", text.replace("7,5", "8,5"))
    assert run(["log", "import", str(path), "--cost", "Kosten", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["guessed"] == []


def test_due_dates_without_a_time_end_with_the_day(ws: Workspace, tmp_path: Path) -> None:
    imported(ws, case_file("figures/due_date.csv"), tmp_path)
    assert stored(ws, "SELECT count(*), count(*) FILTER (ended <= due) FROM case_") == [(11, 10)]


@pytest.mark.parametrize(
    ("due", "zone", "moment"),
    [
        ("2026-01-05", "UTC", "2026-01-05 23:59:59.999999"),
        ("2026-01-05", "Europe/Madrid", "2026-01-05 22:59:59.999999"),
        ("2026-03-29", "Europe/Madrid", "2026-03-29 21:59:59.999999"),  # a day of 23 hours
        ("2026-01-05 00:00:00", "UTC", "2026-01-05 23:59:59.999999"),
        ("05.01.2026", "UTC", "2026-01-05 23:59:59.999999"),
        ("2026-01-05 17:00", "Europe/Madrid", "2026-01-05 16:00:00"),
        ("2026-01-05T00:00:00+02:00", "UTC", "2026-01-05 21:59:59.999999"),
    ],
)
def test_a_day_ends_in_the_zone_of_the_log(due: str, zone: str, moment: str, ws: Workspace, tmp_path: Path) -> None:
    text = f"case,activity,end,due\n1,A,2026-01-05T08:00:00Z,{due}"
    done = imported(ws, text, tmp_path, timezone=zone, date_order="dmy" if "." in due else None)
    assert stored(ws, "SELECT due::VARCHAR FROM case_") == [(moment,)]
    assert bool(told(done, "due_days")) is (" 17" not in due)


def test_midnights_beside_other_times_are_moments(ws: Workspace, tmp_path: Path) -> None:
    text = "case,activity,end,due\n1,A,2026-01-05,2026-01-05 00:00\n2,A,2026-01-05,2026-01-05 17:00"
    imported(ws, text, tmp_path)
    dues = stored(ws, "SELECT due::VARCHAR FROM case_ ORDER BY case_id")
    assert dues == [("2026-01-05 00:00:00",), ("2026-01-05 17:00:00",)]


@pytest.mark.parametrize(
    ("due", "moment"),
    [
        ("2026-01-05 12:00:00", "2026-01-05 12:00:00"),
        ("2026-01-05T12:00:00Z", "2026-01-05 12:00:00"),
        ("2026-01-05T12:00:00+02:00", "2026-01-05 10:00:00"),
        ("2026-01-05 20:00", "2026-01-05 20:00:00"),
        ("05.01.2026 10:00", "2026-01-05 10:00:00"),
        ("2026-01-05 09:00:00.000", "2026-01-05 09:00:00"),
        ("2026-01-05 00:00:00+02", "2026-01-05 21:59:59.999999"),
        ("05.01.2026 12:00 AM", "2026-01-05 23:59:59.999999"),
        ("05.01.2026 12:00 PM", "2026-01-05 12:00:00"),
    ],
)
def test_a_full_hour_is_a_moment_and_no_day(due: str, moment: str, ws: Workspace, tmp_path: Path) -> None:
    text = f"case,activity,end,due\n1,A,2026-01-05T15:00:00Z,{due}"
    imported(ws, text, tmp_path, date_order="dmy" if "." in due[:5] else None)
    assert stored(ws, "SELECT due::VARCHAR FROM case_") == [(moment,)]


def test_full_hours_beside_days(ws: Workspace, tmp_path: Path) -> None:
    text = "case,activity,end,due\n1,A,2026-01-05,2026-01-05 17:00:00\n2,A,2026-01-05,2026-01-05"
    done = imported(ws, text, tmp_path)
    dues = stored(ws, "SELECT due::VARCHAR FROM case_ ORDER BY case_id")
    assert dues == [("2026-01-05 17:00:00",), ("2026-01-05 23:59:59.999999",)]
    assert told(done, "due_days")[0].startswith("1 values of `due`")


def test_outcomes_in_other_words_are_asked_for(ws: Workspace, tmp_path: Path) -> None:
    path = case_file("figures/outcome.csv")
    done = imported(ws, path, tmp_path)
    assert "outcome" not in done.roles
    (note,) = told(done, "role_left_open")
    assert "`rejected`" in note
    assert "--error-words" in note
    imported(ws, path, tmp_path, error_words=["rejected", "declined"])
    failed = dict(stored(ws, 'SELECT "@outcome", failed FROM event JOIN case_attribute USING (case_no)'))
    assert failed == {
        "approved": False, "rejected": True, "declined": True, "ok": False, "failed": True, "cancelled": False,
        "Fehler": True, "success": False, "timeout": False, "error": True,
    }  # fmt: skip


OUTCOME = """case,activity,end,decision
             1,A,2026-01-05,Approved
             1,B,2026-01-06,Rejected
             1,C,2026-01-07,NA
             1,D,2026-01-08,later"""


def test_the_words_that_are_errors_are_kept_with_the_log(ws: Workspace, tmp_path: Path) -> None:
    done = imported(ws, OUTCOME, tmp_path, roles={"outcome": "decision"})
    assert column(ws, "failed") == [None, None, None, None]
    assert "`Approved` (1)" in told(done, "outcome_unknown")[0]
    done = imported(ws, OUTCOME, tmp_path, roles={"outcome": "decision"}, error_words=["rejected"])
    assert column(ws, "failed") == [False, True, None, False]
    assert ws.logs.meta(ws.logs.get("x")).stored["error_words"] == ["rejected"]
    with pytest.raises(BadInput, match=r"has no outcome `refused`\. It has: `Approved`"):
        imported(ws, OUTCOME, tmp_path, roles={"outcome": "decision"}, error_words=["refused"])
    with pytest.raises(BadInput, match="Name the column with `--outcome COLUMN`"):
        imported(ws, OUTCOME, tmp_path, error_words=["rejected"])


def test_pauses_are_kept_and_must_be_activities(ws: Workspace, tmp_path: Path) -> None:
    path = case_file("figures/pause.csv")
    imported(ws, path, tmp_path, pauses=["Waiting for customer"])
    assert ws.logs.meta(ws.logs.get("x")).stored["pauses"] == ["Waiting for customer"]
    with pytest.raises(NotFound, match="There is no activity `Lunch`"):
        imported(ws, path, tmp_path, pauses=["Lunch"])


def test_a_negative_cost_is_said(ws: Workspace, tmp_path: Path) -> None:
    assert told(imported(ws, case_file("figures/cost_neg.csv"), tmp_path), "negative_costs")


def test_all_of_it_is_kept_with_a_mapping(ws: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = ColumnMapping(
        "decisions",
        {"outcome": "decision"},
        missing_words=False,
        decimal="comma",
        error_words=("rejected",),
        pauses=("B",),
    )
    saved = save_mapping(ws, kept, by=local("Ada"))
    assert get_mapping(ws, "decisions") == saved
    assert replace(saved, created_at=None, created_by="") == kept
    path = csv_file(tmp_path / "x.csv", OUTCOME)
    assert run(["log", "import", str(path), "--mapping", "decisions"]) == 0
    assert column(ws, "failed") == [False, True, False, False]  # `NA` is a word here, and no error
    assert ws.logs.meta(ws.logs.get("x")).stored["pauses"] == ["B"]
    capsys.readouterr()


def test_the_options_of_the_command(ws: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = csv_file(tmp_path / "x.csv", OUTCOME)
    options = ["--outcome", "decision", "--error-words", "rejected, later", "--pause", "A", "--no-missing-words"]
    assert run(["log", "import", str(path), *options]) == 0
    assert column(ws, "failed") == [False, True, False, True]
    assert run(["log", "import", str(path), "--decimal", "dot"]) == 2
    assert "is no decimal mark" in capsys.readouterr().err


def test_what_a_role_lacks_is_a_note_of_the_import(ws: Workspace, tmp_path: Path) -> None:
    done = import_log(
        ws, csv_file(tmp_path / "y.csv", "case,activity,end,status\n1,A,2026-01-05,blue"), by=local("Ada")
    )
    assert any("`status` is named like the outcome" in note for note in told(done, "role_left_open"))


@pytest.mark.parametrize(
    "end", ["9999-12-31 23:59:59", "9999-12-31", "9999-12-31T23:59:59-05:00", "9999-12-31 08:00:00Z"]
)
@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York"])
def test_the_last_day_of_9999_is_kept_as_an_end(end: str, zone: str, ws: Workspace, tmp_path: Path) -> None:
    text = f"case,activity,end\n1,A,2026-01-05 08:00:00\n1,B,{end}"
    done = imported(ws, text, tmp_path, timezone=zone)
    assert column(ws, "year(ended)")[0] == 2026
    assert column(ws, "ended::DATE::VARCHAR")[1] in ("9999-12-30", "9999-12-31")
    assert told(done, "ends_in_the_future")


def test_the_last_day_of_9999_is_kept_day_first(ws: Workspace, tmp_path: Path) -> None:
    text = "case,activity,end\n1,A,15.01.2026 08:00\n1,B,31.12.9999 23:59"
    imported(ws, text, tmp_path, timezone="America/New_York")
    assert column(ws, "ended::VARCHAR") == ["2026-01-15 13:00:00", "9999-12-31 00:00:00"]


@pytest.mark.parametrize("far", ["9999-12-31", "9999-12-31 23:59:59"])
def test_a_due_date_in_9999_is_none(far: str, ws: Workspace, tmp_path: Path) -> None:
    text = f"case,activity,end,due\n1,A,2026-01-05,2026-01-06\n2,A,2026-01-05,{far}\n3,A,2026-01-05,2026-01-07 00:00:00"
    done = imported(ws, text, tmp_path)
    dues = stored(ws, "SELECT due::VARCHAR FROM case_ ORDER BY case_id")
    assert dues == [("2026-01-06 23:59:59.999999",), (None,), ("2026-01-07 23:59:59.999999",)]
    assert told(done, "due_never") == [f"1 value of `due` lies in the year 9999, such as `{far}`: read as no due date."]
    assert told(done, "due_not_a_date") == []
    assert told(done, "due_days")[0].startswith("2 values")


def test_two_due_moments_of_one_case_are_said(ws: Workspace, tmp_path: Path) -> None:
    text = """case,activity,end,due
    1,A,2026-01-05,2026-01-06 09:00
    1,B,2026-01-05,2026-01-07 10:00
    2,A,2026-01-05,2026-01-06 09:00
    2,B,2026-01-05,2026-01-06T09:00"""
    done = imported(ws, text, tmp_path)
    assert stored(ws, "SELECT due::VARCHAR FROM case_ ORDER BY case_id")[0] == ("2026-01-07 10:00:00",)
    assert told(done, "due_twice") == [
        "1 case has more than one due moment, such as `1` with 2026-01-06 09:00 and 2026-01-07 10:00 UTC; the latest "
        "was taken."
    ]


@given(st.sampled_from(MISSING_WORDS) | st.text(max_size=6), st.sampled_from(["", " ", "  "]), st.booleans())
@example("Na", "", False)
def test_what_is_missing_is_told_alike_in_sql_and_python(word: str, around: str, upper: bool) -> None:
    text = around + (word.upper() if upper else word) + around
    with duckdb.connect() as connection:
        know_missing(connection, on=True)
        (row,) = connection.execute("SELECT is_missing($text)", {"text": text}).fetchall()
    assert row[0] == means_missing(text)


def test_na_with_one_capital_is_a_name() -> None:
    assert [means_missing(text) for text in ("Na", "NA", "na", " Na ", "nUll")] == [False, True, True, False, True]
