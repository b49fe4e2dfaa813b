"""The import page without a browser: which files it reads, and who said so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core import Workspace
from tests.patience import patience


@pytest.fixture(autouse=True)
def _no_cache() -> Iterator[None]:
    st.cache_resource.clear()
    st.cache_data.clear()
    yield
    st.cache_resource.clear()


def texts(test: AppTest) -> str:
    assert [e.message for e in test.exception] == []
    return "\n".join(str(e.value) for e in [*test.markdown, *test.caption, *test.error])


def test_a_mere_link_reads_no_file_of_the_server(ws: Workspace, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("case_id,activity,timestamp\na,Hidden from links,2025-03-03T09:00:00Z\n")
    test = AppTest.from_string("from app.pages.shell import run\nrun('import_log')\n", default_timeout=patience(20))
    test.query_params["path"] = str(secret)
    assert "secret.csv" not in texts(test.run())
    test.text_input(key="import_path").input(str(secret)).run()
    assert "secret.csv" in texts(test.button(key="use-path").click().run())
    assert "secret.csv" not in texts(test.button(key="another-file").click().run())
    assert ws.logs.versions() == []
