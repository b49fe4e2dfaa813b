"""Every bad file of the corpus: one clear message that names the file and what is wrong, and nothing is stored."""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.main import run
from core.actor.values import local
from core.errors import BadInput
from core.settings import Settings
from core.workspace import Workspace, open_workspace
from ingest import bounds, import_log
from tests.ingest.bad_files import CORPUS


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """One workspace for the whole corpus: as nothing is ever stored in it, no file meets another."""
    workspace = open_workspace(Settings(user="Ada", home=tmp_path_factory.mktemp("corpus")))
    yield workspace
    workspace.close()


def nothing_left(workspace: Workspace, scratch: Path) -> None:
    """Assert that no version, no log file, no draft and no temporary file is there."""
    assert workspace.logs.versions() == []
    assert {path.name for path in workspace.logs.folder.iterdir()} <= {".publish.lock"}
    assert list(scratch.iterdir()) == []


@pytest.fixture(autouse=True)
def _little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bombs of twenty megabytes are enough where sixteen are the most; one test below meets the true bound."""
    monkeypatch.setattr(bounds, "ANY", 16 << 20)


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files of an import go."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_the_corpus_has_more_than_a_hundred_different_files() -> None:
    made = {(bad.file, str(bad.options), bad.content) for bad in CORPUS.values()}
    assert len(made) == len(CORPUS) > 100


@pytest.mark.parametrize("name", CORPUS)
def test_a_bad_file_is_refused_in_words(name: str, empty: Workspace, tmp_path: Path, scratch: Path) -> None:
    bad = CORPUS[name]
    path = bad.write(tmp_path)
    with pytest.raises(BadInput) as caught:
        import_log(empty, path, by=local("Ada"), **bad.options)
    message = str(caught.value)
    assert bad.says in message
    assert bad.file in message
    assert caught.value.exit_status == 2
    assert len(message) < 3000
    assert "Traceback" not in message
    nothing_left(empty, scratch)


COMMANDS = (
    "CSV: gzip bomb", "CSV: NUL", "XES: billion laughs", "Parquet: cut off", "Excel: CSV called .xlsx",
    "Excel: a far cell", "Excel: no such sheet", "JSON lines: a broken line", "OCEL: no object type",
    "OCEL: a missing table of a type", "OCEL: XML cut off",
)  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_the_command_ends_with_status_2(
    name: str, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = CORPUS[name]
    option = "--sheet" if bad.file.endswith(".xlsx") else "--object-type"
    chosen = [option, bad.options["part"]] if "part" in bad.options else []
    assert run(["log", "import", str(bad.write(tmp_path)), *chosen]) == 2
    told = capsys.readouterr()
    assert " ".join(bad.says.split()) in " ".join(told.err.split())
    assert "Traceback" not in told.err
    assert told.out == ""
    assert {path.name for path in settings.logs_folder.iterdir()} <= {".publish.lock"}


def test_a_small_file_may_unpack_to_64_megabytes_and_no_further(
    empty: Workspace, tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    path = tmp_path / "x.csv.gz"
    path.write_bytes(gzip.compress(b"case,activity,end\n" + b" " * (65 << 20)))
    with pytest.raises(BadInput, match="unpacks to more than 64 MB from"):
        import_log(empty, path, by=local("Ada"))
    nothing_left(empty, scratch)
