"""Fixtures of the pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.seeded import seed


@pytest.fixture(scope="session")
def seeded_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the whole road on it, made once a session."""
    home = tmp_path_factory.mktemp("seeded") / "home"
    seed(home)
    return home
