"""A copy of the home goes to a folder outside of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.main import run
from core.actor.values import local
from core.backup import back_up_home
from core.errors import BadInput
from core.settings import Settings
from core.workspace import Workspace, open_workspace
from governance import ensure_acting


@pytest.mark.parametrize("inside", ["", "copy", "logs/copy", "a/b/../c", "keys/../../home/copy"])
def test_a_folder_in_the_home_is_refused_and_nothing_is_made(ws: Workspace, inside: str) -> None:
    ensure_acting(ws, local("Ada"))
    home = ws.settings.home
    before = sorted(path for path in home.rglob("*"))
    with pytest.raises(BadInput, match=r"is in the home, .* Name a folder outside of it"):
        back_up_home(ws, home / inside, by=local("Ada"))
    assert sorted(path for path in home.rglob("*")) == before


def test_a_way_around_into_the_home_is_refused(ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ensure_acting(ws, local("Ada"))
    (tmp_path / "elsewhere").symlink_to(ws.settings.home)
    monkeypatch.chdir(ws.settings.home)
    for folder in (tmp_path / "elsewhere" / "copy", Path("copy")):
        with pytest.raises(BadInput, match="is in the home"):
            back_up_home(ws, folder, by=local("Ada"))


def test_the_command_says_it_and_a_folder_beside_the_home_is_one(
    ws: Workspace, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["backup", str(settings.home / "copy")]) == 2
    assert "Name a folder outside of it." in capsys.readouterr().err
    assert run(["backup", str(tmp_path / "home of yesterday")]) == 0
    open_workspace(Settings(home=tmp_path / "home of yesterday", user="Ada")).close()
