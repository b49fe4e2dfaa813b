"""The real dashboards in a process of their own, and a real browser that looks at them."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    WebSocket,
    expect,
    sync_playwright,
)
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from app.components.build import COMPONENTS, is_built
from core.selection.kept import find_selection
from core.selection.selection import Selection
from core.workspace import open_workspace
from tests.app.seeded import settings_of
from tests.patience import patience

LIMIT = patience(20) * 1000  # milliseconds that a browser test waits for anything at all
_HELD_BACK = 350  # milliseconds; Streamlit sends what is moved, marked or typed up to 300 later
_LOOK_EVERY = 10
_homes: dict[str, Path] = {}  # which home is served where
_APP = "[data-testid=stApp]"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-default-apps", "--disable-sync", "--no-first-run",
]  # fmt: skip


def find_chromium() -> str | None:
    """The path of a Chromium on this machine."""
    return next((path for name in CHROMIUM if (path := shutil.which(name))), None)


def need_browser() -> None:
    """Skip the test, in CI fail it, where there is no browser or a component was never built."""
    components = Path(__file__).parents[2] / "app" / "components"
    for missing in [
        *([] if find_chromium() else ["Chromium is not installed; `make test` installs it on Debian and Ubuntu."]),
        *([] if all(is_built(components / c) for c in COMPONENTS) else ["Run `python -m app.components.build`."]),
    ]:
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)


def free_port() -> int:
    """A port on 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Up(subprocess.Popen[str]):
    """A process of `tandem up`, and the one-time address that it printed."""

    printed = ""


@contextmanager
def tandem_up(home: Path, *options: str) -> Iterator[tuple[str, Up]]:
    """Address and process of `tandem up` on `home`; stopped as Ctrl-C stops it.

    The address is the bare one: whoever asks there comes in by `one_time_address`, as `let_in` does for a browser.
    """
    port = [] if "--port" in options else ["--port", str(free_port())]
    command = [sys.executable, "-c", "from app.main import main; main()", "up", *port, *options]
    environment = {**os.environ, "TANDEM_HOME": str(home), "TANDEM_USER": "Ada"}
    environment.pop("TANDEM_DATABASE_URL", None)
    with Up(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert "http://127.0.0.1:" in line, f"{line}{process.stderr.read() if process.stderr else ''}"
            process.printed = next(word.rstrip(".") for word in line.split() if word.startswith("http"))
            address = process.printed.partition("/?")[0]
            _homes[address] = home
            yield address, process
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(patience(20))


def is_up(address: str) -> bool:
    """Whether `tandem_up` gave this address."""
    return address in _homes


def one_time_address(address: str) -> str:
    """A fresh address that opens the dashboards of `tandem_up` at `address` once, as `tandem address` makes it."""
    from app.serve import fresh_address

    with settings_of(_homes[address]) as settings:
        return fresh_address(settings, urlsplit(address).port)


def entered(address: str) -> str:
    """The cookie of something that came in to the dashboards at `address` by their door, as a header says it."""
    found = urlsplit(one_time_address(address))
    connection = http.client.HTTPConnection(found.netloc, timeout=patience(20))
    connection.request("GET", f"/?{found.query}")
    answer = connection.getresponse()
    connection.close()
    assert answer.status == 303
    return str(answer.headers["set-cookie"]).split(";")[0]


def let_in(context: BrowserContext, address: str) -> None:
    """Have a browser come in to the dashboards at `address` by their door, without opening a page."""
    answer = context.request.get(one_time_address(address), max_redirects=0)
    assert answer.status == 303, answer.text()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=_FLAGS, timeout=LIMIT)
        expect.set_options(timeout=LIMIT)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visiting(browser: Browser, address: str, *, light: bool = True) -> Iterator[Visit]:
    """The overview in a fresh session of 1280 x 720; sound at the end, whatever was done."""
    with in_context(browser, light=light) as context:
        found = Visit(context.new_page(), address)
        yield found
        found.assert_sound()


@contextmanager
def in_context(browser: Browser, *, light: bool = True) -> Iterator[BrowserContext]:
    """A browser that was never here before: nothing kept, no cookies."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 720}, color_scheme="light" if light else "dark", reduced_motion="reduce"
    )
    try:
        yield context
    finally:
        context.close()


@dataclass
class Visit:
    """A page in the browser, with everything that went wrong on it, and how far the server is with it."""

    page: Page
    address: str
    problems: list[str] = field(default_factory=list)
    asked: bool = True  # the server was asked for a run that it has not begun yet
    running: bool = False  # it has begun one and not ended it

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("request", lambda request: self._check_host(request.url))
        self.page.on("domcontentloaded", lambda _: self._asks())
        self.page.on("websocket", self._listen)
        self.page.set_default_timeout(LIMIT)
        let_in(self.page.context, self.address)
        self.open("")

    def open(self, path: str) -> None:
        """Open a page by its address, as a link from outside does."""
        self.asked = True
        self.page.goto(f"{self.address}/{path}")
        self.settle()

    def settle(self) -> None:
        """Wait until the server has run the page to its end and the browser shows it."""
        self.pass_time(_HELD_BACK)  # what was just done may be sent a little later
        self._until_idle()
        self.page.wait_for_selector(f"{_APP}[data-test-script-state=notRunning]")
        self.pass_time(0)
        self._until_idle()  # two runs may follow each other

    def pass_time(self, milliseconds: int) -> None:
        """Wait by the page's own clock, behind all that the page itself does in that time, however slow it is."""
        self.page.evaluate(
            "wait => new Promise(done => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)),"
            " wait))",
            milliseconds,
        )

    def to(self, title: str) -> None:
        """Go to a page by its link at the side."""
        self.page.locator(".st-key-navigation").get_by_role("link", name=title, exact=True).click()
        self.settle()

    def back(self) -> None:
        """Go back as the browser's button does."""
        self.page.go_back()
        self.settle()

    def act_as(self, person: str) -> None:
        """Choose who acts."""
        choose(self, "Acting as", person, typed=True)

    def parameters(self) -> dict[str, str]:
        """What the address of the page says."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.page.url).query).items()}

    def assert_sound(self) -> None:
        """No exception or error on the page, none in the console, nothing asked of another machine."""
        assert self.page.get_by_test_id("stException").all_inner_texts() == []
        assert self.page.get_by_test_id("stAlertContentError").all_inner_texts() == []
        assert self.problems == [], self.problems

    def _hear(self, message: ConsoleMessage) -> None:
        # A page below the root first asks there for the server, is told 404, and then finds it at the root.
        looking = "404" in message.text and "/_stcore/" in str(message.location)
        if message.type == "error" and not looking:
            self.problems.append(message.text)

    def _check_host(self, url: str) -> None:
        if not url.startswith((self.address, self.address.replace("http", "ws"), "data:", "blob:")):
            self.problems.append(f"leaves this machine: {url}")

    def _listen(self, socket: WebSocket) -> None:
        self._asks()
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)

    def _asks(self) -> None:
        self.asked, self.running = True, False

    def _sent(self, frame: str | bytes) -> None:
        message = BackMsg.FromString(frame) if isinstance(frame, bytes) else BackMsg()
        if message.WhichOneof("type") == "rerun_script" and not message.rerun_script.is_auto_rerun:
            self.asked = True

    def _received(self, frame: str | bytes) -> None:
        message = ForwardMsg.FromString(frame) if isinstance(frame, bytes) else ForwardMsg()
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.asked, self.running = False, True
        elif kind == "script_finished":
            self.running = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN

    def _until_idle(self) -> None:
        deadline = time.monotonic() + LIMIT / 1000
        while self.asked or self.running:
            assert time.monotonic() < deadline, f"the page did not come to its end within {LIMIT / 1000:.0f} s"
            self.page.wait_for_timeout(_LOOK_EVERY)  # what the browser tells is heard meanwhile


def press(visit: Visit, name: str, within: Locator | None = None, *, exact: bool = True) -> None:
    """Press the button `name`."""
    (within or visit.page).get_by_role("button", name=name, exact=exact).first.click()
    visit.settle()


def choose(visit: Visit, label: str, option: str, *, exact: bool = True, typed: bool = False) -> None:
    """Choose `option` in the box `label`."""
    box = visit.page.get_by_role("combobox", name=label, exact=True)
    box.click()
    if typed:  # a long list is drawn only in part
        box.fill(option)
    visit.page.get_by_role("option", name=option, exact=exact).first.click()
    visit.settle()


def chip(visit: Visit, position: int = 0) -> Locator:
    """The filter at `position` in the bar."""
    return visit.page.locator(f"[class*=st-key-chip-{position}-]")


def selected(visit: Visit, home: Path, log: str = "procurement") -> Selection:
    """The filters in the address of the page."""
    with settings_of(home) as settings:
        ws = open_workspace(settings)
        try:
            return find_selection(ws, log, visit.parameters().get("f", ""))
        finally:
            ws.close()


def pick_row(visit: Visit, row: int = 0) -> None:
    """Mark a row of a grid, which is drawn on a canvas."""
    grid = visit.page.get_by_test_id("stDataFrame").filter(has=visit.page.locator("canvas")).first
    grid.click(position={"x": 17, "y": 52 + 33 * row})
    visit.settle()
