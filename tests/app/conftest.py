"""Fixtures of the pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from playwright.sync_api import Browser

from tests.app.dashboards import Visit, chromium, need_browser, tandem_up, visiting
from tests.app.seeded import seed


@pytest.fixture(scope="session")
def seeded_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the whole road on it, made once a session."""
    home = tmp_path_factory.mktemp("seeded") / "home"
    seed(home)
    return home


@pytest.fixture
def no_cache() -> Iterator[None]:
    """No answer and no workspace of another test: a server opens its workspace once, here every test has its own."""
    st.cache_resource.clear()
    st.cache_data.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    """The dashboards on the `home` of the test file."""
    need_browser()
    with tandem_up(home, "--no-worker") as (found, _):
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    need_browser()
    with chromium() as found:
        yield found


@pytest.fixture
def visit(address: str, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """The overview of the test file's own dashboards in a fresh session; sound at the end, whatever was done."""
    with visiting(browser, address, light=getattr(request, "param", "light") == "light") as found:
        yield found
