"""Bad input: one clear message, exit status 2, nothing stored. The corpus of bad files is in bad_files.py."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from app.main import run
from core.actor.values import local
from core.errors import BadInput, Duplicate, NotFound
from core.workspace import Workspace
from ingest import guess_roles, import_log
from tests.ingest.files import csv_file, event, xes_file, xes_text

WHOLE = xes_text(
    [(f"c{n}", [event("a", "2026-01-05T08:00:00Z"), event("b", "2026-01-05T09:00:00Z")]) for n in range(9)]
)


def nothing_stored(ws: Workspace) -> bool:
    """Whether the workspace has no version and its folder no file but the lock."""
    return not ws.logs.versions() and {p.name for p in ws.logs.folder.iterdir()} <= {".publish.lock"}


def test_a_missing_file_and_a_folder_are_refused(ws: Workspace, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no file"):
        import_log(ws, tmp_path / "missing.csv", by=local("Ada"))
    with pytest.raises(BadInput, match="is a folder"):
        import_log(ws, tmp_path, by=local("Ada"))
    assert nothing_stored(ws)


def test_all_unreadable_stamps_are_counted_and_ten_are_shown(ws: Workspace, tmp_path: Path) -> None:
    rows = "\n".join(f"1,a,{'2026-01-05' if n % 2 else f'day {n}'}" for n in range(40))
    with pytest.raises(BadInput) as caught:
        import_log(ws, csv_file(tmp_path / "x.csv", "case,activity,end\n" + rows), by=local("Ada"))
    assert "20 rows with a timestamp that cannot be read" in caught.value.message
    assert len(caught.value.problems) == 10
    assert caught.value.problems[:2] == ("row 2, end: `day 0`", "row 4, end: `day 2`")
    assert nothing_stored(ws)


def test_an_unreadable_stamp_of_xes_is_shown_with_its_event(ws: Workspace, tmp_path: Path) -> None:
    path = xes_file(tmp_path / "x.xes", [("c", [event("a", "2026-01-05T08:00:00Z"), event("b", "soon")])])
    with pytest.raises(BadInput, match="1 event with a timestamp") as caught:
        import_log(ws, path, by=local("Ada"))
    assert caught.value.problems == ("event 2, end: `soon`",)


def test_an_unreadable_start_is_shown(ws: Workspace, tmp_path: Path) -> None:
    path = csv_file(
        tmp_path / "x.csv", "case,activity,start,end\n1,a,2026-01-05 08:00,2026-01-05\n1,b,never,2026-01-06"
    )
    with pytest.raises(BadInput) as caught:
        import_log(ws, path, by=local("Ada"))
    assert caught.value.problems == ("row 3, start: `never`",)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"roles": {"case": "kase"}}, "There is no column `kase`. Known: `activity`, `case`, `end`."),
        ({"roles": {"kase": "case"}}, "There is no column role `kase`"),
        ({"timezone": "Mars/Olympus"}, "There is no time zone `Mars/Olympus`"),
        ({"encoding": "utf-99"}, "There is no encoding `utf-99`"),
        ({"date_order": "ydm"}, "`ydm` is no date order. Known: `dmy`, `mdy`."),
        ({"performer_kinds": {"Bo": "robot"}}, "There is no performer kind `robot`"),
        ({"log": "Not a name"}, "cannot name an event log"),
    ],
)
def test_wrong_options_are_refused(options: dict[str, object], message: str, ws: Workspace, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "x.csv", "case,activity,end\n1,a,2026-01-05")
    with pytest.raises(BadInput) as caught:
        import_log(ws, path, by=local("Ada"), **options)  # type: ignore[arg-type]
    assert message in str(caught.value)
    assert nothing_stored(ws)


def test_the_same_import_again_is_a_duplicate(ws: Workspace, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "orders.csv", "case,activity,end\n1,a,2026-01-05")
    first = import_log(ws, path, by=local("Ada"))
    with pytest.raises(Duplicate, match="it is event log `orders` version 1"):
        import_log(ws, path, log="other", by=local("Ada"))
    again = import_log(ws, path, timezone="Europe/Madrid", by=local("Ada"))
    assert (first.version, again.version) == (1, 2)
    assert [v.version for v in ws.logs.versions()] == [1, 2]


def test_the_command_ends_with_status_2(tmp_path: Path, ws: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["log", "import", str(tmp_path / "missing.csv")]) == 2
    assert "There is no file" in capsys.readouterr().err


def test_a_preview_refuses_what_an_import_would_refuse_at_once(tmp_path: Path) -> None:
    path = tmp_path / "x.xes"
    path.write_bytes(b"<html/>")
    with pytest.raises(BadInput, match="root element is `html`"):
        guess_roles(path)


@pytest.mark.parametrize("cut", range(200, 1400, 97))
def test_no_truncated_xes_is_half_read(cut: int, ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "x.xes"
    path.write_bytes(WHOLE.encode()[:cut])
    with pytest.raises(BadInput):
        import_log(ws, path, by=local("Ada"))
    assert nothing_stored(ws)


def test_a_real_log_cut_anywhere_is_refused(ws: Workspace, tmp_path: Path, shared_log: Callable[[str], Path]) -> None:
    data = shared_log("receipt_coselog/08_receipt.xes.gz").read_bytes()
    text = gzip.decompress(data)
    for name, content in (("a.xes.gz", data[:100_000]), ("b.xes.gz", data[:-4]), ("c.xes", text[: len(text) // 2])):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(BadInput, match="truncated"):
            import_log(ws, path, by=local("Ada"))
    assert nothing_stored(ws)
