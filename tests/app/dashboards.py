"""The real dashboards in a process of their own, and a real browser that looks at them."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from app.components.build import COMPONENTS, is_built

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


@contextmanager
def tandem_up(home: Path, *options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Address and process of `tandem up` on `home`; stopped as Ctrl-C stops it."""
    command = [sys.executable, "-c", "from app.main import main; main()", "up", "--port", str(free_port()), *options]
    environment = {**os.environ, "TANDEM_HOME": str(home), "TANDEM_USER": "Ada"}
    environment.pop("TANDEM_DATABASE_URL", None)
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert "http://127.0.0.1:" in line, f"{line}{process.stderr.read() if process.stderr else ''}"
            yield next(word.rstrip(".") for word in line.split() if word.startswith("http")), process
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=_FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Visit:
    """A page in the browser, with everything that went wrong on it."""

    page: Page
    address: str
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda m: self.problems.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("request", lambda request: self._check_host(request.url))
        self.page.set_default_timeout(30_000)
        self.page.goto(self.address)
        self.settle()

    def _check_host(self, url: str) -> None:
        if not url.startswith((self.address, self.address.replace("http", "ws"), "data:", "blob:")):
            self.problems.append(f"leaves this machine: {url}")

    def settle(self) -> None:
        """Wait until the page has run to its end."""
        self.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
        self.page.wait_for_timeout(300)
        self.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")

    def to(self, title: str) -> None:
        """Go to a page by its link at the side."""
        self.page.locator(".st-key-navigation").get_by_role("link", name=title, exact=True).click()
        self.settle()

    def act_as(self, person: str) -> None:
        """Choose who acts."""
        self.page.get_by_role("combobox", name="Acting as").fill(person)
        self.page.get_by_role("option", name=person, exact=True).click()
        self.settle()

    def assert_sound(self) -> None:
        """No exception or error on the page, none in the console, nothing asked of another machine."""
        assert self.page.get_by_test_id("stException").all_inner_texts() == []
        assert self.page.get_by_test_id("stAlertContentError").all_inner_texts() == []
        assert self.problems == []
