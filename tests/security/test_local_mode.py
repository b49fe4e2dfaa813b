"""Nobody signs in yet: every page says who acts, as whom of this machine, and that nobody proved it."""

from __future__ import annotations

import os
import pwd
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from app.pages.shell import ENTRIES, local_mode
from tests.app.dashboards import chromium, need_browser, tandem_up, visiting


def test_it_says_a_name_literally() -> None:
    assert "![" not in local_mode("![x](http://a/p.png)", "root")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    need_browser()
    with tandem_up(tmp_path_factory.mktemp("local") / "home", "--no-worker") as (found, _):
        yield found


@pytest.mark.browser
@pytest.mark.slow
def test_every_page_says_it(address: str) -> None:
    user = pwd.getpwuid(os.getuid()).pw_name
    with chromium() as browser, visiting(browser, address) as visit:
        for entry in ENTRIES:
            visit.open("" if entry.path == "overview" else entry.path)
            said = visit.page.get_by_test_id("stSidebar").get_by_text("Local mode:")
            expect(said).to_have_text(
                f"Local mode: you act as Ada, as the user {user} of this machine. Nobody proved it."
            )
