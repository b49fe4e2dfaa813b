"""The address that files are sent to: who may send, what is refused, and that nothing is left behind."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from app.receiving import ROUTE, discard, receive, received, sweep, uploads_folder
from core.settings import Settings
from tests.app.dashboards import entered, tandem_up
from tests.patience import patience, wait_until

HERE = "http://127.0.0.1:8501"
APP = Starlette(routes=[Route(ROUTE, receive, methods=["PUT"])])


@dataclass(frozen=True)
class Answer:
    """What the server answered."""

    status: int
    text: str

    @property
    def token(self) -> str:
        return str(json.loads(self.text)["id"])


def put(
    name: str,
    parts: Iterable[bytes] = (b"abc",),
    origin: str | None = HERE,
    *,
    method: str = "PUT",
    whole: bool = True,
    host: str = "127.0.0.1:8501",
) -> Answer:
    """The answer to a file that comes in `parts`; unless it is `whole`, the browser goes away after them."""
    said: list[Any] = []
    waiting = iter(parts)

    async def arrive() -> Any:
        body = next(waiting, None)
        if body is None and not whole:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": body or b"", "more_body": body is not None}

    async def answer(message: Any) -> None:
        said.append(message)

    headers = [(b"host", host.encode()), *([(b"origin", origin.encode())] if origin is not None else [])]
    scope = {
        "type": "http", "method": method, "path": ROUTE, "query_string": f"name={quote(name)}".encode(),
        "headers": headers,
    }  # fmt: skip
    asyncio.run(APP(scope, arrive, answer))
    return Answer(said[0]["status"], b"".join(m.get("body", b"") for m in said).decode())


def left(settings: Settings) -> list[Path]:
    folder = uploads_folder(settings)
    return list(folder.iterdir()) if folder.is_dir() else []


def test_a_file_lies_whole_under_its_name_until_it_is_discarded(settings: Settings) -> None:
    answer = put("orders – März.csv", [b"case\n", b"1\n"])
    assert answer.status == 200
    told = json.loads(answer.text)
    assert (told["name"], told["size"]) == ("orders – März.csv", 7)
    path = received(settings, told["id"])
    assert path is not None
    assert (path.name, path.read_bytes()) == ("orders – März.csv", b"case\n1\n")
    assert path.parent.parent == settings.home / "uploads"
    discard(settings, told["id"])
    assert received(settings, told["id"]) is None
    assert left(settings) == []


def test_a_name_that_was_pointed_at_this_machine_may_not_send(settings: Settings) -> None:
    answer = put("x.csv", origin="http://evil.example:8501", host="evil.example:8501")
    assert answer.status == 403


@pytest.mark.parametrize(
    "origin", [None, "null", "", "http://evil.example", "http://127.0.0.1.evil.example", "http://127.0.0.1:81"]
)
def test_a_page_of_another_server_may_not_send(origin: str | None, settings: Settings) -> None:
    answer = put("x.csv", origin=origin)
    assert (answer.status, answer.text) == (403, "Files are taken from the pages of this server only.")
    assert left(settings) == []


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../x", "a/b", "/etc/passwd", ".hidden", "a\x00b", "x" * 300, "a\nb.csv", "é" * 101]
)
def test_what_is_no_name_of_a_file_is_refused(name: str, settings: Settings) -> None:
    answer = put(name)
    assert answer.status == 400
    assert answer.text.endswith("is not the name of a file.")
    assert len(answer.text) < 140
    assert left(settings) == []


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_only_put_is_answered(method: str, settings: Settings) -> None:
    assert put("x.csv", method=method).status == 405
    assert left(settings) == []


def test_what_is_too_large_is_refused_and_gone(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TANDEM_UPLOAD_GIGABYTES", "0.000001")  # a thousand bytes
    assert put("x.csv", [b"x" * 1000]).status == 200
    before = left(settings)
    answer = put("y.csv", [b"x" * 600, b"x" * 600])
    assert answer.status == 413
    assert "larger than 1e-06 GB, the most that TANDEM_UPLOAD_GIGABYTES allows" in answer.text
    assert left(settings) == before


def test_what_the_browser_breaks_off_leaves_nothing(settings: Settings) -> None:
    seen: list[list[str]] = []

    def parts() -> Iterator[bytes]:
        yield b"x" * (5 << 20)
        seen.append([p.name for folder in left(settings) for p in folder.iterdir()])
        yield b"x"

    assert put("x.csv", parts(), whole=False).status == 400
    assert seen == [[".arriving"]]  # it was there, and was no file yet
    assert left(settings) == []


@pytest.mark.parametrize("token", ["", "..", "../logs", "0" * 31, "0" * 32 + "\n", "G" * 32])
def test_what_is_no_token_names_nothing(token: str, settings: Settings) -> None:
    (settings.home / "uploads").mkdir(parents=True)
    (settings.home / "logs").mkdir()
    assert received(settings, token) is None
    discard(settings, token)
    assert (settings.home / "logs").is_dir()


def test_what_is_older_than_a_day_is_swept(settings: Settings) -> None:
    old, new = (put(f"{n}.csv").token for n in ("old", "new"))
    yesterday = time.time() - 86_500
    os.utime(uploads_folder(settings) / old, (yesterday, yesterday))
    sweep(settings)
    assert [p.name for p in left(settings)] == [new]
    os.utime(uploads_folder(settings) / new, (yesterday, yesterday))
    third = put("third.csv").token  # each arrival sweeps first
    assert [p.name for p in left(settings)] == [third]


@pytest.mark.slow
def test_three_hundred_megabytes_pass_through_little_memory(tmp_path: Path) -> None:
    """The real server: what is sent goes to the disk and not into memory; breaking off in the middle leaves nothing."""
    home, megabyte, most = tmp_path / "home", os.urandom(1 << 20), 300
    with tandem_up(home, "--no-worker") as (address, process):
        assert _send(address, "small.csv", [megabyte]) == 200  # whatever the first one loads is loaded
        pids = [process.pid, *_children(process.pid)]
        before, seen = sum(map(_memory, pids)), []
        assert _send(address, "large.csv", [megabyte] * most, lambda: seen.append(sum(map(_memory, pids)))) == 200
        assert len(seen) == most
        assert max(seen) - before < 60 << 20
        folders = set((home / "uploads").iterdir())
        assert sorted(p.stat().st_size for f in folders for p in f.iterdir()) == [1 << 20, most << 20]
        connection = _connection(address, "broken.csv", 9 << 20)
        connection.send(megabyte)
        wait_until(lambda: set((home / "uploads").iterdir()) > folders, 10, "what was sent arrives")
        connection.close()
        wait_until(lambda: set((home / "uploads").iterdir()) == folders, 10, "what broke off is removed")


def _connection(address: str, name: str, size: int) -> http.client.HTTPConnection:
    host = urlsplit(address).netloc
    connection = http.client.HTTPConnection(host, timeout=patience(20))
    connection.putrequest("PUT", f"{ROUTE}?name={name}")
    cookie = entered(address)
    for header, value in (("Origin", address), ("Cookie", cookie), ("Content-Length", str(size))):
        connection.putheader(header, value)
    connection.endheaders()
    return connection


def _send(address: str, name: str, parts: list[bytes], look: Callable[[], object] = lambda: None) -> int:
    connection = _connection(address, name, sum(map(len, parts)))
    for part in parts:
        connection.send(part)
        look()
    status = connection.getresponse().status
    connection.close()
    return status


def _memory(pid: int) -> int:
    """The memory that a process has now, in bytes."""
    text = Path(f"/proc/{pid}/status").read_text("utf-8")
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("VmRSS")) << 10


def _children(pid: int) -> list[int]:
    found = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()]
    return [*found, *(grandchild for child in found for grandchild in _children(child))]
