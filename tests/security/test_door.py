"""The server of the dashboards: no other site, no other port and no other user of the machine gets anything of it."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from stat import S_IMODE
from urllib.parse import urlsplit

import pytest

from app.main import run
from tests.app.dashboards import entered, one_time_address, tandem_up
from tests.patience import patience

pytestmark = pytest.mark.slow

PATHS = ("/", "/process_map?log=x", "/favicon.png", "/_stcore/host-config", "/_stcore/stream", "/media/x.csv",
         "/tandem/component/process_map.0.js", "/_stcore/upload_file/a/b", "/static/nothing.js", "/_stcore/agent/mcp",
         "/_stcore/metrics")  # fmt: skip
HEADERS = {
    "x-frame-options": "DENY", "referrer-policy": "no-referrer", "x-content-type-options": "nosniff",
}  # fmt: skip
UPGRADE = {
    "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}  # fmt: skip


class Server:
    """Running dashboards, asked without a browser."""

    def __init__(self, home: Path, address: str, printed: str) -> None:
        self.home, self.address, self.printed = home, address, printed
        self.host = urlsplit(address).netloc

    @property
    def port(self) -> int:
        return int(self.host.rsplit(":", 1)[1])

    def ask(
        self, path: str, headers: Mapping[str, str] | None = None, *, method: str = "GET", host: str | None = None
    ) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection(self.host, timeout=patience(20))
        connection.putrequest(method, path, skip_host=True)
        for name, value in {"Host": host or self.host, **(headers or {})}.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        if answer.status != 101:
            answer.read_text = answer.read().decode("utf-8", "replace")  # type: ignore[attr-defined]
        connection.close()
        return answer

    def enter(self, address: str) -> http.client.HTTPResponse:
        found = urlsplit(address)
        return self.ask(f"{found.path}?{found.query}")

    def cookie(self) -> dict[str, str]:
        return {"Cookie": entered(self.address)}


def text(answer: http.client.HTTPResponse) -> str:
    return str(answer.read_text)  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Dashboards on an empty home, whose printed address nobody has opened."""
    home = tmp_path_factory.mktemp("door") / "home"
    with tandem_up(home, "--no-worker") as (address, process):
        yield Server(home, address, process.printed)


@pytest.mark.parametrize("path", [*PATHS, "/_stcore/health"])
@pytest.mark.parametrize("entered", [True, False])
def test_every_answer_forbids_frames_and_tells_nobody_where_it_was_opened(
    server: Server, path: str, entered: bool
) -> None:
    answer = server.ask(path, server.cookie() if entered else {})
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert len(answer.headers.get_all("x-content-type-options") or []) == 1


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
def test_without_the_cookie_nothing_is_answered(server: Server, path: str, method: str) -> None:
    answer = server.ask(path, {"Origin": server.address}, method=method)
    assert answer.status == 401
    assert answer.headers["cache-control"] == "no-store"


def test_who_is_not_let_in_is_told_what_to_do(server: Server) -> None:
    said = text(server.ask("/", {"Accept": "text/html"}))
    assert "`" not in said
    assert "<code>tandem up</code>" in said
    assert "<code>tandem address</code>" in said
    assert str(server.home) not in said


def test_a_websocket_without_the_cookie_is_refused(server: Server) -> None:
    wanted = {**UPGRADE, "Origin": server.address}
    assert server.ask("/_stcore/stream", wanted).status == 401
    assert server.ask("/_stcore/stream", {**wanted, "Cookie": f"tandem_{server.port}=x"}).status == 401
    assert server.ask("/_stcore/stream", {**wanted, **server.cookie()}).status == 101


@pytest.mark.parametrize(
    "origin",
    ["http://127.0.0.1:81", "http://localhost:{port}", "https://x.streamlit.app", "http://evil.example:{port}", "null",
     "http://127.0.0.1:{port}.evil.example", "http://127.0.0.1:{port}/", "ftp://127.0.0.1:{port}", "", None],
)  # fmt: skip
def test_a_websocket_of_another_page_is_refused(server: Server, origin: str | None) -> None:
    said = {} if origin is None else {"Origin": origin.format(port=server.port)}
    assert server.ask("/_stcore/stream", {**UPGRADE, **server.cookie(), **said}).status == 403


@pytest.mark.parametrize("headers", [
    {"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:81"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
    {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
])  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/_stcore/host-config", "/media/x.csv", "/tandem/component/process_map.0.js"])
def test_what_another_page_asks_for_is_refused(server: Server, path: str, headers: dict[str, str]) -> None:
    assert server.ask(path, {**server.cookie(), **headers}).status == 403


def test_a_link_on_another_site_still_leads_here(server: Server) -> None:
    followed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert server.ask("/", {**server.cookie(), **followed}).status == 200
    assert "Open this page again" in text(server.ask("/", followed))  # browsers keep the cookie back the first time


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_what_may_change_something_must_say_where_it_comes_from(server: Server, method: str) -> None:
    assert server.ask("/tandem/upload?name=x.csv", server.cookie(), method=method).status == 403
    assert not (server.home / "uploads").exists()


@pytest.mark.parametrize(
    "name",
    ["evil.example:{port}", "127.0.0.1:81", "127.0.0.1", "127.0.0.1.evil.example:{port}", "x@127.0.0.1:{port}",
     "127.0.0.1:{port}/", "0.0.0.0:{port}", "127.0.0.1:x"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/_stcore/stream"])
def test_another_name_for_this_machine_is_refused(server: Server, name: str, path: str) -> None:
    host = name.format(port=server.port)
    wanted = {**UPGRADE, "Origin": f"http://{host}"} if path.endswith("stream") else {}
    assert server.ask(path, {**server.cookie(), **wanted}, host=host).status == 403


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]", "LOCALHOST"])
def test_its_own_names_are_answered(server: Server, name: str) -> None:
    assert server.ask("/", server.cookie(), host=f"{name}:{server.port}").status == 200


def test_the_printed_address_lets_one_browser_in_and_leaves_no_token_in_the_address(server: Server) -> None:
    answer = server.enter(server.printed)
    assert answer.status == 303
    assert answer.headers["location"] == f"{server.address}/"
    name, *rules = answer.headers["set-cookie"].split("; ")
    assert re.fullmatch(rf"tandem_{server.port}=[\w-]{{43}}", name)
    assert set(rules) == {"Path=/", "HttpOnly", "SameSite=Strict"}
    assert server.ask("/", {"Cookie": name}).status == 200
    again = server.enter(server.printed)
    assert again.status == 401
    assert "set-cookie" not in again.headers
    assert "was opened before" in text(again)


def test_a_page_is_opened_where_the_address_names_one(server: Server) -> None:
    token = urlsplit(one_time_address(server.address)).query
    answer = server.ask(f"//evil.example/a%20b?f=%7B1%7D&{token}&log=x")
    assert answer.headers["location"] == f"{server.address}//evil.example/a%20b?f=%7B1%7D&log=x"


def test_who_is_in_may_open_a_spent_address(server: Server) -> None:
    cookie = server.cookie()
    answer = server.ask("/?token=spent", cookie)
    assert (answer.status, answer.headers["location"]) == (303, f"{server.address}/")


@pytest.mark.parametrize("token", ["", "x", "..", "../..", "%00", "a" * 20_000, "x&token=y"])
def test_a_token_that_was_never_printed_opens_nothing(server: Server, token: str) -> None:
    answer = server.ask(f"/?token={token}")
    assert answer.status == 401
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS"])
def test_only_to_open_an_address_spends_it(server: Server, method: str) -> None:
    found = urlsplit(one_time_address(server.address))
    assert server.ask(f"/?{found.query}", {"Origin": server.address}, method=method).status == 401
    assert server.enter(found.geturl()).status == 303


def test_of_many_that_open_one_address_at_once_one_gets_in(server: Server) -> None:
    for _ in range(5):
        address = one_time_address(server.address)
        with ThreadPoolExecutor(12) as many:
            found = sorted(many.map(lambda _: server.enter(address).status, range(12)))  # noqa: B023
        assert found == [303] + [401] * 11


def test_an_address_that_nobody_opened_is_good_for_hours_only(server: Server) -> None:
    address = one_time_address(server.address)
    folder = server.home / "door" / str(server.port)
    for path in folder.iterdir():
        os.utime(path, (time.time() - 13 * 3600,) * 2)
    assert server.enter(address).status == 401
    one_time_address(server.address)
    assert len(list(folder.iterdir())) == 1  # what is too old is taken away


def test_the_tokens_are_their_owners_and_nowhere_else(server: Server) -> None:
    address = one_time_address(server.address)
    token = address.partition("token=")[2]
    for folder in (server.home / "door", server.home / "door" / str(server.port)):
        assert S_IMODE(folder.stat().st_mode) == 0o700
    kept = [path for path in (server.home / "door").rglob("*") if path.is_file()]
    assert kept
    assert [path for path in kept if S_IMODE(path.stat().st_mode) != 0o600] == []
    assert [path for path in kept if token in path.name or token in path.read_text("utf-8")] == []
    assert [line for line in _command_lines() if token in line] == []


def test_a_fresh_address_is_printed_while_they_run(
    server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TANDEM_HOME", str(server.home))
    assert run(["address"]) == 0
    first = capsys.readouterr().out.strip()
    assert run(["address", "--port", str(server.port), "--json"]) == 0
    second = json.loads(capsys.readouterr().out)["address"]
    assert first != second
    assert [server.enter(each).status for each in (first, second, first)] == [303, 303, 401]
    assert run(["address", "--port", "9"]) == 2
    assert "Start them with `tandem up`" in capsys.readouterr().err
    monkeypatch.setenv("TANDEM_HOME", str(tmp_path / "other"))
    assert run(["address"]) == 2
    assert not (tmp_path / "other").exists()


def test_a_session_ends_with_its_server(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with tandem_up(home, "--no-worker") as (address, process):
        before = Server(home, address, process.printed)
        cookie, unused = before.cookie(), one_time_address(address)
        assert before.ask("/", cookie).status == 200
    assert not (home / "door" / str(before.port)).exists()
    with tandem_up(home, "--no-worker", "--port", str(before.port)) as (again, process):
        after = Server(home, again, process.printed)
        assert after.address == before.address
        assert [after.ask("/", cookie).status, after.enter(unused).status] == [401, 401]
        assert after.enter(after.printed).status == 303


_LISTEN = """
import os, sys
def told(event, args):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"):
        with open(os.environ["HEARD"], "a") as file:
            file.write(f"{event} {args[1] if event.startswith(('socket.c', 'socket.s')) else args[0]}\\n")
sys.addaudithook(told)
"""
_HERE = re.compile(r"127\.0\.0\.1|localhost|::1|'/|^socket\.getaddrinfo None")


def test_the_server_asks_no_other_machine_for_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "listen").mkdir()
    (tmp_path / "listen" / "sitecustomize.py").write_text(_LISTEN)
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path / 'listen'}{os.pathsep}{Path.cwd()}")
    monkeypatch.setenv("HEARD", str(tmp_path / "heard"))
    with tandem_up(tmp_path / "home", "--no-worker") as (address, process):
        server = Server(tmp_path / "home", address, process.printed)
        for origin in (server.address, "http://evil.example", "http://127.0.0.1:81"):
            server.ask("/_stcore/stream", {**UPGRADE, "Origin": origin, **server.cookie()})
            server.ask("/", {"Origin": origin, **server.cookie()})
    heard = (tmp_path / "heard").read_text("utf-8").splitlines()
    assert any("127.0.0.1" in line for line in heard)  # the hook hears: the command asks its server whether it answers
    assert [line for line in heard if not _HERE.search(line)] == []


def _command_lines() -> list[str]:
    """The command line and, where readable, the environment of every process."""
    found = subprocess.run(["ps", "axeww", "-o", "command"], capture_output=True, text=True, check=True)
    return found.stdout.splitlines()


def test_the_hook_hears_what_goes_out(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(_LISTEN)
    asks = "import socket\ntry: socket.create_connection(('192.0.2.1', 9), timeout=0.01)\nexcept OSError: pass"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "HEARD": str(tmp_path / "heard")}
    subprocess.run([sys.executable, "-c", asks], env=environment, check=True)
    heard = (tmp_path / "heard").read_text("utf-8").splitlines()
    assert [line for line in heard if not _HERE.search(line)] != []
