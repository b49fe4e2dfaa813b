"""The workspace where its home or its database cannot be used: one message that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from core.errors import BadInput, TandemError
from core.settings import Settings, load_settings
from core.workspace import open_workspace


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TANDEM_HOME", "")
    monkeypatch.setenv("TANDEM_USER", "")
    assert load_settings().home != Path()
    assert load_settings().user


@pytest.mark.parametrize("size", ["lots", "-1GB", "4", "GB"])
def test_a_size_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch, size: str) -> None:
    monkeypatch.setenv("TANDEM_DUCKDB_MEMORY", size)
    with pytest.raises(BadInput, match="`TANDEM_DUCKDB_MEMORY`"):
        load_settings()


@pytest.mark.parametrize("size", ["512MB", "1.5 GiB", "2TB"])
def test_a_size_may_have_any_unit(monkeypatch: pytest.MonkeyPatch, size: str) -> None:
    monkeypatch.setenv("TANDEM_DUCKDB_MEMORY", size)
    assert load_settings().duckdb_memory == size


@pytest.mark.parametrize("below", ["", "deeper/still"])
def test_a_home_that_is_a_file_is_named(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(BadInput, match=r"TANDEM_HOME is `.*file.*`, where nothing can be written"):
        open_workspace(Settings(home=tmp_path / "file" / below))


def test_a_file_that_is_no_database_is_named_and_kept(tmp_path: Path) -> None:
    (tmp_path / "tandem.sqlite").write_text("My diary. " * 200)
    with pytest.raises(TandemError, match=r"`sqlite:.*tandem.sqlite` cannot be opened: .*not a database"):
        open_workspace(Settings(home=tmp_path))
    assert (tmp_path / "tandem.sqlite").read_text() == "My diary. " * 200


def test_a_database_of_a_newer_tandem_is_left_alone(settings: Settings) -> None:
    workspace = open_workspace(settings)
    with workspace.database.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    workspace.close()
    with pytest.raises(TandemError, match="another version of Tandem"):
        open_workspace(settings)


@pytest.mark.parametrize(
    "url", ["postgresql://u:secret@127.0.0.1:1/x", "postgresql://u:secret@127.0.0.1:1/x?unheard=of"]
)
def test_a_server_that_does_not_answer_is_named_without_its_password(tmp_path: Path, url: str) -> None:
    with pytest.raises(TandemError, match="cannot be opened") as caught:
        open_workspace(Settings(home=tmp_path, database_url=url))
    assert "127.0.0.1" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_port_that_is_no_number_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="not a database URL"):
        open_workspace(Settings(home=tmp_path, database_url="postgresql://u@127.0.0.1:abc/x"))
