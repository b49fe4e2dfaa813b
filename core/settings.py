"""Settings: read once from the environment, then frozen. Each one is documented in docs/settings.md."""

from __future__ import annotations

import getpass
from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.errors import BadInput

DATABASE = "tandem.sqlite"  # the file of the operational database in the home
_SIZE = r"^[0-9]+(\.[0-9]+)? ?([KMGT]i?)?B$"


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "owner"


class Settings(BaseSettings):
    """What can be set from outside, each by an environment variable `TANDEM_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix="TANDEM_", env_ignore_empty=True, frozen=True, extra="ignore")

    home: Path = Field(
        default_factory=lambda: user_data_path("tandem"),
        description="Folder that holds the event logs and, by default, the operational database.",
    )
    database_url: str = Field(
        default="",
        description="SQLAlchemy URL of the operational database. Empty: SQLite in `TANDEM_HOME`.",
    )
    user: str = Field(
        default_factory=_user,
        description="Name of the person who acts when a command is not told otherwise.",
    )
    duckdb_memory: str = Field(
        default="4GB", pattern=_SIZE, description="Most memory one DuckDB connection may use, such as `4GB`."
    )
    duckdb_threads: int = Field(default=0, ge=0, description="Threads of one DuckDB connection. 0: one for each core.")
    duckdb_temp: str = Field(
        default="20GB", pattern=_SIZE, description="Most disk that DuckDB may use for spilling, such as `20GB`."
    )
    worker_concurrency: int = Field(default=8, ge=1, le=256, description="Agent tasks that a worker performs at once.")
    worker_poll_seconds: float = Field(default=0.1, gt=0, le=60, description="How often a worker looks for new work.")
    agent_memory_megabytes: int = Field(
        default=2048, ge=64, description="Most address space of one agent's process, in megabytes."
    )
    agent_cpu_seconds: int = Field(
        default=600, ge=1, description="Most processor time of one agent for one task, in seconds."
    )
    agent_children: int = Field(
        default=16, ge=1, le=1024, description="Processes of agents that are kept warm, at most."
    )
    agent_user: str = Field(
        default="",
        description="User of the operating system that agents run as, where the worker is root. Empty: the worker's.",
    )
    agent_python: str = Field(
        default="",
        description="Python interpreter that agents run in, with its own packages. Empty: the worker's.",
    )
    upload_gigabytes: float = Field(
        default=20, gt=0, le=10_000, description="Size of the largest file that a browser may send, in gigabytes."
    )
    port: int = Field(default=8501, ge=1, le=65535, description="Port of the dashboards on 127.0.0.1.")

    @property
    def logs_folder(self) -> Path:
        """Where event log versions lie, one DuckDB file each."""
        return self.home / "logs"

    @property
    def database(self) -> str:
        """The URL of the operational database that is in force."""
        return self.database_url or f"sqlite:///{self.home / DATABASE}"


def load_settings() -> Settings:
    """The settings that the environment gives, frozen.

    Raises BadInput that names every variable with a value that cannot be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        problems = [f"`TANDEM_{'_'.join(map(str, e['loc'])).upper()}`: {e['msg']}" for e in error.errors()]
        raise BadInput("Some settings cannot be used. See docs/settings.md.", problems=problems) from None
