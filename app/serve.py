"""Serves the dashboards on 127.0.0.1, with a worker beside them, until it is told to stop."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from urllib.error import URLError
from urllib.request import urlopen

from app.door import HEALTH
from app.door.tokens import PARAMETER, forget, make, prepare, served
from app.receiving import sweep
from app.theme import streamlit_options
from core.errors import BadInput, NotFound, TandemError
from core.settings import Settings
from core.workspace import Workspace

ADDRESS = "127.0.0.1"
ENTRY = Path(__file__).parent / "dashboard" / "asgi.py"
READY_WITHIN = 240.0  # seconds; a child that ends is noticed at once, so only a very busy machine takes long
STOP_WITHIN = 15.0

_OPTIONS = {
    "server.address": ADDRESS,
    "server.headless": "true",
    "server.fileWatcherType": "none",
    "server.enableCORS": "true",
    "server.enableXsrfProtection": "true",
    "server.enableAgentApi": "false",
    "server.enableStaticServing": "false",
    "server.scriptHealthCheckEnabled": "false",
    "global.developmentMode": "false",
    "client.allowedOrigins": f"http://{ADDRESS}",
    "browser.gatherUsageStats": "false",
    "browser.serverAddress": ADDRESS,
    "client.toolbarMode": "viewer",
    "logger.level": "warning",
}


class _Stopped(Exception):
    """The process was asked to end."""


def serve(
    ws: Workspace, *, worker: bool = True, port: int | None = None, ready: Callable[[str], None] = lambda _: None
) -> int:
    """Exit status of serving the dashboards, and a worker if asked, until Ctrl-C or SIGTERM: 0 when asked to stop.

    `ready` is called once, when the dashboards answer, with an address that opens them once. Raises BadInput when the
    port is taken and TandemError when a child ends by itself.
    """
    sweep(ws.settings)  # what was sent before the last stop may be data of persons, and nobody waits for it
    port = port or ws.settings.port
    check_port(port)
    children: dict[str, subprocess.Popen[bytes]] = {}
    with _signals_stop():
        try:
            prepare(ws.settings.home, port)
            children["dashboards"] = _start(dashboard_command(port), ws)
            if worker:
                children["worker"] = _start(worker_command(), ws)
            _wait_until_ready(port, children)
            ready(_address(ws.settings, port))
            _wait_while_alive(children)
        except _Stopped:
            return 0
        finally:
            _stop(children)
            forget(ws.settings.home, port)
    return 0


def fresh_address(settings: Settings, port: int | None = None) -> str:
    """An address that opens the running dashboards of this home once; without `port`, those that run.

    Raises NotFound where none run, and BadInput where several do and none is named.
    """
    running = [each for each in served(settings.home) if port in (None, each) and _answers(each)]
    if not running:
        where = f" on port `{port}`" if port else ""
        raise NotFound(f"No dashboards of `{settings.home}` run{where}. Start them with `tandem up`.")
    if len(running) > 1:
        raise BadInput(f"Dashboards run on the ports {', '.join(map(str, running))}. Name one with `--port`.")
    return _address(settings, running[0])


def said_of(address: str) -> str:
    """What the terminal says when the dashboards answer at the one-time `address`."""
    return f"Tandem is at {address}\nThis address opens it once; `tandem address` prints a fresh one. Ctrl-C ends it."


def _address(settings: Settings, port: int) -> str:
    return f"http://{ADDRESS}:{port}/?{PARAMETER}={make(settings.home, port)}"


def dashboard_command(port: int) -> list[str]:
    """The command line that serves the dashboards on `port`."""
    options = {"server.port": str(port), **_OPTIONS, **streamlit_options()}
    flags = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "streamlit", "run", str(ENTRY), *flags]


def worker_command() -> list[str]:
    """The command line that runs a worker."""
    return [sys.executable, "-c", "from app.main import main; main()", "worker"]


def check_port(port: int) -> None:
    """Raise BadInput when something listens on `port` already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            raise BadInput(
                f"Port `{port}` on {ADDRESS} is taken. Stop what uses it, "
                "or choose another one with `--port` or TANDEM_PORT."
            ) from None


def environment(ws: Workspace) -> dict[str, str]:
    """The environment that gives a child process the same settings."""
    own = {f"TANDEM_{name.upper()}": str(value) for name, value in ws.settings.model_dump().items()}
    return {**os.environ, **own}


def _start(command: list[str], ws: Workspace) -> subprocess.Popen[bytes]:
    """A child in a session of its own, so that a Ctrl-C of the terminal reaches only us and we end it in order."""
    return subprocess.Popen(
        command, env=environment(ws), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
    )


def _wait_until_ready(port: int, children: dict[str, subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        _raise_if_ended(children)
        if _answers(port):
            return
        time.sleep(0.1)
    raise TandemError(f"The dashboards did not answer on port `{port}` within {READY_WITHIN:.0f} seconds.")


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://{ADDRESS}:{port}{HEALTH}", timeout=2):
            return True
    except (URLError, TimeoutError, ConnectionError):
        return False


def _wait_while_alive(children: dict[str, subprocess.Popen[bytes]]) -> None:
    while True:
        _raise_if_ended(children)
        time.sleep(0.5)


def _raise_if_ended(children: dict[str, subprocess.Popen[bytes]]) -> None:
    for name, child in children.items():
        status = child.poll()
        if status is not None:
            raise TandemError(
                f"The {name} ended with status {status}; everything was stopped. Its message stands above."
            )


def _stop(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """End every child, the worker first; one that does not end in time is killed."""
    for child in reversed(children.values()):
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + STOP_WITHIN
    for child in reversed(children.values()):
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


@contextmanager
def _signals_stop() -> Iterator[None]:
    """Turn the first Ctrl-C or SIGTERM into _Stopped; further ones are ignored while the children are stopped."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, signal.SIG_IGN)
        raise _Stopped

    before = {each: signal.signal(each, stop) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
