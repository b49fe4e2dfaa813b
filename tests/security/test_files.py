"""Another user of the machine must not be able to read what Tandem keeps."""

from __future__ import annotations

from pathlib import Path
from stat import S_IMODE

from core.settings import Settings
from core.view import View
from core.workspace import Workspace, open_workspace
from tests.builders import staged_log


def modes(home: Path) -> dict[str, int]:
    """The rights on the home and all that is directly in it and in its folder of logs."""
    paths = [home, *home.iterdir(), *(home / "logs").iterdir()]
    return {str(path.relative_to(home)): S_IMODE(path.stat().st_mode) for path in paths}


def assert_private(home: Path) -> None:
    """Nobody but the owner gets in; the database's files are closed by themselves too."""
    found = modes(home)
    assert (found["."], found["logs"]) == (0o700, 0o700)
    assert [name for name, mode in found.items() if name.startswith("tandem.sqlite") and mode & 0o077] == []


def test_a_new_home_is_its_owners(ws: Workspace) -> None:
    staged_log(ws, [("a", "x", None, "2026-01-05 09:00")])
    with ws.logs.open(View("example")) as opened:
        assert opened.connection.execute("SELECT count(*) FROM event").fetchall() == [(1,)]
    assert_private(ws.settings.home)


def test_the_home_of_an_earlier_release_is_closed(settings: Settings) -> None:
    open_workspace(settings).close()
    for path in (settings.home, settings.logs_folder):
        path.chmod(0o755)
    (settings.home / "tandem.sqlite").chmod(0o644)
    open_workspace(settings).close()
    assert_private(settings.home)


def test_a_folder_that_is_somebodys_for_other_things_is_left_as_it_is(settings: Settings) -> None:
    settings.home.mkdir(parents=True)
    settings.home.chmod(0o755)
    (settings.home / "letters.txt").write_text("mine")
    open_workspace(settings).close()
    assert S_IMODE(settings.home.stat().st_mode) == 0o755
    assert S_IMODE((settings.home / "tandem.sqlite").stat().st_mode) == 0o600
    assert S_IMODE(settings.logs_folder.stat().st_mode) == 0o700
