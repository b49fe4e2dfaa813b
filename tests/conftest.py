"""Fixtures of all rooms: a workspace on a real database, a real PostgreSQL server, the shared real logs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest

from core.clock import FixedClock
from core.settings import Settings
from core.workspace import Workspace, open_workspace
from tests.postgres import PostgresServer

# No deadlines: a busy machine is not a bug. CI draws the same examples every time; people get fresh ones.
hypothesis.settings.register_profile("tandem", deadline=None, derandomize=bool(os.environ.get("CI")), print_blob=True)
hypothesis.settings.load_profile("tandem")

SHARED_LOGS = Path(__file__).parents[2] / "shared" / "logs"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with long tests first: one that begins last would keep one core busy while the other has nothing to do."""
    slow = {item.path for item in items if item.get_closest_marker("slow") or item.get_closest_marker("browser")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands at Monday 2026-01-05 08:00 UTC until it is moved."""
    return FixedClock(datetime(2026, 1, 5, 8, tzinfo=UTC))


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a fresh home, also for commands run in this process."""
    monkeypatch.setenv("TANDEM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TANDEM_USER", "Ada")
    monkeypatch.delenv("TANDEM_DATABASE_URL", raising=False)
    return Settings()


@pytest.fixture(scope="session")
def fresh_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home as Tandem makes it, of which each test gets a copy: making one waits for the disk."""
    home = tmp_path_factory.mktemp("fresh") / "home"
    open_workspace(Settings(home=home)).close()
    return home


@pytest.fixture
def ws(settings: Settings, clock: FixedClock, fresh_home: Path) -> Iterator[Workspace]:
    """A fresh workspace on SQLite."""
    shutil.copytree(fresh_home, settings.home)
    workspace = open_workspace(settings, clock)
    yield workspace
    workspace.close()


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """A real PostgreSQL server on a free port, for the whole session."""
    server = PostgresServer.start(tmp_path_factory.mktemp("postgres"))
    if server is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not installed; `make test` installs it, and CI must have it.")
        pytest.skip("PostgreSQL is not installed: `make test` installs it on Debian and Ubuntu.")
    yield server
    server.stop()


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The URL of a fresh, empty PostgreSQL database, dropped after the test."""
    name = postgres_server.create_database()
    yield postgres_server.url(name)
    postgres_server.drop_database(name)


@pytest.fixture(scope="session")
def fresh_database(postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database as Tandem prepares it, of which each test gets a copy."""
    name = postgres_server.create_database()
    home = tmp_path_factory.mktemp("fresh") / "home"
    open_workspace(Settings(home=home, database_url=postgres_server.url(name))).close()
    return name


@pytest.fixture
def fresh_url(postgres_server: PostgresServer, fresh_database: str) -> Iterator[str]:
    """The URL of a fresh PostgreSQL database as Tandem prepares it, dropped after the test."""
    name = postgres_server.create_database(copy_of=fresh_database)
    yield postgres_server.url(name)
    postgres_server.drop_database(name)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def any_ws(
    request: pytest.FixtureRequest, settings: Settings, clock: FixedClock, fresh_home: Path
) -> Iterator[Workspace]:
    """A fresh workspace, once on SQLite and once on PostgreSQL."""
    if request.param == "postgres":
        settings = settings.model_copy(update={"database_url": request.getfixturevalue("fresh_url")})
    else:
        shutil.copytree(fresh_home, settings.home)
    workspace = open_workspace(settings, clock)
    yield workspace
    workspace.close()


@pytest.fixture(scope="session")
def shared_log() -> Callable[[str], Path]:
    """A function from "folder/file" to the real log's path; it skips, saying so, where the folder is absent."""

    def find(name: str) -> Path:
        path = SHARED_LOGS / name
        if not path.exists():
            pytest.skip(f"the real log {name} is not here: ../shared/logs is absent")
        return path

    return find
