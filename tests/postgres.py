"""A real PostgreSQL server for tests, from the machine's or Debian's binaries, on a free port of 127.0.0.1."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import uuid
from dataclasses import dataclass
from pathlib import Path

import psycopg


def binaries() -> Path | None:
    """The folder with `initdb` and `pg_ctl`: the newest of Debian's, else the one on PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if debian:
        return debian[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@dataclass(frozen=True)
class PostgresServer:
    """A running server and where its files lie."""

    folder: Path
    port: int
    bin: Path
    user: str | None  # the account that runs it; None: our own

    @staticmethod
    def start(_folder: Path, *, durable: bool = False) -> PostgresServer | None:
        """A new server, or None where PostgreSQL is not installed. As root it runs as `postgres` or `nobody`.

        It waits for the disk only where it is to be `durable`.
        """
        found = binaries()
        if found is None:
            return None
        user = _unprivileged() if os.geteuid() == 0 else None
        folder = Path(tempfile.mkdtemp(prefix="tandem-pg-"))  # outside pytest's folders, which others may not enter
        if user:
            shutil.chown(folder, user)
        server = PostgresServer(folder, _free_port(), found, user)
        server._run("initdb", "-D", str(folder / "data"), "-U", "tandem", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = (
            f"-p {server.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} "
            f"-c fsync={'on' if durable else 'off'} -c max_connections=200"
        )
        server._run("pg_ctl", "-D", str(folder / "data"), "-o", options, "-w", "-l", str(folder / "log"), "start")
        return server

    def stop(self) -> None:
        """Stop the server and remove its files."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str) -> str:
        """The URL of `database` on this server."""
        return f"postgresql://tandem@127.0.0.1:{self.port}/{database}"

    def create_database(self, copy_of: str | None = None) -> str:
        """The name of a new database, empty or a copy of another, in which nobody has a session."""
        name = f"test_{uuid.uuid4().hex}"
        template = f' TEMPLATE "{copy_of}"' if copy_of else ""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"{template}')
        return name

    def drop_database(self, name: str) -> None:
        """Remove the database, whoever has a session in it."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _run(self, command: str, *arguments: str) -> None:
        done = subprocess.run(
            [self.bin / command, *arguments],
            user=self.user, cwd=self.folder, text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{command} failed: {done.stderr}")


def _unprivileged() -> str:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise RuntimeError("PostgreSQL does not run as root, and there is neither a `postgres` nor a `nobody` account")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
